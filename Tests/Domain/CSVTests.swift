// What is written for spreadsheets comes back as it was, and is never run by one.

import Testing

@testable import Domain

@Suite struct `Comma-separated values` {
    @Test(arguments: [
        ["a", "b"], ["", ""], ["a,b", "c\"d", "e\nf", "g\r\nh"], [" a", "b "], ["=1+1", "+49", "-1", "@x", "\tx"],
        ["'quoted", "''", "'=1"], ["“…”", "風の国", "👩‍👩‍👧"], ["x'y", "'"],
    ])
    func `come back as they were`(_ fields: [String]) throws {
        let rows = try #require(CSVText.rows(CSVText.line(fields) + CSVText.line(["end"])))
        #expect(rows == [fields, ["end"]])
    }

    @Test(arguments: ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
    func `are never a formula`(_ text: String) {
        let line = CSVText.line([text])
        #expect(line.hasPrefix("\"'"), "\(line)")
    }

    @Test func `are read with other line ends and separators, a mark in front and blank lines`() {
        #expect(
            CSVText.rows("\u{FEFF}a;b\rc;\"d;e\"\n\n\r\nf;", separator: ";") == [
                ["a", "b"], ["c", "d;e"], ["f", ""],
            ])
        #expect(CSVText.rows("a,\"\"") == [["a", ""]])
        #expect(CSVText.rows("") == [])
        #expect(CSVText.rows("a,\"b") == nil)
        // A quote in the middle of a field is a letter.
        #expect(CSVText.rows("5\" pipe,b") == [["5\" pipe", "b"]])
    }
}
