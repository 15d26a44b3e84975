// The letters that welcome, remind, warn and say good-bye: what each must say, that both of its parts say it, and that
// nobody's text becomes markup.

import Domain
import Letters
import Mail
import Newsletter
import Prune
import Runtime
import Testing

@Suite struct `A notice` {
    private static let stated = "Saturday, 5 December 2026"

    @Test func `of warning states the exact moment, in both of its parts`() throws {
        let letter = try Notary.proof(Notary.press(), Notary.notice(.warning)).letter
        let page = HTMLScan(letter.html)
        for words in [page.words, letter.text] {
            #expect(words.contains(Self.stated))
            #expect(words.contains("at 15:00 CET (UTC+1), in 3 days"))
            #expect(words.contains("27 days") && words.contains("30 days"))
            #expect(words.contains("Thursday, 5 November 2026") && words.contains("Harbour Lights"))
            #expect(words.contains("at least 14 days") && words.contains("twice"))
        }
        #expect(letter.subject == "The Household: your access ends on Saturday, 5 December")
    }

    @Test(arguments: PruneNotice.Kind.allCases)
    func `says the same numbers as text and as a page, and every link`(kind: PruneNotice.Kind) throws {
        let letter = try Notary.proof(Notary.press(), Notary.notice(kind)).letter
        let page = HTMLScan(letter.html)
        let shown = Set(HTMLScan.numbers(in: page.words.replacing("plex.tv", with: "")))
        let plain = letter.text.split(separator: " ").filter { !$0.contains("://") }.joined(separator: " ")
        #expect(shown == Set(HTMLScan.numbers(in: plain)))
        let links = page.all("a").compactMap { $0.attribute("href") }
        for link in links {
            let address = link.replacing("&amp;", with: "&")
            #expect(letter.text.contains(address.hasPrefix("mailto:") ? String(address.dropFirst(7)) : address))
        }
        #expect(links.contains("mailto:robin@example.org"))
    }

    @Test(arguments: PruneNotice.Kind.allCases)
    func `is whole, small, large enough to read, and for light and dark`(kind: PruneNotice.Kind) throws {
        let html = try Notary.proof(Notary.press(), Notary.notice(kind)).letter.html
        let scan = HTMLScan(html)
        #expect(scan.faults == [])
        #expect(scan.all("h1").count == 1)
        #expect(scan.all("html").first?.attribute("lang") == "en")
        #expect(html.contains("prefers-color-scheme:dark") && html.contains("max-width:600px"))
        #expect(html.utf8.count < 30_000)
        for name in ["script", "form", "img", "iframe", "link"] { #expect(scan.all(name).isEmpty) }
        let sizes = html.split(separator: "font-size:").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
        #expect(sizes.filter { $0 > 1 && $0 < 14 } == [])
    }

    @Test(arguments: PruneNotice.Kind.allCases)
    func `is no newsletter: nothing to unsubscribe from, nothing to answer automatically`(kind: PruneNotice.Kind) throws
    {
        let letter = try Notary.proof(Notary.press(), Notary.notice(kind)).letter
        let headers = try Notary.headers(letter)
        #expect(headers.contains("Auto-Submitted: auto-generated"))
        #expect(!headers.contains { $0.hasPrefix("List-") })
        #expect(headers.contains("Message-ID: <notice.prune=2Email+\(kind.rawValue)+7+1796212800@plex.example.org>"))
        #expect(headers.contains("Content-Language: en"))
    }

    @Test func `made again is the same, and another key is another letter`() throws {
        let press = try Notary.press()
        var notice = Notary.notice(.warning)
        let (first, again) = (try Notary.proof(press, notice).letter, try Notary.proof(press, notice).letter)
        #expect(again.html == first.html && again.text == first.text && again.messageID == first.messageID)
        var ids: Set<String> = [first.messageID]
        for key in ["a:b", "a.b", "a+b", "a b", "a=3Ab", "ä", "", ":", "a::b", String(repeating: "k", count: 100)] {
            notice.key = key
            let printed = try Notary.proof(press, notice).letter.printed()
            #expect(ids.insert(printed.messageID).inserted, "\(key)")
        }
    }

    @Test func `offers to stay where that is of use, and only there`() throws {
        let press = try Notary.press()
        for kind in PruneNotice.Kind.allCases {
            let letter = try Notary.proof(press, Notary.notice(kind)).letter
            let offers = kind == .warning || kind == .reminder
            #expect(letter.html.contains(Notary.here) == offers)
            #expect(letter.text.contains(Notary.here) == offers)
        }
        var (spent, early) = (Notary.notice(.warning), Notary.notice(.reminder))
        spent.hereLeft = 0
        early.daysLeft = 14
        for proof in [
            try Notary.proof(press, spent), try Notary.proof(press, early),
            try Notary.proof(press, Notary.notice(.warning), here: nil),
            try Notary.proof(press, Notary.notice(.warning), here: "javascript:alert(1)"),
        ] {
            #expect(!proof.letter.html.contains("still here") && !proof.letter.text.contains("still here"))
            #expect(!proof.letter.html.contains("javascript:"))
        }
    }

    @Test func `says nothing it does not know`() throws {
        let bare = PruneNotice(.warning, person: 7, name: "", at: Notary.noon)
        let press = try Notary.press {
            ($0.about, $0.rules, $0.links, $0.contact, $0.removesIdle) = ([], [], [], nil, false)
        }
        for kind in PruneNotice.Kind.allCases {
            var notice = bare
            notice.kind = kind
            let letter = try Notary.proof(press, notice, here: nil).letter
            #expect(HTMLScan(letter.html).faults == [])
            for words in ["House rules", "at hand", "0 days", "last saw", "Your access ends on", "Hello", "1970"] {
                #expect(!letter.text.contains(words) && !letter.html.contains(words), "\(kind): \(words)")
            }
            #expect(!letter.text.contains("\n\n\n"))
        }
    }

    @Test func `of a removal says when it was, and nothing of what it was not told`() throws {
        var notice = PruneNotice(
            .removal, person: 7, name: "Ann", at: Notary.noon, removalAt: Notary.noon - .hours(1), warnDays: 27,
            kickDays: 30, key: "k")
        let letter = try Notary.proof(Notary.press(), notice).letter
        for words in [HTMLScan(letter.html).words, letter.text] {
            #expect(words.contains("has ended, on Wednesday, 2 December 2026, 12:00 CET (UTC+1)."))
            #expect(words.contains("after 30 days without watching") && !words.contains("not seen you"))
        }
        notice.lastSeenAt = Notary.noon - .days(31)
        notice.idleDays = 31
        let whole = try Notary.proof(Notary.press(), notice).letter.text
        #expect(whole.contains("We last saw you on Sunday, 1 November 2026. That is 31 days"))
    }

    @Test func `to who never watched says so`() throws {
        var notice = Notary.notice(.warning)
        notice.lastSeenAt = nil
        #expect(
            try Notary.proof(Notary.press(), notice).letter.text.contains("not seen you watch anything yet. That is 27")
        )
    }

