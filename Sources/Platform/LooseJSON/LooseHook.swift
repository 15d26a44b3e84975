// How a hook's body becomes something to ask, and how a number in it is taken to the letter: what a stranger claims about
// time must be a whole number that can be, or the whole claim is refused. Nothing here can overflow.

extension Loose {
    /// Why a body is no hook, in a sentence.
    package struct Refusal: Error, Equatable, Sendable {
        package let why: String

        package init(_ why: String) { self.why = why }
    }

    /// An object with something in it.
    /// - Parameter names: those of the fields that will be asked for; all others are checked and left out. Nil: all are
    ///   wanted.
    package static func hook(_ bytes: [UInt8], wanting names: LooseNames? = nil) throws(Refusal) -> Loose {
        guard bytes.contains(where: { $0 > 0x20 }) else { throw Refusal("the body is empty") }
        var parser = LooseParser(bytes: bytes, deepest: Loose.deepest, names: names)
        let json: Loose
        do throws(LooseError) {
            json = try parser.value(depth: 1)
            try parser.end()
        } catch { throw Refusal("the body is not JSON: \(error)") }
        guard json.isObject else { throw Refusal("the body is JSON, but not an object") }
        guard parser.isAnythingThere else { throw Refusal("the body is an object with nothing in it") }
        return json
    }

    /// Pairs of a form, as an object of texts.
    package static func hook(form pairs: [(name: String, value: String)]) throws(Refusal) -> Loose {
        guard !pairs.isEmpty else { throw Refusal("the form is empty") }
        guard pairs.allSatisfy({ !$0.name.utf8.contains(0) && !$0.value.utf8.contains(0) }) else {
            throw Refusal("the form holds a zero")
        }
        return .fields(Members(all: pairs.map { Member(key: $0.name, value: .text($0.value)) }))
    }

    /// Nil: not said. Anything but a whole number from 0 on, as a number or in a text, is refused.
    package func count(_ key: String) throws(Refusal) -> Int64? {
        switch self[key] {
        case nil: return nil
        case .text(let text) where text.isEmpty: return nil
        case .number(let digits), .text(let digits):
            guard let value = Int64(digits), value >= 0 else { throw Refusal("\(key) is no count") }
            return value
        default: throw Refusal("\(key) is no number")
        }
    }
}

extension String {
    /// Its beginning, of as many characters at most. Counting them takes time, and most texts have fewer bytes than that.
    package func cut(to most: Int) -> String { utf8.count <= most ? self : String(prefix(most)) }
}
