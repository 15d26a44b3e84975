// Every question and every act of a program passes here: this is where it may die, be stopped, wait, be answered badly,
// or where something else happens meanwhile.

import Domain
import Prune
import Runtime
import Storage
import Synchronization

struct Dead: Error {}

/// What became of an act.
struct Refused: Error, CustomStringConvertible {
    let description: String
}

extension World {
    struct Call {
        var fault: Fault?
        var spell: Int?
        var chance: Chance
        var task: TaskUnderWay?
        var diesAfter = false
    }

    enum ActEnd { case done, refused, unclear(happened: Bool), lies, cancelled(happened: Bool) }

    /// Nil: the program is dead, or dies here.
    private func begin(_ source: Source, _ program: Program, _ subject: Int64) async -> Call? {
        if program.isDead { return nil }
        guard let task = TaskUnderWay.current else {
            change { $0.violated("\(source) is asked outside of any task") }
            return nil
        }
        var (isItsEnd, isStop) = (false, false)
        let count = task.notes.withLock { notes in
            notes.calls += 1
            isItsEnd = notes.diesAtCall == notes.calls
            isStop = notes.stopsAtCall == notes.calls
            if isStop { notes.isStopped = true }
            notes.asked[source, default: 0] += 1
            // A look begins with the streams; asked alone before, they began none.
            if source == .streams { (notes.answered, notes.isBad, notes.round) = ([], [], look { $0.now }) }
            return notes.asked[source] ?? 0
        }
        var chance = Chance(plan.seed, 7, task.number, source.rawValue, UInt64(bitPattern: subject), UInt64(count))
        var call = Call(chance: chance, task: task)
        if isItsEnd, chance.happens(0.5), die(program, "before \(source)") { return nil }
        call.diesAfter = isItsEnd
        if isStop { task.notes.withLock { $0.stop }?() }
        change { $0.tally.calls += 1 }
        // An act that left cannot be called back: what happens meanwhile happens after it.
        let isAct = source.rawValue >= Source.mail.rawValue
        if !isAct { await pass(task, &chance) }
        if program.isDead { return nil }
        (call.fault, call.spell) = look { truth in
            if truth.areFaultsOver { return (nil, nil) }
            if let (number, fault) = truth.spell(source) { return (fault, number) }
            if !isAct, chance.happens(plan.badAnswers) { return (WorldPlan.fault(of: source, &chance), nil) }
            return (nil, nil)
        }
        call.chance = chance
        return call
    }

    /// The call takes its time.
    private func pass(_ task: TaskUnderWay, _ chance: inout Chance) async {
        guard !look({ $0.areFaultsOver }) else { return }
        if chance.happens(plan.meanwhile), task.depth == 0 { await meanwhile(task.program, &chance) }
        if chance.happens(plan.badAnswers / 3) {
            change { $0.pass(until: $0.now + chance.span(.seconds(1), .minutes(chance.pick([1, 1, 20, 90])))) }
        }
    }

    private func die(_ program: Program, _ place: String) -> Bool {
        guard program.die() else { return false }
        change { $0.note("\(program.number): dies \(place)") }
        return true
    }

    private func finish(_ call: Call, _ program: Program, _ source: Source) async -> Bool {
        if call.diesAfter, die(program, "after \(source)") { return false }
        return !program.isDead
    }

    // MARK: Questions

