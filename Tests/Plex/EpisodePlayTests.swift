// Episodes as a Plex server tells of them: by webhook, in its history, in its lists.

import Domain
import HTTP
import Plex
import Runtime
import Sockets
import StandIns
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Episodes of a Plex server` {
    /// All that was posted, as a form.
    final class Ear: Sendable {
        private let heard = Mutex<[MultipartForm]>([])
        var forms: [MultipartForm] { heard.withLock { $0 } }
        func add(_ form: MultipartForm) { heard.withLock { $0.append(form) } }
    }

    static func shelved() -> HouseholdWorld {
        let now = VirtualClock().now
        var world = HouseholdWorld.small(now: now)
        world.addTelevision(.standard(of: world, now: now), now: now)
        return world
    }

    static func listening(
        by people: [Int], _ body: (LivePlex, Ear) async throws -> Void
    ) async throws {
        try await LivePlex.run(shelved(), pageSize: 100) { live in
            let ear = Ear()
            let loop = try EventLoop(name: "ear", log: .silent)
            let server = try await HTTPServer.start(
                on: loop, port: 0,
                routes: [
                    .post("/hook", maxBody: 1 << 20) { request in
                        guard let form = try? request.multipart() else { return .text("no form", status: 400) }
                        ear.add(form)
                        return .text("")
                    }
                ], log: .silent)
            await live.standIn.changeRules { rules in
                rules.webhooks = people.map { PlexWebhook(url: "http://127.0.0.1:\(server.port)/hook", person: $0) }
            }
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(live, ear)) } catch { outcome = .failure(error) }
            await server.stop()
            await loop.stop()
            try outcome.get()
        }
    }

    @Test func `a play is posted as a form, with a poster at its beginning, and read from it`() async throws {
        try await Self.listening(by: [LivePlex.People.robin]) { live, ear in
            let episode = try #require(live.world { $0.leafKeys(of: 31_000).first })
            let posts = await live.standIn.watch(episode, by: LivePlex.People.robin)
            #expect(posts.map(\.status) == [200, 200, 200])
            #expect(ear.forms.map { $0["thumb"] != nil } == [true, false, false])
            let readings = ear.forms.map { PlexEpisodeHook.read($0["payload"]?.bytes ?? [], arrival: live.clock.now) }
            let plays = readings.compactMap { if case .event(let play) = $0 { play } else { nil } }
            let play = try #require(plays.first)
            #expect(plays.count == 1)
            #expect(play.account.id == "1")
            #expect(play.showTitle == "The Long Tide (2018)")
            #expect(play.guids.contains("tvdb://8202061"))
            #expect(play.place == .init(server: live.machine, episode: "\(episode)", show: "31000"))
        }
    }

    @Test func `a guest's play goes to the owner's hook and the guest's own, twice to one address`() async throws {
        try await Self.listening(by: [LivePlex.People.robin, LivePlex.People.ann]) { live, ear in
            let episode = try #require(live.world { $0.leafKeys(of: 31_000).first })
            await live.standIn.watch(episode, by: LivePlex.People.ann, telling: ["media.scrobble"])
            #expect(ear.forms.count == 2)
            await live.standIn.watch(episode, by: LivePlex.People.robin, telling: ["media.scrobble"])
            #expect(ear.forms.count == 3)
            for form in ear.forms.prefix(2) {
                guard
                    case .event(let play) = PlexEpisodeHook.read(form["payload"]?.bytes ?? [], arrival: live.clock.now)
                else {
                    Issue.record("not taken")
                    continue
                }
                #expect(play.account == .init(id: "\(LivePlex.People.ann)", name: "Ann"))
            }
        }
    }

    @Test func `finds what else is in the file of an episode`() async throws {
        try await LivePlex.run(Self.shelved(), pageSize: 100) { live in
            let keys = live.world { $0.leafKeys(of: 34_000).map { "\($0)" } }
            let both = try await live.plex.episodesInOneFile(with: keys[0])
            #expect(both.map(\.ratingKey) == [keys[0], keys[1]])
            let one = try await live.plex.episodesInOneFile(with: keys[2])
            #expect(one.map(\.ratingKey) == [keys[2]])
        }
    }

    @Test func `tells the show's own ids and year, which no webhook has`() async throws {
        try await LivePlex.run(Self.shelved(), pageSize: 100) { live in
            let show = try await live.plex.item("31000")
            #expect(show.guids == ["imdb://tt9510002", "tmdb://91002", "tvdb://391002"])
            #expect(show.year == 2018)
            let missing = await #expect(throws: PlexError.self) { try await live.plex.item("39999") }
            #expect(missing == .notFound("item 39999"))
        }
    }

    @Test func `reads the history of episodes page by page, and goes on where it stopped`() async throws {
        var world = Self.shelved()
        world.plays = []
        let start = Instant(seconds: 1_760_000_000)
        let keys = world.leafKeys(of: 31_000) + [101]
        for (place, key) in keys.enumerated() {
            world.addPlay(of: key, by: LivePlex.People.ann, started: start + .hours(Int64(place)))
        }
        try await LivePlex.run(world, pageSize: 5) { live in
            let box = Mutex<(plays: [EpisodePlay], next: Instant?, shares: [Double])>(([], nil, []))
            struct Enough: Error {}
            await #expect(throws: Enough.self) {
                try await live.plex.readEpisodePlays(since: nil, server: live.machine) { plays, next, share in
                    box.withLock {
                        $0.plays += plays
                        $0.next = next
                        $0.shares.append(share)
                    }
                    if share > 0.5 { throw Enough() }
                }
            }
            let (before, next) = box.withLock { ($0.plays.count, $0.next) }
            #expect(before > 5 && before < 16)
            try await live.plex.readEpisodePlays(since: next, server: live.machine) { plays, next, share in
                box.withLock {
                    $0.plays += plays
                    $0.next = next
                    $0.shares.append(share)
                }
            }
            let (plays, last) = box.withLock { ($0.plays, $0.shares.last) }
            #expect(last == 1)
            // Where it went on, one is told twice, with the same time; the film never.
            #expect(Set(plays.map(\.place.episode)).count == 16)
            #expect(Set(plays).count == 16)
            let first = try #require(plays.first)
            #expect(first.source == .history)
            #expect(first.account.id == "\(LivePlex.People.ann)")
            #expect((first.showTitle, first.season, first.number) == ("The Long Tide (2018)", 1, 1))
            #expect(first.airedOn == "2018-04-02")
            #expect(first.place.show == "31000")
        }
    }

    @Test func `tells what the token's owner has seen of a show, and what no longer`() async throws {
        try await LivePlex.run(Self.shelved(), pageSize: 100) { live in
            let keys = live.world { $0.leafKeys(of: 31_000) }
            await live.standIn.watch(keys[0], by: LivePlex.People.robin, telling: [])
            await live.standIn.watch(keys[1], by: LivePlex.People.ann, telling: [])
            let seen = try await live.plex.viewedEpisodes(ofShow: "31000")
            #expect(seen.count == 16)
            #expect(seen.filter { $0.viewCount > 0 }.map(\.ratingKey) == ["\(keys[0])"])
            let show = try await live.plex.item("31000")
            let play = try #require(
                seen[0].episodePlay(by: .init(id: "1"), on: live.machine, show: show))
            #expect((play.viewCount, play.showYear) == (1, 2018))
            #expect(play.showGuids.contains("tvdb://391002"))
            #expect(play.guids.contains("tvdb://8202061"))
            #expect(seen[1].episodePlay(by: .init(id: "1"), on: live.machine, show: show) == nil)
        }
    }
}
