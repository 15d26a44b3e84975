// What the services say: the truth, unless something is wrong with them.

import Domain
import Prune
import Runtime

extension Truth {
    /// The spell a source is under, if any.
    func spell(_ source: Source) -> (number: Int, fault: Fault)? {
        if areFaultsOver { return nil }
        for (number, spell) in spells.enumerated()
        where spell.source == source && spell.from <= now && now < spell.to {
            return (number, spell.fault)
        }
        return nil
    }

    var people: [Person] {
        residents.filter { $0.kind == .owner || $0.kind == .managed || $0.share != nil }.map { $0.person(now) }
    }

    /// Whoever was ever there, as an own table has them.
    var everybody: [Person] {
        residents.map { resident in
            var person = resident.person(now)
            if resident.kind == .guest, resident.share == nil { person.access = .former }
            return person
        }
    }

    mutating func peopleAnswer(_ fault: Fault?, _ spell: Int?) -> Reading<[Person]> {
        var people = people
        switch fault {
        case .error: return .unknown(why: "429 Too Many Requests")
        case .absent: return .absent
        case .empty: return .known([])
        case .half(let percent):
            people = people.enumerated().filter { ($0.offset * 37 + 11) % 100 < percent }.map(\.element)
        case .stale:
            if let spell {
                if frozenPeople[spell] == nil { frozenPeople[spell] = people }
                people = frozenPeople[spell] ?? people
            }
        case .otherIDs:
            // The server's own numbers instead of plex.tv's.
            people = people.map { person in
                var person = person
                person.plexID = Int(person.id)
                return person
            }
        case .twins: if let last = people.last { people.append(last) }
        case .future:
            people = people.map { person in
                var person = person
                if person.joinedAt != nil { person.joinedAt = Instant(seconds: 2_147_483_647) }
                return person
            }
        default: break
        }
        for person in people where self[person.id].listedAt == nil { self[person.id].listedAt = now }
        return .known(people)
    }

    /// With the people whose true newest play is in it.
    mutating func historyAnswer(_ fault: Fault?, _ spell: Int?) -> (Reading<HistoryPulse>, shown: [Int64: Instant]) {
        var pulse = HistoryPulse(newest: newestRow, rows: rows, accounts: [:])
        var shown: [Int64: Instant] = [:]
        for resident in residents {
            guard let at = resident.logged else { continue }
            pulse.accounts[resident.plexID] = LastPlay(at: at, title: "Film")
            shown[resident.id] = at
        }
        switch fault {
        case .error: return (.unknown(why: "timed out after 30 s"), [:])
        case .absent: return (.absent, [:])
        case .empty: return (.known(HistoryPulse(newest: nil, rows: 0, accounts: [:])), [:])
        case .half(let percent):
            for resident in residents where (Int(resident.id) * 37) % 100 >= percent {
                pulse.accounts[resident.plexID] = nil
                shown[resident.id] = nil
            }
            pulse.rows = pulse.rows * percent / 100
        case .stale:
            guard let spell else { break }
            if frozenHistory[spell] == nil { frozenHistory[spell] = pulse }
            let frozen = frozenHistory[spell] ?? pulse
            shown = [:]
            for resident in residents {
                if let play = frozen.accounts[resident.plexID] { shown[resident.id] = play.at }
            }
            pulse = frozen
        case .otherIDs:
            pulse.accounts = Dictionary(
                uniqueKeysWithValues: pulse.accounts.map { (($0.key - 100_000) / 17, $0.value) })
            shown = [:]
        case .future:
            let far = Instant(seconds: 2_147_483_647)
            pulse.newest = far
            if let some = pulse.accounts.keys.min() { pulse.accounts[some]?.at = far }
        case .wiped:
            guard let spell else { break }
            // Restarted with an empty database, which fills again.
            if lostRows[spell] == nil {
                lostRows[spell] = rows
                rows = 0
                newestRow = nil
                for number in residents.indices { residents[number].logged = nil }
                note("Tautulli loses its history")
            }
            return historyAnswer(nil, nil)
        default: break
        }
        return (.known(pulse), shown)
    }

    mutating func plexAnswer(
        _ since: Instant, _ fault: Fault?, _ spell: Int?
    ) -> (Reading<[Int: LastPlay]>, shown: [Int64: Instant]) {
        var plays: [Int: LastPlay] = [:]
        var shown: [Int64: Instant] = [:]
        for resident in residents {
            guard let at = resident.ownLogged, at >= since else { continue }
            let account = resident.kind == .owner ? 1 : resident.plexID
            plays[account] = LastPlay(at: at, title: "Short")
            shown[resident.id] = at
        }
        switch fault {
        case .error: return (.unknown(why: "401 Unauthorized"), [:])
        case .absent: return (.absent, [:])
        case .empty: return (.known([:]), [:])
        case .stale:
            guard let spell else { break }
            if frozenPlex[spell] == nil { frozenPlex[spell] = plays }
            return (.known(frozenPlex[spell] ?? plays), [:])
        case .future:
            for account in plays.keys.sorted().prefix(1) { plays[account]?.at = Instant(seconds: 4_000_000_000) }
        default: break
        }
        return (.known(plays), shown)
    }

    func streamsAnswer(_ fault: Fault?) -> (Reading<[PruneStream]>, shown: [Int64: Instant]) {
        switch fault {
        case .error: return (.unknown(why: "connection refused"), [:])
        case .absent: return (.absent, [:])
        case .empty: return (.known([]), [:])
        default: break
        }
        let watching = residents.filter { $0.running != nil }
        let streams = watching.map { resident in
            PruneStream(
                account: resident.kind == .owner ? 1 : resident.plexID, session: "s\(resident.id)", title: "Film")
        }
        return (.known(streams), Dictionary(uniqueKeysWithValues: watching.map { ($0.id, now) }))
    }

    func serverAnswer(_ fault: Fault?) -> Reading<String> {
        switch fault {
        case .error: .unknown(why: "503 Service Unavailable")
        case .absent: .absent
        case .otherServer: .known("000000000000000000000000000000000badbad0")
        default: .known(Self.machine)
        }
    }

    func shareAnswer(_ person: Int64, _ fault: Fault?) -> Reading<ShareSnapshot> {
        switch fault {
        case .error: return .unknown(why: "500 Internal Server Error")
        case .absent: return .absent
        case .othersShare:
            let other = residents.first { $0.id != person && $0.isMember && $0.kind != .owner }
            return other.map { .known(snapshot($0)) } ?? .absent
        default:
            let resident = self[person]
            return resident.isMember ? .known(snapshot(resident)) : .absent
        }
    }

    func snapshot(_ resident: Resident) -> ShareSnapshot {
        ShareSnapshot(
            machine: Self.machine, shareID: resident.share ?? 0, account: resident.plexID, username: resident.username,
            email: resident.email, hasAllLibraries: false, libraries: resident.libraries, settings: resident.settings)
    }
}
