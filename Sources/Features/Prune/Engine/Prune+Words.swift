// What admins and members say. All of it is written down with who said it, and moves what was judged before.

internal import Domain
package import Runtime
internal import Storage
internal import Synchronization

extension Prune {
    // MARK: About one removal

    /// Yes: everything about them is read again, and what then still holds is done at once, within the day's room.
    package func approve(_ removal: Int64, by actor: String) async throws -> PruneAnswer {
        if let why = try await stopped() { return refused("Nobody is removed", why) }
        guard let found = try await book.removal(removal), try await book.decide(found, .approved, by: actor) else {
            return PruneAnswer(
                .refused, PruneWords.short("It is too late for that", "This removal is not open any more."))
        }
        let person = await known(found.person)
        let name = await name(of: found.person)
        if effects.isDry(PruneKind.remove) {
            return PruneAnswer(.dryRun, PruneWords.short("\(name): a dry run", "Nothing was done."))
        }
        switch try await remove(removal) {
        case .done:
            return PruneAnswer(
                .done,
                PruneWords.short(
                    "\(name) was removed",
                    "\(code: "prune undo \(person.map(PruneWords.typed) ?? name.typed)") gives them back what they had."
                ))
        case .dryRun, .would:
            return PruneAnswer(.dryRun, PruneWords.short("\(name): a dry run", "Nothing was done."))
        case .unclear(let why): return PruneAnswer(.unclear, PruneWords.short("\(name): not certain", "\(why)"))
        case .not(let why):
            return PruneAnswer(
                .refused, PruneWords.short("\(name) was not removed", "\(why)", tone: .warning))
        }
    }

    /// Asked again after PRUNE_IGNORE days.
    package func ignore(_ removal: Int64, by actor: String) async throws -> PruneAnswer {
        let until = clock.now + .days(Int64(wishes.ignoreDays))
        guard let found = try await book.removal(removal),
            try await book.decide(found, .ignored, by: actor, ignoredUntil: until)
        else {
            return PruneAnswer(
                .refused, PruneWords.short("It is too late for that", "This removal is not open any more."))
        }
        return PruneAnswer(.done, PruneWords.short("Left for later", "Asked again \(time: until)."))
    }

    // MARK: About one person

    /// For that many days, else PRUNE_HOLD_DAYS; 0 ends it.
    package func hold(_ person: Int64, days: Int? = nil, by actor: String) async throws -> PruneAnswer {
        guard let person = await known(person) else { return unknownPerson }
        let days = days ?? wishes.holdDays
        guard (0...3650).contains(days) else { return refused("Not held", "\(days) days cannot be held") }
        let until = days == 0 ? nil : clock.now + .days(Int64(days))
        guard try await book.leave(.hold, person, until: until, by: actor) else {
            return PruneAnswer(.alreadySo, PruneWords.short("\(person.name) is not held", "There was nothing to end."))
        }
        try await dropCases(of: person.id, why: "held")
        guard let until else {
            return PruneAnswer(.done, PruneWords.short("\(person.name) is held no longer", "Their time begins anew."))
        }
        return PruneAnswer(
            .done, PruneWords.short("\(person.name) is held", "Nothing happens to them until \(time: until, .date)."))
    }

    package func vip(_ person: Int64, _ isVIP: Bool, by actor: String) async throws -> PruneAnswer {
        guard let person = await known(person) else { return unknownPerson }
        let changed = try await book.vip(person, isVIP, by: actor)
        if isVIP { try await dropCases(of: person.id, why: "VIP") }
        let words: Prose = isVIP ? "Nothing ever happens to them." : "They count like everybody."
        return PruneAnswer(
            changed ? .done : .alreadySo,
            PruneWords.short(isVIP ? "\(person.name) is a VIP" : "\(person.name) is no VIP", words))
    }

