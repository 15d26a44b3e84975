// Percent-encoding as RFC 3986 §2 has it: everything but unreserved characters. Fit for a path segment, a query name or
// value and a form field alike.

extension String {
    /// "a=b&c=d", as a query and as a form.
    package init(queryOf fields: [(name: String, value: String)]) {
        self = fields.map { "\($0.name.percentEncoded())=\($0.value.percentEncoded())" }.joined(separator: "&")
    }

    /// This path (already encoded) with that query.
    package func asking(_ query: [(name: String, value: String)]) -> String {
        query.isEmpty ? self : self + "?" + String(queryOf: query)
    }

    package func percentEncoded() -> String {
        let digits: [UInt8] = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(utf8.count)
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
