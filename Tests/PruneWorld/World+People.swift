// What admins and members say to prune, at any moment: between two looks, in the middle of one, to either program.

import Domain
import Prune
import Runtime
import Synchronization

extension World {
    /// Something else happens while a call is under way.
    func meanwhile(_ program: Program, _ chance: inout Chance) async {
        change { $0.tally.meanwhile += 1 }
        let others = runningMachines.filter { $0 != program.number }
        let guests = look { $0.residents.filter { $0.kind == .guest && $0.isMember }.map(\.id) }
        guard !guests.isEmpty else { return }
        let guest = chance.pick(guests)
        let any = chance.happens(0.5) ? others.first ?? program.number : program.number
        switch chance.number(0...11) {
        case 0: change { $0.pass(until: $0.now + chance.span(.minutes(1), .minutes(chance.pick([10, 60, 240])))) }
        case 1...2: change { $0.happenings.add($0.now, .starts(guest)) }
        case 3...4: if let other = others.first { await scan(other, depth: 1) }
        case 5: if let other = others.first { await lookForNew(other, depth: 1) }
        case 6...7: await here(guest, on: any, depth: 1)
        case 8: await pause(guest, days: chance.number(1...9), on: any, depth: 1)
        case 9: await hold(guest, on: any, depth: 1)
        case 10: if let other = others.first { await admin(other, depth: 1) }
        default:
            if chance.happens(0.2) {
                change { $0.stopFile.toggle() }
            } else if chance.happens(0.3) {
                await stop(any, depth: 1)
            } else {
                change { $0.happenings.add($0.now, .leaves(guest)) }
            }
        }
        change { $0.pass(until: $0.now) }
    }

    // MARK: Prune's own jobs

    func scan(_ number: Int, depth: Int = 0, isLook: Bool = false) async {
        await run(isLook ? "looks only" : "looks", on: number, depth: depth, isLook: isLook, keepsSigns: !isLook) {
            machine in
            let scan = try await machine.prune.scan(isLook: isLook)
            self.change { truth in
                switch scan.end {
                case .whole: truth.tally.wholeLooks += 1
                case .doubted: truth.tally.doubtedLooks += 1
                case .idle, .busy: break
                }
                if let breaker = scan.breaker {
                    truth.tally.breakers += 1
                    if scan.deeds.contains(where: { $0.what == .removal && $0.end == .done }),
                        truth.released ?? 0 < breaker
                    {
                        truth.violated("\(breaker) are due at once and somebody was removed")
                    }
                }
                truth.note(
                    "\(number):   \(scan.end)\(scan.doubts.isEmpty ? "" : " \(scan.doubts.map(\.mark))") \(scan.deeds.map { "\($0.person.id): \($0.what) \($0.end)" })"
                )
                for standing in scan.standings where truth.keepsTrace && standing.counts {
                    truth.note(
                        "\(number):     \(standing.person.id) idle \(standing.idle.inHours) h, \(standing.verdict), since \(standing.baseline.at.inDays) \(standing.baseline.why.word) \(scan.blocks[standing.person.id] ?? [])"
                    )
                }
            }
            await self.settleIn(machine)
        }
    }

    func lookForNew(_ number: Int, depth: Int = 0) async {
        await run("looks for new people", on: number, depth: depth, keepsSigns: true) { machine in
            _ = try await machine.prune.lookForNew()
            await self.settleIn(machine)
        }
    }

    /// Whoever was there when the first list was believed is not new.
    private func settleIn(_ machine: Machine) async {
        if look({ $0.isInstalled }) { return }
        guard let state = try? await machine.prune.book.state(), state.marks.installedAt != nil else { return }
        let start = TaskUnderWay.current?.notes.withLock { $0.start } ?? look { $0.now }
        change { truth in
            if truth.isInstalled { return }
            truth.isInstalled = true
            for number in truth.residents.indices
            where truth.residents[number].share != nil && !truth.residents[number].isInvited {
                if truth.residents[number].acceptedAt < start { truth.residents[number].wasThere = true }
            }
        }
    }

    // MARK: Members

