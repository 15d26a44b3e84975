// Several Radarrs: whose word counts, whose notice it is, and which of them keeps.

import Domain
@testable import Downloads
import Runtime
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Several Radarrs` {
    typealias House = DownloadWishes.House

    static func wishes(_ change: (inout DownloadWishes) -> Void = { _ in }) -> DownloadWishes {
        var wishes = Films.wishes
        wishes.root = "/movies"
        wishes.houses = [
            House("HD", setting: "RADARR"), House("4K", setting: "RADARR_2", root: "/movies-4k"),
            House("Disk", setting: "RADARR_3"),
        ]
        change(&wishes)
        return wishes
    }

    @Test func `who is asked, who searches, and where`() {
        let all = ["HD", "4K", "Disk"]
        let each = Self.wishes()
        #expect(each.judges(among: all) == all && each.target(of: "4K") == "4K")
        #expect(each.root(of: "4K") == "/movies-4k" && each.root(of: "HD") == "/movies")
        let one = Self.wishes { $0.keeper = "4K" }
        #expect(one.judges(among: all) == ["4K"] && one.target(of: "4K") == "4K")
        let given = Self.wishes { ($0.keeper, $0.preparation) = ("Disk", .second) }
        #expect(given.judges(among: all) == ["HD", "4K"] && given.target(of: "4K") == "Disk")
    }

    @Test func `a keeper that is none of them, or the only one, is a fault`() {
        #expect(Self.wishes { $0.keeper = "8K" }.faults.map(\.setting) == ["DOWNLOADS_RADARR"])
        let alone = Self.wishes { wishes in
            wishes.preparation = .second
            wishes.houses = [House("HD", setting: "RADARR")]
            wishes.keeper = "HD"
        }
        #expect(alone.faults.map(\.setting) == ["RADARR_2_URL"])
        #expect(Self.wishes { ($0.keeper, $0.preparation) = ("Disk", .second) }.faults.isEmpty)
    }

    private static func both(_ body: (Stage) async throws -> Void) async throws {
        try await Stage.run(instances: ["Radarr", "4K"]) { stage in
            stage.set { world in
                var there = Stage.entry
                (there.instance, there.id) = ("4K", 70)
                world.films.append(there)
            }
            try await stage.watch()
            try await body(stage)
        }
    }

    @Test func `a playing is counted once, and one that lacks the film is silent where another has it`() async throws {
        try await Stage.run(instances: ["Radarr", "4K"]) { stage in
            try await stage.watch()
            let decisions = try await stage.downloads.decisions()
            #expect(decisions.map(\.instance) == ["Radarr"])
            let numbers = try await stage.downloads.statistics(since: Films.now - .days(1))
            #expect(numbers.judged == 1 && numbers.outcomes.map(\.label) == ["is searched for"])
            let line = DownloadReports.line(decisions[0], naming: stage.downloads.hasSeveral).plainText
            #expect(line.contains("anna, Radarr:"), "\(line)")
            let trials = try await stage.downloads.test(Stage.entry.ids, user: .init(name: "Anna"), source: .jellyfin)
            #expect(trials.map(\.house) == ["Radarr"])
        }
        try await Self.both { stage in
            let numbers = try await stage.downloads.statistics(since: Films.now - .days(1))
            #expect(numbers.judged == 1 && numbers.watches == [.init(label: "once", count: 1)])
        }
    }

    private static func imported(_ download: String? = nil) -> ImportNotice {
        ImportNotice(
            event: .imported(path: "/storage/media/movies/a.mkv", size: 5, isUpgrade: true), instance: "Radarr",
            movieID: 7, film: Stage.entry.ids, downloadID: download, at: Films.now)
    }

    private static func states(_ stage: Stage) async throws -> [String: DownloadCase.State] {
        let cases = try await stage.downloads.book.latest(5)
        return Dictionary(cases.map { ($0.instance, $0.state) }) { first, _ in first }
    }

    @Test func `each has its own row, and a notice ends its sender's only`() async throws {
        try await Self.both { stage in
            #expect(stage.journal == ["search Radarr 7", "search 4K 70"])
            stage.set { $0.senders = ["4K"] }
            try await stage.downloads.take(Self.imported())
            let states = try await Self.states(stage)
            #expect(states == ["Radarr": .commanded, "4K": .downloaded])
        }
    }

    @Test func `where all call themselves the same only the download's number tells`() async throws {
        try await Self.both { stage in
            stage.set { $0.senders = ["Radarr", "4K"] }
            try await stage.downloads.take(Self.imported())
            let before = try await Self.states(stage)
            #expect(before == ["Radarr": .commanded, "4K": .commanded])
            stage.set { world in
                world.command = .known(
                    CommandState(
                        status: "completed", message: "Completed search for 1 movies. 1 reports downloaded."))
                world.history = .known([
                    HistoryEvent(.grabbed(release: "A"), at: Films.now + .seconds(2), downloadID: "AA")
                ])
            }
            try await stage.pass(.minutes(2))
            try await stage.downloads.take(Self.imported("BB"))
            let other = try await Self.states(stage)
            #expect(!other.values.contains(.downloaded))
            try await stage.downloads.take(Self.imported("AA"))
            let after = try await Self.states(stage)
            #expect(after.values.contains(.downloaded))
        }
    }
}
