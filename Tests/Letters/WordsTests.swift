// How letters call people and say numbers.

import Domain
@testable import Letters
import Newsletter
import NewsletterSamples
import Testing

@Suite struct `Words of a letter` {
    private func names(_ policy: NamesPolicy, _ people: [String?]) -> [String] {
        var issue = IssueFacts.empty
        let none = Trend(0, before: nil)
        issue.people = people.enumerated().map {
            PersonCount(FactsPerson(id: Int64($0 + 1), name: $1), plays: none, seconds: none)
        }
        let names = Names(policy, of: issue)
        return issue.people.map { names.orSomebody($0.person) }
    }

    @Test(arguments: [
        (NamesPolicy.names, ["Ann Whitfield", "Ann Berg", "bo", "Somebody", "kim"]),
        (.firstNames, ["Ann W.", "Ann B.", "bo", "Somebody", "kim"]), (.initials, ["AW", "AB", "B", "Somebody", "K"]),
        (.nobody, ["Somebody", "Somebody", "Somebody", "Somebody", "Somebody"]),
    ])
    func `call people as the owner wants it`(policy: NamesPolicy, shown: [String]) {
        #expect(names(policy, ["Ann Whitfield", "Ann Berg", "bo", nil, "kim@example.org"]) == shown)
    }

    @Test func `tell two of the same short name apart, the same way each time`() {
        #expect(names(.initials, ["Ann Berg", "Alf Boye", "Amy Bly"]) == ["AB", "AB 2", "AB 3"])
    }

    @Test func `list people with oneself first`() {
        let issue = IssueFacts.rich
        let names = Names(.names, of: issue)
        let four = Array(issue.people.prefix(4).map(\.person))
        #expect(names.list(four, most: 2, you: 3) == "You, Ann Whitfield and 2 others")
        #expect(names.list(Array(four.prefix(2)), most: 4, you: nil) == "Ann Whitfield and Bo Tanner")
        #expect(Names(.nobody, of: issue).list(four, most: 2, you: nil) == "4 people")
    }

    @Test(
        arguments: [
            (Trend(112, before: 100), "▲ 12 %"), (Trend(50, before: 100), "▼ 50 %"),
            (Trend(100, before: 100), "= as before"),
            (Trend(3, before: 0), "new"), (Trend(3, before: nil), nil), (Trend(0, before: 0), nil),
            (Trend(150, before: 10), "▲ 15×"),
            (Trend(90_000, before: 1), "▲ over 100×"), (Trend(0, before: 8), "▼ 100 %"),
        ] as [(Trend, String?)])
    func `say how a number rose or fell`(trend: Trend, words: String?) {
        #expect(Delta(trend)?.text == words)
    }

    @Test(arguments: [
        (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
        (112, "112th"), (1_003, "1,003rd"),
    ])
    func `count places`(number: Int, words: String) {
        #expect(Numbers.ordinal(number) == words)
    }

    @Test func `count in one and many`() {
        #expect(Numbers.count(1, "play") == "1 play")
        #expect(Numbers.count(1_234, "play") == "1,234 plays")
        #expect(Numbers.count(2, "person", "people") == "2 people")
    }

    @Test(arguments: [
        ("  a \n\t b  ", "a b"), ("x\u{202E}y\u{0000}z", "xy z"), ("", "Untitled"), ("\u{200B}\u{2066}", "Untitled"),
        ("שלום", "\u{2068}שלום\u{2069}"), ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"), ("a\r\nBcc: b", "a Bcc: b"),
    ])
    func `show other people's text on one line`(text: String, shown: String) {
        #expect(Shown.text(text) == shown)
    }

    @Test func `cut what is too long, towers of accents too`() {
        #expect(Shown.text(String(repeating: "a", count: 300), most: 10) == "aaaaaaaaa…")
        #expect(Shown.paragraph("one two three four", most: 12) == "one two…")
        #expect(Shown.text("Z" + String(repeating: "\u{0301}", count: 4_000), most: 10).utf8.count < 100)
    }

    @Test func `make a headline of the most telling fact`() {
        var issue = IssueFacts.rich
        #expect(Headline(issue).text == "Nine of you watched Harbour Lights")
        issue.shared = []
        #expect(Headline(issue).text == "Northern Line and 36 more are new")
        issue.added = .unknown(why: "away")
        #expect(Headline(issue).text == "Harbour Lights was the week’s favourite")
        issue.longest = []
        #expect(Headline(issue).text == "412 plays this week")
        #expect(Headline(.empty).subject == "The Household: A quiet week")
    }

    @Test(arguments: [IssueFacts.hostile, .rich, .sample, .empty])
    func `keep a subject short and on one line`(issue: IssueFacts) {
        let subject = Headline(issue).subject
        #expect(subject.count <= 78)
        #expect(!subject.contains { $0.isNewline })
    }
}
