// Where the key comes from: a setting a person wrote, or a file the program made.

import Crypto
import FoundationEssentials
import Runtime
import Testing

@Suite struct `A key as text` {
    /// Each is the key 00 01 … 1f.
    @Test(arguments: [
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
        " 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
    ])
    func `may be hexadecimal or base64`(text: String) throws {
        #expect(try SealingKey(Secret(text)).mark == "8cc48211")
    }

    /// The mark was computed with Python's hashlib.scrypt.
    @Test(arguments: ["correct horse battery staple", "  correct  horse\tbattery staple\n"])
    func `may be a passphrase`(text: String) throws {
        #expect(try SealingKey(Secret(text)).mark == "7d1295e3")
    }

    @Test(arguments: [
        ("", "is empty"), ("   ", "is empty"),
        ("000102030405060708090a0b0c0d0e0f", "32 hexadecimal digits instead of 64"),
        ("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20", "66 hexadecimal digits"),
        ("AAECAwQFBgcICQoLDA0ODw==", "base64 of 16 bytes instead of 32"),
        ("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1", "instead of 32"),
        ("p@ssw0rd!p@ssw0rd!p@ssw0rd!", "neither a key nor several words"),
        ("too short words", "too short a passphrase"),
    ])
    func `of any other kind is refused with advice, and is not repeated`(text: String, why: String) throws {
        let refusal = #expect(throws: KeyRefused.self) { try SealingKey(Secret(text)) }
        let words = try #require(refusal).description
        #expect(words.contains("ENCRYPTION_KEY") && words.contains("openssl rand -hex 32"))
        #expect(words.contains(why), "\(words)")
        if text.count > 8 { #expect(!words.contains(text)) }
    }
}

@Suite struct `A key file` {
    let folder = FileManager.default.temporaryDirectory.path + "/autoplex-key-\(UInt64.random(in: .min ... .max))"
    var path: String { "\(folder)/secret.key" }

    init() throws { try Files.makeFolder(folder) }

    @Test func `is made once, for the owner alone`() throws {
        let first = try SealingKey.load(orMakeAt: path)
        let second = try SealingKey.load(orMakeAt: path)
        #expect(first.mark == second.mark)
        #expect(try Files.mode(path) == 0o600)
        #expect(try Files.list(folder) == ["secret.key"])
        #expect(try second.openText(first.seal("a", for: "b"), for: "b") == "a")
    }

    @Test func `is the same for all who start at once`() async throws {
        let path = path
        let marks = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try SealingKey.load(orMakeAt: path).mark } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(marks.count == 1)
        #expect(try Files.list(folder) == ["secret.key"])
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o644, 0o620] as [UInt32])
    func `that others can reach is refused`(mode: UInt32) throws {
        _ = try SealingKey.load(orMakeAt: path)
        try Files.setMode(path, mode)
        let refusal = #expect(throws: KeyRefused.self) { try SealingKey.load(orMakeAt: path) }
        #expect(try #require(refusal).description.contains("chmod 600 \(path)"))
    }

    @Test(arguments: ["", "\n", "abc", String(repeating: "zz", count: 32), String(repeating: "0", count: 10_000)])
    func `that holds no key is refused and left alone`(text: String) throws {
        try Files.write(Array(text.utf8), to: path)
        let refusal = #expect(throws: KeyRefused.self) { try SealingKey.load(orMakeAt: path) }
        #expect(try #require(refusal).description.contains(path))
        #expect(try Files.text(path) == text)
    }

    @Test func `that cannot be made says why`() throws {
        let path = "\(folder)/missing/secret.key"
        let refusal = #expect(throws: KeyRefused.self) { try SealingKey.load(orMakeAt: path) }
        #expect(try #require(refusal).description.contains("No such file"))
    }
}