    func ask<Value: Sendable>(
        _ source: Source, _ program: Program, _ subject: Int64 = 0,
        _ answer: (inout Truth, Fault?, Int?) -> (Reading<Value>, shown: [Int64: Instant])
    ) async -> Reading<Value> {
        let ended = Reading<Value>.unknown(why: "the program has ended")
        guard let call = await begin(source, program, subject) else { return ended }
        let (reading, shown, now) = change { truth in
            let (reading, shown) = answer(&truth, call.fault, call.spell)
            if let fault = call.fault {
                truth.tally.badAnswers += 1
                truth.note("\(program.number):   \(source)\(subject == 0 ? "" : " of \(subject)"): \(fault)")
            }
            return (reading, shown, truth.now)
        }
        guard await finish(call, program, source) else { return ended }
        call.task?.notes.withLock { notes in
            for (person, at) in shown { notes.shown[person] = max(notes.shown[person] ?? at, at) }
            if case .known = reading, !(call.fault?.isPlain ?? false) {
                notes.newest[source] = now
                notes.isBad.remove(source)
            } else {
                notes.isBad.insert(source)
            }
            notes.answered.insert(source)
            guard Set(Source.looks).isSubset(of: notes.answered) else { return }
            // All five: a look, if all were good.
            if let round = notes.round, notes.isBad.isDisjoint(with: Source.looks) { change { $0.looked(at: round) } }
            (notes.answered, notes.isBad, notes.round) = ([], [], nil)
        }
        return reading
    }

    func sources(of program: Program) -> PruneSources {
        PruneSources(
            people: { await self.ask(.people, program) { ($0.peopleAnswer($1, $2), [:]) } },
            known: { self.look { .known($0.everybody) } },
            history: { await self.ask(.history, program) { $0.historyAnswer($1, $2) } },
            plexHistory: { since in await self.ask(.plex, program) { $0.plexAnswer(since, $1, $2) } },
            streams: { await self.ask(.streams, program) { truth, fault, _ in truth.streamsAnswer(fault) } },
            server: { await self.ask(.server, program) { truth, fault, _ in (truth.serverAnswer(fault), [:]) } },
            share: { person in
                await self.ask(.share, program, person.id) { truth, fault, _ in
                    (truth.shareAnswer(person.id, fault), [:])
                }
            },
            roles: { user in
                await self.ask(.roles, program, Int64(user)) { truth, fault, _ in
                    switch fault {
                    case .error: (.unknown(why: "Discord does not answer"), [:])
                    default: (.known(truth[Int64(user) - 7000].hasRole ? [900, 5] : [5]), [:])
                    }
                }
            },
            discord: { person in
                await self.ask(.discord, program, person.id) { truth, fault, _ in
                    switch fault {
                    case .error: (.unknown(why: "the links cannot be read"), [:])
                    default: (.known(truth[person.id].discord), [:])
                    }
                }
            },
            stopFile: { self.look { $0.stopFile } ? "the file prune.stop is there" : nil })
    }

    // MARK: Acts

    /// `happen` gets the truth when it happens; `judge` before, in any case.
    private func act(
        _ source: Source, _ program: Program, _ subject: Int64, ends: [ActEnd], always: ActEnd? = nil,
        isWelcome: Bool = false,
        _ judge: (inout Truth, TaskNotes, _ isAccepted: Bool, _ happens: Bool) -> Void,
        _ happen: (inout Truth) -> Void
    ) async throws {
        guard var call = await begin(source, program, subject) else { throw Dead() }
        let isOver = look { $0.areFaultsOver }
        var end = ActEnd.done
        if Task.isCancelled {
            end = .cancelled(happened: call.chance.happens(0.5))
        } else if let always {
            end = always
        } else if !isOver, call.fault != nil || call.chance.happens(plan.badActs) {
            end = call.chance.pick(ends)
        }
        let notes = call.task?.notes.withLock { $0 } ?? TaskNotes(name: "", start: look { $0.now })
        let happens: Bool
        switch end {
        case .done: happens = true
        case .refused, .lies: happens = false
        case .unclear(let happened), .cancelled(let happened): happens = happened
        }
        let isAccepted = if case .done = end { true } else { false }
        change { truth in
            truth.note("\(program.number):   \(source) for \(subject): \(end)")
            truth.judgeAct("\(source) for \(subject)", notes, isWelcome: isWelcome)
            judge(&truth, notes, isAccepted && !call.diesAfter, happens)
            if happens { happen(&truth) }
            if !isAccepted { truth.tally.badActs += 1 }
        }
        if let task = call.task { await pass(task, &call.chance) }
        guard await finish(call, program, source) else { throw Dead() }
        switch end {
        case .done, .lies: return
        case .refused: throw Refused(description: "refused: 550 no such luck")
        case .unclear: throw Uncertain("no answer after 30 s")
        case .cancelled: throw CancellationError()
        }
    }

