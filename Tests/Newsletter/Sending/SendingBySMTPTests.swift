// An issue over a real line to a mail server with bad days: what the rules make of answers, with the mailer's own errors.

import Domain
import FoundationEssentials
import Mail
import Runtime
import StandIns
import Storage
import Testing

@testable import Newsletter

@Suite(.timeLimit(.minutes(1))) struct `An issue over SMTP` {
    private func send(
        to count: Int64, rules: MailRules = .init(), _ arrange: (MailStandIn) -> Void = { _ in },
        _ check: (PostOffice, MailStandIn) async throws -> Void
    ) async throws {
        var rules = rules
        rules.needsLogin = false
        let server = try MailStandIn.start(encryption: .none, rules: rules)
        let mailer = try Mailer(MailServer(host: "127.0.0.1", port: server.port, encryption: .none))
        arrange(server)
        let outcome: Result<Void, any Error>
        do {
            try await PostOffice.open((1...count).map { Readership.reader($0) }, script: { _ in .takes }) { office in
                let post = NewsletterPost(
                    office.database, effects: office.effects, consent: office.consent, wishes: SendingWishes(),
                    people: { office.household.people }, compose: { try PostOffice.realLetter($0) },
                    mail: NewsletterEffects(send: { try await mailer.send($0) }))
                let line = office.sending(by: post)
                try await line.start()
                try await line.driveOn()
                try await check(line, server)
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await mailer.stop()
        await server.stop()
        try outcome.get()
    }

    @Test func `greylisted, refused, dropped and lost on the way, comes once to each`() async throws {
        var rules = MailRules()
        rules.greylists = true
        try await send(to: 8, rules: rules) { server in
            server.fail(.recipient, with: .reply(550, "5.1.1 no such user"), to: "reader3@home.example")
            server.fail(.letter, with: .lostAnswer, to: "reader4@home.example")
            server.fail(.data, with: .drop, to: "reader5@home.example")
            server.fail(.letter, with: .drop, to: "reader6@home.example")
            server.fail(.greeting, with: .reply(421, "4.7.0 busy"))
        } _: { office, server in
            let letters = try await office.post.book.letters(of: 1)
            let states = Dictionary(uniqueKeysWithValues: letters.map { ($0.person, $0.state) })
            for letter in letters {
                let copies = server.letters.entries.count { $0.to == ["reader\(letter.person)@home.example"] }
                switch letter.state {
                case .sent: #expect(copies == 1, "\(letter)")
                case .unclear: #expect(copies <= 1, "\(letter)")
                case .none, .waiting: #expect(copies == 0, "\(letter)")
                }
            }
            #expect(states[3] == NewsletterLetter.State.none && states[4] == .unclear && states[1] == .sent)
            #expect(states.values.count { $0 == .sent } >= 5 && !states.values.contains(.waiting))
            let standing = try await office.consent.standing(of: office.household.people[2])
            #expect(standing == .not(.bounced("550 5.1.1 no such user")))
        }
    }

    @Test func `stops at the first letter where the server wants no mail from us`() async throws {
        var rules = MailRules()
        rules.senders = ["somebody@else.example"]
        try await send(to: 4, rules: rules) { office, server in
            let sending = try await office.post.book.sending(of: 1)
            #expect(sending?.state == .held && sending?.why.contains("EMAIL_FROM") == true)
            #expect(server.letters.entries.isEmpty)
            #expect(server.requests.entries.count { $0.command.hasPrefix("MAIL") } == 1)
        }
    }
}
