// What a playlist should hold and the least that must be done for it: pure rules.

import Testing

@testable import Music

private func song(_ key: Int, _ rating: Double = 8, rated: Int64? = nil) -> PlaylistSong {
    PlaylistSong("\(key)", name: "Song \(key)", rating: rating, ratedAt: rated)
}

private func places(_ keys: [Int]) -> [PlaylistPlace] {
    keys.enumerated().map { PlaylistPlace(10_000_000 + $0.offset, "\($0.element)") }
}

/// Does what the change says, as Plex would; what was added gets new places.
private func carriedOut(_ change: PlaylistChange, on places: [PlaylistPlace]) -> [String] {
    let gone = Set(change.removals.map(\.id))
    var keys = places.filter { !gone.contains($0.id) }.map(\.key) + change.adds.map(\.key)
    for move in change.moves {
        keys.remove(at: keys.firstIndex(of: move.key)!)
        let target = move.after.map { keys.firstIndex(of: $0)! + 1 } ?? 0
        keys.insert(move.key, at: target)
    }
    return keys
}

private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 31)
    }
}

@Suite struct `What a playlist should hold` {
    @Test func `is what has the stars, once, best first, and the last rated first among equals`() {
        let songs = [
            song(1, 8, rated: 100), song(2, 7.9), song(3, 10, rated: 50), song(4, 8, rated: 200),
            song(1, 8, rated: 100),
            PlaylistSong("5"), song(6, 8), song(7, 10, rated: 60),
        ]
        #expect(PlaylistRules.wanted(songs, by: .standard).map(\.key) == ["7", "3", "4", "1", "6"])
        let newest = PlaylistWish("x", least: 8, order: .newest)
        #expect(PlaylistRules.wanted(songs, by: newest).map(\.key) == ["4", "1", "7", "3", "6"])
        let few = PlaylistWish("x", least: 8, limit: 2)
        #expect(PlaylistRules.wanted(songs, by: few).map(\.key) == ["7", "3"])
        let four = PlaylistWish("x", least: 8, most: 8)
        #expect(PlaylistRules.wanted(songs, by: four).map(\.key) == ["4", "1", "6"])
    }

    @Test func `is in one order, however Plex lists it`() {
        let songs = (1...200).map { song($0, Double(8 + $0 % 2), rated: Int64($0 % 3)) }
        var dice = Dice(state: 3)
        let expected = PlaylistRules.wanted(songs, by: .standard)
        for _ in 0..<5 { #expect(PlaylistRules.wanted(songs.shuffled(using: &dice), by: .standard) == expected) }
    }
}

@Suite struct `The smallest change` {
    @Test func `is none where all is well`() {
        let wanted = (1...50).map { song($0) }
        #expect(PlaylistRules.change(from: places(Array(1...50)), to: wanted, keepsOrder: false).isEmpty)
        #expect(PlaylistRules.change(from: places((1...50).reversed()), to: wanted, keepsOrder: true).isEmpty)
    }

    @Test func `takes second places out and leaves the first`() {
        let change = PlaylistRules.change(from: places([1, 2, 1, 2, 1]), to: [song(1), song(2)], keepsOrder: false)
        #expect(change.removals.map(\.id) == [10_000_002, 10_000_003, 10_000_004])
        #expect(change.doubles == 3)
        #expect(change.adds.isEmpty && change.moves.isEmpty)
    }

    @Test func `moves one track, not everything behind it`() {
        let change = PlaylistRules.change(
            from: places([2, 3, 4, 5, 1]), to: (1...5).map { song($0) }, keepsOrder: false)
        #expect(change.moves.count == 1)
        #expect(change.moves[0].key == "1" && change.moves[0].after == nil)
        #expect(change.removals.isEmpty && change.adds.isEmpty)
    }

    @Test func `keeps the order where that is wished`() {
        let change = PlaylistRules.change(
            from: places([3, 9, 1]), to: [song(1), song(2), song(3)], keepsOrder: true)
        #expect(change.moves.isEmpty)
        #expect(carriedOut(change, on: places([3, 9, 1])) == ["3", "1", "2"])
    }

    @Test func `leads where it should, with the fewest moves, whatever the start`() {
        var dice = Dice(state: 11)
        for _ in 0..<300 {
            let wanted = (0..<Int.random(in: 0...12, using: &dice)).map { song($0) }
            let before = places(
                (0..<Int.random(in: 0...14, using: &dice)).map { _ in Int.random(in: 0..<16, using: &dice) })
            let change = PlaylistRules.change(from: before, to: wanted, keepsOrder: false)
            #expect(carriedOut(change, on: before) == wanted.map(\.key))
            let kept = carriedOut(PlaylistRules.change(from: before, to: wanted, keepsOrder: true), on: before)
            #expect(Set(kept) == Set(wanted.map(\.key)) && kept.count == wanted.count)
            // No shorter way: every subset that could stay is tried.
            let ranks = carriedOut(PlaylistRules.change(from: before, to: wanted, keepsOrder: true), on: before)
                .compactMap { Int($0) }
            var best = 0
            for mask in 0..<(1 << ranks.count) {
                let stays = ranks.indices.filter { mask & (1 << $0) != 0 }.map { ranks[$0] }
                if zip(stays, stays.dropFirst()).allSatisfy(<) { best = max(best, stays.count) }
            }
            #expect(change.moves.count == ranks.count - best)
        }
    }

    @Test func `of fifty thousand tracks is found at once`() {
        var dice = Dice(state: 5)
        let wanted = (0..<50_000).map { song($0) }
        var now = Array(0..<50_500)
        now.removeAll { $0 < 50_000 && $0 % 100 == 0 }
        for _ in 0..<200 { now.swapAt(.random(in: 0..<40_000, using: &dice), .random(in: 0..<40_000, using: &dice)) }
        let change = PlaylistRules.change(from: places(now), to: wanted, keepsOrder: false)
        #expect(change.adds.count == 500)
        #expect(change.removals.count == 500)
        // A swap costs two moves at most, an added track one.
        #expect(change.moves.count <= 900 && change.moves.count >= 500)
        // The worst case for the number of moves is none for the time it takes.
        let backwards = PlaylistRules.change(from: places((0..<50_000).reversed()), to: wanted, keepsOrder: false)
        #expect(backwards.moves.count == 49_999)
    }
}

@Suite struct `A change is asked about first` {
    private func objection(_ now: [Int], _ wanted: [Int]) -> PlaylistObjection? {
        let (places, songs) = (places(now), wanted.map { song($0) })
        return PlaylistRules.objection(
            to: PlaylistRules.change(from: places, to: songs, keepsOrder: false), places: places, wanted: songs)
    }

    @Test func `when nothing would be left`() {
        #expect(objection([1], []) == .wouldEmpty(1))
        #expect(objection([], []) == nil)
    }

    @Test func `when most of a long list would go, but not for doubles or a short list`() {
        #expect(objection(Array(1...100), Array(1...40)) == .wouldLoseMost(removed: 60, of: 100))
        #expect(objection(Array(1...100), Array(1...60)) == nil)
        #expect(objection(Array(1...20), [1]) == nil)
        #expect(objection(Array(1...40) + Array(1...40) + Array(1...40), Array(1...40)) == nil)
    }
}