    func acts(of program: Program) -> PruneEffects {
        let unclear: [ActEnd] = [.refused, .refused, .unclear(happened: true), .unclear(happened: false)]
        return PruneEffects(
            mail: { notice, person in
                let post = self.look { $0[person.id].post }
                let always: ActEnd? = post == .refuses || post == .none ? .refused : nil
                let isWelcome = notice.kind == .welcome
                try await self.act(.mail, program, person.id, ends: unclear, always: always, isWelcome: isWelcome) {
                    truth, task, isAccepted, comes in
                    truth.judgeLetter(notice, "mail", isAccepted: isAccepted, hasCome: comes && post != .loses, task)
                } _: { truth in
                    truth.came(notice, post == .loses ? nil : "mail")
                }
            },
            directMessage: { notice, person, user in
                let isWelcome = notice.kind == .welcome
                try await self.act(.message, program, person.id, ends: unclear, isWelcome: isWelcome) {
                    truth, task, isAccepted, comes in
                    if !truth[person.id].discord.contains(user) { truth.violated("a message goes to somebody else") }
                    truth.judgeLetter(notice, "discord", isAccepted: isAccepted, hasCome: comes, task)
                } _: { truth in
                    truth.came(notice, "discord")
                }
            },
            tell: { word in
                let isWelcome = word.about == "arrival"
                try await self.act(.tell, program, word.person ?? 0, ends: unclear, isWelcome: isWelcome) {
                    truth, _, _, _ in
                    truth.note("\(program.number):     \(word.about): \(word.report.title.plainText)")
                } _: { _ in
                }
            },
            removeShare: { snapshot in
                try await self.act(.remove, program, Int64(snapshot.shareID), ends: unclear + [.lies]) {
                    truth, task, _, _ in
                    truth.judgeRemoval(snapshot, task)
                } _: { truth in
                    truth.removed(snapshot)
                }
            },
            endStream: { stream, person in
                try await self.act(.end, program, person.id, ends: unclear) { truth, _, _, _ in
                    if truth[person.id].share != nil {
                        truth.violated("the stream of \(person.id) is ended, who has a share")
                    }
                } _: { truth in
                    truth[person.id].running = nil
                }
            },
            invite: { snapshot, person in
                try await self.act(.invite, program, person.id, ends: unclear) { truth, _, _, _ in
                    truth.judgeInvitation(snapshot, person.id)
                } _: { truth in
                    truth.invited(person.id)
                }
            })
    }
}

extension Truth {
    /// A letter is read; nil: it never came.
    mutating func came(_ notice: PruneNotice, _ way: String?) {
        switch notice.kind {
        case .welcome: tally.welcomes += 1
        case .reminder: tally.reminders += 1
        case .warning:
            tally.warnings += 1
            if way != nil { reactsToWarning(notice.person) }
        case .removal, .invitation: break
        }
    }

    mutating func removed(_ snapshot: ShareSnapshot) {
        guard let person = residents.first(where: { $0.share == snapshot.shareID }) else { return }
        tally.removals += 1
        removals.append(Removal(person: person.id, share: snapshot.shareID, at: now, wall: wall))
        self[person.id].share = nil
        self[person.id].isFormer = true
        forgetLapse(person.id)
        note("\(person.id) has lost their share")
    }

    mutating func judgeInvitation(_ snapshot: ShareSnapshot, _ id: Int64) {
        let person = self[id]
        if person.share != nil { violated("\(id) is invited and has a share") }
        if snapshot.account != person.plexID { violated("somebody else than \(id) is invited") }
        if snapshot.libraries != person.libraries || snapshot.settings != person.settings {
            violated("\(id) is invited to something else than they had")
        }
    }

    mutating func invited(_ id: Int64) {
        guard self[id].share == nil else { return }
        tally.invitations += 1
        self[id].share = newShare()
        self[id].isInvited = true
        happenings.add(now + .hours(7), .accepts(id))
    }
}
