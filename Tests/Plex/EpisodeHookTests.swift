// Webhooks read for episodes: forms as servers really send them, one field otherwise at a time.

import Domain
import Plex
import Runtime
import Testing

@Suite struct `Plex's webhook, read for episodes` {
    static let arrival = Instant(seconds: 1_767_268_800)

    /// As a new agent's server sends it; nil leaves a field out.
    static func hook(
        event: String = "media.scrobble", account: String? = #"{"id":1,"title":"robin"}"#,
        _ changes: KeyValuePairs<String, String?> = [:]
    ) -> [UInt8] {
        var fields: [(String, String)] = [
            ("librarySectionType", "\"show\""), ("ratingKey", "\"3101\""), ("parentRatingKey", "\"3011\""),
            ("grandparentRatingKey", "\"3000\""), ("guid", "\"plex://episode/5d7700000000000000000c1d\""),
            ("parentGuid", "\"plex://season/5d7700000000000000000bc3\""),
            ("grandparentGuid", "\"plex://show/5d7700000000000000000bb8\""), ("type", "\"episode\""),
            ("title", "\"Salted Ledger\""), ("grandparentTitle", "\"The Long Tide\""),
            ("parentTitle", "\"Season 1\""), ("index", "5"), ("parentIndex", "1"), ("year", "2018"),
            ("originallyAvailableAt", "\"2018-04-30\""), ("duration", "2700000"), ("viewCount", "2"),
            ("lastViewedAt", "1767268795"),
            ("Guid", #"[{"id":"imdb://tt96102065"},{"id":"tmdb://3102065"},{"id":"tvdb://8202065"}]"#),
        ]
        for (key, value) in changes {
            fields.removeAll { $0.0 == key }
            if let value { fields.append((key, value)) }
        }
        let item = fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
        let who = account.map { "\"Account\":\($0)," } ?? ""
        return [UInt8](
            "{\"event\":\"\(event)\",\"user\":true,\"owner\":true,\(who)\"Server\":{\"uuid\":\"4e6f\"},\"Metadata\":{\(item)}}"
                .utf8)
    }

    static func play(_ changes: KeyValuePairs<String, String?> = [:]) -> EpisodePlay? {
        guard case .event(let play) = PlexEpisodeHook.read(hook(changes), arrival: arrival) else { return nil }
        return play
    }

    @Test func `tells who saw what, and keeps the episode's ids apart from the show's`() throws {
        let play = try #require(Self.play())
        #expect(play.account == .init(id: "1", name: "robin"))
        #expect(play.place == .init(server: "4e6f", episode: "3101", show: "3000"))
        #expect(play.showTitle == "The Long Tide")
        #expect((play.season, play.number, play.title) == (1, 5, "Salted Ledger"))
        #expect(
            play.guids == [
                "plex://episode/5d7700000000000000000c1d", "imdb://tt96102065", "tmdb://3102065", "tvdb://8202065",
            ])
        #expect(play.showGuids == ["plex://show/5d7700000000000000000bb8"])
        #expect((play.airedOn, play.runtime, play.viewCount) == ("2018-04-30", .minutes(45), 2))
        #expect(play.at == Instant(seconds: 1_767_268_795))
    }

    @Test func `the episode's year is never the show's`() throws {
        let play = try #require(Self.play(["year": "2019"]))
        #expect(play.showYear == nil)
        #expect(play.year == 2019)
    }

    @Test func `0 is a number: specials`() throws {
        let play = try #require(Self.play(["parentIndex": "0", "index": "0"]))
        #expect((play.season, play.number) == (0, 0))
    }

    @Test func `an episode without a number keeps its day`() throws {
        let play = try #require(Self.play(["index": nil, "parentIndex": "2025"]))
        #expect((play.season, play.number, play.airedOn) == (2025, nil, "2018-04-30"))
    }

