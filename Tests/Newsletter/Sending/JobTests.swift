// The two jobs, and what an admin reads of them.

import Domain
import Mail
import Runtime
import Storage
import Synchronization
import Testing

@testable import Newsletter

@Suite(.timeLimit(.minutes(1))) struct `The newsletter's jobs` {
    private struct Away: Error, CustomStringConvertible { let description = "Tautulli does not answer" }

    @Test func `make an issue later where it cannot be made on time`() async throws {
        try await PostOffice.open { office in
            let isAway = Mutex(true)
            let make: IssueMaker = {
                if isAway.withLock({ $0 }) { throw Away() }
                return try await office.make()
            }
            await #expect(throws: Away.self) { try await office.post.scheduledRun(make) }
            let due = try await office.post.status().due
            #expect(due?.why == "Tautulli does not answer")
            office.clock.stride(to: office.clock.now + .minutes(5))
            let quiet = try await office.post.postRun(make)
            #expect(quiet == nil, "said once, when it happened")
            isAway.withLock { $0 = false }
            let report = try await office.post.postRun(make)
            #expect(report?.plainText.contains("Issue 1 of the newsletter is sent") == true)
            #expect(office.mail.taken.count == 4)
            let after = try await office.post.status()
            #expect(after.due == nil)
        }
    }

    @Test func `give up an issue after three days, and say so`() async throws {
        try await PostOffice.open { office in
            let make: IssueMaker = { throw Away() }
            _ = try? await office.post.scheduledRun(make)
            office.clock.stride(to: office.clock.now + .hours(73))
            let report = try await office.post.postRun(make)
            #expect(report?.plainText.contains("Tautulli does not answer") == true && report?.tone == .bad)
            let nothing = try await office.post.postRun(make)
            #expect(nothing == nil)
        }
    }

    @Test func `have nothing to say of an issue that went out before`() async throws {
        try await PostOffice.open { office in
            let make: IssueMaker = { try await office.make() }
            let first = try await office.post.scheduledRun(make)
            #expect(first?.tone == .good)
            let second = try await office.post.scheduledRun(make)
            #expect(second == nil && office.mail.taken.count == 4)
        }
    }

    @Test func `go on with letters that were put off`() async throws {
        let known = Mutex<Set<String>>([])
        let script: @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { letter in
            known.withLock { $0.insert(letter.messageID).inserted }
                ? .refuses(.temporary(MailReply(code: 451, status: "4.7.1", text: "greylisted"), isGreylisting: true))
                : .takes
        }
        try await PostOffice.open(script: script) { office in
            let make: IssueMaker = { try await office.make() }
            let first = try await office.post.scheduledRun(make)
            #expect(first == nil && office.mail.taken.isEmpty)
            let status = try await office.post.status().report.plainText
            #expect(status.contains("0 of 4 done") && status.contains("greylisted"))
            office.clock.stride(to: office.clock.now + .minutes(6))
            let report = try await office.post.postRun(make)
            #expect(report?.plainText.contains("4 of 4 done, 4 sent") == true)
        }
    }

    @Test func `tell an admin of a mail server in trouble once, and of its end`() async throws {
        let isAway = Mutex(true)
        let script: @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { _ in
            isAway.withLock { $0 } ? .refuses(.unreachable("connection refused")) : .takes
        }
        try await PostOffice.open(script: script) { office in
            let make: IssueMaker = { try await office.make() }
            var reports = [try await office.post.scheduledRun(make)]
            for _ in 0..<60 {
                office.clock.stride(to: office.clock.now + .minutes(5))
                reports.append(try await office.post.postRun(make))
            }
            #expect(reports.compactMap(\.self).map(\.title) == ["The mail server has trouble"])
            isAway.withLock { $0 = false }
            office.clock.stride(to: office.clock.now + .hours(1))
            let last = try await office.post.postRun(make)
            #expect(last?.tone == .good)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The newsletter's status` {
    @Test func `says who gets it, who not and why, and what went out`() async throws {
        var people = (1...5).map { Readership.reader($0) }
        people[1].email = ""
        people[4].access = .former
        try await PostOffice.open(people, isTested: false) { office in
            try await office.consent.unsubscribe(3, known: people[2], way: .discord, by: "discord:3")
            let before = try await office.post.status()
            #expect(before.readers.map(\.id) == [1, 4] && !before.isTested)
            #expect(before.without == [.noAddress: [people[1]], .unsubscribed: [people[2]]])
            let text = before.report.plainText
            #expect(text.contains("2 people (opt-out)") && text.contains("Reader 3: unsubscribed"))
            #expect("\(before.report.footer.plainText)".contains("test"))
            try await office.pretendTested()
            try await office.start()
            try await office.driveOn()
            let after = try await office.post.status().report.plainText
            #expect(after.contains("Issue 1") && after.contains("2 of 2 done, 2 sent"))
        }
    }

    @Test func `says why it stands still`() async throws {
        let script: @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { _ in
            .refuses(.badCredentials(MailReply(code: 535, text: "no")))
        }
        try await PostOffice.open(script: script) { office in
            try await office.start()
            try await office.driveOn()
            let status = try await office.post.status()
            #expect(status.report.tone == .warning && status.report.plainText.contains("stopped"))
            #expect(status.report.plainText.contains("app password"))
        }
    }
}
