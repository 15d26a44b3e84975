// What the tests of sending share: a household of readers, a clock that strides over every wait, a mail server as far as
// an answer goes, and a database that can be left behind as a crash leaves it.

import Crypto
import Domain
import FoundationEssentials
import Mail
import Runtime
import Storage
import Synchronization

@testable import Newsletter

/// Whoever sleeps on it is at once where they wanted to be. Right where there is one sleeper.
final class StridingClock: Clock {
    private let state: Mutex<Instant>
    let start: Instant

    init(_ start: Instant = Instant(seconds: 1_767_571_200)) {
        self.start = start
        state = Mutex(start)
    }

    var now: Instant { state.withLock { $0 } }
    var uptime: Duration { now - start }
    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        state.withLock { $0 = $0 + max(.zero, duration) }
    }
    func stride(to moment: Instant) { state.withLock { $0 = max($0, moment) } }
}

/// The people, as `People` would tell them.
final class Readership: Sendable {
    private let state: Mutex<[Person]>
    init(_ people: [Person] = []) { state = Mutex(people) }

    var people: [Person] {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    func change(_ id: Int64, _ body: (inout Person) -> Void) {
        state.withLock { people in
            if let place = people.firstIndex(where: { $0.id == id }) { body(&people[place]) }
        }
    }

    static func reader(_ id: Int64, email: String? = nil, access: Person.Access = .member) -> Person {
        Person(
            id: id, plexID: 1000 + Int(id), name: "Reader \(id)", email: email ?? "reader\(id)@home.example",
            access: access, firstSeen: Instant(seconds: 0))
    }
}

/// Takes letters as a mail server would; what it answers is scripted by the test.
final class MailRoom: Sendable {
    struct Taken: Sendable {
        let letter: PrintedLetter
        let at: Instant
    }
    enum Answer: Sendable {
        case takes
        /// Said before the letter was taken.
        case refuses(MailError)
        /// The letter is here, and the answer is lost.
        case takesAndIsSilent
        case losesAndIsSilent
        /// The process that sends is gone.
        case diesBefore, diesAfter
    }

    private struct State: Sendable {
        var taken: [Taken] = []
        var tries: [PrintedLetter] = []
        var hangUps = 0
    }
    private let state = Mutex(State())
    private let clock: any Clock
    private let script: @Sendable (PrintedLetter) async throws -> Answer

    init(_ clock: any Clock, script: @escaping @Sendable (PrintedLetter) async throws -> Answer = { _ in .takes }) {
        self.clock = clock
        self.script = script
    }

    var taken: [Taken] { state.withLock { $0.taken } }
    var tries: [PrintedLetter] { state.withLock { $0.tries } }
    var hangUps: Int { state.withLock { $0.hangUps } }
    func copies(to address: String) -> Int { taken.count { $0.letter.to.description == address } }

    var effects: NewsletterEffects {
        NewsletterEffects(
            send: { letter in try await self.answer(letter) },
            hangUp: { self.state.withLock { $0.hangUps += 1 } })
    }

    func take(_ letter: PrintedLetter) {
        let now = clock.now
        state.withLock { $0.taken.append(Taken(letter: letter, at: now)) }
    }

    private func answer(_ letter: PrintedLetter) async throws {
        state.withLock { $0.tries.append(letter) }
        switch try await script(letter) {
        case .takes: take(letter)
        case .refuses(let error): throw error
        case .takesAndIsSilent:
            take(letter)
            throw MailError.uncertain("the line was lost")
        case .losesAndIsSilent, .diesBefore, .diesAfter: throw MailError.uncertain("the line was lost")
        }
    }
}

/// A folder with the database, and everything that stands on it; `restart` is another process.
struct PostOffice {
    let folder: String
    let clock: StridingClock
    let household: Readership
    let mail: MailRoom
    let database: Database
    let effects: Effects
    let consent: NewsletterConsent
    let post: NewsletterPost
    private let mode: ConsentMode
    private let wishes: SendingWishes
    private let isDryRun: Bool
    /// Called whenever the people are asked for or a letter is made: where a test may end the process.
    private let moment: @Sendable () async throws -> Void

