// The rules that read what others wrote: editions in names, folders, people, plays, and the end of a search.

import Domain
@testable import Downloads
import Runtime
import Testing

@Suite struct `What others wrote` {
    @Test(arguments: [
        ("Uncut Gems", "", ["Uncut.Gems.2019.1080p.mkv"], nil as String?),
        ("The Extended Family", "", [], nil),
        ("Lantern (Director's Cut)", "", [], "director's cut"),
        ("Lantern: Directors’ Cut", "", [], "director's cut"),
        ("Lantern [Remastered]", "", [], "remastered"),
        ("Lantern - Restored", "", [], "restored"),
        ("Lantern", "Special Edition", [], "special edition"),
        ("Lantern", "CRITERION Collection", [], "criterion"),
        ("Lantern", "", ["Lantern.1971.REMASTERED.2160p.mkv"], "remastered"),
        ("Lantern", "", ["Lantern (Extended)"], "extended"),
        ("Lantern", "Theatrical", ["Lantern.1971.mkv"], nil),
        ("Restoredness", "", [], nil),
    ])
    func `a rare edition is said by whole words, not by a title`(
        title: String, edition: String, names: [String], phrase: String?
    ) {
        let found = EditionWords(DownloadWishes().rareWords).found(title: title, edition: edition, names: names)
        #expect(found?.phrase == phrase)
    }

    @Test(arguments: [
        ("/storage/media/movies/A (1990)/a.mkv", Reading.known(FilmPlace.disk)),
        ("/storage/media/movies/", .known(.disk)),
        ("/storage/media/movies-4k/A/a.mkv", .absent),
        ("/data/symlinks/radarr/A/a.mkv", .known(.cloud)),
        ("/storage/media/movies/links/A/a.mkv", .known(.cloud)),
        ("/storage/media/movies/../x", .absent),
        ("", .absent),
        ("/both/A", .unknown(why: "CLOUD_PATHS and LOCAL_PATHS both have it: /both/A")),
    ])
    func `the longest folder says where a file lies`(path: String, place: Reading<FilmPlace>) {
        let found = PlaceRules.place(
            of: path, cloud: ["/data/symlinks/radarr/", "/storage/media/movies/links", "/both"],
            local: ["/storage/media/movies", "/both/"])
        #expect(found == place)
    }

    @Test func `people are known by id, by name in any case, and by the list after a change of name`() {
        let guid = "0123456789abcdef0123456789abcdef"
        let wishes = DownloadWishes {
            $0.tracked = [.init("Anna"), .init("01234567-89AB-CDEF-0123-456789ABCDEF", plays: 3)]
        }
        func viewer(_ id: String?, _ name: String?, _ users: [Playback.User] = []) -> Viewer {
            ViewerRules.viewer(.init(id: id, name: name), wishes, users: users)
        }
        #expect(viewer("x1", "ANNA") == .tracked("Anna", plays: 2))
        #expect(viewer(guid, "Somebody") == .tracked("01234567-89AB-CDEF-0123-456789ABCDEF", plays: 3))
        #expect(viewer("x1", "Annabel") == .guest)
        #expect(viewer("x1", nil, [.init(id: "x1", name: "anna")]) == .tracked("Anna", plays: 2))
        #expect(viewer("x1", nil, [.init(id: "x1", name: "Ben")]) == .guest)
        #expect(viewer("x1", nil) == .unknown(why: "nobody knows whose number x1 is"))
        #expect(viewer(nil, nil) == .unknown(why: "who watched was not said"))
    }

    @Test(arguments: [
        (100, 90, nil as Bool?, nil as Int?, Reading.known(0.9)),
        (100, 130, nil, nil, .known(1)),
        (100, 40, true, nil, .known(0.4)),
        (0, 0, true, nil, .known(1)),
        (0, 0, false, nil, .known(0)),
        (0, 95, nil, 100, .known(0.95)),
        (100, 0, nil, nil, .absent),
        (0, 50, nil, nil, .absent),
    ])
    func `how much was watched`(runtime: Int, position: Int, said: Bool?, library: Int?, share: Reading<Double>) {
        let playback = Playback(
            source: .jellyfin, film: FilmIDs(title: "A"), runtime: .seconds(runtime), position: .seconds(position),
            saidWatched: said, at: Films.now)
        #expect(ViewerRules.share(playback, runtime: library.map { .seconds($0) }).reading == share)
    }

    @Test(arguments: [
        ([PlayTally("a", .known(1), .atLeast)], 1, nil as Int?),
        ([PlayTally("a", .known(1), .atLeast), PlayTally("b", .known(3), .atMost)], 1, 3),
        ([PlayTally("a", .known(2), .atLeast), PlayTally("b", .known(1))], 2, 2),
        ([PlayTally("a", .known(1), .atLeast), PlayTally("b", .known(4))], 4, 4),
        ([PlayTally("b", .unknown(why: "")), PlayTally("c", .absent)], 0, nil),
    ])
    func `sources of plays together`(tallies: [PlayTally], least: Int, most: Int?) {
        let range = PlayRange(tallies)
        #expect(range.least == least)
        #expect(range.most == most)
    }

