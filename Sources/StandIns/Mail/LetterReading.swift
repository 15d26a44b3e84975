// A delivered letter as its reader sees it: headers, text, page and pictures (RFC 5322, RFC 2045, 2046). Strict: what mail
// programs disagree about is an error here.

internal import FoundationEssentials

package struct LetterReading: Sendable {
    package struct Mistake: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    package struct Part: Sendable {
        package let headers: [(name: String, value: String)]
        /// In lower case, without parameters: "image/png".
        package let type: String
        /// Decoded. Empty where there are parts.
        package let bytes: [UInt8]
        package let parts: [Part]

        package subscript(name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
        package var text: String { String(decoding: bytes, as: UTF8.self) }
        /// Itself and all below it, in order.
        package var all: [Part] { [self] + parts.flatMap(\.all) }
    }

    package let whole: Part

    package init(_ bytes: [UInt8]) throws(Mistake) { whole = try Self.part(bytes[...], isWhole: true) }

    /// Unfolded, encoded words read.
    package func header(_ name: String) -> String { whole[name].map(MailText.decoded) ?? "" }
    package var subject: String { header("Subject") }
    package var text: String { whole.all.first { $0.type == "text/plain" }?.text ?? "" }
    package var html: String { whole.all.first { $0.type == "text/html" }?.text ?? "" }
    package var pictures: [(contentID: String, type: String, bytes: [UInt8])] {
        whole.all.filter { $0.type.hasPrefix("image/") }.map { part in
            (String((part["Content-ID"] ?? "").dropFirst().dropLast()), part.type, part.bytes)
        }
    }

    private static func part(_ bytes: ArraySlice<UInt8>, isWhole: Bool = false) throws(Mistake) -> Part {
        let (headers, body) = try headers(of: bytes)
        let names = headers.map { $0.name.lowercased() }
        for name in ["from", "to", "subject", "date", "message-id", "mime-version", "content-type", "content-id"] {
            let count = names.count { $0 == name }
            guard count < 2 else { throw Mistake(description: "\(name) stands there \(count) times") }
            let isNeeded = isWhole && !["content-type", "content-id"].contains(name)
            guard count == 1 || !isNeeded else { throw Mistake(description: "\(name) is missing") }
        }
        func value(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
        let described = value("content-type") ?? "text/plain"
        let type = described.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        let encoding = value("content-transfer-encoding")?.lowercased() ?? "7bit"
        if type.hasPrefix("multipart/") {
            guard encoding == "7bit", let boundary = parameter("boundary", of: described), !boundary.isEmpty else {
                throw Mistake(description: "a \(type) without a boundary, or encoded")
            }
            var parts: [Part] = []
            for piece in try pieces(of: body, boundary: boundary) { parts.append(try part(piece)) }
            return Part(headers: headers, type: type, bytes: [], parts: parts)
        }
        return Part(headers: headers, type: type, bytes: try decoded(body, encoding), parts: [])
    }

    private static func decoded(_ body: ArraySlice<UInt8>, _ encoding: String) throws(Mistake) -> [UInt8] {
        switch encoding {
        case "7bit":
            guard body.allSatisfy({ $0 < 128 }) else { throw Mistake(description: "8-bit text called 7bit") }
            return Array(body)
        case "8bit", "binary": return Array(body)
        case "quoted-printable":
            guard let plain = MailText.quotedPrintable(body) else { throw Mistake(description: "bad quoted-printable") }
            return plain
        case "base64":
            guard let data = Data(base64Encoded: Data(body.filter { $0 != 13 && $0 != 10 })) else {
                throw Mistake(description: "bad base64")
            }
            return Array(data)
        default: throw Mistake(description: "unknown encoding \(encoding)")
        }
    }

    private static func headers(
        of bytes: ArraySlice<UInt8>
    ) throws(Mistake) -> ([(name: String, value: String)], ArraySlice<UInt8>) {
        var headers: [(name: String, value: String)] = []
        var rest = bytes
        while true {
            guard let end = rest.firstIndex(of: 10) else { throw Mistake(description: "no end of the headers") }
            let line = rest[..<end].dropLast(rest[..<end].last == 13 ? 1 : 0)
            rest = rest[(end + 1)...]
            if line.isEmpty { return (headers, rest) }
            guard line.allSatisfy({ $0 == 9 || (32...126).contains($0) }) else {
                throw Mistake(description: "a header with unusual bytes")
            }
            let text = String(decoding: line, as: UTF8.self)
            if line.first == 32 || line.first == 9 {
                guard let last = headers.popLast() else { throw Mistake(description: "a continuation of nothing") }
                headers.append((last.name, last.value + text))
                continue
            }
            guard let colon = text.firstIndex(of: ":"), colon != text.startIndex, !text[..<colon].contains(" ") else {
                throw Mistake(description: "no header: \(text.prefix(60))")
            }
            headers.append((String(text[..<colon]), String(text[text.index(after: colon)...].drop { $0 == " " })))
        }
    }

    private static func parameter(_ name: String, of value: String) -> String? {
        for word in value.split(separator: ";").dropFirst() {
            let word = word.drop { $0 == " " }
            guard word.lowercased().hasPrefix("\(name)=") else { continue }
            return word.dropFirst(name.count + 1).filter { $0 != "\"" }
        }
        return nil
    }

    private static func pieces(
        of body: ArraySlice<UInt8>, boundary: String
    ) throws(Mistake) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var pieces: [ArraySlice<UInt8>] = []
        var begun: Int?
        var place = body.startIndex
        while place < body.endIndex {
            let end = body[place...].firstIndex(of: 10) ?? body.endIndex - 1
            let line = body[place...end]
            if line.starts(with: mark) {
                // The line end before a boundary belongs to the boundary.
                if let begun { pieces.append(body[begun..<max(begun, place - 2)]) }
                begun = end + 1
                if line.dropFirst(mark.count).starts(with: "--".utf8) { return pieces }
            }
            place = end + 1
        }
        throw Mistake(description: "the last boundary is missing")
    }
}
