// What people say to the engine: cards, words about films, questions, and deletions.

import Domain
@testable import Downloads
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Words about downloads` {
    @Test func `an admin is asked, and says yes once`() async throws {
        try await Stage.run({ $0.asks = [.rating] }) { stage in
            let one = try #require(try await stage.watch())
            #expect(one.state == .asked)
            // Watched again before anybody answered: one card is enough.
            let again = try await stage.watch(at: Films.now + .hours(5))
            #expect(again?.rule == "queue")
            #expect(stage.told == ["Download The Ferryman's Lamp (2025)?"])
            #expect(stage.journal == [])
            let answer = try await stage.downloads.approve(one.id, by: "discord:1")
            #expect(answer.isDone)
            #expect(stage.journal == ["search Radarr 7"])
            let found1 = try await stage.downloads.approve(one.id, by: "discord:2").isDone
            #expect(!found1)
            #expect(stage.journal.count == 1)
        }
    }

    @Test func `a yes does not download what is on disk by now`() async throws {
        try await Stage.run({ $0.asks = [.rating] }) { stage in
            let one = try #require(try await stage.watch())
            stage.set { $0.films[0].path = "/storage/media/movies/L/l.mkv" }
            let found2 = try await stage.downloads.approve(one.id, by: "discord:1").isDone
            #expect(!found2)
            #expect(stage.journal == [])
        }
    }

    @Test func `never means the next time, too`() async throws {
        try await Stage.run({ $0.asks = [.rating] }) { stage in
            let one = try #require(try await stage.watch())
            let found3 = try await stage.downloads.decline(one.id, by: "discord:1", never: true).isDone
            #expect(found3)
            let found4 = try await stage.watch(at: Films.now + .days(2))?.rule
            #expect(found4 == "never")
        }
    }

    @Test func `a word about a film is kept and can be taken back`() async throws {
        try await Stage.run { stage in
            stage.set { $0.films[0].rating = FilmRating(5, votes: 9, source: "IMDb") }
            _ = try await stage.downloads.override(Stage.entry.ids, .always, by: "discord:1")
            let found5 = try await stage.watch(FilmIDs(imdb: "tt0000100", title: "Lamp"))?.rule
            #expect(found5 == "always")
            _ = try await stage.downloads.override(Stage.entry.ids, nil, by: "discord:1")
            let found6 = try await stage.downloads.book.override(Stage.entry.ids)
            #expect(found6 == nil)
        }
    }

    @Test func `a film is found by what people type`() async throws {
        try await Stage.run { stage in
            var other = Stage.entry
            (other.id, other.ids) = (8, FilmIDs(tmdb: 200, title: "The Ferryman's Daughter", year: 1961))
            stage.set { [other] in $0.films.append(other) }
            let downloads = stage.downloads
            let found7 = try await downloads.guess("the ferrymans lamp (2025)")
            #expect(found7 == .one(Stage.entry.ids))
            let found8 = try await downloads.guess("The Ferryman's Lamp (2025)")
            #expect(found8 == .one(Stage.entry.ids))
            let found9 = try await downloads.guess("lamp")
            #expect(found9 == .one(Stage.entry.ids))
            let found10 = try await downloads.guess("tmdb:200")
            #expect(found10 == .one(other.ids))
            let found11 = try await downloads.guess("tt0000100")
            #expect(found11 == .one(Stage.entry.ids))
            let found12 = try await downloads.guess("ferryman")
            #expect(found12 == .several([Stage.entry.ids, other.ids]))
            let found13 = try await downloads.guess("nothing")
            #expect(found13 == .none)
        }
    }

    @Test func `a test judges and leaves no trace`() async throws {
        try await Stage.run { stage in
            let verdicts = try await stage.downloads.test(Stage.entry.ids, user: .init(name: "Anna"), source: .jellyfin)
            #expect(verdicts.map(\.verdict.decision) == [.download(.rating)])
            let guest = try await stage.downloads.test(Stage.entry.ids, user: .init(name: "Ben"), source: .jellyfin)
            #expect(guest.map(\.verdict.decision.rule) == [.viewer])
            let found14 = try await stage.downloads.book.latest(5).isEmpty
            #expect(found14)
            #expect(stage.journal == [])
        }
    }

    @Test func `why tells every rule, and the numbers add up`() async throws {
        try await Stage.run { stage in
            var other = Stage.entry
            (other.id, other.ids) = (8, FilmIDs(tmdb: 200, title: "@everyone *Other*", year: 2024))
            other.rating = FilmRating(5, votes: 90_000, source: "IMDb")
            stage.set { [other] world in
                world.films.append(other)
                world.plays = [PlayTally("Jellystat", .known(0))]
                world.command = .known(CommandState(status: "completed", message: "1 reports downloaded"))
                world.history = .known([
                    .init(.imported(path: "/storage/media/movies/a"), at: Films.now, size: 10_000_000_000)
                ])
            }
            try await stage.watch()
            try await stage.watch(other.ids)
            try await stage.pass(.seconds(5))
            let why = try await stage.downloads.why(Stage.entry.ids)
            #expect(why.lines.count > 10)
            #expect(why.plainText.contains("downloaded"))
            let numbers = try await stage.downloads.statistics(since: Films.now - .days(30))
            #expect(numbers.judged == 2)
            #expect(numbers.bytesUsed == 10_000_000_000)
            #expect(numbers.bytesSaved == 10_000_000_000)
            #expect(numbers.percentSaved == 50)
            let last = try #require(numbers.growth.last)
            #expect(last.used == 10_000_000_000 && last.everything == 20_000_000_000)
            #expect(numbers.growth.first?.everything == 0)
            // Days in which nothing was watched are no part of the picture.
            #expect(numbers.growth.first?.at == Films.now - .days(1))
            #expect(numbers.watches == [.init(label: "once", count: 2)])
            #expect(numbers.rules == [.init(label: "High rating", count: 1)])
            let weekly = try await stage.downloads.weekly()
            #expect(weekly?.plainText.contains("The Ferryman's Lamp") == true)
        }
    }

    // MARK: Deleting

    private static let old = FilmEntry(
        instance: "Radarr", id: 30, ids: FilmIDs(tmdb: 300, title: "Old Hat", year: 2012),
        rating: FilmRating(6, votes: 90_000, source: "IMDb"), language: "English", genres: ["Drama"], isReleased: true,
        fileID: 31, path: "/storage/media/movies/Old Hat (2012)/o.mkv", size: 20_000_000_000,
        fileAddedAt: Films.now - .days(400), root: "/storage/media/movies")

    @Test func `nobody watches it, an admin says yes, and it goes once`() async throws {
        try await Stage.run { stage in
            stage.set { $0.films = [Self.old] }
            let found15 = try await stage.downloads.propose()
            #expect(found15 == 1)
            #expect(stage.told == ["Delete Old Hat (2012) from the disk?"])
            let found16 = try await stage.downloads.propose()
            #expect(found16 == 0)
            #expect(stage.journal == [])
            let proposal = try #require(try await stage.downloads.book.proposals().first)
            let found17 = try await stage.downloads.delete(proposal.id, by: "discord:1").isDone
            #expect(found17)
            #expect(stage.journal == ["delete Radarr 30 31"])
            let found18 = try await stage.downloads.delete(proposal.id, by: "discord:1").isDone
            #expect(!found18)
            // And is not downloaded again at once, though somebody watches it in the cloud.
            stage.set { world in
                world.films[0].path = "/data/symlinks/radarr/Old Hat (2012)/o.mkv"
                world.films[0].rating = FilmRating(9, votes: 90_000, source: "IMDb")
            }
            let found19 = try await stage.watch(Self.old.ids)?.rule
            #expect(found19 == "deleted")
        }
    }

    @Test func `watched since the question it stays`() async throws {
        try await Stage.run { stage in
            stage.set { $0.films = [Self.old] }
            try await stage.downloads.propose()
            try await stage.watch(Self.old.ids, user: "guest")
            let proposal = try #require(try await stage.downloads.book.proposals().first)
            let found20 = try await stage.downloads.delete(proposal.id, by: "discord:1").isDone
            #expect(!found20)
            #expect(stage.journal == [])
        }
    }

    @Test func `favourites, the unknown and a no are not proposed`() async throws {
        try await Stage.run { stage in
            stage.set { world in
                world.films = [Self.old]
                world.favourite = .known(true)
            }
            let found21 = try await stage.downloads.propose()
            #expect(found21 == 0)
            stage.set { ($0.favourite, $0.watched) = (.known(false), .unknown(why: "down")) }
            let found22 = try await stage.downloads.propose()
            #expect(found22 == 0)
            stage.set { $0.watched = .known(Films.now - .days(200)) }
            let found23 = try await stage.downloads.propose()
            #expect(found23 == 1)
            let proposal = try #require(try await stage.downloads.book.proposals().first)
            let found24 = try await stage.downloads.keep(proposal.id, by: "discord:1").isDone
            #expect(found24)
            let found25 = try await stage.downloads.propose()
            #expect(found25 == 0)
            let found26 = try await stage.downloads.delete(proposal.id, by: "discord:1").isDone
            #expect(!found26)
            await stage.clock.advance(by: .days(181))
            let found27 = try await stage.downloads.propose()
            #expect(found27 == 1)
        }
    }
}
