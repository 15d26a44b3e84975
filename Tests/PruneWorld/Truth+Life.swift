// People live: they watch, come, leave and come back, whether anybody looks or not.

import Domain
import Prune
import Runtime

extension Truth {
    mutating func populate() {
        var chance = Chance(plan.seed, 3)
        for number in 0..<plan.people + 1 {
            let kind: Resident.Kind =
                number == 0 ? .owner : chance.happens(0.05) ? .home : chance.happens(0.03) ? .managed : .guest
            let person = addResident(kind, &chance)
            if kind != .owner, kind != .managed {
                residents[index(person)].share = newShare()
                residents[index(person)].acceptedAt = now - chance.span(.zero, .days(chance.pick([2, 30, 900])))
            }
            // Plays before the installation count as signs, and their time does not.
            if chance.happens(0.8) {
                let at = now - chance.span(.zero, .days(chance.pick([3, 10, 60])))
                residents[index(person)].logged = at
                residents[index(person)].ownLogged = chance.happens(0.9) ? at : nil
                rows += chance.number(1...50)
                newestRow = max(newestRow ?? at, at)
            }
            happenings.add(now + chance.span(.zero, .days(Int64(wishes.kickDays))), .starts(person))
        }
        var at = now
        while at < now + .days(Int64(plan.days)) {
            at = at + chance.span(.hours(6), .days(12))
            happenings.add(at, .invited)
        }
    }

    mutating func newShare() -> Int {
        nextShare += 1
        return nextShare
    }

    @discardableResult
    mutating func addResident(_ kind: Resident.Kind, _ chance: inout Chance) -> Int64 {
        let id = Int64(residents.count + 1)
        // Two of a name; one whose name is a VIP's, and whose username is not.
        let name = chance.happens(0.1) ? "Twin" : chance.happens(0.05) ? "VIP One" : "Person \(id)"
        let post = chance.pick([.works, .works, .works, .works, .works, .refuses, .none, .loses] as [Resident.Post])
        residents.append(
            Resident(
                id: id, plexID: 100_000 + Int(id) * 17, kind: kind, name: name, username: "user\(id)",
                email: post == .none ? "" : kind == .owner ? "admin@example.org" : "user\(id)@example.org", post: post,
                discord: chance.happens(0.4) ? [UInt64(7000 + id)] : [], hasRole: chance.happens(0.15),
                joinDate: chance.pick([
                    .honest, .honest, .honest, .honest, .honest, .missing, .ancient, .epoch, .future,
                ]),
                habit: chance.pick([.faithful, .sporadic, .sporadic, .quiet]), acceptedAt: now))
        residents[index(id)].libraries = [
            .init(id: 1, title: "Films"), .init(id: 2, title: "Series"), .init(id: 3, title: "Music"),
        ].filter { $0.id == 1 || chance.happens(0.7) }
        residents[index(id)].settings = ["allowSync": chance.happens(0.5) ? "1" : "0", "filterMovies": ""]
        return id
    }

    /// Everything that happens until then.
    mutating func pass(until end: Instant) {
        while let at = happenings.next, at <= end, let (_, happening) = happenings.take() {
            now = max(now, at)
            happen(happening)
        }
        now = max(now, end)
    }

    private mutating func happen(_ happening: Happening) {
        switch happening {
        case .starts(let id): starts(id)
        case .ends(let id): ends(id)
        case .invited:
            var chance = Chance(plan.seed, 4, UInt64(residents.count))
            if areFaultsOver { return }
            let id = addResident(.guest, &chance)
            residents[index(id)].isInvited = true
            residents[index(id)].share = newShare()
            note("\(id) is invited")
            happenings.add(now + chance.span(.minutes(1), .days(2)), .accepts(id))
        case .accepts(let id): accepts(id)
        case .leaves(let id):
            guard self[id].share != nil else { return }
            self[id].share = nil
            self[id].running = nil
            self[id].leftAt = now
            forgetLapse(id)
            note("\(id) leaves")
        case .returns(let id):
            guard self[id].share == nil, !areFaultsOver else { return }
            self[id].share = newShare()
            self[id].isInvited = true
            note("\(id) is invited again")
            accepts(id)
        case .resharing(let id):
            guard self[id].isMember, !areFaultsOver else { return }
            self[id].share = newShare()
            self[id].acceptedAt = now
            forgetLapse(id)
            note("\(id) gets another share")
        }
    }

