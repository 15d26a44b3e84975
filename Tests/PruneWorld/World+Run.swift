// From the first day of a seed to the last, and what must be so in the end.

import Domain
import Prune
import Runtime
import Storage

package struct PruneOutcome: Sendable {
    package var seed: UInt64
    package var people: Int
    package var days: Int
    package var violations: [String]
    package var trace: [String]
    package var tally: Truth.Tally
}

extension World {
    /// `folder`: for the database, which is gone afterwards.
    package static func run(_ plan: WorldPlan, in folder: String, keepsTrace: Bool = false) async -> PruneOutcome {
        let path = "\(folder)/prune-\(plan.seed)-\(plan.people)-\(plan.days)\(keepsTrace ? "-trace" : "").db"
        for end in ["", "-wal", "-shm"] { try? Files.remove(path + end) }
        let world = World(plan, path: path, keepsTrace: keepsTrace)
        await world.live()
        for number in world.runningMachines { await world.end(number) }
        for end in ["", "-wal", "-shm"] { try? Files.remove(path + end) }
        return world.look { truth in
            PruneOutcome(
                seed: plan.seed, people: plan.people, days: plan.days, violations: truth.violations, trace: truth.trace,
                tally: truth.tally)
        }
    }

    private var machineNumbers: [Int] { plan.hasTwo ? [0, 1] : [0] }

    private func live() async {
        change { $0.isDry = plan.dryDays != nil }
        for number in machineNumbers { await boot(number) }
        plot()
        await work(until: Truth.beginning + .days(Int64(plan.days)))
        await repair()
        await heal()
        await compare()
    }

    private func plot() {
        var chance = Chance(plan.seed, 10)
        change { truth in
            let end = Duration.days(Int64(plan.days))
            for number in machineNumbers {
                truth.errands.add(truth.now + chance.span(.zero, .hours(2)), .scan(number))
                truth.errands.add(truth.now + chance.span(.zero, .hours(2)), .arrivals(number))
            }
            truth.errands.add(truth.now + .hours(5), .admin)
            if let dry = plan.dryDays { truth.errands.add(truth.now + .days(Int64(dry)), .endOfDryRun) }
            for _ in 0..<plan.jumps {
                let size: Duration = chance.pick([
                    .minutes(-70), .hours(-3), .days(-2), .days(-400), .minutes(50), .hours(4), .hours(30), .days(3),
                    .days(8), .days(400),
                ])
                let at = truth.now + chance.span(.zero, end)
                truth.errands.add(at, .jump(size))
                truth.errands.add(at + chance.span(.minutes(10), .days(4)), .jump(.zero))
            }
            for _ in 0..<plan.outages {
                truth.errands.add(
                    truth.now + chance.span(.zero, end),
                    .outage(chance.span(.minutes(5), .days(chance.pick([1, 1, 5])))))
            }
            if plan.stops > 0 {
                let at = truth.now + chance.span(.zero, end)
                truth.errands.add(at, .stopFile(true))
                truth.errands.add(at + chance.span(.hours(1), .days(3)), .stopFile(false))
            }
        }
    }

    private func work(until end: Instant) async {
        while let next = look({ $0.errands.next }), next <= end {
            guard
                let errand = change({ truth in
                    truth.pass(until: max(truth.now, next))
                    return truth.errands.take()?.entry
                })
            else { break }
            await run(errand)
            if look({ !$0.violations.isEmpty }) { return }
        }
        change { $0.pass(until: max($0.now, end)) }
    }

    private func run(_ errand: Truth.Errand) async {
        var chance = Chance(plan.seed, 11, newTask())
        switch errand {
        case .scan(let number):
            again(errand, in: chance.span(plan.wishes.lookEvery * 0.9, plan.wishes.lookEvery * 1.1))
            await scan(number)
            if chance.happens(0.05) { await scan(number, isLook: true) }
        case .look(let number): await scan(number, isLook: true)
        case .arrivals(let number):
            again(errand, in: chance.span(plan.wishes.newEvery * 0.9, plan.wishes.newEvery * 1.1))
            await lookForNew(number)
        case .admin:
            again(errand, in: chance.span(.hours(6), .hours(12)))
            if let number = anyMachine { await admin(number) }
            if chance.happens(0.01), !look({ $0.areFaultsOver }), let number = anyMachine {
                let guests = look { $0.residents.filter { $0.kind == .guest && $0.isMember }.map(\.id) }
                if !guests.isEmpty { await hold(chance.pick(guests), on: number) }
            }
        case .here(let person): if let number = anyMachine { await here(person, on: number) }
        case .pause(let person):
            if chance.happens(0.3) {
                change { $0.errands.add($0.now + chance.span(.hours(1), .days(3)), .unpause(person)) }
            }
            if let number = anyMachine { await pause(person, days: chance.number(1...9), on: number) }
        case .unpause(let person): if let number = anyMachine { await endPause(person, on: number) }
        case .jump(let offset):
            change { $0.setClock(offset) }
        case .outage(let length):
            for number in runningMachines { await end(number) }
            change { $0.errands.add($0.now + length, .restart) }
        case .restart: for number in machineNumbers { await boot(number) }
        case .stopFile(let isThere): change { $0.stopFile = isThere }
        case .endOfDryRun:
            for number in machineNumbers { await end(number) }
            change { $0.isDry = false }
            for number in machineNumbers { await boot(number) }
        }
    }

