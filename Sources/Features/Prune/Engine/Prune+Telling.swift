// One notice to one person by one way, and words to admins. The row is written before the first byte leaves and says the
// date the letter says; a letter that may have arrived counts as not delivered and is not sent again so soon.

internal import Domain
internal import FoundationEssentials
internal import Runtime
internal import Storage

extension Prune {
    enum Sent: Sendable, Hashable {
        case sent
        case unclear(String)
        case dryRun
        case not(String)
    }

    /// Unknown: whether there is another way than none.
    func ways(to person: Person) async -> Reading<[PruneWay]> {
        let mail: [PruneWay] = wishes.hasMail && !person.email.isEmpty ? [.mail] : []
        switch await sources.discord(person) {
        case .known(let users): return .known(mail + users.map { .discord($0) })
        case .absent: return .known(mail)
        case .unknown(let why): return mail.isEmpty ? .unknown(why: why) : .known(mail)
        }
    }

    static func key(
        _ kind: PruneNotice.Kind, _ person: Int64, _ stamp: Instant, _ number: Int, _ way: PruneWay
    ) -> String {
        let words = "\(kind.rawValue):\(person):\(stamp.milliseconds):\(number)"
        switch way {
        case .mail, .admin: return "\(PruneKind.mail):\(words)"
        case .discord(let id): return "\(PruneKind.message):\(words):\(id)"
        }
    }

    /// `still`: nil when it is still true by the time it leaves, else why not.
    func send(
        _ notice: PruneNotice, to person: Person, _ letter: PruneTold, reason: String, evidence: String = "{}",
        still: @Sendable () async throws -> String? = { nil }
    ) async throws -> Sent {
        let (book, acts) = (book, acts)
        let effect = Effect(
            key: letter.key, kind: PruneKind.letter(notice.kind, by: letter.way),
            summary: "\(person.name): \(notice.kind.rawValue) by \(letter.way)",
            actor: "prune", subject: person.subject, reason: reason, evidence: evidence)
        let result = try await perform(effect) {
            if let why = try await still() { throw PruneRefusal(why) }
            try await book.handOver(letter)
            switch letter.way {
            case .mail: try await acts.mail(notice, person)
            case .discord(let user): try await acts.directMessage(notice, person, user)
            case .admin: throw PruneRefusal("an admin tells them")
            }
        }
        switch result {
        case .done, .alreadyDone:
            try await book.ended(letter.key, .sent, why: "")
            if result == .alreadyDone { try await book.stillSo(letter.key) }
            return .sent
        case .dryRun: return .dryRun
        case .refused(let why): return .not(why)
        case .failed(let why):
            try await book.ended(letter.key, .failed, why: why)
            return .not(why)
        case .interrupted:
            try await book.ended(letter.key, .unclear, why: "it may have arrived")
            return .unclear("it may have arrived")
        }
    }

    /// To admins, once by this key.
    func tell(
        _ word: PruneWord, key: String, about person: Person? = nil, kind: String = PruneKind.tell
    ) async throws -> EffectResult {
        let acts = acts
        let effect = Effect(
            key: "\(PruneKind.tell):\(key)", kind: kind, summary: word.report.title.plainText, actor: "prune",
            subject: person?.subject ?? "prune", reason: word.about)
        return try await perform(effect) { try await acts.tell(word) }
    }

    /// How what was on its way ended, when nobody was there to see.
    func settleLetters() async throws {
        for told in try await book.underWay() {
            switch try await effects.outcome(of: told.key) {
            case .done, .alreadyDone: try await book.ended(told.key, .sent, why: "")
            case .interrupted: try await book.ended(told.key, .unclear, why: "Autoplex was stopped meanwhile")
            case .failed, .refused, .dryRun, nil: try await book.ended(told.key, .failed, why: "it was not sent")
            }
        }
    }

    // MARK: Reminders and warnings

    /// At most so many letters in one look: the rest comes with the next.
    static let mostLetters = 50

    func carryOut(
        _ telling: [(standing: PruneStanding, step: TellingStep)], _ people: [Person]
    ) async throws -> [PruneDeed] {
        var deeds: [PruneDeed] = []
        var letters = 0
        for (standing, step) in telling {
            if Task.isCancelled { break }
            let person = standing.person
            guard letters < Self.mostLetters else { break }
            guard let ways = await ways(to: person).known else {
                deeds.append(PruneDeed(person, Self.what(step), .not("whether they are on Discord is not known")))
                continue
            }
            switch step {
            case .nothing: continue
            case .unreachable: deeds += try await unreachable(standing)
            case .warn where ways.isEmpty: deeds += try await unreachable(standing)
            case .remind(let day):
                if ways.isEmpty { continue }
                let end = try await inform(standing, .reminder, day: day, number: day, nil, ways)
                if end != .dryRun { letters += 1 }
                deeds.append(PruneDeed(person, .reminder(day: day), end))
            case .warn(let number, let removalAt):
                let end = try await inform(standing, .warning, day: 0, number: number, removalAt, ways)
                if end != .dryRun { letters += 1 }
                deeds.append(PruneDeed(person, .warning(removalAt: removalAt), end))
            }
        }
        return deeds
    }

    static func what(_ step: TellingStep) -> PruneDeed.What {
        switch step {
        case .remind(let day): .reminder(day: day)
        case .warn(_, let removalAt): .warning(removalAt: removalAt)
        case .unreachable, .nothing: .unreachable
        }
    }

