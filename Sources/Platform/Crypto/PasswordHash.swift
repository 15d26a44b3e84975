// A password as it may be written down: scrypt (RFC 7914) of it with a salt of its own, as
//
//     scrypt:15:8:1:SALT:KEY
//
// with the logarithm of N, then r and p, salt and key in base64 for addresses. Checking one takes a tenth of a second and
// 32 MiB, which is nothing for who knows it and too much for who guesses.

internal import CCrypto
package import Runtime

package struct PasswordHash: Sendable, Equatable, CustomStringConvertible {
    private static let log2N = 15
    private static let length = 32

    private let cost: Int
    private let blocks: Int
    private let lanes: Int
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Of a new password.
    package init(of password: Secret) {
        self.init(of: password, salt: RandomBytes.make(16))
    }

    init(of password: Secret, salt: [UInt8]) {
        (cost, blocks, lanes) = (Self.log2N, 8, 1)
        self.salt = salt
        key = Self.derive(password, salt, cost, blocks, lanes) ?? []
        precondition(!key.isEmpty, "libcrypto cannot run scrypt")
    }

    /// Nil where the text is no such hash.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let cost = Int(parts[1]), let blocks = Int(parts[2]),
            let lanes = Int(parts[3]), (14...20).contains(cost), (1...16).contains(blocks), (1...4).contains(lanes),
            let salt = [UInt8](base64: parts[4]), salt.count >= 8, let key = [UInt8](base64: parts[5]),
            key.count == Self.length
        else { return nil }
        (self.cost, self.blocks, self.lanes, self.salt, self.key) = (cost, blocks, lanes, salt, key)
    }

    package var description: String {
        "scrypt:\(cost):\(blocks):\(lanes):\(salt.base64URL):\(key.base64URL)"
    }

    package func fits(_ password: Secret) -> Bool {
        guard let other = Self.derive(password, salt, cost, blocks, lanes) else { return false }
        return areEqualInConstantTime(key, other)
    }

    /// Nil: so much memory is not allowed or not there.
    private static func derive(
        _ password: Secret, _ salt: [UInt8], _ cost: Int, _ blocks: Int, _ lanes: Int
    ) -> [UInt8]? {
        var key = [UInt8](repeating: 0, count: length)
        let words = Array(password.reveal().utf8)
        let code = unsafe words.withUnsafeBytes { words in
            unsafe EVP_PBE_scrypt(
                words.assumingMemoryBound(to: CChar.self).baseAddress, words.count, salt, salt.count, 1 << cost,
                UInt64(blocks), UInt64(lanes), 2 << 30, &key, key.count)
        }
        return code == 1 ? key : nil
    }
}
