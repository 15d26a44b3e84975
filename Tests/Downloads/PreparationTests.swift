// What is done so that a search brings anything, and taken back when it does not.

import Domain
@testable import Downloads
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Making room for a search` {
    private let nothing = CommandState(
        status: "completed", message: "Completed search for 1 movies. 0 reports downloaded.")

    @Test func `moved, rescanned, searched, and given back when nothing came`() async throws {
        try await Stage.run({ wishes in
            wishes.preparation = .move
            wishes.tag = "keep"
        }) { stage in
            try await stage.watch()
            #expect(stage.journal == ["place Radarr 7 /storage/media/movies +keep", "rescan Radarr 7"])
            stage.set { $0.command = .known(CommandState(status: "completed")) }
            try await stage.pass(.seconds(2))
            #expect(stage.journal.last == "search Radarr 7")
            stage.set { [nothing] in $0.command = .known(nothing) }
            try await stage.pass(.seconds(5))
            let found1 = try await stage.newest().state
            #expect(found1 == .refused)
            #expect(stage.journal.suffix(2) == ["place Radarr 7 /data/symlinks/radarr -keep", "rescan Radarr 7"])
        }
    }

    @Test func `another Radarr searches, if it has the film`() async throws {
        try await Stage.run({ wishes in
            wishes.preparation = .second
            wishes.second = "Second"
        }) { stage in
            let found2 = try await stage.watch()?.state
            #expect(found2 == .missing)
            var there = Stage.entry
            there.id = 70
            stage.set { [there] in $0.second = [there] }
            let found3 = try await stage.watch(at: Films.now + .hours(3))?.state
            #expect(found3 == .commanded)
            #expect(stage.journal == ["search Second 70"])
        }
    }

    @Test func `a release is taken past the file that is there`() async throws {
        try await Stage.run({ $0.preparation = .release }) { stage in
            stage.set { world in
                world.releases = .known([
                    Release(guid: "b", indexerID: 1, title: "CAM", rejections: ["CAM is not wanted in profile"]),
                    Release(
                        guid: "a", indexerID: 1, title: "Good", size: 6, rejections: ["Existing file meets cutoff"]),
                ])
            }
            let one = try #require(try await stage.watch())
            #expect(one.state == .grabbed)
            #expect(one.release == "Good")
            #expect(stage.journal == ["grab Radarr Good"])
        }
    }

    @Test func `nothing that may be taken is a refusal`() async throws {
        try await Stage.run({ $0.preparation = .release }) { stage in
            let found4 = try await stage.watch()?.state
            #expect(found4 == .refused)
            #expect(stage.journal == [])
        }
    }
}
