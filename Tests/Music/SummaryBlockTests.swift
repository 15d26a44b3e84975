// The marked block: what is the owner's stays the owner's, to the byte.

import Music
import Testing

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

private func changed(_ outcome: SummaryBlock.Outcome) -> (summary: String, separator: String?)? {
    if case .changed(let summary, let separator) = outcome { (summary, separator) } else { nil }
}

/// Summaries as owners and agents leave them.
private let summaries = [
    "", "A quiet record.", "Two lines.\nOf text.", "Ends with a line end.\n", "Ends with a blank line.\n\n",
    "Many.\n\n\n\n", "\nBegins with one.", "\n\nBegins with two.", "Trailing blanks.   ", "Windows.\r\nLines.\r\n",
    "Windows.\r\n\r\nParagraphs.", "\r\n", "\n", "e\u{301} and é", "🎷 | a: b | [brackets]", "Half windows.\r",
    "He said [Performers · autoplex] aloud, and [/Performers] too.", "Line\u{2028}separator", "\u{FEFF}BOM",
]

@Suite struct `The block in a summary` {
    private let block = SummaryBlock(lines: ["Ann: oboe | Bo: piano", "MusicBrainz release 1"])
    private let other = SummaryBlock(lines: ["Cy: harp"])

    @Test func `stands below the text, marked, with one blank line between`() throws {
        let written = try #require(changed(block.written(into: "A quiet record.")))
        #expect(
            written.summary == """
                A quiet record.

                [Performers · autoplex]
                Ann: oboe | Bo: piano
                MusicBrainz release 1
                [/Performers]
                """)
        #expect(written.separator == "\n\n")
    }

    @Test func `stands above it where that is wanted`() throws {
        let written = try #require(changed(block.written(into: "A quiet record.", at: .top)))
        #expect(
            written.summary == """
                [Performers · autoplex]
                Ann: oboe | Bo: piano
                MusicBrainz release 1
                [/Performers]

                A quiet record.
                """)
    }

    @Test(arguments: [
        ("A.", "\n\n", "\n\n"), ("A.\n", "\n", "\n\n"), ("A.\n\n", "", "\n\n"), ("A.\n\n\n", "", "\n\n"),
        ("\nA.", "\n\n", "\n"), ("\n\nA.", "\n\n", ""), ("", "", ""), ("A.\r\n", "\r\n", "\r\n\r\n"),
    ])
    func `adds what is missing to one blank line`(summary: String, below: String, above: String) throws {
        let bottom = try #require(changed(block.written(into: summary, at: .bottom)))
        #expect(bottom.separator.map(bytes) == bytes(below))
        let top = try #require(changed(block.written(into: summary, at: .top)))
        #expect(top.separator.map(bytes) == bytes(above))
    }

    @Test(arguments: summaries, SummaryBlock.Place.allCases)
    func `comes and goes without a trace`(summary: String, place: SummaryBlock.Place) throws {
        let written = try #require(changed(block.written(into: summary, at: place)))
        let removed = try #require(changed(SummaryBlock.removed(from: written.summary, separator: written.separator)))
        #expect(bytes(removed.summary) == bytes(summary))
    }

    @Test(arguments: summaries, SummaryBlock.Place.allCases)
    func `is written once`(summary: String, place: SummaryBlock.Place) throws {
        let written = try #require(changed(block.written(into: summary, at: place)))
        for again in SummaryBlock.Place.allCases {
            #expect(block.written(into: written.summary, at: again) == .unchanged)
        }
        #expect(SummaryBlock(in: written.summary) == block)
    }

    @Test(arguments: summaries, SummaryBlock.Place.allCases)
    func `is replaced where it stands, and the rest stays`(summary: String, place: SummaryBlock.Place) throws {
        let first = try #require(changed(block.written(into: summary, at: place)))
        let second = try #require(changed(other.written(into: first.summary)))
        #expect(second.separator == nil)
        let third = try #require(changed(block.written(into: second.summary)))
        #expect(bytes(third.summary) == bytes(first.summary))
        let removed = try #require(changed(SummaryBlock.removed(from: second.summary, separator: first.separator)))
        #expect(bytes(removed.summary) == bytes(summary))
    }

    @Test(arguments: SummaryBlock.Place.allCases)
    func `keeps what the owner wrote around it since`(place: SummaryBlock.Place) throws {
        let written = try #require(changed(block.written(into: "Old.", at: place)))
        let edited = "Before.\n\n" + written.summary + "\n\nAfter.\r\n"
        let replaced = try #require(changed(other.written(into: edited)))
        #expect(replaced.summary.hasPrefix("Before.\n\n"))
        #expect(Array(bytes(replaced.summary).suffix(10)) == bytes("\n\nAfter.\r\n"))
        let removed = try #require(changed(SummaryBlock.removed(from: edited, separator: written.separator)))
        #expect(!removed.summary.contains("Performers"))
        #expect(
            removed.summary.contains("Before.") && removed.summary.contains("Old.")
                && removed.summary.contains("After."))
    }

    @Test func `takes a blank line with it when nobody knows how it came`() throws {
        let written = try #require(changed(block.written(into: "Text.")))
        let removed = try #require(changed(SummaryBlock.removed(from: written.summary, separator: nil)))
        #expect(removed.summary == "Text.")
    }

    @Test func `ends its lines as the text does`() throws {
        let written = try #require(changed(block.written(into: "One.\r\nTwo.")))
        #expect(
            bytes(written.summary)
                == bytes(
                    "One.\r\nTwo.\r\n\r\n[Performers · autoplex]\r\nAnn: oboe | Bo: piano\r\nMusicBrainz release 1\r\n[/Performers]"
                ))
    }

    @Test func `is found again with blanks behind its marks`() throws {
        let text = "Text.\n\n[Performers · autoplex]  \nAnn: oboe\n [/Performers]\t\n"
        let written = try #require(changed(other.written(into: text)))
        #expect(written.summary == "Text.\n\n[Performers · autoplex]\nCy: harp\n[/Performers]\t\n".replacingTab)
    }

    @Test func `cannot be ended by a name`() throws {
        let sly = SummaryBlock(lines: ["[/Performers]", "Ann: oboe\n[/Performers]\nmore"])
        #expect(sly.lines == ["Ann: oboe", "more"])
        let written = try #require(changed(sly.written(into: "Text.")))
        #expect(SummaryBlock(in: written.summary) == sly)
    }

    @Test func `of a summary without one is not there`() {
        #expect(SummaryBlock(in: "Text.") == nil)
        #expect(SummaryBlock.removed(from: "Text.", separator: "\n\n") == .unchanged)
        #expect(SummaryBlock.repaired("Text.") == .unchanged)
    }
}

