// People who are invited, come, are let go and come back, at the stand-ins of plex.tv, Plex and Tautulli (sheets plex.md
// §3, §8, tautulli.md §3).

import HTTP
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct ComingAndGoingTests {
    typealias People = HouseholdWorld.People

    private static let machine = HouseholdWorld().machineID
    private static let shares = "/api/servers/\(machine)/shared_servers"

    private static func invitation(_ person: JSON, _ sections: JSON, _ settings: JSON = [:]) -> JSON {
        var shared = person
        shared["library_section_ids"] = sections
        return ["server_id": .string(machine), "shared_server": shared, "sharing_settings": settings]
    }

    @Test func `a share tells what it allows, and so does the account`() async throws {
        try await PlexStage.play { stage in
            let words = "filterMovies=\"contentRating=G%2CPG|label=kids\""
            let shares = try await stage.askTV("GET", Self.shares)
            #expect(shares.text.contains(words) && shares.text.contains("allowSubtitleAdmin=\"0\""))
            let users = try await stage.askTV("GET", "/api/users")
            #expect(users.text.contains(words))
            await stage.plexTV.changeRules { $0.sharesTellRights = false }
            let silent = try await stage.askTV("GET", Self.shares)
            #expect(!silent.text.contains("allowSync") && !silent.text.contains("filterMovies"))
        }
    }

    @Test func `who is let go of a server stays a friend, and must accept anew`() async throws {
        try await PlexStage.play { stage in
            _ = try await stage.askTV("DELETE", Self.shares + "/810002")
            var users = try await stage.askTV("GET", "/api/users")
            #expect(users.text.contains("username=\"ann\"") && users.text.contains("size=\"7\""))
            #expect(!users.text.contains("id=\"810002\""))
            let invited = try await stage.askTV(
                "POST", Self.shares,
                form: Self.invitation(
                    ["invited_id": .int(Int64(People.ann))], [91_003],
                    ["allowSync": "1", "filterMusic": "label=quiet", "allowTuners": "1"]))
            #expect(invited.status == 200)
            users = try await stage.askTV("GET", "/api/users")
            #expect(users.text.contains("pending=\"1\""))
            var enters = try await stage.ask("GET", "/library/sections", as: People.ann)
            #expect(enters.status == 401)
            let accepted = await stage.plexTV.accept(People.ann)
            #expect(accepted)
            enters = try await stage.ask("GET", "/library/sections", as: People.ann)
            #expect(enters["Directory"]?.array?.count == 1)
            let rights = stage.household.read { $0.person(People.ann)?.rights }
            // Live television is not the older half's to give.
            #expect(rights?.allowsSync == true && rights?.filterMusic == "label=quiet" && rights?.allowsTuners == false)
        }
    }

    @Test func `an account that needs not accept is in at once`() async throws {
        try await PlexStage.play { stage in
            await stage.plexTV.changeRules { $0.friendsMustAccept = false }
            _ = try await stage.askTV("DELETE", Self.shares + "/810002")
            _ = try await stage.askTV(
                "POST", Self.shares, form: Self.invitation(["invited_email": "Ann"], [91_001]))
            #expect(stage.household.read { $0.person(People.ann)?.hasAccess } == true)
        }
    }

    @Test(
        arguments: [
            // Has it already; is invited already.
            (["invited_id": 4_100_002], [91_001], [:], 400),
            (["invited_email": "gus@mail.example"], [91_001], [:], 400),
            // Oneself, nobody, a stranger by name or number.
            (["invited_id": 4_100_001], [91_001], [:], 422), ([:], [91_001], [:], 422),
            (["invited_email": "stranger"], [91_001], [:], 404), (["invited_id": 5], [91_001], [:], 404),
            // To nothing, to what is not there, to what is no list.
            (["invited_email": "a@b.example"], [], [:], 422), (["invited_email": "a@b.example"], [3], [:], 422),
            (["invited_email": "a@b.example"], "91001", [:], 422),
            // With settings that are none.
            (["invited_email": "a@b.example"], [91_001], ["allowSync": "yes"], 422),
            (["invited_email": "a@b.example"], [91_001], ["filterMovies": 5], 422),
        ] as [(JSON, JSON, JSON, Int)])
    func `invitations that make no sense are refused and change nothing`(
        person: JSON, sections: JSON, settings: JSON, status: Int
    ) async throws {
        try await PlexStage.play { stage in
            let before = stage.household.read { $0.people.map(\.shareID) }
            let answer = try await stage.askTV(
                "POST", Self.shares, form: Self.invitation(person, sections, settings))
            #expect(answer.status == status && answer.text.contains("<Response code=\"\(status)\""))
            #expect(stage.household.read { $0.people.map(\.shareID) } == before)
        }
    }

    @Test func `an address without an account waits as an invitation`() async throws {
        try await PlexStage.play { stage in
            let answer = try await stage.askTV(
                "POST", Self.shares, form: Self.invitation(["invited_email": "new@mail.example"], [91_001]))
            #expect(answer.status == 200)
            let pending = try await stage.askTV("GET", "/api/v2/shared_servers/owned/pending")
            #expect(pending.json?.array?.contains { $0["invitedEmail"] == "new@mail.example" } == true)
            let users = try await stage.askTV("GET", "/api/users")
            #expect(!users.text.contains("new@mail.example"))
        }
    }

    @Test func `an invitation for another server is not taken`() async throws {
        try await PlexStage.play { stage in
            var form = Self.invitation(["invited_email": "new@mail.example"], [91_001])
            form["server_id"] = "another"
            let answer = try await stage.askTV("POST", Self.shares, form: form)
            #expect(answer.status == 422)
            let elsewhere = try await stage.askTV(
                "POST", "/api/servers/another/shared_servers", form: form)
            #expect(elsewhere.status == 404)
        }
    }

    @Test func `filters are changed one by one, where plex.tv still lets them`() async throws {
        try await PlexStage.play { stage in
            let path = "/api/v2/sharings/\(People.chris)"
            let changed = try await stage.askTV("PUT", path, ["allowSync": "1", "allowTuners": "1"])
            #expect(changed.status == 200)
            let rights = stage.household.read { $0.person(People.chris)?.rights }
            #expect(rights?.allowsSync == true && rights?.allowsTuners == true)
            #expect(rights?.filterMovies == "contentRating=G%2CPG|label=kids")
            let odd = try await stage.askTV("PUT", path, ["allowSync": "maybe"])
            #expect(odd.status == 422)
        }
    }

    @Test func `lists that are not true come with status 200, once`() async throws {
        try await PlexStage.play { stage in
            func size(_ fault: ListFault?) async throws -> (String, Int) {
                if let fault { await stage.plexTV.fail("GET /api/users", with: fault) }
                let answer = try await stage.askTV("GET", "/api/users")
                #expect(answer.status == 200)
                let said = answer.text.split(separator: "totalSize=\"").last?.prefix { $0 != "\"" } ?? ""
                return (String(said), answer.text.split(separator: "<User ").count - 1)
            }
            let empty = try await size(.empty), half = try await size(.half), short = try await size(.short)
            #expect(empty == ("0", 0) && half == ("3", 3) && short == ("7", 3))
            let whole = try await size(nil)
            #expect(whole == ("7", 7))
            await stage.plexTV.fail("GET /api/v2/shared_servers/owned/accepted", with: ListFault.half)
            let newer = try await stage.askTV("GET", "/api/v2/shared_servers/owned/accepted")
            #expect(newer.json?.array?.count == 3)
            await stage.plex.fail("GET /status/sessions", with: ListFault.half)
            let streams = try await stage.ask("GET", "/status/sessions")
            #expect(streams.items.count == 2 && streams["size"]?.int == 2)
        }
    }

    @Test func `asked to slow down, and told for how long`() async throws {
        try await PlexStage.play { stage in
            await stage.plexTV.fail("GET /api/users", with: .tooMany(retryAfter: 17))
            let answer = try await stage.askTV("GET", "/api/users")
            #expect(answer.status == 429 && answer.headers["Retry-After"] == "17")
            await stage.plexTV.changeRules { $0.refusesPolitely = true }
            let polite = try await stage.askTV("DELETE", Self.shares + "/5")
            #expect(polite.status == 200 && polite.text.contains("<Response code=\"404\""))
            #expect(stage.plexTV.requests.entries.last?.status == 200)
        }
    }

    @Test func `what Tautulli finds too short, Plex has written down`() async throws {
        try await PlexStage.play { stage in
            let tautulli = try await TautulliStandIn.start(
                loop: stage.loop, clock: stage.clock, household: stage.household)
            let now = stage.clock.now
            stage.household.change { world in
                world.plays = []
                #expect(world.playSomethingShort(by: People.dora, endingAt: now) != nil)
                // The same film again: one film, two plays.
                #expect(world.playSomethingShort(by: People.ann, endingAt: now) != nil)
            }
            let history = try await stage.ask("GET", "/status/sessions/history/all", ["sort": "viewedAt:desc"])
            #expect(Set(history.items.compactMap { $0["accountID"]?.int }) == [People.dora, People.ann])
            #expect(Set(history.items.compactMap { $0["ratingKey"]?.string }).count == 1)
            let logged = try await stage.ask(
                "GET", "/api/v2", ["apikey": tautulli.apiKey, "cmd": "get_history"], at: tautulli.url)
            #expect(logged.json?["response"]?["data"]?["recordsTotal"] == 0)
            await tautulli.stop()
        }
    }

    @Test func `somebody joins later, streams, and is let go while the stream runs`() async throws {
        try await PlexStage.play { stage in
            let now = stage.clock.now
            let (ida, key) = stage.household.change { world in
                let ida = world.addMember("Ida", at: now, to: [1])
                return (ida, world.startStream(of: 105, by: ida, at: now))
            }
            let users = try await stage.askTV("GET", "/api/users")
            #expect(users.text.contains("username=\"ida\""))
            let shares = try await stage.askTV("GET", Self.shares)
            #expect(shares.text.contains("acceptedAt=\"\(now.seconds)\""))
            stage.household.change { world in
                #expect(!world.invite(ida, at: now) && !world.accept(ida, at: now))
                #expect(world.removeShare(of: ida) && !world.removeShare(of: ida))
                #expect(world.startStream(of: 4_711_471, by: ida, at: now) == nil)
            }
            let streams = try await stage.ask("GET", "/status/sessions")
            let stream = try #require(streams.items.first { $0["sessionKey"]?.string == "\(key ?? 0)" })
            #expect(stream["User"]?["id"]?.string == "\(ida)")
            let session = stream["Session"]?["id"]?.string ?? ""
            let ended = try await stage.ask(
                "POST", "/status/sessions/terminate", ["sessionId": session, "reason": "Your access ended"])
            #expect(ended.status == 200)
            let left = stage.household.read { $0.streams.contains { $0.person == ida } }
            #expect(!left)
        }
    }
}
