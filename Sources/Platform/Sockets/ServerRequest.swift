// A request as a handler sees it: whole, decoded, counted.

package struct ServerHeaders: Sendable {
    private var fields: [(name: String, value: String)]

    package init(_ fields: [(name: String, value: String)] = []) {
        self.fields = fields.map { ($0.name.lowercased(), $0.value) }
    }

    init(lowercased fields: [(name: String, value: String)]) { self.fields = fields }

    /// What their values take.
    var length: Int { fields.reduce(0) { $0 + $1.value.utf8.count } }

    package subscript(name: String) -> String? {
        let wanted =
            name.utf8.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 } ? name.lowercased() : name
        return fields.first { $0.name == wanted }?.value
    }
}

/// What was kept of a form.
package enum SiftedForm: Sendable {
    case parts([MultipartForm.Part])
    case tooLarge
    case malformed(String)
}

package struct ServerRequest: Sendable {
    package var method: String
    /// Percent-decoded, without the query.
    package var path: String
    /// What the server was told may stand before it, or nothing.
    package var base = ""
    package var query: [(name: String, value: String)]
    package var headers: ServerHeaders
    package var body: [UInt8] = []
    /// Of a form that came to a route that sifts: `body` is empty then.
    package var sifted: SiftedForm?
    /// The other end's address. Behind a proxy it is the proxy's.
    package var peer: String
    /// What stood in the braces of the route's pattern.
    package var parameters: [String: String] = [:]

    /// The path as a browser knows it.
    package var address: String { base + path }

    var headLength: Int {
        query.reduce(path.utf8.count + headers.length) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    }

    package func queryValue(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The body's type without its parameters, in lower case.
    package var contentType: String? {
        headers["content-type"].map { value in
            var type: [UInt8] = []
            for byte in value.utf8.prefix(while: { $0 != UInt8(ascii: ";") }) where byte > 0x20 {
                type.append(UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte)
            }
            return String(decoding: type, as: UTF8.self)
        }
    }

    /// The fields of a form as browsers send simple ones (application/x-www-form-urlencoded).
    package var formFields: [(name: String, value: String)] {
        URLEncoding.fields(String(decoding: body, as: UTF8.self))
    }

    package func multipart() throws(MultipartForm.Malformed) -> MultipartForm {
        try MultipartForm(body, contentType: headers["content-type"] ?? "")
    }
}

enum URLEncoding {
    static func fields(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "&").map { field in
            let halves = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decode(halves[0]), halves.count > 1 ? decode(halves[1]) : "")
        }
    }

    /// `%41` and `+`; a `%` that begins nothing stays as it is.
    static func decode(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
