// What each form of guid says, and of what.

import Domain
import Runtime
import Testing
import Tracker

@Suite struct `A guid` {
    @Test(arguments: [
        ("plex://show/5d9c0869e98e47001eb0c6a1", PlexGuid.plex("plex://show/5d9c0869e98e47001eb0c6a1")),
        ("plex://track/5d9c", .none), ("tmdb://3087250", .item(ShowIDs(tmdb: 3_087_250))),
        ("tvdb://8530933", .item(ShowIDs(tvdb: 8_530_933))), ("imdb://tt14765720", .item(ShowIDs(imdb: "tt14765720"))),
        ("tt0944947", .item(ShowIDs(imdb: "tt0944947"))), ("tmdb://0", .none), ("tmdb://many", .none),
        (
            "com.plexapp.agents.thetvdb://362829/1/3?lang=en",
            .show(ShowIDs(tvdb: 362_829), season: 1, number: 3)
        ),
        ("com.plexapp.agents.thetvdb://362829/0/2", .show(ShowIDs(tvdb: 362_829), season: 0, number: 2)),
        ("com.plexapp.agents.thetvdb://362829/1", .show(ShowIDs(tvdb: 362_829), season: 1, number: nil)),
        ("com.plexapp.agents.thetvdb://362829", .show(ShowIDs(tvdb: 362_829), season: nil, number: nil)),
        ("com.plexapp.agents.themoviedb://1418/2/3?lang=en", .show(ShowIDs(tmdb: 1418), season: 2, number: 3)),
        ("com.plexapp.agents.imdb://tt0903747/2/3", .show(ShowIDs(imdb: "tt0903747"), season: 2, number: 3)),
        ("com.plexapp.agents.hama://tvdb-78857/2/5?lang=en", .show(ShowIDs(tvdb: 78857), season: 2, number: 5)),
        ("com.plexapp.agents.hama://tvdb4-78857/2/5", .show(ShowIDs(tvdb: 78857), season: nil, number: nil)),
        ("com.plexapp.agents.hama://anidb-4563/1/3", .anidb(4563, season: 1, number: 3)),
        ("com.plexapp.agents.none://9f2e/2026/41103", .none), ("tv.plex.agents.none://12", .none),
        ("local://12345", .none), ("com.plexapp.agents.xbmcnfotv://1/2/3", .none), ("", .none), ("://", .none),
        ("youtube://youtube|UC1234|/1/2", .none), ("TVDB://77", .item(ShowIDs(tvdb: 77))), ("tvdb://", .none),
    ])
    func `says what it says`(_ text: String, _ guid: PlexGuid) {
        #expect(PlexGuid(text) == guid)
    }

    @Test func `of an episode is never taken for the show's`() {
        let play = EpisodePlay(
            source: .plex, showTitle: "The Harbour",
            guids: ["plex://episode/5d9c", "imdb://tt14765720", "tmdb://3087250", "tvdb://8530933"],
            showGuids: ["plex://show/77aa"], at: Instant(seconds: 0))
        let ids = PlayIDs(play)
        #expect(ids.show.isEmpty)
        #expect(ids.episode == ShowIDs(tmdb: 3_087_250, tvdb: 8_530_933, imdb: "tt14765720"))
        #expect(ids.showKey == "plex://show/77aa")
    }

    @Test
    func `of an old agent's episode holds the show's id, its season and its number, though nothing else is there`() {
        let play = EpisodePlay(
            source: .plex, showTitle: "The Harbour", guids: ["com.plexapp.agents.thetvdb://73871/2/15?lang=en"],
            at: Instant(seconds: 0))
        let ids = PlayIDs(play)
        #expect(ids.show == ShowIDs(tvdb: 73871))
        #expect(ids.episode.isEmpty)
        #expect(ids.season == 2 && ids.number == 15)
    }
}