    /// Nil ends it.
    package func pause(_ person: Int64, until: Instant?, by actor: String) async throws -> PruneAnswer {
        guard let person = await known(person) else { return unknownPerson }
        let latest = clock.now + .days(Int64(wishes.pauseDays))
        if let until, until <= clock.now || until > latest {
            return refused("Not paused", "A pause ends after today, and by \(PruneWords.day(latest)) at the latest.")
        }
        guard try await book.leave(.pause, person, until: until, by: actor) else {
            return PruneAnswer(
                .alreadySo, PruneWords.short("\(person.name) is not on a break", "There was nothing to end."))
        }
        try await dropCases(of: person.id, why: "paused")
        guard let until else {
            return PruneAnswer(.done, PruneWords.short("\(person.name) is back", "Their days count again."))
        }
        return PruneAnswer(
            .done,
            PruneWords.short("\(person.name) is on a break", "Their days do not count until \(time: until, .date)."))
    }

    /// "I'm still here", said by the person: leaves them PRUNE_HERE_DAYS from now, so often in one absence.
    package func here(_ person: Int64, way: String) async throws -> HereAnswer {
        guard let person = await known(person) else { return .unknown }
        let state = try await book.state(of: person.id)
        let standing = PlanRules(wishes: wishes, state: state, now: clock.now).standing(of: person)
        switch standing.verdict {
        case .immune(let immunity): return .safe(immunity.words)
        case .held(let until), .paused(let until): return .notNeeded(until: until)
        case .new, .active, .inactive, .unknown: break
        }
        if standing.left > .days(Int64(wishes.hereDays)) - .days(1) { return .notNeeded(until: standing.due) }
        guard standing.heresLeft > 0 else { return .noMore(until: standing.due) }
        let isTaken = try await book.here(
            person, since: standing.baseline.at, most: wishes.hereMost, way: way)
        let after = try await self.standing(of: person)
        if !isTaken { return after.heresLeft > 0 ? .notNeeded(until: after.due) : .noMore(until: after.due) }
        try await dropCases(of: person.id, why: "they say that they are still here")
        return .moved(until: after.due, left: after.heresLeft)
    }

    /// "I told them": as good as delivered, from now on.
    package func told(_ person: Int64, by actor: String) async throws -> PruneAnswer {
        guard let person = await known(person) else { return unknownPerson }
        let state = try await book.state(of: person.id)
        let standing = PlanRules(wishes: wishes, state: state, now: clock.now).standing(of: person)
        guard standing.counts, standing.idle >= wishes.warn else {
            return refused("Not noted", "\(person.name) is not to be warned yet.")
        }
        let rules = TellingRules(wishes: wishes, now: clock.now)
        if let warning = rules.standingWarning(standing, state.told(person.id)), let date = warning.removalAt {
            return PruneAnswer(
                .alreadySo, PruneWords.short("\(person.name) is warned", "They were told \(time: date, .date)."))
        }
        let last = try await book.lastOver(person.id, standing.stamp)?.number ?? 0
        let number = max(last, state.told(person.id).map(\.number).max() ?? 0) + 1
        let date = max(standing.due, clock.now + wishes.notice)
        let key = "prune.told:\(person.id):\(standing.stamp.milliseconds):\(number)"
        let told = PruneTold(
            key: key, person: person.id, kind: .warning, stamp: standing.stamp, number: number, way: .admin,
            state: .sent, removalAt: date, at: clock.now)
        try await book.toldBy(told, person, by: actor)
        return PruneAnswer(
            .done, PruneWords.short("\(person.name) is warned", "The date that counts is \(time: date, .dateAndTime)."))
    }

    // MARK: About everything

    package func stop(by actor: String) async throws -> PruneAnswer {
        saidStop.withLock { $0 = true }
        try await book.mark([(.stoppedBy, actor)], action: "prune.stop", summary: "Stops everything", by: actor)
        return PruneAnswer(
            .done, PruneWords.short("Prune is stopped", "Nothing happens until \(code: "prune start").", tone: .warning)
        )
    }