    @Test(arguments: [
        ("completed", "Completed search for 1 movies. 0 reports downloaded.", SearchRules.End.ended(reports: 0)),
        ("completed", "Completed search for 1 movies. 1 report downloaded.", .ended(reports: 1)),
        ("Completed", "Completed", .ended(reports: nil)),
        ("queued", "", .runs), ("started", "Searching", .runs), ("orphaned", "", .lost),
        ("failed", "Failed", .failed("Expected two rows")), ("aborted", "", .failed("Expected two rows")),
    ])
    func `the end of a search`(status: String, message: String, end: SearchRules.End) {
        #expect(
            SearchRules.end(of: CommandState(status: status, message: message, exception: "Expected two rows")) == end)
    }

    @Test func `a release is chosen past the file that is there, and past nothing else`() {
        func release(_ title: String, _ rejections: [String], size: Int64 = 5) -> Release {
            Release(guid: title, indexerID: 1, title: title, size: size, rejections: rejections)
        }
        let releases = [
            release("cam", ["CAM is not wanted in profile"]), release("big", [], size: 90),
            release("blocked", ["Existing file meets cutoff: Bluray-1080p", "Release is blocklisted"]),
            release("good", ["Existing file meets cutoff: Bluray-1080p"]), release("next", []),
        ]
        #expect(SearchRules.choice(releases, most: 50)?.title == "good")
        #expect(SearchRules.choice([releases[0], releases[2]], most: nil) == nil)
        #expect(
            SearchRules.reasons(releases)
                == "Existing file meets cutoff: Bluray-1080p (2), CAM is not wanted in profile (1), "
                + "Release is blocklisted (1)")
        #expect(SearchRules.reasons([]) == "no indexer offers it")
    }

    @Test func `a film's file stays unless nothing at all speaks for it`() {
        let rules = KeepRules(Films.wishes)
        let now = Films.now
        var entry = FilmEntry(
            instance: "Radarr", id: 1, ids: FilmIDs(tmdb: 1, title: "A", year: 2020),
            rating: FilmRating(6.5, votes: 100_000, source: "IMDb"), language: "English", genres: ["Drama"], fileID: 4,
            path: "/storage/media/movies/A (2020)/a.mkv", fileAddedAt: now - .days(180))
        #expect(rules.reasonToKeep(entry, nil, at: now) == nil)
        #expect(rules.reasonToKeep(entry, .always, at: now) != nil)
        func kept(_ change: (inout FilmEntry) -> Void) -> Bool {
            var other = entry
            change(&other)
            return rules.reasonToKeep(other, nil, at: now) != nil
        }
        #expect(kept { $0.fileAddedAt = now - .days(179) })
        #expect(kept { $0.fileAddedAt = nil })
        #expect(kept { $0.path = "/elsewhere/a.mkv" })
        #expect(kept { $0.fileID = nil })
        #expect(kept { $0.rating = nil })
        #expect(kept { $0.rating = FilmRating(8.5, votes: 9, source: "IMDb") })
        #expect(kept { $0.tags = ["favourite"] })
        #expect(kept { $0.genres = ["Family"] })
        #expect(kept { $0.genres = [] })
        entry.path = "/data/symlinks/radarr/A/a.mkv"
        #expect(rules.reasonToKeep(entry, nil, at: now) == "not on disk")

        func later(_ watched: Reading<Instant>, _ favourite: Reading<Bool> = .known(false)) -> Bool {
            rules.reasonToKeep(watched: watched, favourite: favourite, at: now) != nil
        }
        #expect(!later(.known(now - .days(180))))
        #expect(later(.known(now - .days(179))))
        #expect(!later(.absent))
        #expect(later(.unknown(why: "down")))
        #expect(later(.absent, .known(true)))
        #expect(later(.absent, .unknown(why: "down")))
    }

    @Test(
        arguments: [
            (0, "0 GB"), (9_360_000_000, "9.4 GB"), (117_950_000_000, "118 GB"), (2_400_000_000_000, "2.4 TB"),
        ] as [(Int64, String)])
    func `sizes in words`(bytes: Int64, words: String) { #expect(ByteWords.words(bytes) == words) }

    @Test func `every rule has a heading for people, and numbers are grouped`() {
        #expect(Set(FilmRule.allCases.map(\.title)).count == FilmRule.allCases.count)
        #expect(FilmRule.allCases.allSatisfy { $0.title != $0.rawValue && !$0.title.contains("-") })
        #expect([7, 1_000, 240_118].map(Figures.grouped) == ["7", "1,000", "240,118"])
        #expect([1, 2, 3].map(Figures.times) == ["once", "twice", "3 times"])
    }
}