    private mutating func accepts(_ id: Int64) {
        guard self[id].isInvited, self[id].share != nil else { return }
        self[id].isInvited = false
        self[id].acceptedAt = now
        self[id].listedAt = nil
        forgetLapse(id)
        note("\(id) accepts")
        happenings.add(now + .hours(1), .starts(id))
    }

    /// What was said and seen belongs to a membership that is over.
    mutating func forgetLapse(_ id: Int64) {
        self[id].approvedAt = nil
        self[id].toldAt = nil
        self[id].promised = nil
    }

    // MARK: Watching

    private mutating func starts(_ id: Int64) {
        if areFaultsOver, self[id].habit == .quiet, self[id].kind != .owner { return }
        let deed = self[id].deeds
        self[id].deeds += 1
        var chance = Chance(plan.seed, 5, UInt64(id), deed)
        let gap = gap(of: self[id], &chance)
        if let gap { happenings.add(now + gap, .starts(id)) }
        guard self[id].kind == .owner || self[id].kind == .managed || self[id].isMember, self[id].running == nil else {
            return
        }
        if deed == 0, self[id].habit == .quiet { return }
        if self[id].kind == .guest, !areFaultsOver {
            if chance.happens(0.01) { happenings.add(now + .days(1), .leaves(id)) }
            if chance.happens(0.5) { happenings.add(now + .days(3), .returns(id)) }
            if chance.happens(0.005) { happenings.add(now + .hours(5), .resharing(id)) }
        }
        // Too short for Tautulli; while Plex keeps no history; by nobody at all.
        let kind = chance.number(0...9)
        let length =
            kind == 0 ? chance.span(.seconds(5), .seconds(110)) : chance.span(.minutes(3), .hours(kind == 2 ? 14 : 4))
        let isSeen = areFaultsOver && self[id].kind != .owner
        self[id].running = Resident.Running(
            start: now, end: now + length, inTautulli: isSeen || (kind != 0 && kind != 2),
            inPlex: isSeen || (kind != 1 && kind != 2))
        happenings.add(now + length, .ends(id))
        note("\(id) watches for \(length.milliseconds / 60_000) min")
    }

    /// Nil: never again.
    private func gap(of person: Resident, _ chance: inout Chance) -> Duration? {
        if person.kind == .owner { return chance.span(.hours(2), .hours(30)) }
        let kick = Duration.days(Int64(wishes.kickDays))
        switch person.habit {
        case .faithful: return chance.span(.hours(6), kick * 0.6)
        case .quiet:
            return areFaultsOver ? nil : chance.span(kick, kick * 6)
        case .sporadic:
            switch chance.number(0...9) {
            case 0...4: return chance.span(.hours(1), kick * 0.5)
            // Around the last day.
            case 5...7: return chance.span(kick * 0.8, kick * 1.3)
            default: return chance.span(kick, kick * 3)
            }
        }
    }

    private mutating func ends(_ id: Int64) {
        guard let running = self[id].running, running.end <= now else { return }
        self[id].running = nil
        if running.inTautulli {
            self[id].logged = now
            rows += 1
            newestRow = now
        }
        if running.inPlex { self[id].ownLogged = now }
    }

    /// Whoever gets a letter that they may lose their share does something, or does not.
    mutating func reactsToWarning(_ id: Int64) {
        if areFaultsOver { return }
        let deed = self[id].deeds
        self[id].deeds += 1
        var chance = Chance(plan.seed, 6, UInt64(id), deed)
        switch chance.number(0...9) {
        case 0...1: happenings.add(now + chance.span(.minutes(5), .days(4)), .starts(id))
        case 2...4:
            errands.add(now + chance.span(.minutes(5), .days(4)), .here(id))
            if chance.happens(0.4) { errands.add(now + chance.span(.minutes(6), .days(9)), .here(id)) }
        case 5: errands.add(now + chance.span(.minutes(5), .days(4)), .pause(id))
        default: break
        }
    }
}
