// multipart/form-data (RFC 7578) while it comes in: of a form of any length only the named parts are kept, each up to a
// bound, and pictures pass by without ever being in memory. The form as a whole is MultipartForm's.

package struct MultipartSieve: Sendable {
    private enum Stage: Sendable {
        case preamble
        /// After a delimiter: "--" or the end of its line.
        case mark
        case head
        case kept
        case dropped
        case over
        case broken(String)
    }

    private static let longestHead = 8 << 10

    private let delimiter: [UInt8]
    /// How far to go on where a byte is not the delimiter's last (Horspool).
    private let skips: [Int]
    private let names: Set<String>
    private let most: Int
    private let mostParts: Int
    private var stage = Stage.preamble
    /// Come in and not judged yet. It begins with a line end, for the first delimiter has none before it.
    private var waiting: [UInt8] = [13, 10]
    private var count = 0
    private var parts: [MultipartForm.Part] = []
    /// A part that was wanted was longer than allowed; the rest of it was dropped.
    package private(set) var isTooLarge = false

    /// Nil: that is no such form, or it has no usable boundary.
    package init?(contentType: String, keeping names: Set<String>, most: Int, mostParts: Int = 64) {
        guard let boundary = MultipartForm.boundary(contentType) else { return nil }
        delimiter = [13, 10] + Array("--\(boundary)".utf8)
        var skips = [Int](repeating: delimiter.count, count: 256)
        for (place, byte) in delimiter.dropLast().enumerated() { skips[Int(byte)] = delimiter.count - 1 - place }
        self.skips = skips
        self.names = names
        self.most = most
        self.mostParts = mostParts
    }

    /// Bytes in memory.
    var held: Int { parts.reduce(waiting.count) { $0 + $1.bytes.count } }

    package mutating func feed(_ bytes: [UInt8]) {
        switch stage {
        case .over, .broken: return
        default: waiting += bytes
        }
        while step() {}
    }

    /// The wanted parts in the order they came, once all has been fed.
    package func end() throws(MultipartForm.Malformed) -> [MultipartForm.Part] {
        switch stage {
        case .over: return parts
        case .broken(let why): throw MultipartForm.Malformed(description: why)
        case .preamble: throw MultipartForm.Malformed(description: "the form does not begin with its boundary")
        default: throw MultipartForm.Malformed(description: "the form ends in the middle of a part")
        }
    }

    // MARK: Steps

    /// False: more has to come first.
    private mutating func step() -> Bool {
        switch stage {
        case .over, .broken: return false
        case .preamble: return pass(into: nil)
        case .dropped: return pass(into: nil)
        case .kept: return pass(into: parts.count - 1)
        case .mark: return mark()
        case .head: return head()
        }
    }

    /// Up to the next delimiter, or to where one may have begun.
    private mutating func pass(into part: Int?) -> Bool {
        let found = find()
        let end = found ?? max(0, waiting.count - delimiter.count + 1)
        if let part {
            let room = most - parts[part].bytes.count
            if end > room { isTooLarge = true }
            parts[part].bytes += waiting[..<min(end, max(0, room))]
        }
        waiting.removeFirst(end + (found == nil ? 0 : delimiter.count))
        if found != nil { stage = .mark }
        return found != nil
    }

    private func find() -> Int? {
        var end = delimiter.count - 1
        while end < waiting.count {
            let last = waiting[end]
            if last == delimiter[delimiter.count - 1],
                waiting[(end - delimiter.count + 1)...end].elementsEqual(delimiter)
            {
                return end - delimiter.count + 1
            }
            end += skips[Int(last)]
        }
        return nil
    }

    private mutating func mark() -> Bool {
        // Blanks may stand behind a boundary (RFC 2046, §5.1.1).
        let blanks = waiting.prefix { $0 == 32 || $0 == 9 }.count
        guard waiting.count >= blanks + 2 else {
            if blanks > 1000 { stage = .broken("a boundary of the form is damaged") }
            return false
        }
        let two = Array(waiting[blanks..<blanks + 2])
        if two == [45, 45], blanks == 0 {
            stage = .over
            waiting = []
        } else if two == [13, 10] {
            // The line end stays: a part without headers begins with an empty line.
            waiting.removeFirst(blanks)
            stage = .head
        } else {
            stage = .broken("a boundary of the form is damaged")
        }
        return true
    }

    private mutating func head() -> Bool {
        guard let end = Self.headEnd(waiting) else {
            if waiting.count > Self.longestHead {
                stage = .broken("a part of the form has no end of its headers")
                waiting = []
                return true
            }
            return false
        }
        count += 1
        guard count <= mostParts else {
            stage = .broken("the form has too many parts")
            return true
        }
        do throws(MultipartForm.Malformed) {
            let part = try MultipartForm.part(waiting[2..<max(2, end)] + [13, 10, 13, 10])
            stage = names.contains(part.name) ? .kept : .dropped
            if names.contains(part.name) { parts.append(part) }
        } catch { stage = .broken(error.description) }
        waiting.removeFirst(end + 4)
        return true
    }

    /// Where the line end before the empty line stands.
    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for at in 0...(bytes.count - 4) where bytes[at] == 13 {
            if bytes[at + 1] == 10, bytes[at + 2] == 13, bytes[at + 3] == 10 { return at }
        }
        return nil
    }
}