    @Test func `of welcome speaks of removals only where there are some`() throws {
        let quiet = try Notary.proof(Notary.press { $0.removesIdle = false }, Notary.notice(.welcome)).letter
        #expect(!quiet.text.contains("stop watching"))
        let strict = try Notary.proof(Notary.press(), Notary.notice(.welcome)).letter
        #expect(strict.text.contains("After 27 days") && strict.text.contains("After 30 days"))
        #expect(strict.text.contains("* One stream at a time.") && strict.text.contains("Films and series"))
    }

    @Test(arguments: IssueFacts.hostileNames)
    func `takes any name for what it is`(name: String) throws {
        let press = try Notary.press { settings in
            settings.server = name
            settings.from.name = ""
            settings.rules = [name]
            settings.about = [name]
        }
        for kind in PruneNotice.Kind.allCases {
            let proof = try Notary.proof(press, Notary.notice(kind, name: name, title: name))
            let scan = HTMLScan(proof.letter.html)
            #expect(proof.notes == [] && scan.faults == [])
            #expect(scan.all("b").isEmpty && scan.all("i").isEmpty && scan.all("script").isEmpty)
            #expect(proof.letter.subject.count <= 110)
            let headers = try Notary.headers(proof.letter)
            #expect(!headers.contains { $0.hasPrefix("Bcc") || $0.hasPrefix("X-Evil") })
            #expect(!proof.letter.html.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) })
        }
    }

    @Test(arguments: [
        "javascript:alert(1)", "data:text/html,x", "ftp://example.org", "https://", "https:// x", "",
        "mailto:a@b.example",
        "//example.org", "https://exämple.org/ü",
    ])
    func `takes no link but those of the web`(address: String) {
        #expect(throws: NoticeLink.Mistake.self) { try NoticeLink("Title", address) }
        #expect(throws: NoticeLink.Mistake.self) { try NoticeLink.read("Good=https://a.example | Title=\(address)") }
    }

    @Test func `reads links, rules and whom to ask as settings hold them`() throws {
        let links = try NoticeLink.read(" Ask = https://a.example/?x=1,2 |Status=http://b.example| ")
        #expect(links.map(\.title) == ["Ask", "Status"])
        #expect(links.map(\.address) == ["https://a.example/?x=1,2", "http://b.example"])
        #expect(try NoticeLink.read("") == [])
        #expect(throws: NoticeLink.Mistake.self) { try NoticeLink.read("https://a.example/?x=1") }
        #expect(NoticeSettings.list(" one |  | two\n") == ["one", "two"])
        let people = try ["Robin", "Robin <robin@example.org>", "robin@example.org", "Help=https://a.example/help"].map
        {
            try NoticeContact($0)
        }
        #expect(people.map(\.words) == ["Robin", "Robin", "robin@example.org", "Help"])
        #expect(
            people.map(\.address) == [
                nil, "mailto:robin@example.org", "mailto:robin@example.org", "https://a.example/help",
            ])
    }

    @Test func `asks for a reply only where somebody reads those`() throws {
        let answered = try Notary.proof(Notary.press { $0.contact = nil }, Notary.notice(.warning)).letter
        #expect(answered.text.contains("Just answer this letter."))
        let deaf = try Notary.press {
            $0.contact = nil
            $0.from = Mailbox("Plex", try MailAddress("no-reply@example.org"))
        }
        #expect(!(try Notary.proof(deaf, Notary.notice(.warning)).letter.text.contains("Questions?")))
    }

    @Test(arguments: [
        (Duration.minutes(59), "in less than an hour"), (.hours(1), "in 1 hour"), (.hours(47), "in 47 hours"),
        (.hours(72), "in 3 days"), (.hours(95), "in 3 days"),
    ])
    func `promises no more time than there is`(time: Duration, words: String) throws {
        var notice = Notary.notice(.warning)
        notice.removalAt = notice.at + time
        #expect(try Notary.proof(Notary.press(), notice).letter.text.contains(", \(words),"))
    }
}
