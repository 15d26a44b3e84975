// A typed line taken apart as people type it.

import Testing

@testable import Bot

@Suite struct WordsTests {
    @Test(arguments: [
        ("", []), ("   ", []), ("a b", ["a", "b"]), ("  a\tb\nc ", ["a", "b", "c"]),
        (#""Kind of Blue" 3"#, ["Kind of Blue", "3"]), ("“Kind of Blue”", ["Kind of Blue"]),
        ("„Blau“ x", ["Blau", "x"]),
        ("«Bleu nuit»", ["Bleu nuit"]), ("Don't stop", ["Don't", "stop"]), ("'Round Midnight", ["'Round", "Midnight"]),
        (#"7" single"#, [#"7""#, "single"]), (#"\"Heroes\""#, [#""Heroes""#]), (#"a\ b"#, ["a b"]),
        (#"C:\x"#, [#"C:\x"#]),
        (#"--artist="Miles Davis""#, ["--artist=Miles Davis"]), (#"artist:“Miles Davis”"#, ["artist:Miles Davis"]),
        (#""" x"#, ["", "x"]),
    ])
    func `words are found`(line: String, words: [String]) throws {
        #expect(try Words.split(line).map(\.text) == words)
    }

    @Test func `a quote that is never closed is told`() {
        let complaint = #expect(throws: Complaint.self) { try Words.split(#"say "Kind of Blue"#) }
        #expect(complaint?.plain == #"The quote that begins with "Kind of Blue is never closed."#)
    }

    @Test func `a long line of quotes takes no long time`() throws {
        let line = String(repeating: #""a" "#, count: 20_000)
        #expect(try Words.split(line).count == 20_000)
    }
}