    @Test(arguments: [
        ("com.plexapp.agents.thetvdb://391004/1/3?lang=en", "com.plexapp.agents.thetvdb://391004"),
        ("com.plexapp.agents.themoviedb://91010/2/3?lang=de", "com.plexapp.agents.themoviedb://91010"),
        ("com.plexapp.agents.imdb://tt9510001/2/3?lang=en", "com.plexapp.agents.imdb://tt9510001"),
        ("com.plexapp.agents.hama://tvdb4-391007/1/25?lang=en", "com.plexapp.agents.hama://tvdb4-391007"),
        ("com.plexapp.agents.hama://anidb-4563/1/3", "com.plexapp.agents.hama://anidb-4563"),
        ("com.plexapp.agents.none://36000/2025/41103?lang=xn", "com.plexapp.agents.none://36000"),
        ("tv.plex.agents.none://36000/2025/41103", "tv.plex.agents.none://36000"),
    ])
    func `an old agent's guid names the show, though nothing else does`(_ guid: String, _ show: String) throws {
        let play = try #require(
            Self.play([
                "guid": "\"\(guid)\"", "parentGuid": nil, "grandparentGuid": nil, "Guid": nil, "parentRatingKey": nil,
            ]))
        #expect(play.guids == [guid])
        #expect(play.showGuids == [show])
        // As the same show is named where its own guid is there, in whatever language.
        let whole = try #require(Self.play(["guid": "\"\(guid)\"", "grandparentGuid": "\"\(show)?lang=fr\""]))
        #expect(whole.showGuids == [show])
    }

    @Test(arguments: ["local://12345", "plex://episode/5d77", "tt96102065", ""])
    func `a guid of the episode alone tells nothing of the show`(_ guid: String) throws {
        let play = try #require(Self.play(["guid": "\"\(guid)\"", "parentGuid": nil, "grandparentGuid": nil]))
        #expect(play.showGuids == [])
    }

    @Test(arguments: ["media.play", "media.pause", "media.stop", "media.rate", "library.new", "media.scrobbled"])
    func `only having passed nine tenths counts`(_ event: String) {
        guard case .ignored(let why, let play) = PlexEpisodeHook.read(Self.hook(event: event), arrival: Self.arrival)
        else {
            Issue.record("taken")
            return
        }
        #expect(why.hasPrefix(event))
        #expect(play?.showTitle == "The Long Tide")
    }

    @Test(
        arguments: [
            (["type": "\"movie\""], "a film"), (["type": "\"track\""], "music"), (["type": "\"clip\""], "clip"),
            (["subtype": "\"trailer\""], "an extra"), (["extraType": "1"], "an extra"), (["type": nil], ""),
        ] as [(KeyValuePairs<String, String?>, String)])
    func `what is no episode is ignored, and said so`(_ changes: KeyValuePairs<String, String?>, _ word: String) {
        switch PlexEpisodeHook.read(Self.hook(changes), arrival: Self.arrival) {
        case .ignored(let why, let play):
            #expect(why == "not an episode: \(word)")
            #expect(play?.season == nil && play?.number == nil)
        // Without a type, below a show it is one.
        case .event: #expect(word.isEmpty)
        default: Issue.record("neither")
        }
    }

    @Test func `an event without an item is ignored, a scrobble without one is refused`() {
        let backup = [UInt8](#"{"event":"admin.database.backup","user":true,"owner":true}"#.utf8)
        #expect(
            PlexEpisodeHook.read(backup, arrival: Self.arrival) == .ignored("admin.database.backup tells of no play"))
        let bare = [UInt8](#"{"event":"media.scrobble"}"#.utf8)
        #expect(PlexEpisodeHook.read(bare, arrival: Self.arrival) == .refused("it names no item"))
    }

    @Test(arguments: [
        "", "[]", "{", "{}", "null", #"{"event":5}"#, #"{"event":"media.scrobble","Metadata":[]}"#,
        #"{"event":"media.scrobble","Metadata":{"type":"episode","title":"x"}}"#,
    ])
    func `nonsense is refused with a reason`(_ body: String) {
        switch PlexEpisodeHook.read([UInt8](body.utf8), arrival: Self.arrival) {
        case .refused(let why): #expect(!why.isEmpty)
        case .ignored(let why, _): #expect(body.contains("5") && !why.isEmpty)
        default: Issue.record("believed")
        }
    }

    @Test func `other people's plays carry their own account`() throws {
        let body = Self.hook(account: #"{"id":4100002,"title":"ann"}"#)
        guard case .event(let play) = PlexEpisodeHook.read(body, arrival: Self.arrival) else {
            Issue.record("not taken")
            return
        }
        #expect(play.account == .init(id: "4100002", name: "ann"))
        guard case .event(let nobody) = PlexEpisodeHook.read(Self.hook(account: nil), arrival: Self.arrival) else {
            Issue.record("not taken")
            return
        }
        #expect(nobody.account == .init())
    }

    @Test(arguments: [("1767268795", -5), ("1767268100", 0), ("1767269999", 0), ("\"x\"", 0), ("-1", 0)])
    func `the time is Plex's own where that was just now, else the arrival's`(_ said: String, _ seconds: Int64) throws {
        let play = try #require(Self.play(["lastViewedAt": said]))
        #expect(play.at == Self.arrival + .seconds(seconds))
    }
}
