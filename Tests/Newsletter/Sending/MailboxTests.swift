// Leaving by mail, over a real line to a mailbox: only signed words count, nothing is deleted, and a mailbox that is away
// is not a mailbox in which nobody left.

import Crypto
import Domain
import FoundationEssentials
import Mail
import Runtime
import StandIns
import Storage
import Testing

@testable import Newsletter

@Suite(.timeLimit(.minutes(1))) struct `A mailbox for leaving` {
    struct Desk {
        let standIn: MailboxStandIn
        let links: NewsletterLinks
        let consent: NewsletterConsent
        let mailbox: NewsletterMailbox

        /// So many leave by this look, and these people have left by then.
        func reads(_ count: Int, until gone: [Int64]? = nil, at place: SourceLocation = #_sourceLocation) async throws {
            let left = try await mailbox.read()
            #expect(left == count, sourceLocation: place)
            if let gone {
                let all = try await self.gone
                #expect(all == gone, sourceLocation: place)
            }
        }

        var gone: [Int64] {
            get async throws {
                var gone: [Int64] = []
                for id in Int64(1)...9 where try await consent.choice(of: id)?.wish == .unsubscribed { gone.append(id) }
                return gone
            }
        }
    }

    static func open(_ body: (Desk) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/mailbox-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let standIn = try MailboxStandIn.start()
        try Files.write(standIn.certificate, to: folder + "/ca.pem")
        let database = try await Database.open(
            path: folder + "/a.db", clock: VirtualClock(), schemas: [.newsletter, .newsletterSending])
        let links = try NewsletterLinks(SealingKey(Secret(String(repeating: "0f", count: 32))), home: nil)
        let consent = NewsletterConsent(database, mode: .optOut)
        let settings = [
            "NEWSLETTER_MAILBOX_URL": standIn.url, "SMTP_URL": "smtp://127.0.0.1:1?tls=off",
            "EMAIL_FROM": "a@b.example", "SMTP_CA_FILE": folder + "/ca.pem",
        ]
        let box = try #require(try LetterBox { settings[$0] })
        let mailbox = NewsletterMailbox(
            box, database, links: links, consent: consent, known: { _ in nil }, log: .silent)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await body(Desk(standIn: standIn, links: links, consent: consent, mailbox: mailbox)))
        } catch { outcome = .failure(error) }
        await standIn.stop()
        await database.close()
        try outcome.get()
    }

    @Test func `is read from where it was read before, and nobody else's letters are touched`() async throws {
        try await Self.open { desk in
            let old = desk.standIn.receive(desk.links.mailSubject(person: 1), isRead: true)
            let first = desk.standIn.receive(desk.links.mailSubject(person: 2))
            let other = desk.standIn.receive("How do I unsubscribe?")
            desk.standIn.receive("Dinner on Friday")
            // What had been read before anybody set this up may be long out of date.
            try await desk.reads(1, until: [2])
            let read = Set(desk.standIn.letters.filter(\.isRead).map(\.number))
            #expect(read == [old, first] && !read.contains(other))
            try await desk.reads(0)

            // From now on also what a person or another program has read already.
            desk.standIn.receive("Re: " + desk.links.mailSubject(person: 3), isRead: true)
            let folded = desk.links.mailSubject(person: 4).split(separator: " ").joined(separator: "\r\n ")
            desk.standIn.receive(folded)
            try await desk.reads(2, until: [2, 3, 4])
            #expect(desk.standIn.letters.count == 6, "nothing is deleted")
            let asked = desk.standIn.requests.entries
            #expect(!asked.contains { $0.contains("Dinner") || $0.contains("DELETE") || $0.contains("EXPUNGE") })
            #expect(asked.filter { $0.hasPrefix("UID FETCH") }.count == 4)
        }
    }

    @Test func `believes its own signature only`() async throws {
        try await Self.open { desk in
            let word = desk.links.token(.unsubscribe, for: .init(person: 1))
            let others = [NewsletterLinks.Purpose.preferences, .archive, .preview].map {
                desk.links.token($0, for: .init(person: 1))
            }
            let foreign = try NewsletterLinks(SealingKey(Secret(String(repeating: "0e", count: 32))), home: nil)
            for bad in others + [
                foreign.token(.unsubscribe, for: .init(person: 1)), String(word.dropLast()), word + "A",
                "B" + word.dropFirst(),
                "1", "person:1", "* 1 FETCH", "\u{1F3AC}", "A003 OK", "",
            ] { desk.standIn.receive("unsubscribe \(bad)") }
            try await desk.reads(0, until: [])
            #expect(desk.standIn.letters.allSatisfy { !$0.isRead })
        }
    }

    @Test func `read anew changes nothing for those who left, and misses nobody`() async throws {
        try await Self.open { desk in
            desk.standIn.receive(desk.links.mailSubject(person: 1))
            try await desk.reads(1)
            desk.standIn.beginAnew()
            desk.standIn.receive(desk.links.mailSubject(person: 5))
            try await desk.reads(1, until: [1, 5])
        }
    }

    @Test func `that is away, mute or locked is an error, and is gone on with later`() async throws {
        try await Self.open { desk in
            try await desk.reads(0)
            desk.standIn.receive(desk.links.mailSubject(person: 1))
            desk.standIn.change(password: "another")
            await #expect(throws: MailError.self) { try await desk.mailbox.read() }
            desk.standIn.change(password: "app password of nobody")
            try await desk.reads(1)
            desk.standIn.receive(desk.links.mailSubject(person: 2))
            await desk.standIn.stop()
            do {
                try await desk.mailbox.read()
                Issue.record("a mailbox that is away was read")
            } catch { #expect("\(error)".contains("127.0.0.1") && !"\(error)".contains("nobody")) }
            let gone = try await desk.gone
            #expect(gone == [1])
        }
    }

    @Test func `without such a folder says so, and not that the password is wrong`() async throws {
        let standIn = try MailboxStandIn.start(isEncrypted: false)
        let url = standIn.url.split(separator: "?").joined(separator: "/Newsletter?")
        let box = try #require(try LetterBox { $0 == "NEWSLETTER_MAILBOX_URL" ? url : nil })
        let expected = MailError.unreachable("127.0.0.1 has no folder Newsletter")
        await #expect(throws: expected) { try await box.ping() }
        standIn.change(password: "another")
        do {
            try await box.ping()
            Issue.record("taken with a wrong password")
        } catch { #expect(error.course == .stop) }
        await standIn.stop()
    }

    @Test func `that says nothing any more is left when the task ends`() async throws {
        try await Self.open { desk in
            desk.standIn.fallMute()
            let reading = Task { try await desk.mailbox.read() }
            reading.cancel()
            await #expect(throws: (any Error).self) { try await reading.value }
        }
    }
}

@Suite struct `A mailbox's address` {
    @Test(arguments: [
        ("https://a.example", "imaps://"), ("imap://u:p@a.example", "not encrypted"), ("imaps://a.example", "whose"),
        ("imaps://u@a.example", "user:password"), ("imaps://u:p@a.example:0", "port"), ("imaps://u:p@", "host"),
    ])
    func `is refused with what is wrong`(_ url: String, _ why: String) {
        do {
            _ = try LetterBox { $0 == "NEWSLETTER_MAILBOX_URL" ? url : nil }
            Issue.record("taken: \(url)")
        } catch {
            #expect(error.setting == "NEWSLETTER_MAILBOX_URL" && error.why.contains(why), "\(error)")
        }
    }

    @Test func `takes the login of the mail server where it has none`() throws {
        let settings = [
            "NEWSLETTER_MAILBOX_URL": "imaps://imap.gmail.com", "EMAIL_ADDRESS": "robin@gmail.com",
            "EMAIL_APP_PASSWORD": "abcd efgh ijkl mnop",
        ]
        let box = try #require(try LetterBox { settings[$0] })
        #expect(box.password.reveal() == "abcdefghijklmnop")
        let none = try LetterBox { _ in nil }
        #expect(none == nil)
    }
}
