// Who gets the newsletter: never somebody who said no, or who is not there (docs/newsletter-sending.md).

import Domain
import Mail
import Newsletter
import Runtime
import Testing

private let dawn = Instant(seconds: 1_767_000_000)

@Suite struct `Who gets the newsletter` {
    private func standing(
        _ person: Person, _ wish: NewsletterChoice.Wish? = nil, _ why: [Suppression.Why] = [], _ mode: ConsentMode
    ) -> Standing {
        let suppressions = why.map { Suppression(.account(1), $0, detail: "words", by: "x", at: dawn) }
        let choice = wish.map { NewsletterChoice(person: person.id, wish: $0) }
        return ConsentRules.standing(of: person, choice: choice, suppressions: suppressions, mode: mode)
    }

    @Test(
        arguments: [
            (nil, ConsentMode.optIn, NoLetter.notSubscribed), (nil, .optOut, nil),
            (.subscribed, .optIn, nil), (.subscribed, .optOut, nil),
            (.unsubscribed, .optIn, .unsubscribed), (.unsubscribed, .optOut, .unsubscribed),
        ] as [(NewsletterChoice.Wish?, ConsentMode, NoLetter?)])
    func `is what they chose, and else what the owner set`(
        _ wish: NewsletterChoice.Wish?, _ mode: ConsentMode, _ no: NoLetter?
    ) throws {
        let expected: Standing = try no.map { .not($0) } ?? .sends(to: MailAddress("reader1@home.example"))
        #expect(standing(Readership.reader(1), wish, [], mode) == expected)
    }

    @Test(arguments: [
        ([Suppression.Why.unsubscribed], NoLetter.unsubscribed), ([.bounced], .bounced("words")),
        ([.admin], .barred("words")), ([.unsubscribed, .bounced, .admin], .barred("words")),
        ([.unsubscribed, .bounced], .bounced("words")),
    ])
    func `is nobody whose address or account is suppressed, whatever they chose`(
        _ why: [Suppression.Why], _ no: NoLetter
    ) {
        for mode in ConsentMode.allCases {
            #expect(standing(Readership.reader(1), .subscribed, why, mode) == .not(no))
        }
    }

    @Test(arguments: [
        (Person.Access.invited, NoLetter.invited), (.former, .left), (.unknown, .accessUnknown),
    ])
    func `is nobody who has no access`(_ access: Person.Access, _ no: NoLetter) {
        #expect(standing(Readership.reader(1, access: access), .subscribed, [], .optOut) == .not(no))
    }

    @Test func `is nobody without a good address`() {
        var managed = Readership.reader(1, email: "")
        #expect(standing(managed, .subscribed, [], .optOut) == .not(.noAddress))
        managed.isManaged = true
        #expect(standing(managed, .subscribed, [], .optOut) == .not(.managed))
        guard case .not(.badAddress(let why)) = standing(Readership.reader(1, email: "ann\n@x"), nil, [], .optOut)
        else {
            Issue.record("a bad address is one")
            return
        }
        #expect(!why.contains("\n"))
    }

    @Test(
        arguments: [
            ("5.1.1", 0, true), ("5.1.10", 0, true), ("5.2.1", 0, true), ("5.7.1", 0, false), ("5.7.1", 1, true),
            ("5.2.2", 0, false), (nil, 0, false), (nil, 1, true),
        ] as [(String?, Int, Bool)])
    func `ends with a mailbox that is not there, or refuses twice`(_ status: String?, _ before: Int, _ ends: Bool) {
        let reply = MailReply(code: 550, status: status, text: "no")
        #expect(ConsentRules.suppresses(reply, refusedBefore: before) == ends)
    }

    @Test(arguments: [
        NoLetter.gone, .left, .invited, .accessUnknown, .managed, .noAddress, .badAddress("x"), .notSubscribed,
        .unsubscribed, .bounced("x"), .barred("x"), .cameLater, .quiet, .abandoned("x"), .mailboxRefused("x"),
        .letterRefused("x"), .neverTaken("x"), .notMade("x"),
    ])
    func `has a reason that is kept and read again`(_ reason: NoLetter) {
        #expect(NoLetter(code: reason.code, detail: reason.detail) == reason && !reason.sentence.isEmpty)
    }
}