    /// By every way; one that is taken is enough.
    private func inform(
        _ standing: PruneStanding, _ kind: PruneNotice.Kind, day: Int, number: Int, _ removalAt: Instant?,
        _ ways: [PruneWay]
    ) async throws -> PruneDeed.End {
        let person = standing.person
        var number = number
        if kind == .warning, let over = try await book.lastOver(person.id, standing.stamp) {
            if clock.now - over.at < TellingRules.patience { return .not("they were told less than a day ago") }
            number = max(number, over.number + 1)
        }
        var ends: [Sent] = []
        for way in ways {
            let key = Self.key(kind, person.id, standing.stamp, number, way)
            let letter = PruneTold(
                key: key, person: person.id, kind: kind, stamp: standing.stamp, day: day,
                number: kind == .warning ? number : 1, way: way, state: .sending, removalAt: removalAt, at: clock.now)
            let notice = notice(kind, standing, removalAt: removalAt ?? standing.due, key: key)
            let end = try await send(
                notice, to: person, letter, reason: reason(kind, standing, day), evidence: Self.evidence(standing)
            ) { try await self.whyNot(standing) }
            ends.append(end)
        }
        if ends.contains(.sent) { return .done }
        if ends.contains(.dryRun) { return .dryRun }
        for case .unclear(let why) in ends { return .unclear(why) }
        for case .not(let why) in ends { return .not(why) }
        return .not("nobody can be reached there")
    }

    private nonisolated func reason(_ kind: PruneNotice.Kind, _ standing: PruneStanding, _ day: Int) -> String {
        kind == .warning
            ? "idle for \(standing.idleDays) days, warned from \(wishes.warnDays) on"
            : "idle for \(standing.idleDays) days, reminded at \(day)"
    }

    /// What was said meanwhile, in the tables, about somebody a notice is about to go to. Nil: nothing has moved.
    nonisolated func whyNot(_ standing: PruneStanding) async throws -> String? {
        let state = try await book.state(of: standing.person.id)
        let now = PlanRules(wishes: wishes, state: state, now: clock.now).standing(of: standing.person)
        if now.stamp != standing.stamp { return "something has moved their date meanwhile" }
        return now.counts ? nil : "they are not concerned any more"
    }

    nonisolated func notice(
        _ kind: PruneNotice.Kind, _ standing: PruneStanding, removalAt: Instant, key: String
    ) -> PruneNotice {
        PruneNotice(
            kind, person: standing.person.id, name: standing.person.name, at: clock.now, removalAt: removalAt,
            idleDays: standing.idleDays, daysLeft: standing.daysLeft, warnDays: wishes.warnDays,
            kickDays: wishes.kickDays, graceHours: Int(wishes.grace.milliseconds / 3_600_000),
            lastSeenAt: standing.lastSighting?.at, lastTitle: standing.lastSighting?.title ?? "",
            hereLeft: standing.heresLeft, hereDays: wishes.hereDays, lapse: standing.baseline.at, key: key)
    }

    private func unreachable(_ standing: PruneStanding) async throws -> [PruneDeed] {
        let card = PruneCards.unreachable(standing)
        // Once, and again when what an admin told them is too long ago to hold.
        let told = try await book.state(of: standing.person.id).told(standing.person.id)
        let before = told.count { $0.kind == .warning && $0.state == .sent && $0.stamp == standing.stamp }
        let key = "unreachable:\(standing.person.id):\(standing.stamp.milliseconds):\(before)"
        let word = PruneWord(.card(card), about: "unreachable", person: standing.person.id)
        switch try await tell(word, key: key, about: standing.person) {
        case .done: return [PruneDeed(standing.person, .unreachable, .done)]
        case .alreadyDone: return []
        case .dryRun: return [PruneDeed(standing.person, .unreachable, .dryRun)]
        case .refused(let why), .failed(let why): return [PruneDeed(standing.person, .unreachable, .not(why))]
        case .interrupted: return [PruneDeed(standing.person, .unreachable, .unclear("it may have been said"))]
        }
    }

    /// What a judgement was made from, as it was.
    static func evidence(_ standing: PruneStanding, warning: PruneTold? = nil, looks: Instant? = nil) -> String {
        let facts = StandingFacts(standing, warning: warning, looks: looks)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(facts)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

/// Times in milliseconds since 1970.
private struct StandingFacts: Encodable {
    var plexID: Int?
    var shareID: Int?
    var idleDays: Int
    var baselineAt: Instant
    var baseline: String
    var lastSeenAt: Instant?
    var lastSeenBy: String?
    var lastTitle: String?
    var warnedAt: Instant?
    var warnedBy: String?
    var warningSays: Instant?
    var firstLookAt: Instant?

    init(_ standing: PruneStanding, warning: PruneTold?, looks: Instant?) {
        plexID = standing.person.plexID
        shareID = standing.person.shareID
        idleDays = standing.idleDays
        baselineAt = standing.baseline.at
        switch standing.baseline.why {
        case .sighting(let sighting): baseline = sighting.source.rawValue
        case .joined: baseline = "joined"
        case .firstSeen: baseline = "first seen"
        case .hold: baseline = "hold"
        }
        lastSeenAt = standing.lastSighting?.at
        lastSeenBy = standing.lastSighting?.source.rawValue
        lastTitle = standing.lastSighting?.title
        warnedAt = warning?.at
        warnedBy = warning.map { "\($0.way)" }
        warningSays = warning?.removalAt
        firstLookAt = looks
    }
}
