// What is taken for an address and what is not, before anything is sent anywhere.

import FoundationEssentials
import Mail
import Testing

@Suite struct `An address` {
    @Test(arguments: [
        ("ann@example.org", "ann@example.org"), ("Ann.Lee+plex@Example.ORG", "Ann.Lee+plex@example.org"),
        ("o'brien@mail.example.co.uk", "o'brien@mail.example.co.uk"), ("root@localhost", "root@localhost"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"), ("ann@BÜCHER.example", "ann@xn--bcher-kva.example"),
        ("ann@例え.jp", "ann@xn--r8jz45g.jp"), ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
        ("!#$%&'*+-/=?^_`{|}~@a.b", "!#$%&'*+-/=?^_`{|}~@a.b"),
    ])
    func `is taken as people write it, its domain as servers do`(_ text: String, _ expected: String) throws {
        #expect(try MailAddress(text).description == expected)
    }

    @Test(arguments: [
        "", "@", "ann", "ann@", "@example.org", "ann@@example.org", "ann @example.org", "ann@exa mple.org",
        "ann@example.org\r\nBcc: eve@example.org", "ann@example.org\n", "a\r\nRCPT TO:<e@x>@example.org",
        " ann@example.org",
        "ann@example..org", "ann@.example.org", "ann@example.org.", "ann@-example.org", "ann@exam_ple.org",
        ".ann@example.org", "ann.@example.org", "a..nn@example.org", "änn@example.org", "ann@[127.0.0.1]",
        "ann@127.0.0.1",
        "\"a b\"@example.org", "ann<eve@example.org", "ann@example.org>", "ann,eve@example.org", "<ann@example.org>",
        "Ann <ann@example.org>", "ann@exam\u{0}ple.org", "ann@\u{202E}.example", "ann@😀 .example", "ann@example.org:25",
        "ann@example.org/x", "ann@b\u{FC}cher/.example", "ann@xn--b\u{FC}cher.example",
        String(repeating: "a", count: 65) + "@example.org",
        "ann@" + String(repeating: "a", count: 64) + ".org",
        "ann@" + Array(repeating: "abcdefghi", count: 26).joined(separator: ".") + ".org",
    ])
    func `is refused with a sentence where a server would stumble`(_ text: String) {
        let mistake = #expect(throws: MailAddress.Mistake.self) { try MailAddress(text) }
        let words = mistake?.description ?? ""
        #expect(words.hasPrefix("the address '") && !words.contains("\n") && words.count < 220)
    }

    @Test func `is the same person's in any case of letters`() throws {
        #expect(try MailAddress("Ann@Example.org").key == MailAddress("ann@example.ORG").key)
    }

    @Test func `is kept as text`() throws {
        let kept = try JSONEncoder().encode([MailAddress("ann@example.org")])
        #expect(String(decoding: kept, as: UTF8.self) == #"["ann@example.org"]"#)
        #expect(try JSONDecoder().decode([MailAddress].self, from: kept) == [MailAddress("ann@example.org")])
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([MailAddress].self, from: Data(#"["ann"]"#.utf8))
        }
    }
}
