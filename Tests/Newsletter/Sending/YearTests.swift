// A year of newsletters in a few seconds: 52 issues, some thirty people, bad days of the mail server, restarts and kills.
// In the end everybody has one copy of each issue or none, and where none, a reason.

import Domain
import FoundationEssentials
import Mail
import Runtime
import Storage
import Synchronization
import Testing

@testable import Newsletter

@Suite(.timeLimit(.minutes(2))) struct `A year of newsletters` {
    @Test(arguments: [(ConsentMode.optOut, UInt64(11)), (.optIn, 23)])
    func `brings everybody one copy of each issue, or none for a reason`(
        _ mode: ConsentMode, _ seed: UInt64
    ) async throws {
        let world = YearlyWorld(seed: seed)
        let people = (1...24).map { Year.newcomer(Int64($0)) }
        let room = Mutex<MailRoom?>(nil)
        try await PostOffice.open(
            people, mode: mode, wishes: SendingWishes(mostPerDay: 20), isTested: false,
            moment: { try world.moment() },
            script: { letter in
                try world.answer(letter) { taken in room.withLock { $0 }?.take(taken) }
            }
        ) { office in
            room.withLock { $0 = office.mail }
            world.household.withLock { $0 = office.household }
            var year = Year(office, world, mode)
            try await year.firstDay()
            for week in 1...52 { try await year.live(week) }
            try await year.close()
        }
    }
}

private struct Year {
    private var office: PostOffice
    private let world: YearlyWorld
    private let mode: ConsentMode
    private let first: Instant
    private var nextID: Int64 = 100
    private var restarts = 0

    init(_ office: PostOffice, _ world: YearlyWorld, _ mode: ConsentMode) {
        self.office = office
        self.world = world
        self.mode = mode
        first = office.clock.now
        world.file.withLock { $0 = office.database.path }
    }

    static func newcomer(_ id: Int64) -> Person {
        let host = id % 7 == 0 ? "grey.example" : id % 13 == 0 ? "stern.example" : "home.example"
        return Readership.reader(id, email: "reader\(id)@\(host)")
    }

    // MARK: The weeks

    mutating func firstDay() async throws {
        // Nothing before an admin has seen a letter.
        let report = try await office.post.scheduledRun { [office] in try await office.make() }
        #expect(report?.plainText.contains("one goes to you") == true)
        let outcome = try await office.post.test(1, to: office.household.people[0], by: "discord:1")
        #expect(outcome == .sent)
        if mode == .optIn {
            for person in office.household.people where person.id % 5 != 0 { try await subscribe(person) }
        }
        world.isQuietLife.withLock { $0 = false }
    }

    mutating func live(_ week: Int) async throws {
        let monday = first + .days(7 * Int64(week))
        office.clock.stride(to: monday)
        try await restartIfKilled()
        for _ in 0..<3 { try await somethingHappens() }
        world.now { $0.hasWrongPassword = week == 20 }
        do {
            _ = try await office.post.scheduledRun { [office] in try await office.make(isQuiet: week == 30) }
        } catch is YearlyWorld.Dead {
        }
        let sunday = monday + .days(6)
        var looks = 0
        while looks < 400 {
            looks += 1
            try await restartIfKilled()
            world.now { $0.isDown = week == 40 && office.clock.now < monday + .days(5) }
            guard let drive = try await drive() else { continue }
            switch drive.end {
            case .waits(let until, _) where until < sunday:
                office.clock.stride(to: until)
                if world.now({ $0.dice.happens(12) }) { try await somethingHappens() }
                if world.now({ $0.dice.happens(12) }) { try await restart() }
            case .held where week != 40:
                // The admin looks at it the next day.
                office.clock.stride(to: office.clock.now + .days(1))
                world.now { $0.hasWrongPassword = false }
                _ = try await office.post.resume(by: "discord:1")
            default: looks = 400
            }
        }
        try await check(week)
    }

    private func drive() async throws -> NewsletterPost.Drive? {
        do { return try await office.post.drive() } catch is YearlyWorld.Dead { return nil }
    }

    // MARK: Processes

    private mutating func restart() async throws {
        restarts += 1
        let name = String(office.database.path.split(separator: "/").last ?? "")
        await office.database.close()
        office = try await office.restart(as: name)
    }

    private mutating func restartIfKilled() async throws {
        guard let name = world.rise() else { return }
        let old = office
        office = try await old.restart(as: name)
        world.file.withLock { $0 = office.database.path }
        // What the old one still did, it did to its own file. Closed only so that its threads end.
        await old.database.close()
    }

    // MARK: People