    package func start(by actor: String) async throws -> PruneAnswer {
        let before = try await book.stoppedBy()
        let wasStopped = saidStop.withLock { stopped in
            defer { stopped = false }
            return stopped
        }
        if before != nil || wasStopped {
            try await book.mark([(.stoppedBy, nil)], action: "prune.start", summary: "Goes on", by: actor)
        }
        if let file = sources.stopFile() { return refused("Still stopped", file) }
        return before == nil && !wasStopped
            ? PruneAnswer(.alreadySo, PruneWords.short("Prune was not stopped", ""))
            : PruneAnswer(.done, PruneWords.short("Prune goes on", "The next look comes by itself."))
    }

    /// What was seen when the doubt arose is right: fewer people, fewer rows, another server. Nothing else can be waved
    /// through, and less than that is in doubt again.
    package func accept(by actor: String) async throws -> PruneAnswer {
        let marks = try await book.state(of: 0).marks
        guard marks.text(.doubt) != nil else {
            return PruneAnswer(.alreadySo, PruneWords.short("Nothing is in doubt", ""))
        }
        var (changes, words): ([(PruneMarks.Key, String?)], [Prose]) = ([], [])
        func lower(_ key: PruneMarks.Key, to seen: Int?, _ what: String) {
            guard let seen, let good = marks.number(key), seen > 0, seen < good else { return }
            changes.append((key, "\(seen)"))
            words.append("\(seen) \(what) instead of \(good)")
        }
        lower(.goodPeople, to: marks.number(.seenPeople), "members")
        lower(.goodRows, to: marks.number(.seenRows), "rows of history")
        if let seen = marks.text(.seenMachine), let good = marks.text(.machine), seen != good {
            changes.append((.machine, seen))
            words.append("the server \(code: seen)")
        }
        if marks.text(.doubt)?.contains(PruneDoubt.otherNumbers(0).mark) == true {
            try await book.forgetNumbers()
            words.append("the people's numbers, as they are read next")
        }
        guard !words.isEmpty else {
            return refused(
                "This cannot be accepted",
                "What is in doubt now must be mended: \(code: "prune status") says what it is.")
        }
        try await book.mark(
            changes + [(.doubt, nil)], action: "prune.accept", summary: words.joined(by: ", ").plainText, by: actor)
        return PruneAnswer(.done, PruneWords.short("Accepted", words.joined(by: ", ")))
    }

    /// So many due at once are right.
    package func release(_ count: Int, by actor: String) async throws -> PruneAnswer {
        guard count > 0 else { return refused("Not released", "how many?") }
        try await book.mark(
            [(.released, "\(count)"), (.breaker, nil)], action: "prune.release",
            summary: "\(count) due at once are right",
            by: actor, evidence: "{\"due\":\(count)}")
        return PruneAnswer(
            .done,
            PruneWords.short(
                "\(count) at once are right", "They are removed one after the other, \(wishes.perDay) a day."))
    }

    // MARK: Shared

    nonisolated func refused(_ title: Prose, _ why: Prose) -> PruneAnswer {
        PruneAnswer(.refused, PruneWords.short(title, why, tone: .warning))
    }

    nonisolated func refused(_ title: Prose, _ why: String) -> PruneAnswer { refused(title, PruneWords.naming(why)) }

    nonisolated var unknownPerson: PruneAnswer { refused("Nobody", "This person is not known.") }

    func known(_ person: Int64) async -> Person? { await sources.known().known?.first { $0.id == person } }

    func name(of person: Int64) async -> String { await known(person)?.name ?? "person \(person)" }

    /// Its date has moved, so the question is another one.
    private func dropCases(of person: Int64, why: String) async throws {
        for removal in try await book.cases(of: person) where removal.state.isOpen {
            try await book.withdraw(removal.id, why: why)
        }
    }
}
