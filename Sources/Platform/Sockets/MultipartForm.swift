// multipart/form-data (RFC 7578) from a whole body: the parts with their names, file names and types. The caller has
// capped the body; here the number of parts is capped too. lws has a parser of its own (lws_spa), but it must be told
// every field's name beforehand and drops the parts' types.

package struct MultipartForm: Sendable {
    package struct Malformed: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    package struct Part: Sendable, Equatable {
        package var name: String
        package var filename: String?
        package var contentType: String?
        package var bytes: [UInt8]
    }

    package let parts: [Part]

    package subscript(name: String) -> Part? { parts.first { $0.name == name } }

    package init(_ body: [UInt8], contentType: String, mostParts: Int = 64) throws(Malformed) {
        guard let boundary = Self.boundary(contentType) else {
            throw Malformed(description: "the form has no usable boundary")
        }
        let delimiter = Array("--\(boundary)".utf8)
        var parts: [Part] = []
        guard var start = Self.find(delimiter, in: body, from: 0), start == 0 || body[start - 1] == 10 else {
            throw Malformed(description: "the form does not begin with its boundary")
        }
        while true {
            start += delimiter.count
            if body[start...].starts(with: Array("--".utf8)) { break }
            guard body[start...].starts(with: Self.newline) else {
                throw Malformed(description: "a boundary of the form is damaged")
            }
            guard let end = Self.find(Self.newline + delimiter, in: body, from: start) else {
                throw Malformed(description: "the form ends in the middle of a part")
            }
            guard parts.count < mostParts else { throw Malformed(description: "the form has too many parts") }
            parts.append(try Self.part(body[min(start + 2, end)..<end]))
            start = end + 2
        }
        self.parts = parts
    }

    static func boundary(_ contentType: String) -> String? {
        let fields = parameters(contentType)
        guard fields.value.lowercased() == "multipart/form-data", let boundary = fields.named["boundary"],
            (1...70).contains(boundary.utf8.count)
        else { return nil }
        return boundary
    }

    private static let newline: [UInt8] = [13, 10]

    static func part(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> Part {
        // A part without headers begins with the empty line itself.
        let headEnd = bytes.starts(with: newline) ? bytes.startIndex : find(newline + newline, in: bytes)
        guard let headEnd else { throw Malformed(description: "a part of the form has no end of its headers") }
        let skip = bytes.starts(with: newline) ? 2 : 4
        var part = Part(name: "", filename: nil, contentType: nil, bytes: Array(bytes[(headEnd + skip)...]))
        for line in String(decoding: bytes[bytes.startIndex..<headEnd], as: UTF8.self).split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
            switch line[..<colon].lowercased() {
            case "content-disposition":
                let fields = parameters(String(value))
                part.name = fields.named["name"] ?? ""
                part.filename = fields.named["filename"]
            case "content-type": part.contentType = String(value)
            default: break
            }
        }
        guard !part.name.isEmpty else { throw Malformed(description: "a part of the form has no name") }
        return part
    }

    /// `form-data; name="a"; filename="b.png"`: the value and what follows it.
    private static func parameters(_ text: String) -> (value: String, named: [String: String]) {
        var pieces: [String] = [""]
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if isEscaped {
                pieces[pieces.count - 1].append(character)
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ";", !isQuoted {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].append(character)
            }
        }
        var named: [String: String] = [:]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = piece[..<equals].lowercased().filter { !$0.isWhitespace }
            if named[name] == nil { named[name] = String(piece[piece.index(after: equals)...]) }
        }
        return (pieces[0].filter { !$0.isWhitespace }, named)
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        start <= bytes.count ? find(needle, in: bytes[start...]) : nil
    }

    private static func find(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = needle.first, bytes.count >= needle.count else { return nil }
        var from = bytes.startIndex
        while let at = bytes[from...].firstIndex(of: first), at + needle.count <= bytes.endIndex {
            if bytes[at...].starts(with: needle) { return at }
            from = at + 1
        }
        return nil
    }
}
