// The program ends at the worst moments of a letter; the next one sends no second copy and loses none that was not handed
// over.

import Domain
import FoundationEssentials
import Mail
import Runtime
import Storage
import Synchronization
import Testing

@testable import Newsletter

@Suite(.timeLimit(.minutes(1))) struct `A letter cut off` {
    /// What is found in the file that a kill left at a moment of the second letter.
    private func killed(
        _ kill: @escaping @Sendable (PostOffice, PrintedLetter) async throws -> MailRoom.Answer,
        _ check: (PostOffice) async throws -> Void
    ) async throws {
        let office = Mutex<PostOffice?>(nil)
        let script: @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { letter in
            let first = office.withLock { value in
                defer { if letter.to.local == "reader2" { value = nil } }
                return letter.to.local == "reader2" ? value : nil
            }
            guard let first else { return .takes }
            return try await kill(first, letter)
        }
        try await PostOffice.open(script: script) { before in
            try await before.start()
            office.withLock { $0 = before }
            _ = try? await before.post.drive()
            let after = try await before.restart(as: "b.db")
            _ = try await after.driveOn()
            try await check(after)
            await after.database.close()
        }
    }

    /// The old process's later deeds are not the new one's.
    private struct Dead: Error {}

    @Test(arguments: [true, false])
    func `after it was handed over is not sent again, and said to be unclear`(_ wasTaken: Bool) async throws {
        try await killed { office, letter in
            try PostOffice.copy(office.database.path, to: office.folder + "/b.db")
            if wasTaken { office.mail.take(letter) }
            _ = try await office.post.hold(by: "the end")
            throw Dead()
        } _: { after in
            #expect(after.mail.copies(to: "reader2@home.example") == (wasTaken ? 1 : 0))
            let letter = try await after.letter(1, 2)
            #expect(letter?.state == .unclear && letter?.isUnderWay == false)
            #expect(letter?.words.contains("stopped") == true)
            for person in [1, 3, 4] {
                #expect(after.mail.copies(to: "reader\(person)@home.example") == 1)
                let nextLetter = try await after.letter(1, Int64(person))
                #expect(nextLetter?.state == .sent)
            }
            let open = try await after.effects.interrupted()
            #expect(open.count == 1)
        }
    }

    @Test func `before it was handed over is sent`() async throws {
        try await killed { office, letter in
            try PostOffice.copy(office.database.path, to: office.folder + "/b.db")
            // The door had noted its intent, the letter's row nothing yet.
            let other = try await Database.open(
                path: office.folder + "/b.db", clock: office.clock, schemas: [.newsletter, .newsletterSending])
            try await other.write { db in
                try db.run("UPDATE newsletter_letters SET is_under_way = 0, mark = '', message_id = ''")
            }
            await other.close()
            _ = try await office.post.hold(by: "the end")
            throw Dead()
        } _: { after in
            #expect(after.mail.copies(to: "reader2@home.example") == 1)
            let letter = try await after.letter(1, 2)
            #expect(letter?.state == .sent)
            let open = try await after.effects.interrupted()
            #expect(open.isEmpty)
        }
    }

    @Test func `after the server's answer was noted, and before its row was, is known`() async throws {
        try await PostOffice.open { office in
            try await office.start()
            try await office.driveOn()
            try await office.database.write { db in
                try db.run("UPDATE newsletter_letters SET is_under_way = 1, state = 'waiting', next_at = 0")
                try db.run("UPDATE newsletter_sendings SET state = 'sending'")
            }
            let after = try await office.restart()
            let drive = try await after.driveOn()
            #expect(drive.end == .finished && drive.progress.sent == 4 && after.mail.taken.count == 4)
            await after.database.close()
        }
    }

    @Test func `by a stop before the server took it goes out later`() async throws {
        let stop = Mutex<Task<Void, Never>?>(nil)
        let script: @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { letter in
            guard letter.to.local == "reader2", let task = stop.withLock({ $0 }) else { return .takes }
            task.cancel()
            stop.withLock { $0 = nil }
            return .refuses(.cancelled)
        }
        try await PostOffice.open(script: script) { office in
            try await office.start()
            let (go, going) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                for await _ in go { break }
                let drive = try? await office.post.drive()
                #expect(drive?.end == .stopping)
            }
            stop.withLock { $0 = task }
            going.yield()
            await task.value
            #expect(office.mail.taken.count == 1)
            let letter = try await office.letter(1, 2)
            #expect(letter?.state == .waiting)
            let after = try await office.restart()
            let nextDrive = try await after.driveOn()
            #expect(nextDrive.progress.sent == 4)
            #expect(after.mail.taken.count == 4)
            await after.database.close()
        }
    }

    @Test func `that nobody knows of is not sent again by an admin's word either`() async throws {
        let script: @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { letter in
            letter.to.local == "reader2" ? .losesAndIsSilent : .takes
        }
        try await PostOffice.open(script: script) { office in
            try await office.start()
            let drive = try await office.driveOn()
            #expect(drive.end == .finished && drive.progress.unclear == 1 && drive.progress.sent == 3)
            _ = try await office.post.resume(by: "discord:1")
            _ = try await office.post.drive()
            #expect(office.mail.tries.count == 4)
            let report = NewsletterPost.report(drive)?.plainText
            #expect(report?.contains("1 may have arrived") == true)
        }
    }
}
