// What is marked says what was told: in any order, once, and without what came by a wrong mapping.

import Runtime
import Storage
import Testing
import Tracker

@Suite struct `Marks` {
    private func open(_ body: (MarkBook) async throws -> Void) async throws {
        try await TrackerDatabase.open(.trackerMarks) { try await body(MarkBook($0)) }
    }

    private func at(_ minutes: Int64) -> Instant { Instant(seconds: 1_700_000_000 + minutes * 60) }

    private func tell(_ book: MarkBook, _ minutes: Int64, source: String = "plex", mapping: Int64? = nil) async throws
        -> MarkBook.Change
    {
        try await book.tell(
            person: 1, show: 2, episode: 3, at: at(minutes), runtime: .minutes(40), source: source, mapping: mapping)
    }

    @Test func `are made once, however often a play is told, and count what is watched again`() async throws {
        try await open { book in
            let first = try await tell(book, 0)
            let echo = try await tell(book, 2)
            let other = try await tell(book, 3, source: "history")
            let again = try await tell(book, 60 * 24 * 30)
            #expect([first, echo, other, again] == [.first, .nothing, .nothing, .again])
            let mark = try #require(try await book.marks(of: 1, show: 2).first)
            #expect(mark.firstAt == at(0) && mark.lastAt == at(60 * 24 * 30) && mark.plays == 2)
        }
    }

    @Test func `are the same when what was told comes in another order`() async throws {
        let told: [Int64] = [0, 3, 25, 26, 90, 91, 60 * 24]
        var all: [[EpisodeMark]] = []
        let orders: [[Int64]] = [told, told.reversed(), [26, 60 * 24, 0, 91, 3, 90, 25, 3]]
        for order in orders {
            try await open { book in
                for minutes in order { _ = try await tell(book, minutes) }
                all.append(try await book.marks(of: 1, show: 2))
            }
        }
        #expect(all[0] == all[1] && all[1] == all[2] && all[0].first?.plays == 4)
    }

    @Test func `keep a date that was set by hand`() async throws {
        try await open { book in
            _ = try await tell(book, 100)
            let set = try await book.set(person: 1, show: 2, episode: 3, seenAt: at(7))
            #expect(set?.firstAt == at(7) && set?.isByHand == true)
            _ = try await tell(book, 1)
            let kept = try await book.marks(of: 1, show: 2).first
            #expect(kept?.firstAt == at(7))
            let back = try await book.set(person: 1, show: 2, episode: 3, seenAt: nil)
            #expect(back?.firstAt == at(1) && back?.isByHand == false)
        }
    }

    @Test func `by hand alone are there, and gone when taken back`() async throws {
        try await open { book in
            _ = try await book.set(person: 1, show: 2, episode: 3, seenAt: at(7))
            let gone = try await book.set(person: 1, show: 2, episode: 3, seenAt: nil)
            let left = try await book.marks(of: 1, show: 2)
            #expect(gone == nil && left.isEmpty)
        }
    }

    @Test func `of a wrong mapping go with it, and only they`() async throws {
        try await open { book in
            _ = try await tell(book, 0, mapping: 8)
            _ = try await tell(book, 60 * 24, mapping: 9)
            _ = try await book.tell(
                person: 5, show: 2, episode: 3, at: at(1), source: "plex", mapping: 8)
            let hit = try await book.withdraw(mapping: 8)
            let mine = try await book.marks(of: 1, show: 2)
            let theirs = try await book.marks(of: 5, show: 2)
            #expect(hit == 2 && mine.map(\.firstAt) == [at(60 * 24)] && theirs.isEmpty)
        }
    }

    @Test func `that are taken away do not come back with what was told before`() async throws {
        try await open { book in
            _ = try await tell(book, 0)
            try await book.unwatch(person: 1, show: 2, episode: 3)
            let left = try await book.marks(of: 1, show: 2)
            #expect(left.isEmpty)
            let anew = try await tell(book, 500)
            #expect(anew == .first)
        }
    }
}
