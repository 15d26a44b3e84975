// Whether a look is believed. One doubt and nothing happens to anybody: a list with 200 and nobody in it, a history that
// ends last week or a server with another name say nothing about the people.

package import Domain
package import Runtime

package enum PruneDoubt: Hashable, Sendable {
    case people(String)
    case noPeople
    case fewerPeople(Int, lastGood: Int)
    /// Two with one number: whom it would happen to is not certain.
    case twins(String)
    /// A number is for life: one of another kind was read.
    case otherNumbers(Int)
    case history(String)
    case noHistory
    case fewerRows(Int, lastGood: Int)
    case stale(newest: Instant)
    case future(newest: Instant)
    /// Nobody the history knows is on the list: numbers of another kind.
    case strangers
    case plexHistory(String)
    case streams(String)
    case server(String)
    case otherServer(String, lastGood: String)

    /// Whether an admin can say that it is right so.
    package var canBeAccepted: Bool {
        switch self {
        case .fewerPeople, .fewerRows, .otherNumbers, .otherServer: true
        default: false
        }
    }

    package var sentence: Prose {
        switch self {
        case .people(let why): "plex.tv's list of people could not be read: \(why)"
        case .noPeople: "plex.tv's list of people is empty"
        case .fewerPeople(let count, let good):
            "plex.tv lists \(count) members; there were \(good): accept the new number if that is right"
        case .twins(let what): "plex.tv lists \(what) twice"
        case .otherNumbers(let count): "\(count) people have other plex.tv numbers than before"
        case .history(let why): "Tautulli's history could not be read: \(why)"
        case .noHistory: "Tautulli's history is empty"
        case .fewerRows(let count, let good):
            "Tautulli's history has \(count) rows; there were \(good): accept the new number if that is right"
        case .stale(let newest): "nobody has played anything since \(time: newest), as far as Tautulli knows"
        case .future(let newest): "Tautulli's newest play lies in the future (\(time: newest)): a clock is wrong"
        case .strangers: "nobody in Tautulli's history is on plex.tv's list of people"
        case .plexHistory(let why): "Plex's own history could not be read: \(why)"
        case .streams(let why): "the running streams could not be read: \(why)"
        case .server(let why): "the Plex server could not be asked who it is: \(why)"
        case .otherServer(let id, let good): "the Plex server is another one (\(id)) than before (\(good))"
        }
    }

    /// The same while nothing about it changes that somebody would have to know: what is told once.
    package var mark: String {
        switch self {
        case .people: "people"
        case .noPeople: "no-people"
        case .fewerPeople(let count, _): "fewer-people \(count)"
        case .twins: "twins"
        case .otherNumbers: "other-numbers"
        case .history: "history"
        case .noHistory: "no-history"
        case .fewerRows: "fewer-rows"
        case .stale: "stale"
        case .future: "future"
        case .strangers: "strangers"
        case .plexHistory: "plex-history"
        case .streams: "streams"
        case .server: "server"
        case .otherServer(let id, _): "other-server \(id)"
        }
    }
}

extension PruneDoubt {
    /// What a mark was about, for who asks later.
    static func words(ofMarks marks: String) -> String {
        let words = [
            "people": "plex.tv's list of people cannot be read", "no-people": "plex.tv's list of people is empty",
            "fewer-people": "plex.tv lists far fewer people than before", "twins": "plex.tv lists somebody twice",
            "history": "Tautulli's history cannot be read", "no-history": "Tautulli's history is empty",
            "fewer-rows": "Tautulli's history has become much shorter",
            "stale": "nobody has played anything for too long, as far as Tautulli knows",
            "future": "Tautulli's newest play lies in the future",
            "strangers": "nobody in Tautulli's history is on plex.tv's list of people",
            "plex-history": "Plex's own history cannot be read", "streams": "the running streams cannot be read",
            "server": "the Plex server does not say who it is", "other-server": "the Plex server is another one",
        ]
        return marks.split(separator: ",").map { mark in
            let name = mark.split(separator: " ").first.map(String.init) ?? ""
            return words[name] ?? name
        }.joined(separator: "; ")
    }
}

/// The greatest numbers that were believed, and the server they belong to.
package struct LastGood: Hashable, Sendable {
    package var people: Int?
    package var rows: Int?
    package var machine: String?

    package init(people: Int? = nil, rows: Int? = nil, machine: String? = nil) {
        self.people = people
        self.rows = rows
        self.machine = machine
    }
}