    func here(_ person: Int64, on number: Int, depth: Int = 0) async {
        await run("\(person) is still here", on: number, depth: depth) { machine in
            let answer = try await machine.prune.here(person, way: "link")
            self.change { truth in
                truth.note("\(number):   \(answer)")
                guard case .moved(let until, _) = answer, truth[person].share != nil else { return }
                truth.tally.heres += 1
                truth[person].promised = Promise(wall: until, end: until - truth.offset)
                if until - truth.wall < .days(Int64(truth.wishes.hereDays)) - .hours(6) {
                    truth.violated("\"here\" gives \(person) only until \(until.inDays)")
                }
            }
        }
    }

    func pause(_ person: Int64, days: Int, on number: Int, depth: Int = 0) async {
        let until = look { $0.wall } + .days(Int64(min(days, plan.wishes.pauseDays)))
        await run("\(person) pauses until \(until.inDays)", on: number, depth: depth) { machine in
            let answer = try await machine.prune.pause(person, until: until, by: "person:\(person)")
            self.change { truth in
                truth.note("\(number):   \(answer.end)")
                guard answer.end == .done, until > truth.wall else { return }
                truth.tally.pauses += 1
                truth.endPauses(of: person)
                truth[person].pauses.append(Span(truth.now, until - truth.offset))
                truth[person].pausedUntil = until
            }
        }
    }

    func endPause(_ person: Int64, on number: Int) async {
        change { $0.endPauses(of: person) }
        await run("\(person) is back", on: number) { machine in
            _ = try await machine.prune.pause(person, until: nil, by: "person:\(person)")
        }
    }

    // MARK: Admins

    func hold(_ person: Int64, on number: Int, depth: Int = 0) async {
        await run("an admin holds \(person)", on: number, depth: depth) { machine in
            let answer = try await machine.prune.hold(person, by: "discord:1")
            self.change { truth in
                truth.note("\(number):   \(answer.end)")
                guard answer.end == .done else { return }
                truth.tally.holds += 1
                let days = Duration.days(Int64(truth.wishes.holdDays))
                truth[person].held = Promise(wall: truth.wall + days, end: truth.now + days)
                truth[person].approvedAt = nil
            }
        }
    }

    func stop(_ number: Int, depth: Int = 0) async {
        await run("an admin says stop", on: number, depth: depth) { machine in
            let answer = try await machine.prune.stop(by: "discord:1")
            self.change { if answer.end == .done || answer.end == .alreadySo { $0.isStopped = true } }
        }
    }

    func start(_ number: Int, depth: Int = 0) async {
        change { $0.isStopped = false }
        await run("an admin says start", on: number, depth: depth) { machine in
            _ = try await machine.prune.start(by: "discord:1")
        }
    }

    /// An admin reads what there is, and answers some of it.
    func admin(_ number: Int, depth: Int = 0) async {
        await run("an admin looks", on: number, depth: depth) { machine in
            let status = try await machine.prune.status()
            let isOver = self.look { $0.areFaultsOver }
            var chance = Chance(self.plan.seed, 9, TaskUnderWay.current?.number ?? 0)
            if let stopped = status.stopped, isOver || chance.happens(0.4) {
                self.change { $0.note("\(number):   is stopped: \(stopped)") }
                self.change { $0.isStopped = false }
                _ = try await machine.prune.start(by: "discord:1")
            } else if !isOver, chance.happens(0.01) {
                let answer = try await machine.prune.stop(by: "discord:1")
                self.change { if answer.end == .done { $0.isStopped = true } }
            }
            if status.doubt != nil, isOver || chance.happens(0.1) {
                let answer = try await machine.prune.accept(by: "discord:1")
                self.change { $0.note("\(number):   accepts what is in doubt: \(answer.end)") }
            }
            if let breaker = status.breaker, isOver || chance.happens(0.3) {
                self.change { $0.released = max($0.released ?? 0, breaker) }
                _ = try await machine.prune.release(breaker, by: "discord:1")
            }
            if isOver { try await self.endLongLeaves(status, machine) }
            try await self.answerCards(status, machine, &chance)
            try await self.tellThemselves(status, machine, &chance)
        }
    }

