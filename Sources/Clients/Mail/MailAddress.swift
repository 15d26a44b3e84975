// One e-mail address, checked so that it can stand in an envelope and in a header (RFC 5321 §4.1.2, RFC 5322 §3.4.1).
// Of what the RFCs allow, the forms people really have: a dot-atom before the @, a host name behind it.

internal import HTTP

package struct MailAddress: Hashable, Sendable, Codable, CustomStringConvertible {
    package struct Mistake: Error, Equatable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// As given: "Ann" and "ann" may be two people, though hardly anywhere are.
    package let local: String
    /// In lower case and ASCII: "bücher.example" is kept as "xn--bcher-kva.example".
    package let domain: String

    package var description: String { "\(local)@\(domain)" }
    /// For looking addresses up: who unsubscribes as ann@… must not get mail as Ann@….
    package var key: String { description.lowercased() }

    package init(_ text: String) throws(Mistake) {
        guard let at = text.lastIndex(of: "@") else { throw Self.mistake(text, "has no @") }
        let local = text[..<at]
        let domain = text[text.index(after: at)...]
        guard (1...64).contains(local.utf8.count) else {
            throw Self.mistake(text, "needs 1 to 64 letters before the @")
        }
        guard local.utf8.allSatisfy({ $0 < 128 }) else {
            throw Self.mistake(
                text, "has letters before the @ that few mail servers take; only a-z, digits and signs do")
        }
        guard local.utf8.allSatisfy(Self.isAtomByte), !local.hasPrefix("."), !local.hasSuffix("."),
            !local.contains("..")
        else { throw Self.mistake(text, "has a sign or dot before the @ that does not belong there") }
        self.local = String(local)
        self.domain = try Self.host(domain, of: text)
        guard description.utf8.count <= 254 else { throw Self.mistake(text, "is longer than 254 letters") }
    }

    private static func host(_ text: Substring, of address: String) throws(Mistake) -> String {
        var name = text.lowercased()
        if !name.utf8.allSatisfy({ $0 < 128 }) {
            guard let ascii = InternetName.ascii(name) else {
                throw mistake(address, "has a domain that cannot be written as xn--…: give it in that form")
            }
            name = ascii
        }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let areGood = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
        let endsInNumber = labels.last?.utf8.allSatisfy { (48...57).contains($0) } ?? true
        guard areGood, !endsInNumber, name.utf8.count <= 253 else {
            throw mistake(address, "has no good domain behind the @")
        }
        return name
    }

    /// Quoted for messages: a name from outside must not begin a new line there.
    private static func mistake(_ text: String, _ why: String) -> Mistake {
        let shown = String(
            text.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(80).map(Character.init))
        return Mistake(description: "the address '\(shown)' \(why)")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
    }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
    }

    package init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// An address with the name people know it by: "Ann Example <ann@example.org>".
package struct Mailbox: Hashable, Sendable, Codable {
    package var name: String
    package var address: MailAddress

    package init(_ address: MailAddress) { self.init("", address) }

    package init(_ name: String, _ address: MailAddress) {
        self.name = name
        self.address = address
    }
}
