// A key as a person writes it into ENCRYPTION_KEY. The rule, in this order:
//
// 1. 64 hexadecimal digits are the key itself (`openssl rand -hex 32`).
// 2. Base64 of exactly 32 bytes, either alphabet, is the key itself (`openssl rand -base64 32`).
// 3. Words with a space between them, 20 characters at least, are a passphrase: scrypt (RFC 7914) makes the key of them.
// 4. All else is refused. A key that was cut in copying must not silently become a short password, which is why one
//    word alone is never taken for a passphrase.

internal import CCrypto
package import Runtime

package struct KeyRefused: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    static func text(_ why: String) -> KeyRefused {
        KeyRefused(
            description: "ENCRYPTION_KEY \(why). Give 64 hexadecimal digits or base64 of 32 bytes (make one with: "
                + "openssl rand -hex 32), or a passphrase of several words, \(KeyText.shortestPassphrase) characters "
                + "or more.")
    }
}

enum KeyText {
    static let shortestPassphrase = 20

    static func master(of text: String) throws(KeyRefused) -> [UInt8] {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let first = words.first else { throw .text("is empty") }
        if words.count > 1 { return try passphrase(words.joined(separator: " ")) }
        if let bytes = [UInt8](hexadecimal: first) {
            guard bytes.count == GCM.keyLength else {
                throw .text("has \(first.utf8.count) hexadecimal digits instead of \(2 * GCM.keyLength)")
            }
            return bytes
        }
        if let bytes = [UInt8](base64: first) {
            guard bytes.count == GCM.keyLength else {
                throw .text("is base64 of \(bytes.count) bytes instead of \(GCM.keyLength)")
            }
            return bytes
        }
        throw .text("is neither a key nor several words (\(first.count) characters)")
    }

    private static func passphrase(_ text: String) throws(KeyRefused) -> [UInt8] {
        guard text.count >= shortestPassphrase else { throw .text("is too short a passphrase") }
        // The salt is the same everywhere: the setting is all there is, a new machine must come to the same key.
        // N, r, p as OWASP's password storage page advises: 32 MiB and a tenth of a second, once a start.
        let salt = Array("autoplex passphrase 1".utf8)
        var master = [UInt8](repeating: 0, count: GCM.keyLength)
        let words = Array(text.utf8)
        let code = unsafe words.withUnsafeBytes { words in
            unsafe EVP_PBE_scrypt(
                words.assumingMemoryBound(to: CChar.self).baseAddress, words.count, salt, salt.count,
                1 << 15, 8, 1, 64 << 20, &master, master.count)
        }
        precondition(code == 1, "libcrypto cannot run scrypt")
        return master
    }
}

extension SealingKey {
    /// From ENCRYPTION_KEY, by the rule above.
    package init(_ text: Secret) throws(KeyRefused) {
        self.init(master: try KeyText.master(of: text.reveal()))
    }
}
