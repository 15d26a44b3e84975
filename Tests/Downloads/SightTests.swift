// Where a file is: what was seen goes before the folders' names, and what cannot be seen is never a no.

import Domain
@testable import Downloads
import Runtime
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Where a file is` {
    @Test(arguments: [
        ("/storage/media/movies/A/a.mkv", "/data/media/movies/A/a.mkv" as String?),
        ("/storage/media", "/data/media"),
        ("/storage/mediators/a.mkv", nil),
        ("/data/symlinks/radarr/A/a.mkv", "/data/symlinks/radarr/A/a.mkv"),
        ("/data/symlinks/4k/A/a.mkv", "/links4k/A/a.mkv"),
        ("/storage/media/../etc/passwd", nil), ("D:\\Films\\A\\a.mkv", "/films/A/a.mkv"), ("", nil),
    ])
    func `Radarr's folder is ours by whole folders, the longest first`(theirs: String, ours: String?) {
        let map = PathMap(
            ["/storage/media/=/data/media", "/data/symlinks", "/data/symlinks/4k=/links4k/", "D:\\Films=/films"]
                .compactMap(PathMap.row))
        #expect(map.rows.count == 4)
        #expect(map.ours(theirs)?.path == ours)
    }

    @Test(arguments: ["", "media", "/a=b", "a=/b", "/a=/b=/c"])
    func `what is no pair of folders is refused`(text: String) { #expect(PathMap.row(text) == nil) }

    @Test(arguments: [
        (Reading<FileSight>.known(.link), "/storage/media/movies/a.mkv", Reading.known(FilmPlace.cloud)),
        (.known(.file(onRemote: false)), "/data/symlinks/radarr/a.mkv", .known(.disk)),
        (.known(.file(onRemote: true)), "/storage/media/movies/a.mkv", .known(.cloud)),
        (.unknown(why: "not mounted"), "/storage/media/movies/a.mkv", .known(.disk)),
        (.unknown(why: "not mounted"), "/data/symlinks/radarr/a.mkv", .known(.cloud)),
        (.unknown(why: "not mounted"), "/elsewhere/a.mkv", .unknown(why: "not mounted")),
        (.absent, "/elsewhere/a.mkv", .absent),
    ])
    func `what was seen decides, and the folder where nothing was`(
        seen: Reading<FileSight>, path: String, place: Reading<FilmPlace>
    ) {
        #expect(PlaceRules.place(of: path, seen: seen, Films.wishes).reading == place)
    }

    @Test func `a real file among the links is not downloaded again, and the answer says that it was looked at`()
        async throws
    {
        try await Stage.run { stage in
            stage.set { $0.sight[Stage.entry.path] = .known(.file(onRemote: false)) }
            let one = try #require(try await stage.watch())
            #expect(one.state == .no && one.why == "on disk already", "\(one.why)")
            #expect(one.trace.first { $0.rule == .place }?.inputs.contains("a file, looked at") == true)
        }
    }

    @Test func `a link in the folder of the disk is downloaded`() async throws {
        try await Stage.run { stage in
            let path = "/storage/media/movies/a.mkv"
            stage.set { world in
                world.films[0].path = path
                world.sight[path] = .known(.link)
            }
            let one = try await stage.watch()?.state
            #expect(one == .commanded)
        }
    }

    @Test func `an import that is seen to be a link is not on the disk`() async throws {
        try await Stage.run { stage in
            let path = "/storage/media/movies/a.mkv"
            try await stage.watch()
            stage.set { $0.sight[path] = .known(.link) }
            try await stage.downloads.take(
                ImportNotice(
                    event: .imported(path: path, size: 5, isUpgrade: true), instance: "Radarr", movieID: 7,
                    film: Stage.entry.ids, at: Films.now))
            let state = try await stage.newest().state
            #expect(state == .elsewhere)
        }
    }

    @Test func `a link is never proposed for deletion`() async throws {
        try await Stage.run { stage in
            let path = "/storage/media/movies/a.mkv"
            stage.set { world in
                world.films[0].path = path
                world.films[0].fileAddedAt = Films.now - .days(400)
                world.films[0].rating = FilmRating(6, votes: 90_000, source: "IMDb")
                world.sight[path] = .known(.link)
            }
            let none = try await stage.downloads.propose()
            #expect(none == 0)
            stage.set { $0.sight[path] = .known(.file(onRemote: false)) }
            let one = try await stage.downloads.propose()
            #expect(one == 1)
        }
    }
}
