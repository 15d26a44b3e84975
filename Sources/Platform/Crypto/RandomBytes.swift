// Bytes nobody can guess, from libcrypto's generator (seeded by the kernel): keys, nonces, one-time words in links.

internal import CCrypto

package enum RandomBytes {
    package static func make(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let code = unsafe RAND_bytes(&bytes, Int32(count))
        // A key of zeros would be worse than no program.
        precondition(code == 1, "the system has no random bytes")
        return bytes
    }

    /// Hexadecimal, for links and states. 16 bytes are beyond guessing.
    package static func word(bytes count: Int = 16) -> String { make(count).hexadecimal }
}
