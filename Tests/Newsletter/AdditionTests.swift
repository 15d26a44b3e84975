// What is new, a line each (docs/newsletter-numbers.md §4).

import Domain
import Newsletter
import NewsletterSamples
import Runtime
import Testing

@Suite struct `What is new` {
    private func episode(_ season: Int?, _ number: Int?, of show: String = "Harbour Lights", day: Int = 10) -> NewItem {
        NewItem(
            .episode, "Episode \(number ?? 0)", ratingKey: 2000 + (number ?? 0), parentKey: 210, grandparentKey: 201,
            parentTitle: "Season", grandparentTitle: show, index: number, parentIndex: season, thumb: "/e",
            grandparentThumb: "/show", addedAt: Diary.moment(day, "06:00"))
    }

    private func lines(_ items: [NewItem]) -> [Addition] {
        AdditionRules.additions(items, within: Diary.week.range)
    }

    @Test func `of one show is one line`() {
        let new = lines([episode(1, 9), episode(2, 1), episode(2, 2), episode(1, 4, of: "Fuse & Wire")])
        #expect(new.map(\.name) == ["Fuse & Wire", "Harbour Lights"])
        #expect(new.map(\.part) == ["S01E04", "2 seasons, 3 episodes"])
        #expect(new.map(\.kind) == [.episode, .show] && new.map(\.episodes) == [1, 3])
        #expect(new[0].episodeTitle == "Episode 4" && new[1].posterPath == "/show" && new[1].ratingKey == 201)
    }

    @Test(arguments: [
        ([(0, 3), (0, 4)], "Specials, 2 episodes"), ([(1, 1), (1, 2)], "Season 1, 2 episodes"),
        ([(3, 11), (3, 12)], "S03E11–E12"), ([(3, 11), (3, 11)], "Season 3, 2 episodes"),
        ([(12, 101), (12, 102)], "S12E101–E102"),
    ])
    func `of one season says which`(_ numbers: [(Int, Int)], _ part: String) {
        #expect(lines(numbers.map { episode($0.0, $0.1) }).map(\.part) == [part])
    }

    @Test func `without numbers is counted`() {
        #expect(lines([episode(nil, nil), episode(nil, 2)]).map(\.part) == ["2 episodes"])
        #expect(lines([episode(nil, nil)]).map(\.part) == [nil])
        #expect(lines([episode(4, nil)]).map(\.part) == ["Season 4"])
    }

    @Test func `lies in the period`() {
        let days = [8, 9, 15, 16]
        #expect(lines(days.map { episode(1, $0, of: "Show \($0)", day: $0) }).map(\.name) == ["Show 15", "Show 9"])
    }

    @Test func `came as a whole season where Tautulli tells of it`() {
        let season = NewItem(
            .season, "Season 2", ratingKey: 210, parentKey: 201, parentTitle: "Harbour Lights", index: 2, children: 8,
            addedAt: Diary.moment(11, "06:00"))
        #expect(lines([season]).map(\.part) == ["Season 2, 8 episodes"])
        #expect(lines([season, episode(2, 9)]).map(\.part) == ["Season 2, 9 episodes"])
        let show = NewItem(.show, "Harbour Lights", ratingKey: 201, addedAt: Diary.moment(11, "06:00"))
        #expect(lines([show]).map(\.part) == [nil] && lines([show]).map(\.kind) == [.show])
    }

    @Test func `names an album's artist`() {
        let album = NewItem(
            .album, "Signals / Noise", ratingKey: 31, parentKey: 30, parentTitle: "RC/PC", year: 2011,
            addedAt: Diary.moment(11, "06:00"))
        let line = lines([album]).first
        #expect(line?.name == "Signals / Noise" && line?.artist == "RC/PC" && line?.ownerKey == 30)
    }
}
