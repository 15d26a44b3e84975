// Text for people in which our own words and other people's text stay apart. A string literal is ours; what is
// interpolated is somebody's: a title, a name, an argument. Each face writes the parts its own way (Discord escapes
// markdown and mentions, pages escape HTML), so nobody's text can become markup, a link or a ping by being forgotten.

package import Runtime

package struct Prose: Hashable, Sendable, Codable {
    package enum Part: Hashable, Sendable, Codable {
        /// Our own words, plain.
        case words(String)
        /// Somebody's text, shown as it is.
        case text(String)
        case strong(String)
        case code(String)
        /// Many lines in fixed width, for tables and logs.
        case block(String)
        case time(Instant, TimeStyle)
        case link(String, url: String)
        /// A Discord user by id; other faces show a name.
        case person(discord: UInt64, name: String)
        case channel(UInt64)
    }

    package enum TimeStyle: String, Hashable, Sendable, Codable {
        case relative, date, time, dateAndTime
    }

    package var parts: [Part]

    package init(parts: [Part] = []) { self.parts = parts }
    /// Somebody's text, whole.
    package init(text: String) { parts = [.text(text)] }

    package var isEmpty: Bool { parts.isEmpty }

    package static func + (a: Prose, b: Prose) -> Prose { Prose(parts: a.parts + b.parts) }
    package static func += (a: inout Prose, b: Prose) { a.parts += b.parts }
}

extension Prose: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { parts = value.isEmpty ? [] : [.words(value)] }
    package init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(2 * interpolationCount + 1)
        }

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.words(literal)) }
        }
        package mutating func appendInterpolation(_ text: some StringProtocol) { parts.append(.text(String(text))) }
        package mutating func appendInterpolation(_ number: some BinaryInteger) { parts.append(.words("\(number)")) }
        package mutating func appendInterpolation(_ prose: Prose) { parts += prose.parts }
        package mutating func appendInterpolation(strong text: String) { parts.append(.strong(text)) }
        package mutating func appendInterpolation(code text: String) { parts.append(.code(text)) }
        package mutating func appendInterpolation(time: Instant, _ style: TimeStyle = .relative) {
            parts.append(.time(time, style))
        }
        package mutating func appendInterpolation(link text: String, to url: String) {
            parts.append(.link(text, url: url))
        }
    }
}

extension Sequence where Element == Prose {
    package func joined(by separator: String) -> Prose {
        var all = Prose()
        for (index, prose) in enumerated() {
            if index > 0 { all.parts.append(.words(separator)) }
            all += prose
        }
        return all
    }
}