    private mutating func somethingHappens() async throws {
        let people = office.household.people
        let somebody = people[world.now { $0.dice.roll(people.count) }]
        let id = somebody.id
        switch world.now({ $0.dice.roll(24) }) {
        case 0...4:
            nextID += 1
            office.household.people.append(Self.newcomer(nextID))
            if mode == .optIn, nextID % 4 != 0 { try await subscribe(Self.newcomer(nextID)) }
        case 5: office.household.change(id) { $0.access = .former }
        case 6: office.household.change(id) { $0.access = .invited }
        case 7...9: office.household.change(id) { $0.access = .member }
        case 10, 11:
            try await office.consent.unsubscribe(id, known: somebody, way: .link, by: "person:\(id)")
            // A link clicked twice, the second time when nobody knows the row.
            if id % 2 == 0 { try await office.consent.unsubscribe(id, known: nil, way: .link, by: "person:\(id)") }
            world.saysNo(somebody)
        case 12...14: if somebody.access == .member { try await subscribe(somebody) }
        case 15, 16:
            // Imported anew: another row, the same account and address.
            nextID += 1
            let again = Person(
                id: nextID, plexID: somebody.plexID, name: somebody.name, email: somebody.email,
                access: somebody.access, firstSeen: office.clock.now)
            office.household.people.removeAll { $0.id == id }
            office.household.people.append(again)
        case 17: office.household.change(id) { $0.email = "moved\(id)-\($0.email)" }
        case 18: world.now { if $0.gone.count < 8 { $0.gone.insert(somebody.email) } }
        case 19 where id % 3 == 0:
            office.household.change(id) { person in
                (person.email, person.isManaged) = ("", true)
            }
        default: try await office.consent.prefer(without: [.charts], isNamed: false, of: id)
        }
    }

    private func subscribe(_ person: Person) async throws {
        _ = try await office.consent.subscribe(person, way: .discord, by: "discord:\(person.id)")
        world.saysYes(person)
    }

    // MARK: What must hold

    private func id(_ issue: Int, _ person: Int64) -> String {
        "newsletter.\(issue).2026-01-05.person-\(person)@home.example"
    }

    private func check(_ week: Int) async throws {
        guard let sending = try await office.post.book.sendings(most: 1).first else { return }
        if week == 30 { #expect(sending.state == .skipped) }
        if week == 40 { #expect(sending.state == .held && sending.why.contains("three days")) }
        if week != 30 && week != 40 { #expect(sending.state == .sent, "week \(week): \(sending)") }
        for letter in try await office.post.book.letters(of: sending.issue) where letter.state == .none {
            let person = office.household.people.first { $0.id == letter.person }
            switch letter.reason {
            case .gone: #expect(person == nil)
            case .unsubscribed, .notSubscribed:
                let isBelieved = person.map { world.hasSaidNo($0) } ?? true
                #expect(
                    isBelieved || letter.reason == .notSubscribed && mode == .optIn || letter.at < sending.changedAt)
            case nil: Issue.record("no reason: \(letter)")
            default: break
            }
        }
    }

    mutating func close() async throws {
        try await restart()
        let taken = Dictionary(grouping: office.mail.taken.map(\.letter.messageID)) { $0 }.mapValues(\.count)
        var known: Set<String> = ["newsletter.1.2026-01-05.person-1.test-1@home.example"]
        var sent = 0
        var unclear = 0
        var reasons: [String: Int] = [:]
        for issue in 1...53 {
            for letter in try await office.post.book.letters(of: issue) {
                let id = id(issue, letter.person)
                known.insert(id)
                let copies = taken[id, default: 0]
                switch letter.state {
                case .sent:
                    sent += 1
                    #expect(copies == 1, "\(id)")
                case .none:
                    reasons[letter.reason?.code ?? "?", default: 0] += 1
                    #expect(copies == 0 && letter.reason != nil, "\(id)")
                case .unclear:
                    unclear += 1
                    #expect(copies <= 1 && !letter.words.isEmpty, "\(id)")
                case .waiting: #expect(issue == 53 && copies == 0, "\(id) still waits")
                }
                #expect(!letter.isUnderWay, "\(id)")
            }
        }
        #expect(Set(taken.keys).subtracting(known) == [])
        let (offences, count) = world.now { ($0.offences, $0.count) }
        #expect(offences == [])
        #expect(unclear > 0 && unclear <= count.uncertain + count.kills)
        #expect(sent > 900, "\(sent) sent, \(unclear) unclear, \(reasons), \(count), \(restarts) restarts")
        #expect(count.kills > 5 && count.uncertain > 5 && count.greylisted > 10 && count.refused > 2 && restarts > 5)
        #expect(
            Set(["left", "unsubscribed", "mailbox-refused", "bounced", "quiet", "abandoned"]).isSubset(of: reasons.keys)
        )
        keepsToTheDay()
        await office.database.close()
    }

    private func keepsToTheDay() {
        let times = office.mail.taken.map(\.at)
        for (index, time) in times.enumerated() {
            let inTheDay = times[...index].reversed().prefix { $0 > time - .days(1) }.count
            #expect(inTheDay <= 20)
            if inTheDay > 20 { return }
        }
    }
}
