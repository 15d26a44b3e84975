// Films of Jellyfin, how somebody stands to them, and what its Webhook plugin posts, read by us.

import Domain
import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@testable import Jellyfin

@Suite(.timeLimit(.minutes(1))) struct `Films of Jellyfin` {
    typealias Ids = HouseholdWorld.JellyfinPeople
    typealias Films = HouseholdWorld.Films

    @Test func `a film is told with its numbers and how somebody stands to it`() async throws {
        try await JellyfinTests.with { house in
            let film = try #require(house.standIn.household.read { $0.film(titled: Films.ordinary) })
            let item = try #require(try await house.jellyfin.item(film.jellyfinID, for: Ids.robin))
            #expect(item.ids == FilmIDs(tmdb: film.tmdb, imdb: film.imdb, title: film.title, year: film.year))
            #expect(item.kind == .film && item.runtime == .minutes(Int64(film.minutes)))
            #expect(item.state?.starts == 1 && item.state?.isPlayed == true && item.state?.isFavourite == false)
            #expect(item.state?.lastPlayed == house.clock.now - .days(35) && item.versions.count == 1)
            let ann = try #require(try await house.jellyfin.item(film.jellyfinID, for: Ids.ann))
            #expect(ann.state == JellyfinPlayState(starts: 0, isPlayed: false, isFavourite: false, position: nil))
            let none = try await house.jellyfin.item(Ids.ann, for: Ids.robin)
            #expect(none == nil)
            #expect(
                await JellyfinTests.error { _ = try await house.jellyfin.item("../Users", for: Ids.robin) }
                    == .invalid("an item: that is no id"))
        }
    }

    @Test func `what somebody saw, likes and is called so is listed`() async throws {
        try await JellyfinTests.with { house in
            let played = try await house.jellyfin.playedFilms(of: Ids.robin)
            #expect(played.map(\.ids.title) == [Films.poor, Films.ordinary])
            let liked = try await house.jellyfin.favouriteFilms(of: Ids.robin)
            #expect(liked.map(\.ids.title) == ["Mister Möbius"])
            let twins = try await house.jellyfin.films(titled: Films.twins, for: Ids.robin)
            #expect(Set(twins.map(\.ids.tmdb)).count == 2)
        }
    }

    @Test(arguments: [JellyfinHookDestination.Form.flat, .form, .nested])
    func `what its plugin posts is read by us`(form: JellyfinHookDestination.Form) async throws {
        try await JellyfinTests.with { house in
            await house.standIn.changeRules { rules in
                rules.hooks = [JellyfinHookDestination(url: "http://127.0.0.1:1/jellyfin/playback", form: form)]
            }
            let film = try #require(house.standIn.household.read { $0.film(titled: Films.rare) })
            house.standIn.watch(film, by: Ids.robin, share: 0.95)
            let post = try await house.standIn.posted.first { _ in true }
            let body: HookBody
            if form == .form {
                #expect(post.type == "application/x-www-form-urlencoded")
                body = .form(
                    String(decoding: post.body, as: UTF8.self).split(separator: "&").map { pair in
                        let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                        let value = halves[1].replacing("+", with: " ").replacing("%27", with: "'")
                        return (name: String(halves[0]), value: String(value.replacing("%3A", with: ":")))
                    })
            } else {
                #expect(post.type == "text/plain; charset=utf-8")
                body = .text(post.body)
            }
            guard case .event(let playback) = JellyfinHook.read(body, arrival: house.clock.now) else {
                Issue.record("\(JellyfinHook.read(body, arrival: house.clock.now))")
                return
            }
            #expect(playback.film == FilmIDs(tmdb: film.tmdb, imdb: film.imdb, title: film.title, year: film.year))
            #expect(playback.user == .init(id: Ids.robin, name: "Robin") && playback.itemID == film.jellyfinID)
            #expect(playback.runtime == .minutes(Int64(film.minutes)) && playback.saidWatched == true)
            #expect(playback.position == .milliseconds(Int64(film.minutes) * 57_000))
            #expect(playback.at == house.clock.now)
            let state = try await house.jellyfin.item(film.jellyfinID, for: Ids.robin)?.state
            #expect(state?.starts == 1 && state?.isPlayed == true)
        }
    }
}