    private func again(_ errand: Truth.Errand, in span: Duration) {
        change { $0.errands.add($0.now + max(span, .minutes(5)), errand) }
    }

    // MARK: The end

    /// Everything works again, and some people are never seen any more.
    private func repair() async {
        if look({ !$0.violations.isEmpty }) { return }
        for number in machineNumbers { await end(number) }
        change { truth in
            truth.areFaultsOver = true
            if truth.offset != .zero { truth.setClock(.zero) }
            truth.stopFile = false
            truth.isDry = false
            truth.errands = Agenda()
            var chance = Chance(plan.seed, 12)
            for number in truth.residents.indices where truth.residents[number].kind != .owner {
                truth.residents[number].habit = chance.happens(0.4) ? .faithful : .quiet
                truth.happenings.add(truth.now + .hours(1), .starts(truth.residents[number].id))
            }
            truth.happenings.add(truth.now + .hours(1), .starts(1))
            // Two who are new for certain.
            for _ in 0..<2 {
                let id = truth.addResident(.guest, &chance)
                truth[id].share = truth.newShare()
                truth[id].isInvited = true
                truth[id].joinDate = .honest
                truth[id].habit = chance.pick([.faithful, .quiet])
                truth[id].isExpectedWelcome = true
                truth.happenings.add(truth.now + .hours(30), .accepts(id))
            }
            for number in machineNumbers {
                truth.errands.add(truth.now + .minutes(10), .scan(number))
                truth.errands.add(truth.now + .minutes(30), .arrivals(number))
            }
            truth.errands.add(truth.now + .hours(3), .admin)
        }
        for number in machineNumbers { await boot(number) }
    }

    /// Until everybody who is due is gone.
    private func heal() async {
        let members = look { $0.residents.count { $0.isMember } }
        let most = min(plan.wishes.perDay, max(1, members * plan.wishes.percent / 100))
        let days = plan.wishes.kickDays + plan.wishes.holdDays + plan.wishes.pauseDays + 14 + 2 * (members / most)
        for day in 0..<days {
            if look({ !$0.violations.isEmpty }) { return }
            if day > 4, look({ $0.overdue.isEmpty }) { break }
            await work(until: look { $0.now } + .days(1))
        }
        change { truth in
            for person in truth.overdue {
                truth.violated(
                    "\(person.id) (\(person.name)) is never removed, last seen \((person.shown ?? person.acceptedAt).inDays)"
                )
            }
            for person in truth.residents where person.isExpectedWelcome && truth.wishes.welcomes {
                let came = truth.letters.filter {
                    $0.notice.kind == .welcome && $0.notice.person == person.id && $0.hasCome
                }
                let expected = (person.post == .works ? 1 : 0) + person.discord.count
                if came.count != expected {
                    truth.violated("\(person.id) is new and was welcomed \(came.count) times, not \(expected)")
                }
            }
        }
    }

    /// What is written down is what happened.
    private func compare() async {
        guard look({ $0.violations.isEmpty }), let machine = machine(0) else { return }
        do {
            for open in try await machine.effects.interrupted()
            where open.kind == PruneKind.remove || open.kind == PruneKind.invite {
                change { $0.violated("nobody knows what became of \(open.key)") }
            }
            let done = try await machine.database.read { db in
                try db.rows("SELECT key FROM effects WHERE kind = $1 AND state = 'done'", PruneKind.remove) { row in
                    try row.text(0)
                }
            }
            let state = try await machine.prune.book.state()
            change { truth in
                let removed = Set(truth.removals.map { "\(PruneKind.remove):\($0.person):\($0.share)" })
                let written = Set(done.map { $0.split(separator: ":").prefix(3).joined(separator: ":") })
                for key in removed.subtracting(written) { truth.violated("\(key) happened and is not written down") }
                for key in written.subtracting(removed) { truth.violated("\(key) is written down and never happened") }
                for removal in state.cases where removal.state == .removing || removal.state == .failed {
                    truth.violated("the removal of \(removal.person) never ended: \(removal.state)")
                }
                for person in truth.residents where person.kind != .owner && person.kind != .managed {
                    let isKnown = state.record(person.id).map { $0.goneAt == nil } ?? false
                    if isKnown != person.isMember {
                        truth.violated("\(person.id) is \(isKnown ? "" : "not ")written down as a member")
                    }
                }
            }
        } catch {
            change { $0.violated("the tables cannot be read: \(error)") }
        }
    }
}

extension Truth {
    /// Whoever should not be there any more.
    var overdue: [Resident] {
        residents.filter { person in
            person.kind == .guest && person.isMember && person.habit == .quiet && person.running == nil && !person.isVIP
                && !(person.hasRole && !person.discord.isEmpty && !wishes.vipRoles.isEmpty)
                && Set(["user\(person.id)", person.email]).isDisjoint(with: wishes.vipNames)
        }
    }
}