    static func open(
        _ people: [Person] = (1...4).map { Readership.reader($0) }, mode: ConsentMode = .optOut,
        wishes: SendingWishes = SendingWishes(), isDryRun: Bool = false, isTested: Bool = true,
        moment: @escaping @Sendable () async throws -> Void = {},
        script: @escaping @Sendable (PrintedLetter) async throws -> MailRoom.Answer = { _ in .takes },
        _ body: (PostOffice) async throws -> Void
    ) async throws {
        let memory = FileManager.default.fileExists(atPath: "/dev/shm")
        let folder =
            (memory ? "/dev/shm" : FileManager.default.temporaryDirectory.path)
            + "/post-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = StridingClock()
        let office = try await PostOffice(
            folder: folder, file: "a.db", clock: clock, household: Readership(people),
            mail: MailRoom(clock, script: script), mode: mode, wishes: wishes, isDryRun: isDryRun, moment: moment)
        if isTested { try await office.pretendTested() }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(office)) } catch { outcome = .failure(error) }
        await office.database.close()
        try outcome.get()
    }

    init(
        folder: String, file: String, clock: StridingClock, household: Readership, mail: MailRoom, mode: ConsentMode,
        wishes: SendingWishes, isDryRun: Bool,
        moment: @escaping @Sendable () async throws -> Void
    ) async throws {
        self.folder = folder
        self.clock = clock
        self.household = household
        self.mail = mail
        self.mode = mode
        self.wishes = wishes
        self.isDryRun = isDryRun
        self.moment = moment
        database = try await Database.open(
            path: "\(folder)/\(file)", clock: clock, schemas: [.newsletter, .newsletterSending])
        effects = Effects(database, isDryRun: isDryRun)
        consent = NewsletterConsent(database, mode: mode)
        post = NewsletterPost(
            database, effects: effects, consent: consent, wishes: wishes,
            people: {
                try await moment()
                return household.people
            },
            compose: { order in
                try await moment()
                return try Self.letter(order)
            }, mail: mail.effects)
        _ = try await effects.settleInterrupted(post.verifies)
    }

    /// Another process, over the same file or over one that a kill left.
    func restart(as file: String? = nil) async throws -> PostOffice {
        let name = file ?? "a.db"
        if file == nil { await database.close() }
        return try await PostOffice(
            folder: folder, file: name, clock: clock, household: household, mail: mail, mode: mode, wishes: wishes,
            isDryRun: isDryRun, moment: moment)
    }

    /// The file as a kill at this moment would leave it.
    static func copy(_ path: String, to other: String) throws {
        for end in ["", "-wal"] where FileManager.default.fileExists(atPath: path + end) {
            try FileManager.default.copyItem(atPath: path + end, toPath: other + end)
        }
    }

    static func letter(_ order: LetterOrder) throws -> PrintedLetter {
        PrintedLetter(
            from: try MailAddress("plex@home.example"), to: order.address,
            messageID: order.messageID(firstDay: Day(year: 2026, month: 1, day: 5), host: "home.example"),
            bytes: Array("Dear \(order.person.name)".utf8))
    }

    /// One that a mail server takes.
    static func realLetter(_ order: LetterOrder) throws -> PrintedLetter {
        let letter = Letter(
            from: Mailbox("Plex", try MailAddress("plex@home.example")), to: Mailbox(order.person.name, order.address),
            subject: "Issue \(order.issue)", date: Instant(seconds: 1_767_600_000),
            messageID: order.messageID(firstDay: Day(year: 2026, month: 1, day: 5), host: "home.example"),
            text: "Hello", html: "<p>Hello</p>")
        return try letter.printed()
    }

    func pretendTested() async throws {
        // Long ago, so that it takes no place of the day's.
        let then = clock.now - .days(30)
        try await database.write { db in
            try db.run(
                "INSERT INTO newsletter_tests (issue, person, state, why, at) VALUES (0, 1, 'sent', '', $1)", then)
        }
    }

    /// An issue with facts for all who are members now.
    @discardableResult
    func make(isQuiet: Bool = false) async throws -> IssueFacts {
        let period = NewsletterPeriod.lastOver(at: clock.now, .weekly, in: .utc)
        let none = Trend(0, before: nil)
        let some = Trend(isQuiet ? 0 : 3, before: nil)
        let issue = IssueFacts(
            number: 0, period: period, madeAt: clock.now, serverName: "Test",
            totals: IssueFacts.Totals(plays: some, seconds: some, people: some, titles: some),
            deliveries: DeliveryCount(directPlays: none, directStreams: none, transcodes: none, unknown: none))
        let personal = household.people.filter { $0.access == .member }.map {
            PersonalFacts(person: FactsPerson(id: $0.id, name: $0.name), number: 0, plays: none, seconds: none)
        }
        return try await post.archive.keep(NewsletterDraft(issue: issue, personal: personal))
    }

    struct DidNotBegin: Error {
        let why: NewsletterPost.Beginning
    }

    /// Begins an issue, or one of now.
    func start(_ issue: IssueFacts? = nil, isQuiet: Bool = false) async throws {
        var issue = issue
        if issue == nil { issue = try await make(isQuiet: isQuiet) }
        guard let issue else { return }
        let beginning = try await post.begin(issue, by: "test")
        guard case .began = beginning else { throw DidNotBegin(why: beginning) }
    }

    /// Drives on through every wait that is no longer than a limit.
    @discardableResult
    func driveOn(for limit: Duration = .days(6)) async throws -> NewsletterPost.Drive {
        let end = clock.now + limit
        while true {
            let drive = try await post.drive()
            guard case .waits(let until, _) = drive.end, until <= end else { return drive }
            clock.stride(to: until)
        }
    }

    /// The same office with another post.
    func sending(by post: NewsletterPost) -> PostOffice {
        PostOffice(self, post)
    }

    private init(_ office: PostOffice, _ other: NewsletterPost) {
        folder = office.folder
        clock = office.clock
        household = office.household
        mail = office.mail
        database = office.database
        effects = office.effects
        consent = office.consent
        post = other
        mode = office.mode
        wishes = office.wishes
        isDryRun = office.isDryRun
        moment = office.moment
    }

    func letter(_ issue: Int, _ person: Int64) async throws -> NewsletterLetter? {
        try await post.book.letter(issue, person)
    }
}
