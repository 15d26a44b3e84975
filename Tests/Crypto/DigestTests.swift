// Digests against the published vectors, and the forms keys are written in.

import Crypto
import Testing

@Suite struct `Digests` {
    @Test func `SHA-256 is what FIPS 180 says`() {
        #expect(
            Digest.sha256(Array("abc".utf8)).hexadecimal
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Digest.sha256([]).hexadecimal == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func `HMAC is what RFC 4231 says`() {
        #expect(
            Digest.hmacSHA256(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)).hexadecimal
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func `an empty key is a key of its own, not the one before`() {
        _ = Digest.hmacSHA256([1], key: [7, 7, 7])
        #expect(
            Digest.hmacSHA256([], key: []).hexadecimal
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test func `HKDF is what RFC 5869 says`() throws {
        let made = Digest.hkdfSHA256(
            [UInt8](repeating: 0x0b, count: 22), salt: Array(0x00...0x0c), info: Array(0xf0...0xf9), count: 42)
        #expect(
            made.hexadecimal
                == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    }

    @Test(
        arguments: [
            ([1, 2, 3], [1, 2, 3], true), ([1, 2, 3], [1, 2, 4], false), ([1, 2], [1, 2, 3], false), ([], [], true),
        ] as [([UInt8], [UInt8], Bool)])
    func `bytes are compared as a whole`(one: [UInt8], other: [UInt8], areEqual: Bool) {
        #expect(areEqualInConstantTime(one, other) == areEqual)
    }

    @Test func `random words differ`() {
        #expect(Set((0..<100).map { _ in RandomBytes.word() }).count == 100)
        #expect(RandomBytes.word(bytes: 4).count == 8)
    }
}

@Suite struct `Written bytes` {
    @Test(arguments: [
        ("", [] as [UInt8]?), ("AA==", [0]), ("AA", [0]), ("/+8=", [255, 239]), ("_-8", [255, 239]),
        ("Zm9vYmFy", Array("foobar".utf8)), ("A", nil), ("AA=", nil), ("AA===", nil), ("A A=", nil), ("====", nil),
    ])
    func `base64 is read in both alphabets`(text: String, bytes: [UInt8]?) {
        #expect([UInt8](base64: text) == bytes)
    }

    @Test(arguments: [("00fF10", [0, 255, 16] as [UInt8]?), ("0", nil), ("0g", nil), ("", []), ("０0", nil)])
    func `hexadecimal is read in both cases`(text: String, bytes: [UInt8]?) {
        #expect([UInt8](hexadecimal: text) == bytes)
    }
}
