// What films are known by, and when a playing ended.

// What a film is called, and when it is the same one.

import Domain
import Runtime
import Testing

@Suite struct FilmTests {
    @Test(arguments: [
        (FilmIDs(tmdb: 278, imdb: "tt0111161", title: "A", year: 1994), "tmdb:278"),
        (FilmIDs(tmdb: 0, imdb: "TT0111161", title: "A", year: 1994), "imdb:tt0111161"),
        (FilmIDs(tmdb: -4, imdb: "tt0000000", title: "The  Lamp-Post!", year: 1994), "title:the lamp post:1994"),
        (FilmIDs(imdb: "{{Provider_imdb}}", title: "Été"), "title:ete:"),
        (FilmIDs(title: "Année", year: 99_999), "title:annee:"),
    ])
    func `a film is known by the best of its ids`(ids: FilmIDs, key: String) {
        #expect(ids.key == key)
    }

    @Test(arguments: [
        (FilmIDs(tmdb: 1, title: "A", year: 1990), FilmIDs(tmdb: 1, title: "B", year: 2000), true),
        (FilmIDs(tmdb: 1, title: "A", year: 1990), FilmIDs(tmdb: 2, title: "A", year: 1990), false),
        (FilmIDs(tmdb: 1, title: "A", year: 1990), FilmIDs(imdb: "tt0000001", title: "a", year: 1991), true),
        (FilmIDs(title: "A", year: 1990), FilmIDs(title: "A", year: 1992), false),
        (FilmIDs(title: "A", year: 1990), FilmIDs(title: "A"), nil as Bool?),
    ])
    func `ids that both know decide, then title and year`(a: FilmIDs, b: FilmIDs, same: Bool?) {
        #expect(a.isSame(as: b) == same)
        #expect(b.isSame(as: a) == same)
    }

    @Test func `a time of the future is that of the arrival`() {
        let now = Instant(seconds: 1_700_000_000)
        #expect(Playback.time(said: nil, arrival: now) == now)
        #expect(Playback.time(said: now + .minutes(5), arrival: now) == now + .minutes(5))
        #expect(Playback.time(said: now + .seconds(301), arrival: now) == now)
        #expect(Playback.time(said: now - .days(40), arrival: now) == now - .days(40))
    }

    @Test func `the same stop has the same key`() {
        let at = Instant(seconds: 1_700_000_000)
        let film = FilmIDs(tmdb: 5, title: "A")
        let one = Playback(source: .jellyfin, user: .init(name: "Anna"), film: film, position: .seconds(9), at: at)
        var other = one
        other.user.name = "ANNA"
        #expect(one.key == other.key)
        other.position = .seconds(10)
        #expect(one.key != other.key)
        #expect(one.duplicateWindow == .minutes(15))
        other.runtime = .minutes(100)
        #expect(other.duplicateWindow == .minutes(100))
    }
}