package enum DoubtRules {
    package static func doubts(
        about evidence: PruneEvidence, lastGood: LastGood, stale: Duration
    ) -> [PruneDoubt] {
        doubts(aboutPeople: evidence.people, lastGood: lastGood) + doubts(aboutServer: evidence.server, lastGood)
            + doubts(aboutHistory: evidence, lastGood, stale) + doubts(aboutPlex: evidence)
    }

    package static func doubts(aboutPeople people: Reading<[Person]>, lastGood: LastGood) -> [PruneDoubt] {
        switch people {
        case .unknown(let why): return [.people(why)]
        case .absent: return [.noPeople]
        case .known(let people):
            let count = members(of: people)
            // A household without guests is one, until somebody was seen.
            if count == 0, lastGood.people ?? 1 > 0 { return [.noPeople] }
            var doubts: [PruneDoubt] = []
            if let good = lastGood.people, isMuchLess(count, than: good) {
                doubts.append(.fewerPeople(count, lastGood: good))
            }
            if let twin = twin(in: people) { doubts.append(.twins(twin)) }
            return doubts
        }
    }

    package static func doubts(
        aboutNumbersOf people: Reading<[Person]>, known records: [Int64: PruneRecord]
    ) -> [PruneDoubt] {
        let count = (people.known ?? []).count { person in
            guard let before = records[person.id]?.plexID, let now = person.plexID else { return false }
            return before != now
        }
        return count == 0 ? [] : [.otherNumbers(count)]
    }

    /// As the numbers compared count them.
    package static func members(of people: [Person]) -> Int {
        people.count { $0.access == .member && !$0.isOwner }
    }

    /// Under four fifths.
    package static func isMuchLess(_ count: Int, than good: Int) -> Bool { count * 5 < good * 4 }

    private static func twin(in people: [Person]) -> String? {
        var (ids, accounts, shares): (Set<Int64>, Set<Int>, Set<Int>) = ([], [], [])
        for person in people {
            if !ids.insert(person.id).inserted { return "person \(person.id)" }
            if let account = person.plexID, !accounts.insert(account).inserted { return "account \(account)" }
            if let share = person.shareID, !shares.insert(share).inserted { return "share \(share)" }
        }
        return nil
    }

    private static func doubts(aboutServer server: Reading<String>, _ lastGood: LastGood) -> [PruneDoubt] {
        switch server {
        case .unknown(let why): [.server(why)]
        case .absent, .known(""): [.server("it does not say which one it is")]
        case .known(let machine):
            if let good = lastGood.machine, good != machine { [.otherServer(machine, lastGood: good)] } else { [] }
        }
    }

    private static func doubts(
        aboutHistory evidence: PruneEvidence, _ lastGood: LastGood, _ stale: Duration
    ) -> [PruneDoubt] {
        switch evidence.history {
        case .unknown(let why): return [.history(why)]
        case .absent: return [.noHistory]
        case .known(let pulse):
            guard pulse.rows > 0, let newest = pulse.newest, !pulse.accounts.isEmpty else { return [.noHistory] }
            var doubts: [PruneDoubt] = []
            if let good = lastGood.rows, isMuchLess(pulse.rows, than: good) {
                doubts.append(.fewerRows(pulse.rows, lastGood: good))
            }
            if evidence.at - newest > stale { doubts.append(.stale(newest: newest)) }
            if newest - evidence.at > .days(1) { doubts.append(.future(newest: newest)) }
            if let people = evidence.people.known, !people.isEmpty,
                !people.contains(where: { $0.plexID.map { pulse.accounts[$0] != nil } ?? false })
            {
                doubts.append(.strangers)
            }
            return doubts
        }
    }

    private static func doubts(aboutPlex evidence: PruneEvidence) -> [PruneDoubt] {
        var doubts: [PruneDoubt] = []
        switch evidence.plexHistory {
        case .known: break
        case .absent: doubts.append(.plexHistory("there is none"))
        case .unknown(let why): doubts.append(.plexHistory(why))
        }
        switch evidence.streams {
        case .known: break
        case .absent: doubts.append(.streams("there is no answer"))
        case .unknown(let why): doubts.append(.streams(why))
        }
        return doubts
    }
}