extension String {
    /// The blanks behind the end mark belong to its line and go with it.
    fileprivate var replacingTab: String { String(self.filter { $0 != "\t" }) }
}

@Suite struct `Marks out of order` {
    private static let start = "[Performers · autoplex]"
    private static let end = "[/Performers]"
    private static let whole = "\(start)\nAnn: oboe\n\(end)"

    static let broken = [
        ("two", "Text.\n\n\(whole)\n\n\(whole)\n\nMore."), ("no end", "Text.\n\n\(start)\nAnn: oboe\n\nThe owner's."),
        ("no start", "Text.\n\n\(end)\n\nMore."), ("start twice", "\(start)\n\(whole)"),
        ("end twice", "\(whole)\n\(end)\nMore."),
    ]

    @Test(arguments: broken)
    func `are told and not touched`(name: String, summary: String) {
        for outcome in [
            SummaryBlock(lines: ["x"]).written(into: summary), SummaryBlock.removed(from: summary, separator: nil),
        ] {
            guard case .broken(let why) = outcome else {
                Issue.record("\(name): \(outcome)")
                continue
            }
            #expect(why.hasPrefix("the summary has"))
        }
        #expect(SummaryBlock(in: summary) == nil)
    }

    @Test(arguments: broken)
    func `can be put in order without losing the owner's words`(name: String, summary: String) throws {
        let repaired = try #require(changed(SummaryBlock.repaired(summary)))
        for words in ["Text.", "More.", "The owner's."] where summary.contains(words) {
            #expect(repaired.summary.contains(words), "\(name): \(repaired.summary)")
        }
        let outcome = SummaryBlock(lines: ["x"]).written(into: repaired.summary)
        #expect(changed(outcome) != nil, "\(name): \(outcome)")
        #expect(SummaryBlock.repaired(repaired.summary) == .unchanged)
    }

    @Test func `keep the first of two blocks`() throws {
        let summary = "\(Self.whole)\n\nText.\n\n\(Self.start)\nBo: harp\n\(Self.end)"
        let repaired = try #require(changed(SummaryBlock.repaired(summary)))
        #expect(repaired.summary == "\(Self.whole)\n\nText.")
    }

    @Test func `take the lines of ours with them, as far as they are surely ours`() throws {
        let lost = "Text.\n\n\(Self.start)\nAnn: oboe\nMusicBrainz release 1\nThe owner's."
        let repaired = try #require(changed(SummaryBlock.repaired(lost)))
        #expect(repaired.summary.contains("The owner's."))
        #expect(!repaired.summary.contains("oboe"))
        let unsure = try #require(changed(SummaryBlock.repaired("\(Self.start)\nThe owner's oboe.")))
        #expect(unsure.summary.contains("The owner's oboe."))
    }
}
