// A password's hash: it fits its password and no other, it can be written down, and what is no hash is refused.

import Runtime
import Testing

@testable import Crypto

@Suite struct `The hash of a password` {
    @Test func `fits its own password only, also after being written down`() throws {
        let hash = PasswordHash(of: Secret("a long password"))
        #expect(hash.fits(Secret("a long password")))
        #expect(!hash.fits(Secret("a long passwore")))
        let read = try #require(PasswordHash(hash.description))
        #expect(read == hash)
        #expect(read.fits(Secret("a long password")))
    }

    @Test func `tells nothing of two being the same`() {
        #expect(PasswordHash(of: Secret("the same one")) != PasswordHash(of: Secret("the same one")))
    }

    /// RFC 7914 §12 has its vectors at other costs; this one was made with Python's hashlib.scrypt.
    @Test func `is scrypt's`() {
        let hash = PasswordHash(of: Secret("correct horse"), salt: Array("0123456789abcdef".utf8))
        #expect(hash.description == "scrypt:15:8:1:MDEyMzQ1Njc4OWFiY2RlZg:puHF8wsl4P5tR3JANsCleZiOQes-05KY2PoHbUEpMGQ")
    }

    @Test(arguments: [
        "", "a long password", "scrypt:15:8:1:x:y", "scrypt:40:8:1:MDEyMzQ1Njc4OWFiY2RlZg:AAAA",
        "scrypt:15:8:1:MDEyMzQ1Njc4OWFiY2RlZg:AAAA", "bcrypt:15:8:1:MDEyMzQ1Njc4OWFiY2RlZg:AAAA",
    ])
    func `is not read from anything else`(_ text: String) {
        #expect(PasswordHash(text) == nil)
    }
}
