// What the database's secrets rest on: what is sealed opens only with its key, in its place and whole.

@testable import Crypto
import Runtime
import Testing

@Suite struct `Sealing` {
    let key = SealingKey(master: Array(0..<32))
    let place = "plex token of person 12"

    @Test(arguments: [0, 1, 15, 16, 17, 1000, 100_000])
    func `what was sealed comes out again`(count: Int) throws {
        let plain = RandomBytes.make(count)
        let sealed = key.seal(plain, for: place)
        #expect(try key.open(sealed, for: place) == plain)
        #expect(try key.open(Sealed(bytes: sealed.bytes), for: place) == plain)
    }

    @Test func `the cipher is AES-256-GCM as its designers tested it`() {
        // Test case 16 of "The Galois/Counter Mode of Operation", appendix B.
        let key = [UInt8](hexadecimal: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308") ?? []
        let plain =
            [UInt8](
                hexadecimal: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                    + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39") ?? []
        let nonce = [UInt8](hexadecimal: "cafebabefacedbaddecaf888") ?? []
        let context = [UInt8](hexadecimal: "feedfacedeadbeeffeedfacedeadbeefabaddad2") ?? []
        #expect(
            GCM.seal(plain, key: key, nonce: nonce, context: context).hexadecimal
                == "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10"
                + "56828838c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b")
    }

    /// Made with Python and libcrypto after the description in Sealed.swift: a database of today opens tomorrow.
    @Test func `the form of what is stored does not change`() throws {
        let bytes = try #require(
            [UInt8](
                hexadecimal: "018cc482116465666768696a6b6c6d6e6f136f43da3e9ceda862af31b2d88800d2d4dbc9f1a3567d"))
        #expect(try key.openText(Sealed(bytes: bytes), for: place) == "a token")
        #expect(key.mark == "8cc48211")
    }

    @Test func `nobody sees what is inside, nor that two are the same`() {
        let one = key.seal("secret-token", for: place)
        let other = key.seal("secret-token", for: place)
        #expect(one != other)
        #expect(!String(decoding: one.bytes, as: UTF8.self).contains("secret"))
        #expect("\(one) \(String(reflecting: one))".contains("secret") == false)
    }

    @Test func `a change of any single bit is noticed`() throws {
        let sealed = key.seal("a token", for: place)
        for index in sealed.bytes.indices {
            for bit in 0..<8 {
                var bytes = sealed.bytes
                bytes[index] ^= 1 << bit
                #expect(throws: SealBroken.self) { try key.open(Sealed(bytes: bytes), for: place) }
            }
        }
    }

    @Test func `every shorter piece is refused`() {
        let sealed = key.seal("a token", for: place)
        for count in sealed.bytes.indices {
            #expect(throws: SealBroken.damaged) {
                try key.open(Sealed(bytes: Array(sealed.bytes.prefix(count))), for: place)
            }
        }
    }

    @Test func `a value does not open in another person's place`() {
        let sealed = key.seal("a token", for: place)
        #expect(throws: SealBroken.damaged) { try key.open(sealed, for: "plex token of person 13") }
    }

    @Test func `another key is told apart from damage`() {
        let sealed = SealingKey.random().seal("a token", for: place)
        #expect(throws: SealBroken.otherKey) { try key.open(sealed, for: place) }
    }

    @Test func `a form of the future is named`() {
        var bytes = key.seal("a token", for: place).bytes
        bytes[0] = 2
        #expect(throws: SealBroken.unknownForm(2)) { try key.open(Sealed(bytes: bytes), for: place) }
        #expect(SealBroken.unknownForm(2).description.contains("newer version"))
    }

    @Test func `a key prints only its mark`() {
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(text.contains("8cc48211"))
            #expect(!text.contains("1, 2") && !text.contains("0102"))
        }
    }
}
