// Sends an issue: asks the rules for the next step, takes it, writes down what came of it. Everything it knows is in the
// tables, so that it goes on after a restart where it was. One at a time.

package import Domain
package import Mail
package import Runtime
package import Storage

package actor NewsletterPost {
    package typealias Composer = @Sendable (LetterOrder) async throws -> PrintedLetter

    package struct Drive: Sendable, Hashable {
        package enum End: Sendable, Hashable {
            /// No issue is on its way.
            case nothing
            case finished
            /// Later: it is worth coming back then.
            case waits(until: Instant, SendingRules.Waiting)
            case held(String)
            case dryRun
            case stopping
            /// Somebody else is at it.
            case busy
        }
        package var issue: Int?
        package var end: End
        package var progress = SendingProgress()
        /// Attempts made by this drive.
        package var attempts = 0
        package var trouble = SendingRules.Trouble()
    }

    /// What is not worth a place in memory is waited for elsewhere: the job comes again.
    static let patience = Duration.minutes(1)

    nonisolated let effects: Effects
    package nonisolated let consent: NewsletterConsent
    package nonisolated let book: LetterBook
    package nonisolated let wishes: SendingWishes
    nonisolated let archive: IssueArchive
    nonisolated let people: @Sendable () async throws -> [Person]
    nonisolated let compose: Composer
    nonisolated let mail: NewsletterEffects
    nonisolated let database: Database
    nonisolated let clock: any Clock
    nonisolated let log: Log
    nonisolated let rules: SendingRules
    private var isDriving = false
    private var lastAttempt: Instant?

    package init(
        _ database: Database, effects: Effects, consent: NewsletterConsent, wishes: SendingWishes,
        people: @escaping @Sendable () async throws -> [Person], compose: @escaping Composer, mail: NewsletterEffects,
        log: Log = .silent
    ) {
        self.database = database
        self.effects = effects
        self.consent = consent
        self.wishes = wishes
        self.people = people
        self.compose = compose
        self.mail = mail
        self.log = log.labelled("newsletter")
        clock = database.clock
        book = LetterBook(database)
        archive = IssueArchive(database)
        rules = SendingRules(pace: wishes.pace, mostPerDay: wishes.mostPerDay)
    }

    package nonisolated var isDryRun: Bool { effects.isDryRun }
    package nonisolated var verifies: [String: Effects.Verify] { book.verifies }

    // MARK: Driving

    /// Sends what is due, with the pace between, until nothing is due for a while.
    @discardableResult
    package func drive(
        progress tell: @Sendable (Int, SendingProgress) async -> Void = { _, _ in }
    ) async throws -> Drive {
        if isDriving { return Drive(end: .busy) }
        isDriving = true
        defer { isDriving = false }
        let outcome: Result<Drive, any Error>
        do { outcome = .success(try await walk(tell)) } catch { outcome = .failure(error) }
        await mail.hangUp()
        return try outcome.get()
    }

    private func walk(_ tell: @Sendable (Int, SendingProgress) async -> Void) async throws -> Drive {
        try await settleLeftovers()
        var drive = Drive(end: .nothing)
        while true {
            // Looked at anew each time: an admin may have stopped it, or begun another.
            guard let sending = try await book.current(), sending.state != .approval else {
                return try await ended(drive, .nothing)
            }
            drive.issue = sending.issue
            drive.trouble = sending.trouble
            if sending.state == .held { return try await ended(drive, .held(sending.why)) }
            if Task.isCancelled { return try await ended(drive, .stopping) }
            var moment = try await book.moment(of: sending, mostPerDay: wishes.mostPerDay)
            moment.lastAttempt = lastAttempt
            switch rules.step(moment, now: clock.now) {
            case .finished:
                try await book.turn(sending.issue, from: [.sending], to: .sent, by: sending.by)
                return try await ended(drive, .finished)
            case .wait(let until, let why):
                let span = until - clock.now
                if span > Self.patience { return try await ended(drive, .waits(until: until, why)) }
                do { try await clock.sleep(for: span) } catch { return try await ended(drive, .stopping) }
            case .send(let person):
                let end = try await attempt(sending, person)
                drive.attempts += 1
                await tell(sending.issue, try await book.progress(of: sending.issue))
                if let end { return try await ended(drive, end) }
            }
        }
    }

    /// A line that is in use stays.
    func hangUpIfIdle() async {
        if !isDriving { await mail.hangUp() }
    }

    private func ended(_ drive: Drive, _ end: Drive.End) async throws -> Drive {
        var drive = drive
        drive.end = end
        if let issue = drive.issue {
            drive.progress = try await book.progress(of: issue)
            drive.trouble = try await book.sending(of: issue)?.trouble ?? drive.trouble
        }
        return drive
    }

    // MARK: One letter

    /// Nil: go on.
    private func attempt(_ sending: IssueSending, _ id: Int64) async throws -> Drive.End? {
        guard let letter = try await book.letter(sending.issue, id) else { return nil }
        // Consent as it is now, not as it was when the issue began.
        guard let person = try await people().first(where: { $0.id == id }) else {
            try await settle(letter, sending, .none(.gone))
            return nil
        }
        let address: MailAddress
        switch try await consent.standing(of: person) {
        case .sends(let to): address = to
        case .not(let why):
            try await settle(letter, sending, .none(why))
            return nil
        }
        let mark = SubscriberMark.address(person.email)
        let attempt = SendingRules.Attempt(
            count: letter.attempts + 1, firstAt: letter.firstAt ?? clock.now,
            refusedBefore: try await refusals(of: mark, before: sending.issue))
        let without = try await consent.choice(of: id)?.without ?? []
        let order = LetterOrder(issue: sending.issue, person: person, address: address, without: without)
        let printed: PrintedLetter
        do {
            printed = try await made(order)
        } catch {
            if error is CancellationError || Task.isCancelled { return .stopping }
            let end = rules.consequence(ofNotMaking: "\(error)", attempt, sending.trouble, now: clock.now)
            log.warning("a letter could not be made: \(error)", ["issue": "\(sending.issue)", "to": person.subject])
            return try await write(end, of: letter, mark)
        }
        let outcome = try await deliver(printed, order, mark)
        lastAttempt = clock.now
        let end: SendingRules.Consequence
        switch outcome {
        case .sent: end = rules.consequence(of: nil, attempt, sending.trouble, now: clock.now)
        case .refused(let error): end = rules.consequence(of: error, attempt, sending.trouble, now: clock.now)
        case .unclear(let why):
            end = rules.consequence(of: .uncertain(why), attempt, sending.trouble, now: clock.now)
        case .dryRun: return .dryRun
        case .shut(let why):
            end = rules.consequence(ofRefusal: why, sending.trouble, now: clock.now)
            if Task.isCancelled { return .stopping }
        }
        return try await write(end, of: letter, mark)
    }

    private func refusals(of mark: SubscriberMark?, before issue: Int) async throws -> Int {
        guard let mark else { return 0 }
        return try await book.refusals(of: mark, before: issue)
    }

    /// A letter to the wrong person is worse than none.
    nonisolated func made(_ order: LetterOrder) async throws -> PrintedLetter {
        let printed = try await compose(order)
        guard printed.to == order.address else {
            throw MailError.invalid("it is addressed to \(printed.to) instead of \(order.address)")
        }
        return printed
    }

    nonisolated func deliver(
        _ printed: PrintedLetter, _ order: LetterOrder, _ mark: SubscriberMark?
    ) async throws -> LetterDoor.Outcome {
        let (issue, person) = (order.issue, order.person)
        let effect = Effect(
            key: LetterDoor.key(issue, person.id), kind: LetterDoor.kind,
            summary: "Sends issue \(issue) of the newsletter to \(person.name)", actor: "newsletter",
            subject: person.subject, reason: "\(consent.mode.rawValue), issue \(issue)",
            evidence: "{\"issue\":\(issue),\"person\":\(person.id),\"messageID\":\"\(printed.messageID)\"}")
        let (book, mail) = (book, mail)
        return try await LetterDoor(effects: effects).deliver(effect) {
            guard let mark else { return }
            try await book.handOver(issue, person.id, messageID: printed.messageID, mark: mark)
        } send: {
            try await mail.send(printed)
        }
    }

    private func write(
        _ end: SendingRules.Consequence, of letter: NewsletterLetter, _ mark: SubscriberMark?
    ) async throws -> Drive.End? {
        try await book.write(end, of: letter, suppressing: mark)
        switch end.course {
        // What a pause means the next step sees from the row.
        case .goesOn, .pauses: return nil
        case .holds(let why):
            log.error("the newsletter is held: \(why)", ["issue": "\(letter.issue)"])
            return .held(why)
        case .breaksOff: return .stopping
        }
    }

    private func settle(
        _ letter: NewsletterLetter, _ sending: IssueSending, _ fate: SendingRules.Fate
    ) async throws {
        try await book.write(
            SendingRules.Consequence(fate: fate, course: .goesOn, trouble: sending.trouble), of: letter,
            suppressing: nil)
    }

    // MARK: After a crash

    /// Asks the door how the letters ended that were under way when the program did; hands over none.
    func settleLeftovers() async throws {
        for letter in try await book.leftUnderWay() {
            let effect = Effect(
                key: LetterDoor.key(letter.issue, letter.person), kind: LetterDoor.kind,
                summary: "Looks how a letter of issue \(letter.issue) ended", actor: "newsletter",
                subject: "person:\(letter.person)", reason: "Autoplex was stopped meanwhile")
            let outcome = try await LetterDoor(effects: effects).deliver(effect) {
            } send: {
                throw MailError.cancelled
            }
            let fate: SendingRules.Fate
            switch outcome {
            case .sent: fate = .sent
            case .unclear(let why): fate = .unclear(why)
            case .refused: fate = try await isOver(letter.issue) ? .none(.abandoned("")) : .untouched
            case .dryRun, .shut: continue
            }
            let trouble = try await book.sending(of: letter.issue)?.trouble ?? SendingRules.Trouble()
            try await book.write(
                SendingRules.Consequence(fate: fate, course: .goesOn, trouble: trouble), of: letter, suppressing: nil)
        }
    }

    private func isOver(_ issue: Int) async throws -> Bool {
        try await book.sending(of: issue)?.state.isOver ?? true
    }
}
