// Reports to admins as letters: everything they say, and nothing of it as markup.

import Domain
import Letters
import Mail
import Prune
import Runtime
import Testing

@Suite struct `A notice to admins` {
    private let report = Report(
        "Removed: \("<b>Ann</b>")",
        lines: [
            "\(strong: "<i>Ann</i>") was removed, see \(link: "the share", to: "https://plex.example.org/?a=1&b=2").",
            "Not a link: \(link: "x", to: "javascript:alert(1)")", "Command: \(code: "prune undo @ann")",
            Prose(parts: [.block("a  b\nc <d>")]),
        ],
        fields: [
            Report.Field("Why", "31 days without watching"),
            Report.Field("Seen", "\(time: Notary.noon - .days(31), .relative)\nby \("Line\r\nBcc: x@example.org")"),
        ], footer: "1 of 1 today", tone: .warning)

    private func proof(asks: Bool = false) throws -> LetterProof {
        try Notary.press().proof(
            report, asks: asks, to: Notary.mailbox("Robin"), key: "prune.tell:9", date: Notary.noon)
    }

    @Test func `says what was done, to whom and why, in both of its parts`() throws {
        let letter = try proof().letter
        let scan = HTMLScan(letter.html)
        #expect(scan.faults == [] && scan.all("h1").count == 1)
        for words in [scan.words, letter.text] {
            for fact in [
                "Why", "31 days without watching", "Sunday, 1 November 2026, 13:00 CET (UTC+1)", "prune undo @ann",
                "1 of 1 today", "look after The Household",
            ] {
                #expect(words.contains(fact), "\(fact)")
            }
        }
        #expect(letter.subject == "The Household: Removed: <b>Ann</b>")
        #expect(letter.messageID == "notice.prune=2Etell+9@plex.example.org")
        #expect(letter.list == nil)
    }

    @Test func `keeps other people's text apart from ours`() throws {
        let letter = try proof().letter
        let scan = HTMLScan(letter.html)
        #expect(scan.all("b").isEmpty && scan.all("i").isEmpty && scan.all("d").isEmpty)
        #expect(letter.html.contains("<strong>&lt;i&gt;Ann&lt;/i&gt;</strong>"))
        #expect(scan.all("a").map { $0.attribute("href") } == ["https://plex.example.org/?a=1&amp;b=2"])
        #expect(letter.html.contains("a  b\nc &lt;d&gt;"))
        #expect(letter.text.contains("the share (https://plex.example.org/?a=1&b=2)."))
        #expect(!(try Notary.headers(letter).contains { $0.hasPrefix("Bcc") }))
    }

    @Test func `of a question says where the answer is given`() throws {
        let card = Card(report, kind: "prune.approval", choices: [Card.Choice("Remove", value: "remove")])
        let word = PruneWord(.card(card), about: "approval", person: 7)
        let letter = try Notary.press().proof(word, to: Notary.mailbox(), key: "k", date: Notary.noon).letter
        #expect(letter.html.contains("on the card in Discord") && letter.text.contains("on the card in Discord"))
        #expect(!(try proof().letter.text.contains("on the card in Discord")))
    }

    @Test func `takes a report of nothing at all`() throws {
        let letter = try Notary.press().proof(
            Report(""), to: Notary.mailbox(), key: "", date: Notary.noon
        ).letter
        #expect(HTMLScan(letter.html).faults == [])
        #expect(letter.subject == "The Household: a notice")
    }
}