@Suite struct `A choice` {
    @Test func `is kept with who made it and how`() async throws {
        try await PostOffice.open(mode: .optIn) { office in
            let ann = office.household.people[0]
            #expect(try await office.consent.standing(of: ann) == .not(.notSubscribed))
            #expect(try await office.consent.subscribe(ann, way: .discord, by: "discord:1") == .done)
            #expect(try await office.consent.subscribe(ann, way: .discord, by: "discord:1") == .alreadySo)
            let choice = try await office.consent.choice(of: ann.id)
            #expect(choice?.wish == .subscribed && choice?.way == .discord && choice?.by == "discord:1")
            #expect(try await office.consent.unsubscribe(ann.id, known: ann, way: .link, by: "person:1"))
            let isNew = try await office.consent.unsubscribe(ann.id, known: ann, way: .link, by: "person:1")
            #expect(!isNew)
            #expect(try await office.consent.standing(of: ann) == .not(.unsubscribed))
        }
    }

    @Test func `to leave holds for a person imported anew, by address or by account`() async throws {
        try await PostOffice.open(mode: .optOut) { office in
            let ann = office.household.people[0]
            try await office.consent.unsubscribe(ann.id, known: ann, way: .discord, by: "discord:1")
            var again = Readership.reader(91, email: "READER1@home.example")
            #expect(try await office.consent.standing(of: again) == .not(.unsubscribed))
            again = Readership.reader(92, email: "other@home.example")
            again.plexID = ann.plexID
            #expect(try await office.consent.standing(of: again) == .not(.unsubscribed))
            again.jellyfinID = "0a1b"
            try await office.consent.unsubscribe(again.id, known: again, way: .link, by: "person:92")
            let there = Person(
                id: 93, jellyfinID: "0A1B", name: "Ann", email: "third@home.example", access: .member,
                firstSeen: office.clock.now)
            #expect(try await office.consent.standing(of: there) == .not(.unsubscribed))
            // They changed their mind, under the new row.
            #expect(try await office.consent.subscribe(again, way: .link, by: "person:92") == .done)
        }
    }

    @Test func `by a link of a letter works when the person's row is gone`() async throws {
        try await PostOffice.open(mode: .optOut) { office in
            try await office.start()
            try await office.driveOn()
            try await office.consent.unsubscribe(2, known: nil, way: .link, by: "person:2")
            let again = Readership.reader(77, email: "reader2@home.example")
            #expect(try await office.consent.standing(of: again) == .not(.unsubscribed))
        }
    }

    @Test func `to leave is not undone by an admin, and an admin's no not by the person`() async throws {
        try await PostOffice.open(mode: .optOut) { office in
            let (ann, bo) = (office.household.people[0], office.household.people[1])
            try await office.consent.unsubscribe(ann.id, known: ann, way: .discord, by: "discord:1")
            #expect(try await office.consent.subscribe(ann, way: .admin, by: "discord:9") == .theirOwnNo)
            let isLifted = try await office.consent.lift(ann, by: "discord:9")
            #expect(!isLifted)
            try await office.consent.suppress(bo, detail: "asked by mail", by: "discord:9")
            let answer = try await office.consent.subscribe(bo, way: .discord, by: "discord:2")
            #expect(answer == .suppressed(.barred("asked by mail")))
            #expect(try await office.consent.lift(bo, by: "discord:9"))
            guard case .sends = try await office.consent.standing(of: bo) else {
                Issue.record("lifted, and still no")
                return
            }
        }
    }

    @Test func `to leave outlives a mailbox that came and went`() async throws {
        try await PostOffice.open(mode: .optOut) { office in
            let ann = office.household.people[0]
            try await office.consent.unsubscribe(ann.id, known: ann, way: .discord, by: "discord:1")
            try await office.consent.suppress(ann, by: "discord:9")
            try await office.consent.lift(ann, by: "discord:9")
            let again = Readership.reader(91, email: ann.email)
            #expect(try await office.consent.standing(of: again) == .not(.unsubscribed))
        }
    }

    @Test func `of sections and of being named stays through others`() async throws {
        try await PostOffice.open { office in
            try await office.consent.prefer(without: [.charts, .people], isNamed: false, of: 1)
            let ann = office.household.people[0]
            _ = try await office.consent.subscribe(ann, way: .discord, by: "discord:1")
            let choice = try await office.consent.choice(of: 1)
            #expect(choice?.without == [.charts, .people] && choice?.wish == .subscribed)
            #expect(try await office.consent.unnamed() == [1])
        }
    }
}