    private func answerCards(_ status: PruneStatus, _ machine: Machine, _ chance: inout Chance) async throws {
        let isOver = look { $0.areFaultsOver }
        for removal in status.cases {
            switch removal.state {
            case .asked:
                switch isOver ? 0 : chance.number(0...9) {
                case 0...4:
                    change { truth in
                        truth.tally.approvals += 1
                        truth[removal.person].approvedAt = truth.now
                        truth.note("\(machine.program.number):   approves \(removal.person)")
                    }
                    let answer = try await machine.prune.approve(removal.id, by: "discord:1")
                    change { $0.note("\(machine.program.number):   \(answer.end): \(answer.report.title.plainText)") }
                case 5:
                    let answer = try await machine.prune.ignore(removal.id, by: "discord:1")
                    if answer.end == .done { change { $0[removal.person].approvedAt = nil } }
                case 6:
                    _ = try await machine.prune.vip(removal.person, true, by: "discord:1")
                    change { $0[removal.person].isVIP = true }
                default: break
                }
            case .removed:
                guard !isOver, removal.undoneAt == nil, chance.happens(0.1) else { continue }
                let answer = try await machine.prune.undo(removal.person, by: "discord:1")
                change { $0.note("\(machine.program.number):   undo of \(removal.person): \(answer.end)") }
            default: break
            }
        }
    }

    /// Said while the clock was a year ahead.
    private func endLongLeaves(_ status: PruneStatus, _ machine: Machine) async throws {
        let late = look { $0.wall } + .days(20)
        for standing in status.standings {
            switch standing.verdict {
            case .held(let until) where until > late:
                _ = try await machine.prune.hold(standing.person.id, days: 0, by: "discord:1")
                change { $0[standing.person.id].held = Promise(wall: $0.wall, end: $0.now) }
            case .paused(let until) where until > late:
                _ = try await machine.prune.pause(standing.person.id, until: nil, by: "discord:1")
                change { $0.endPauses(of: standing.person.id) }
            default: break
            }
        }
    }

    /// Whom no letter reaches.
    private func tellThemselves(_ status: PruneStatus, _ machine: Machine, _ chance: inout Chance) async throws {
        let isOver = look { $0.areFaultsOver }
        for standing in status.standings where standing.counts && standing.idle >= plan.wishes.warn {
            let person = standing.person.id
            guard status.blocks[person]?.contains(.notWarned) ?? true else { continue }
            // In the end also whom too many letters have failed to reach before.
            let isLost = look { !$0[person].canBeReached } || standing.idle >= plan.wishes.kick + .days(2)
            guard isOver ? isLost : chance.happens(0.05) else { continue }
            let answer = try await machine.prune.told(person, by: "discord:1")
            change { truth in
                if answer.end == .done { truth[person].toldAt = truth.now }
                truth.note("\(machine.program.number):   tells \(person) themselves: \(answer.end)")
            }
        }
    }
}

extension Truth {
    mutating func endPauses(of person: Int64) {
        let now = now
        for number in self[person].pauses.indices where self[person].pauses[number].to > now {
            self[person].pauses[number].to = max(self[person].pauses[number].from, now)
        }
    }
}

extension Truth {
    /// A pause lasts until a date; whoever sets the clock changes when that is.
    mutating func setClock(_ offset: Duration) {
        self.offset = offset
        offsets.append((now, offset))
        note("the clock is \(offset.inHours) h off")
        for number in residents.indices {
            guard let until = residents[number].pausedUntil, let last = residents[number].pauses.last, last.to > now
            else { continue }
            residents[number].pauses[residents[number].pauses.count - 1].to = max(now, min(last.to, until - offset))
        }
    }
}

extension Baseline.Why {
    var word: String {
        switch self {
        case .sighting(let sighting): sighting.source.rawValue
        case .joined: "joined"
        case .firstSeen: "first seen"
        case .hold: "hold"
        }
    }
}

extension Resident {
    var canBeReached: Bool { post == .works || post == .loses || !discord.isEmpty }
}
