// SHA-256 (FIPS 180-4), HMAC (RFC 2104) and HKDF (RFC 5869) from OpenSSL's libcrypto, over plain bytes. They fail only
// when memory is gone or the library is broken, and going on without them would be worse than stopping.

internal import CCrypto

package enum Digest {
    /// Bytes in every answer of this page.
    package static let length = 32

    package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var answer = [UInt8](repeating: 0, count: length)
        let code = unsafe bytes.withUnsafeBytes { bytes in
            unsafe EVP_Digest(bytes.baseAddress, bytes.count, &answer, nil, EVP_sha256(), nil)
        }
        precondition(code == 1, "libcrypto cannot make SHA-256")
        return answer
    }

    package static func hmacSHA256(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        // To HMAC() a missing key means "the key of last time", and an empty array may have no address.
        let key = key.isEmpty ? [0] : key
        var answer = [UInt8](repeating: 0, count: length)
        let done = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe HMAC(EVP_sha256(), key, Int32(key.count), bytes.baseAddress, bytes.count, &answer, nil) != nil
        }
        precondition(done, "libcrypto cannot make HMAC-SHA-256")
        return answer
    }

    /// A key for one purpose, named by `info`, out of a key that is good already. Not for passwords: see Passphrase.
    package static func hkdfSHA256(_ key: [UInt8], salt: [UInt8] = [], info: [UInt8], count: Int) -> [UInt8] {
        precondition((1...255 * length).contains(count), "HKDF cannot make \(count) bytes")
        let extracted = hmacSHA256(key, key: salt)
        var made: [UInt8] = []
        var block: [UInt8] = []
        var number: UInt8 = 1
        while made.count < count {
            block = hmacSHA256(block + info + [number], key: extracted)
            made += block
            number &+= 1
        }
        return Array(made.prefix(count))
    }
}

/// Takes as long for bytes that differ at once as for bytes that differ at the end, so a stranger who guesses a secret
/// learns nothing from the waiting. The length is no secret.
package func areEqualInConstantTime(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count else { return false }
    guard !one.isEmpty else { return true }
    return unsafe CRYPTO_memcmp(one, other, one.count) == 0
}
