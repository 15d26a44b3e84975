// Two numbers of one person: nothing of either is lost, nothing counts twice, and parting gives back what was whose.

import Runtime
import Storage
import Testing

@testable import Tracker

@Suite struct `Marks of two numbers that become one person` {
    private static let (ann, jellyfin): (Int64, Int64) = (1, 9)

    private struct Lists {
        let marks: MarkBook
        let viewers: ViewerBook

        func tell(_ person: Int64, _ episode: Int64, _ minutes: Int64, source: String = "plex") async throws {
            _ = try await marks.tell(
                person: person, show: 2, episode: episode, at: UnitingAt.minute(minutes), source: source)
        }

        /// Episode and plays.
        func seen(_ person: Int64) async throws -> [Int64: Int] {
            let all = try await marks.marks(of: person, show: 2)
            return Dictionary(all.map { ($0.episode, $0.plays) }) { a, _ in a }
        }
    }

    private enum UnitingAt {
        static func minute(_ minutes: Int64) -> Instant { Instant(seconds: 1_700_000_000 + minutes * 60) }
    }

    private static func open(_ body: (Lists) async throws -> Void) async throws {
        try await TrackerDatabase.open(.tracker, .trackerMarks) { database in
            try await body(Lists(marks: MarkBook(database), viewers: ViewerBook(database)))
        }
    }

    @Test func `are all theirs, each play once, and are told apart again`() async throws {
        try await Self.open { lists in
            try await lists.tell(Self.ann, 3, 0)
            try await lists.tell(Self.ann, 4, 10)
            // The same evening told of both, another evening, and what only Jellyfin knows.
            try await lists.tell(Self.jellyfin, 3, 2)
            try await lists.tell(Self.jellyfin, 3, 60 * 24 * 30)
            try await lists.tell(Self.jellyfin, 5, 20)
            _ = try await lists.marks.set(person: Self.jellyfin, show: 2, episode: 6, seenAt: UnitingAt.minute(5))
            let (before, others) = (try await lists.seen(Self.ann), try await lists.seen(Self.jellyfin))
            #expect(before == [3: 1, 4: 1] && others == [3: 2, 5: 1, 6: 1])

            for _ in 1...2 {
                try await lists.marks.unite([Self.jellyfin: Self.ann])
                let both = try await lists.seen(Self.ann)
                #expect(both == [3: 2, 4: 1, 5: 1, 6: 1])
            }
            let again = try await lists.marks.unite([Self.jellyfin: Self.ann])
            #expect(again == 0, "it is done once")
            try await lists.tell(Self.ann, 7, 30)

            try await lists.marks.unite([:])
            let (after, back) = (try await lists.seen(Self.ann), try await lists.seen(Self.jellyfin))
            #expect(after == [3: 1, 4: 1, 7: 1] && back == others)
        }
    }

    @Test func `do not bring back what they said they have not seen`() async throws {
        try await Self.open { lists in
            try await lists.marks.unwatch(person: Self.ann, show: 2, episode: 3, until: UnitingAt.minute(100))
            try await lists.tell(Self.jellyfin, 3, 50)
            try await lists.marks.unite([Self.jellyfin: Self.ann])
            let seen = try await lists.seen(Self.ann)
            #expect(seen.isEmpty)
        }
    }

    @Test func `are looked after together, and only who was before is so alone`() async throws {
        try await Self.open { lists in
            _ = try await lists.viewers.join(Self.jellyfin)
            try await lists.marks.unite([Self.jellyfin: Self.ann])
            let both = try await lists.viewers.all().map(\.person)
            #expect(both == [Self.ann, Self.jellyfin])
            try await lists.marks.unite([:])
            let parted = try await lists.viewers.all().map(\.person)
            #expect(parted == [Self.jellyfin])
        }
    }

    @Test func `bring their shows along, and leave those that were watched meanwhile`() async throws {
        try await Self.open { lists in
            for show in [2, 8] as [Int64] { try await lists.viewers.follow(Self.jellyfin, show: show, isOn: true) }
            try await lists.marks.unite([Self.jellyfin: Self.ann])
            let two = try await lists.viewers.isOn(Self.ann, show: 2)
            let eight = try await lists.viewers.isOn(Self.ann, show: 8)
            #expect(two == true && eight == true)
            try await lists.tell(Self.ann, 3, 0)
            try await lists.marks.unite([:])
            let watched = try await lists.viewers.isOn(Self.ann, show: 2)
            let never = try await lists.viewers.isOn(Self.ann, show: 8)
            #expect(watched == true && never == nil)
        }
    }
}
