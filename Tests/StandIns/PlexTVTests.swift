// plex.tv at the stand-in: who is whose friend, what is shared, who is removed how (sheet plex.md §8).

import HTTP
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct PlexTVTests {
    typealias People = HouseholdWorld.People

    private static let machine = HouseholdWorld().machineID
    private static let shares = "/api/servers/\(machine)/shared_servers"

    @Test func `each half has its own errors`() async throws {
        try await PlexStage.play { stage in
            let old = try await stage.askTV("GET", "/api/users", as: nil)
            #expect(old.status == 401 && old.text.contains("<Response code=\"401\""))
            let new = try await stage.askTV("GET", "/api/v2/user", as: nil)
            #expect(new.status == 401 && new.json?["errors"]?[0]?["code"]?.int == 1001)
            let xml = try await stage.askTV("GET", "/api/v2/user", as: nil, json: false)
            #expect(xml.text.contains("<error code=\"1001\""))
            let nameless = try await stage.askTV("GET", "/api/v2/user", client: nil)
            #expect(nameless.status == 400)
            for (method, path) in [
                ("GET", "/api/v2/friends"), ("DELETE", "/api/friends/1"), ("GET", "/api/invites/requested"),
            ] {
                let gone = try await stage.askTV(method, path)
                #expect(gone.status == 410, "\(path)")
            }
        }
    }

    @Test func `an account knows itself`() async throws {
        try await PlexStage.play { stage in
            let robin = try await stage.askTV("GET", "/api/v2/user")
            #expect(robin.json?["id"]?.int == People.robin && robin.json?["homeAdmin"]?.bool == true)
            #expect(robin.json?["subscription"]?["active"]?.bool == true)
            let ann = try await stage.askTV("GET", "/api/v2/user", as: People.ann)
            #expect(ann.json?["username"] == "ann" && ann.json?["subscription"]?["active"]?.bool == false)
            let resources = try await stage.askTV("GET", "/api/v2/resources", ["includeHttps": "1"], as: People.ann)
            #expect(resources.json?[0]?["owned"]?.bool == false)
            #expect(resources.json?[0]?["connections"]?[0]?["uri"]?.string == stage.plex.url)
            let outsider = try await stage.askTV("GET", "/api/v2/resources", as: People.gus)
            #expect(outsider.json == [])
        }
    }

    @Test func `friends are listed in XML, the owner and the invited are not`() async throws {
        try await PlexStage.play { stage in
            let users = try await stage.askTV("GET", "/api/users/")
            #expect(users.type.contains("xml") && users.text.contains("size=\"7\""))
            #expect(!users.text.contains("robin@") && !users.text.contains("gus@"))
            #expect(users.text.contains("title=\"Fay\" username=\"\" email=\"\""))
            let shares = try await stage.askTV("GET", Self.shares)
            #expect(shares.text.contains("userID=\"\(People.dora)\"") && shares.text.contains("acceptedAt=\""))
            let pending = try await stage.askTV("GET", "/api/v2/shared_servers/owned/pending")
            #expect(pending.json?.array?.count == 1 && pending.json?[0]?["invited"]?["username"] == "gus")
            let accepted = try await stage.askTV("GET", "/api/v2/shared_servers/owned/accepted")
            #expect(accepted.json?.array?.count == 7)
            let foreign = try await stage.askTV("GET", Self.shares, as: People.ann)
            #expect(foreign.status == 404)
        }
    }

    @Test func `invited by the newer way, accepted, changed, removed`() async throws {
        try await PlexStage.play { stage in
            let invited = try await stage.askTV(
                "POST", "/api/v2/shared_servers",
                form: [
                    "machineIdentifier": .string(Self.machine), "invitedEmail": "new@mail.example",
                    "librarySectionIds": [91_003], "settings": ["allowSync": false],
                ])
            #expect(invited.status == 201)
            let share = invited.json?["id"]?.int ?? 0
            let person = invited.json?["invitedId"]?.int ?? 0
            var mayEnter = try await stage.ask("GET", "/library/sections", as: person)
            #expect(mayEnter.status == 401)
            let taken = try await stage.askTV("POST", "/api/v2/shared_servers/\(share)/accept", as: person)
            #expect(taken.status == 200)
            mayEnter = try await stage.ask("GET", "/library/sections", as: person)
            #expect(mayEnter["Directory"]?.array?.count == 1)
            let again = try await stage.askTV(
                "POST", "/api/v2/shared_servers",
                form: [
                    "machineIdentifier": .string(Self.machine), "invitedId": .int(Int64(person)),
                    "librarySectionIds": [91_001],
                ])
            #expect(again.status == 422)
            let changed = try await stage.askTV(
                "PUT", Self.shares + "/\(share)", form: ["shared_server": ["library_section_ids": [91_001, 91_002]]])
            #expect(changed.status == 200)
            mayEnter = try await stage.ask("GET", "/library/sections", as: person)
            #expect(mayEnter["Directory"]?.array?.count == 2)
            let removed = try await stage.askTV("DELETE", Self.shares + "/\(share)")
            let twice = try await stage.askTV("DELETE", Self.shares + "/\(share)")
            #expect(removed.status == 200 && twice.status == 404)
            mayEnter = try await stage.ask("GET", "/library/sections", as: person)
            #expect(mayEnter.status == 401)
        }
    }

    @Test func `a share of nothing is no share`() async throws {
        try await PlexStage.play { stage in
            let share = stage.household.read { $0.person(People.bo)?.shareID ?? 0 }
            _ = try await stage.askTV(
                "PUT", Self.shares + "/\(share)", form: ["shared_server": ["library_section_ids": []]])
            let users = try await stage.askTV("GET", "/api/users")
            #expect(!users.text.contains("username=\"bo\""))
            let unknown = try await stage.askTV(
                "PUT", Self.shares + "/810002", form: ["shared_server": ["library_section_ids": [3]]])
            // The server's own key is not what plex.tv calls a library.
            #expect(unknown.status == 422)
        }
    }

    @Test func `friends leave by one door, the home's members by another`() async throws {
        try await PlexStage.play { stage in
            func remove(_ path: String) async throws -> Int { try await stage.askTV("DELETE", path).status }
            let homeByFriends = try await remove("/api/v2/sharings/\(People.eli)")
            let friendByHome = try await remove("/api/home/users/\(People.ann)")
            let owner = try await remove("/api/home/users/\(People.robin)")
            #expect([homeByFriends, friendByHome, owner] == [404, 404, 404])
            let friend = try await remove("/api/v2/sharings/\(People.ann)")
            let again = try await remove("/api/v2/sharings/\(People.ann)")
            let home = try await remove("/api/home/users/\(People.fay)")
            #expect([friend, again, home] == [204, 404, 200])
            let left = stage.household.read { world in world.people.filter(\.hasAccess).map(\.id) }
            #expect(!left.contains(People.ann) && !left.contains(People.fay) && left.count == 5)
            // A stream that runs goes on.
            let streams = stage.household.read { $0.streams.count }
            #expect(streams == 5)
        }
    }

    @Test func `a PIN is approved, and only its maker is told`() async throws {
        try await PlexStage.play { stage in
            let pin = try await stage.askTV("POST", "/api/v2/pins", ["strong": "true"], as: nil)
            #expect(pin.status == 201 && pin.json?["authToken"]?.isNull == true)
            let path = "/api/v2/pins/\(pin.json?["id"]?.int ?? 0)"
            let waiting = try await stage.askTV("GET", path, as: nil)
            #expect(waiting.json?["authToken"]?.isNull == true)
            let code = pin.json?["code"]?.string ?? ""
            #expect(stage.plexTV.openPins == [code])
            let isApproved = await stage.plexTV.approve(pin: code, as: People.chris)
            #expect(isApproved)
            let granted = try await stage.askTV("GET", path, as: nil)
            #expect(granted.json?["authToken"]?.string == stage.token(People.chris))
            let stranger = try await stage.askTV("GET", path, as: nil, client: "another")
            #expect(stranger.status == 404)
            await stage.clock.advance(by: .seconds(1_800))
            let late = try await stage.askTV("GET", path, as: nil)
            let approvedLate = await stage.plexTV.approve(pin: code, as: People.chris)
            #expect(late.status == 404 && !approvedLate)
        }
    }

    @Test func `webhooks are replaced as a whole, by those who pay`() async throws {
        try await PlexStage.play { stage in
            func set(_ form: String) async throws -> PlexStage.Answer {
                try await stage.ask(
                    "POST", "/api/v2/user/webhooks",
                    headers: [(name: "X-Plex-Client-Identifier", value: "test")],
                    body: .bytes(Array(form.utf8), type: "application/x-www-form-urlencoded"), at: stage.plexTV.url)
            }
            _ = try await set("urls%5B%5D=http%3A%2F%2Fa%2F1&urls%5B%5D=http%3A%2F%2Fb")
            #expect(stage.plexTV.webhooks == ["http://a/1", "http://b"])
            let cleared = try await set("urls=")
            #expect(cleared.json == [] && stage.plexTV.webhooks == [])
            await stage.plexTV.changeRules { $0.hasPlexPass = false }
            let refused = try await set("urls=")
            #expect(refused.status == 422)
        }
    }
}
