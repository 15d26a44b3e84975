// TMDB asked over real connections: what comes back, what a bad day looks like, and where the key never stands.

import Domain
import HTTP
import Runtime
import StandIns
import Synchronization
import Testing

@testable import TVData

@Suite(.timeLimit(.minutes(1))) struct `Asking TMDB` {
    @Test func `tells a show with all its names, numbers and episodes in one answer`() async throws {
        try await Airwaves.open { waves in
            let show = try await waves.tmdb.wholeShow(Known.landOfWind)
            #expect(show.title == "Land of Wind")
            #expect(show.originalTitle == "風の国")
            // That of a season is no name of the show.
            #expect(show.otherNames == ["Kaze no Kuni", "Le Pays du vent"])
            #expect(show.ids == TVIDs(tmdb: 91_007, tvdb: 391_007, imdb: "tt9510007"))
            #expect(show.year == 2015)
            #expect(show.country == "JP")
            #expect(show.network == "Kaze TV")
            #expect(show.hasEnded)
            #expect(show.poster == "https://image.tmdb.org/t/p/w342/poster91007.jpg")
            #expect(show.episodes?.count == 37)
            let last = try #require(show.episodes?.last)
            #expect((last.season, last.number, last.minutes) == (3, 12, 24))
            #expect(last.ids == TVIDs(tmdb: 3_107_192))
            #expect(waves.tmdbStandIn.requests.entries.count == 1)
        }
    }

    @Test func `asks on for seasons that one answer cannot hold`() async throws {
        try await Airwaves.open { waves in
            let show = try await waves.tmdb.wholeShow(Known.greyHarbour)
            #expect(Set((show.episodes ?? []).map(\.season)) == Set(1...24))
            #expect(show.episodes?.count == 240)
            let asked = waves.tmdbStandIn.requests.entries.map { $0.queryValue("append_to_response") ?? "" }
            #expect(asked.count == 2)
            #expect(asked.allSatisfy { $0.split(separator: ",").count <= 20 })
        }
    }

    @Test func `asks by itself for a season that was announced and left out`() async throws {
        try await Airwaves.open { waves in
            await waves.tmdbStandIn.changeRules { $0.hiddenSeasons = [2] }
            let show = try await waves.tmdb.wholeShow(Known.longTide1998)
            #expect(show.episodes?.count == 12)
            #expect(waves.tmdbStandIn.requests.entries.last?.route == "GET /3/tv/{}/season/{}")
        }
    }

    @Test func `keeps specials and knows which day is next`() async throws {
        try await Airwaves.open { waves in
            let hospital = try await waves.tmdb.wholeShow(Known.meridian)
            #expect(
                hospital.episodes?.filter { $0.season == 0 }.map(\.title)
                    == ["The Christmas Ward", "Night Shift", "Farewell, Meridian"])
            let ferry = try await waves.tmdb.show(Known.nightFerry)
            let today = Day(of: waves.clock.now, in: .utc)
            #expect(ferry.lastAired.map { today - $0 } == 3)
            #expect(ferry.nextAirs.map { $0 - today } == 4)
            #expect(ferry.status == .running)
            #expect(ferry.episodes == nil)
        }
    }

    @Test func `finds a show by the number it has elsewhere`() async throws {
        try await Airwaves.open { waves in
            let byTVDB = try await waves.tmdb.find("391002", at: .tvdb)
            #expect(byTVDB.shows.map(\.ids.tmdb) == [Known.longTide2018])
            #expect(byTVDB.episodes.isEmpty)
            let byIMDb = try await waves.tmdb.find("tt9510001", at: .imdb)
            #expect(byIMDb.shows.map(\.year) == [1998])
        }
    }

    @Test func `finds the show of an episode by the episode's own number`() async throws {
        try await Airwaves.open { waves in
            let found = try await waves.tmdb.find("8202065", at: .tvdb)
            #expect(found.shows.isEmpty)
            let episode = try #require(found.episodes.first)
            #expect(episode.show == Known.longTide2018)
            #expect((episode.episode.season, episode.episode.number) == (1, 5))
            let ids = try await waves.tmdb.ids(ofEpisode: 5, season: 1, of: Known.longTide2018)
            #expect(ids == TVIDs(tmdb: 3_102_065, tvdb: 8_202_065, imdb: "tt96102065"))
            let nothing = try await waves.tmdb.find("1", at: .tvdb)
            #expect(nothing == TVFound())
        }
    }

    @Test func `searches by name and by year, page after page`() async throws {
        try await Airwaves.open { waves in
            let both = try await waves.tmdb.search("The Long Tide")
            #expect(both.shows.map(\.year) == [1998, 2018])
            let one = try await waves.tmdb.search("The Long Tide", premiere: 2018)
            #expect(one.shows.map(\.ids.tmdb) == [Known.longTide2018])
            let aired = try await waves.tmdb.search("The Long Tide", year: 1999)
            #expect(aired.shows.map(\.ids.tmdb) == [Known.longTide1998])
            let abroad = try await waves.tmdb.search("The House on the Canal")
            #expect(abroad.shows.map(\.title) == ["Das Haus am Kanal"])
            await waves.tmdbStandIn.changeRules { $0.pageSize = 1 }
            let all = try await waves.tmdb.searchAll("The Allotment")
            #expect(all.map(\.country) == ["GB", "US"])
            let nobody = try await waves.tmdb.searchAll("Nothing & Everything")
            #expect(nobody.isEmpty)
        }
    }

    @Test func `takes either key, and neither stands in a log or an error`() async throws {
        try await Airwaves.open(key: { $0.readToken }) { waves in
            try await waves.tmdb.check()
            let asked = try #require(waves.tmdbStandIn.requests.entries.first)
            #expect(asked.authorization == "Bearer \(waves.tmdbStandIn.readToken)")
            #expect(asked.queryValue("api_key") == nil)
        }
        let kept = Mutex<[String]>([])
        let cache = AnswerCache(get: { _ in nil }, put: { url, _, _ in kept.withLock { $0.append(url) } })
        try await Airwaves.open(cache: cache) { waves in
            _ = try await waves.tmdb.search("Tide")
            await waves.tmdbStandIn.fail(with: .status(500, ["status_message": "no"]), times: 9)
            let trouble = await waves.failure { try await waves.tmdb.show(1) }
            let key = waves.tmdbStandIn.apiKey
            #expect(waves.tmdbStandIn.requests.entries.first?.queryValue("api_key") == key)
            #expect(trouble != nil)
            #expect(!"\(TVDataError(.tmdb, trouble ?? .badKey))".contains(key))
            #expect(!waves.told.text.contains(key))
            #expect(waves.told.text.contains("no answer"))
            #expect(kept.withLock { $0 }.count == 1)
            #expect(kept.withLock { $0 }.allSatisfy { !$0.contains(key) })
        }
    }

    @Test func `says that a key is wrong, and asks only once`() async throws {
        try await Airwaves.open(key: { _ in "00000000000000000000000000000000" }) { waves in
            let trouble = await waves.failure { try await waves.tmdb.show(Known.meridian) }
            #expect(trouble == .badKey)
            #expect(waves.tmdbStandIn.requests.entries.count == 1)
        }
    }

    @Test func `says no only in TMDB's own words`() async throws {
        try await Airwaves.open { waves in
            let missing = await waves.failure { try await waves.tmdb.show(5) }
            #expect(missing == .notFound("show 5"))
            let page = await waves.failure { try await waves.tmdb.season(9, of: Known.meridian) }
            #expect(page == .notFound("season 9 of show 91005"))
        }
    }

    @Test(arguments: [
        HTTPFault.html502, .refuse, .garbage, .truncated, .status(503, ["status_code": 9]), .status(200, [:]),
    ])
    func `after a bad moment the answer still comes`(_ fault: HTTPFault) async throws {
        try await Airwaves.open { waves in
            await waves.tmdbStandIn.fail(with: fault, times: 2)
            let show = try await waves.moving { try await waves.tmdb.show(Known.coppergate) }
            #expect(show.title == "Coppergate")
            #expect(waves.tmdbStandIn.requests.entries.count == 3)
        }
    }

    @Test(arguments: [("<html>not here</html>", false), ("", false), ("{\"status_code\":34}", true), ("null", true)])
    func `a proxy's 404 is not the catalogue's`(_ body: String, _ isNo: Bool) {
        let response = HTTPResponse(status: 404, headers: HTTPHeaders(), body: [UInt8](body.utf8))
        let question = TVQuestion(target: "/tv/1", what: "show 1")
        let answer = TVAnswer(.success(response), to: question, of: .tmdb, now: Instant(seconds: 0))
        if case .no(.notFound("show 1")) = answer { #expect(isNo) } else { #expect(!isNo) }
    }

    @Test func `trouble that lasts is never a no`() async throws {
        try await Airwaves.open { waves in
            await waves.tmdbStandIn.fail(with: .garbage, times: 9)
            let trouble = await waves.failure { try await waves.tmdb.find("391002", at: .tvdb) }
            guard case .unreadable? = trouble else {
                Issue.record("\(String(describing: trouble))")
                return
            }
            #expect(TVDataError(.tmdb, trouble ?? .badKey).mayPass)
        }
    }

    @Test func `waits as long as it is asked to`() async throws {
        try await Airwaves.open { waves in
            await waves.tmdbStandIn.fail(with: .tooMany(retryAfter: 7))
            let show = try await waves.moving { try await waves.tmdb.show(Known.coppergate) }
            #expect(show.title == "Coppergate")
            let at = waves.tmdbStandIn.requests.entries.map(\.at)
            #expect(at.count == 2)
            #expect(at[1] - at[0] >= .seconds(7))
        }
    }

    @Test func `whoever would have to wait too long is told so instead`() async throws {
        try await Airwaves.open { waves in
            await waves.tmdbStandIn.fail(with: .tooMany(retryAfter: 600))
            let trouble = await waves.failure { try await waves.tmdb.show(Known.coppergate) }
            #expect(trouble == .busy(for: .seconds(600)))
        }
    }

    @Test func `keeps within TMDB's pace`() async throws {
        try await Airwaves.open { waves in
            _ = try await waves.moving {
                for number in 0..<70 { _ = try? await waves.tmdb.show(500 + number) }
            }
            let refused = waves.tmdbStandIn.requests.entries.count { $0.status == 429 }
            #expect(refused == 0)
            #expect(waves.tmdbStandIn.requests.entries.count == 70)
        }
    }

    @Test func `does not ask twice for what it was told lately`() async throws {
        let kept = Mutex<[String: [UInt8]]>([:])
        let cache = AnswerCache(
            get: { url in kept.withLock { $0[url] } }, put: { url, body, _ in kept.withLock { $0[url] = body } })
        try await Airwaves.open(cache: cache) { waves in
            _ = try await waves.tmdb.show(Known.meridian)
            let again = try await waves.tmdb.show(Known.meridian)
            #expect(again.title == "Meridian Hospital")
            #expect(waves.tmdbStandIn.requests.entries.count == 1)
            _ = try await waves.tmdb.show(Known.meridian, isFresh: true)
            #expect(waves.tmdbStandIn.requests.entries.count == 2)
        }
    }
}
