// An issue on its way: one copy for everybody who wants it, and a reason for everybody else.

import Domain
import FoundationEssentials
import Mail
import Runtime
import Storage
import Synchronization
import Testing

@testable import Newsletter

@Suite(.timeLimit(.minutes(1))) struct `An issue that is sent` {
    @Test func `comes once to everybody who wants it, and the others have a reason`() async throws {
        var people = (1...6).map { Readership.reader($0) }
        people[2].access = .former
        people[3].email = ""
        people[3].isManaged = true
        people[4].access = .invited
        try await PostOffice.open(people) { office in
            try await office.consent.unsubscribe(6, known: people[5], way: .discord, by: "discord:6")
            let issue = try await office.make()
            try await office.start(issue)
            let drive = try await office.driveOn()
            #expect(drive.end == .finished && drive.progress.sent == 2 && drive.progress.without == 4)
            #expect(office.mail.taken.map(\.letter.to.description) == ["reader1@home.example", "reader2@home.example"])
            let reasons = try await office.post.book.letters(of: 1).map(\.reason)
            #expect(reasons == [nil, nil, .left, .managed, .invited, .unsubscribed])
            #expect(office.mail.hangUps == 1)
            // Five seconds between.
            #expect(office.mail.taken[1].at - office.mail.taken[0].at == .seconds(5))
            // Once more, and nothing happens.
            guard case .already(let sending) = try await office.post.begin(issue, by: "x", isApproved: true) else {
                Issue.record("it began twice")
                return
            }
            #expect(sending.state == .sent)
            _ = try await office.post.drive()
            #expect(office.mail.taken.count == 2)
        }
    }

    @Test func `waits until an admin got a test letter`() async throws {
        try await PostOffice.open(isTested: false) { office in
            let issue = try await office.make()
            #expect(try await office.post.begin(issue, by: "x") == .needsTest)
            let drive = try await office.post.drive()
            #expect(drive.end == .nothing)
            let owner = office.household.people[0]
            #expect(try await office.post.test(issue.number, to: owner, by: "discord:1") == .sent)
            #expect(
                office.mail.taken.map(\.letter.messageID) == ["newsletter.1.2026-01-05.person-1.test-1@home.example"])
            try await office.start(issue)
            try await office.driveOn()
            // The test was no copy of the issue.
            #expect(office.mail.copies(to: owner.email) == 2)
        }
    }

    @Test func `is not opened by a test letter that was refused`() async throws {
        let script: @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { _ in
            .refuses(.badCredentials(MailReply(code: 535, text: "no")))
        }
        try await PostOffice.open(isTested: false, script: script) { office in
            let issue = try await office.make()
            let outcome = try await office.post.test(issue.number, to: office.household.people[0], by: "x")
            guard case .failed(let why) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(why.contains("app password"))
            #expect(try await office.post.begin(issue, by: "x") == .needsTest)
        }
    }

    @Test func `waits for an admin where the owner wants that`() async throws {
        try await PostOffice.open(wishes: SendingWishes(wantsApproval: true)) { office in
            let issue = try await office.make()
            #expect(try await office.post.begin(issue, by: "job") == .awaitsApproval)
            #expect(try await office.post.begin(issue, by: "job") == .awaitsApproval)
            let drive = try await office.post.drive()
            #expect(drive.end == .nothing)
            guard case .began = try await office.post.begin(issue, by: "discord:1", isApproved: true) else {
                Issue.record("approved, and did not begin")
                return
            }
            let nextDrive = try await office.driveOn()
            #expect(nextDrive.progress.sent == 4)
        }
    }

    @Test func `leaves nothing in a dry run, and is whole afterwards`() async throws {
        try await PostOffice.open(isDryRun: true) { office in
            let issue = try await office.make()
            guard case .rehearsed(let rehearsal) = try await office.post.begin(issue, by: "x") else {
                Issue.record("a dry run is a rehearsal")
                return
            }
            #expect(rehearsal.wouldGet.count == 4 && rehearsal.troubles.isEmpty && office.mail.tries.isEmpty)
            #expect(try await office.post.test(1, to: office.household.people[0], by: "x") == .dryRun)
            #expect(office.mail.tries.isEmpty)
            let noted = try await Ledger(office.database).entries(matching: LedgerFilter(action: "newsletter.send"))
            #expect(noted.count == 4 && noted.allSatisfy { $0.outcome == .dryRun })
            #expect(try await office.post.book.sending(of: 1) == nil)
        }
    }

    @Test func `that a dry run finds on its way stays as it is`() async throws {
        try await PostOffice.open { office in
            try await office.start()
            let dry = NewsletterPost(
                office.database, effects: Effects(office.database, isDryRun: true), consent: office.consent,
                wishes: SendingWishes(), people: { office.household.people },
                compose: { order in try PostOffice.letter(order) }, mail: office.mail.effects)
            let drive = try await dry.drive()
            #expect(drive.end == .dryRun)
            #expect(office.mail.tries.isEmpty)
            let nextDrive = try await office.driveOn()
            #expect(nextDrive.progress.sent == 4)
        }
    }

    @Test func `is skipped where nothing happened, unless the owner wants it`() async throws {
        try await PostOffice.open { office in
            let issue = try await office.make(isQuiet: true)
            #expect(try await office.post.begin(issue, by: "job") == .skipped)
            let reasons = try await office.post.book.letters(of: 1).map(\.reason)
            #expect(reasons == [.quiet, .quiet, .quiet, .quiet] && office.mail.tries.isEmpty)
        }
        try await PostOffice.open(wishes: SendingWishes(quiet: .send)) { office in
            try await office.start(isQuiet: true)
        }
    }

    @Test func `does not reach who said no while it was on its way`() async throws {
        try await PostOffice.open(wishes: SendingWishes(pace: .minutes(2))) { office in
            try await office.start()
            _ = try await office.post.drive()
            let last = office.household.people[3]
            try await office.consent.unsubscribe(last.id, known: last, way: .link, by: "person:4")
            office.household.change(3) { $0.access = .former }
            let drive = try await office.driveOn()
            #expect(drive.end == .finished && drive.progress.sent == 2)
            let letter = try await office.letter(1, 4)
            #expect(letter?.reason == .unsubscribed)
            let nextLetter = try await office.letter(1, 3)
            #expect(nextLetter?.reason == .left)
        }
    }

    @Test func `goes to nobody who came after it was made`() async throws {
        try await PostOffice.open { office in
            let issue = try await office.make()
            office.household.people.append(Readership.reader(9))
            try await office.start(issue)
            try await office.driveOn()
            let letter = try await office.letter(1, 9)
            #expect(letter?.reason == .cameLater)
            #expect(office.mail.copies(to: "reader9@home.example") == 0)
        }
    }

    @Test func `is not made out to somebody else`() async throws {
        try await PostOffice.open { office in
            try await office.start()
            let stranger = try LetterOrder(
                issue: 1, person: Readership.reader(99), address: MailAddress("x@home.example"))
            let wrong = NewsletterPost(
                office.database, effects: office.effects, consent: office.consent, wishes: SendingWishes(),
                people: { office.household.people }, compose: { _ in try PostOffice.letter(stranger) },
                mail: office.mail.effects)
            _ = try await wrong.drive()
            #expect(office.mail.tries.isEmpty)
            let letter = try await office.letter(1, 1)
            #expect(letter?.words.contains("instead of") == true)
        }
    }

    @Test func `is stopped by wrong credentials, and goes on when an admin says so`() async throws {
        let isMended = Mutex(false)
        let script: @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { _ in
            isMended.withLock { $0 } ? .takes : .refuses(.badCredentials(MailReply(code: 535, text: "no")))
        }
        try await PostOffice.open(script: script) { office in
            try await office.start()
            let drive = try await office.driveOn()
            guard case .held(let why) = drive.end else {
                Issue.record("\(drive.end)")
                return
            }
            #expect(why.contains("app password") && office.mail.tries.count == 1)
            #expect(NewsletterPost.report(drive)?.plainText.contains("stopped") == true)
            // A restart does not hammer the server.
            let nextDrive = try await office.post.drive()
            #expect(nextDrive.attempts == 0 && office.mail.tries.count == 1)
            isMended.withLock { $0 = true }
            let resumed = try await office.post.resume(by: "discord:1")
            #expect(resumed?.state == .sending)
            let lastDrive = try await office.driveOn()
            #expect(lastDrive.progress.sent == 4)
        }
    }

    @Test func `keeps to the day's most, tests included`() async throws {
        let people = (1...12).map { Readership.reader($0) }
        try await PostOffice.open(people, wishes: SendingWishes(mostPerDay: 5)) { office in
            let issue = try await office.make()
            #expect(try await office.post.test(issue.number, to: people[0], by: "x") == .sent)
            try await office.start(issue)
            let drive = try await office.post.drive()
            #expect(office.mail.taken.count == 5)
            guard case .waits(let until, .dailyCap) = drive.end else {
                Issue.record("\(drive.end)")
                return
            }
            #expect(until == office.mail.taken[0].at + .days(1))
            try await office.driveOn()
            #expect(office.mail.taken.count == 13)
            for one in office.mail.taken {
                #expect(office.mail.taken.count { $0.at > one.at - .days(1) && $0.at <= one.at } <= 5)
            }
        }
    }

    @Test func `can be stopped, gone on with and given up`() async throws {
        let stops = Mutex<(@Sendable () async throws -> Void)?>(nil)
        let script: @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { letter in
            if letter.to.local == "reader2" { try await stops.withLock { $0 }?() }
            return .takes
        }
        try await PostOffice.open(script: script) { office in
            stops.withLock { $0 = { _ = try await office.post.hold(by: "discord:1") } }
            try await office.start()
            let told = Mutex<[Int]>([])
            let drive = try await office.post.drive { _, progress in told.withLock { $0.append(progress.sent) } }
            #expect(drive.end == .held("stopped by an admin") && drive.progress.sent == 2)
            #expect(told.withLock { $0 } == [1, 2])
            _ = try await office.post.resume(by: "discord:1")
            _ = try await office.post.abandon(why: "a mistake in it", by: "discord:1")
            let nextDrive = try await office.post.drive()
            #expect(nextDrive.end == .nothing)
            let letter = try await office.letter(1, 4)
            #expect(letter?.reason == .abandoned("a mistake in it"))
            #expect(office.mail.taken.count == 2)
        }
    }

    @Test func `ends what is left of the one before`() async throws {
        let script: @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { letter in
            letter.messageID.contains(".1.2026") && letter.to.local == "reader3"
                ? .refuses(.temporary(MailReply(code: 451, text: "later"), isGreylisting: true)) : .takes
        }
        try await PostOffice.open(script: script) { office in
            try await office.start()
            _ = try await office.driveOn(for: .hours(1))
            office.clock.stride(to: office.clock.now + .days(7))
            try await office.start()
            try await office.driveOn()
            let letter = try await office.letter(1, 3)
            #expect(letter?.reason == .abandoned("issue 2 took its place"))
            let nextLetter = try await office.letter(2, 3)
            #expect(nextLetter?.state == .sent)
            let sending = try await office.post.book.sending(of: 1)
            #expect(sending?.state == .abandoned)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `Two who ask at once` {
    @Test func `begin an issue once, and one of them drives`() async throws {
        try await PostOffice.open((1...9).map { Readership.reader($0) }) { office in
            let issue = try await office.make()
            let beginnings = try await withThrowingTaskGroup(of: NewsletterPost.Beginning.self) { group in
                for number in 1...4 {
                    group.addTask { try await office.post.begin(issue, by: "discord:\(number)", isApproved: true) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(beginnings.count { if case .began = $0 { true } else { false } } == 1)
            let ends = try await withThrowingTaskGroup(of: NewsletterPost.Drive.self) { group in
                for _ in 1...4 { group.addTask { try await office.post.drive() } }
                return try await group.reduce(into: []) { $0.append($1.end) }
            }
            #expect(
                ends.filter { $0 == .finished }.count == 1
                    && ends.allSatisfy { [.finished, .busy, .nothing].contains($0) })
            #expect(office.mail.taken.count == 9)
        }
    }
}
