// `!plex usage` in the real program: Discord on one side, Tautulli and Plex on the other.

import Runtime
import Sockets
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `Somebody who asks what plays` {
    /// A household's Plex and Tautulli, and the settings that lead to them.
    private struct Services {
        let plex: PlexStandIn
        let tautulli: TautulliStandIn
        let settings: [String: String]
        var secrets: [String] { [plex.token, tautulli.apiKey, plex.url, tautulli.url] }
    }

    private func with(
        _ change: (inout HouseholdWorld) -> Void = { _ in }, _ story: (Evening, Services) async throws -> Void
    ) async throws {
        try await Evening.spend { evening in
            let clock = SystemClock()
            var world = HouseholdWorld.small(now: clock.now)
            change(&world)
            let household = Household(world)
            let loop = try EventLoop(name: "services", log: .silent)
            let plex = try await PlexStandIn.start(loop: loop, clock: clock, household: household)
            let tautulli = try await TautulliStandIn.start(loop: loop, clock: clock, household: household)
            let settings = [
                "PLEX_URL": plex.url, "PLEX_TOKEN": plex.token, "TAUTULLI_URL": tautulli.url,
                "TAUTULLI_API_KEY": tautulli.apiKey, "PLEX_TV_URL": "http://127.0.0.1:1",
            ]
            let outcome: Result<Void, any Error>
            do {
                try await story(evening, Services(plex: plex, tautulli: tautulli, settings: settings))
                outcome = .success(())
            } catch { outcome = .failure(error) }
            await plex.stop()
            await tautulli.stop()
            await loop.stop()
            try outcome.get()
        }
    }

    private func field(_ number: Int, of message: ShownMessage) -> String {
        let field = message.embeds.first?["fields"]?[number]
        return (field?["name"]?.string ?? "") + "\n" + (field?["value"]?.string ?? "")
    }

    @Test func `sees every stream, with the poster attached and no secret anywhere`() async throws {
        try await with({ world in
            if let ann = world.people.firstIndex(where: { $0.id == HouseholdWorld.People.ann }) {
                world.people[ann].username = "@everyone *x*"
                world.people[ann].title = "@everyone *x*"
            }
        }) { evening, services in
            try await evening.run(services.settings) { _ in
                for person in [House.ann, House.robin] {
                    let answer = try await evening.ask("!plex usage", as: person)
                    #expect(answer.embeds.first?["title"]?.string == "5 streams")
                    #expect(answer.embeds.first?["fields"]?.array?.count == 5)
                    #expect(field(0, of: answer).contains("🎬 Orbit 7 (2025)\n**robin** on Living Room TV"))
                    // Escaped: neither a ping nor markup.
                    #expect(!field(1, of: answer).contains("@everyone"))
                    #expect(field(1, of: answer).contains("\\*x\\*"))
                    let poster = answer.embeds.first?["thumbnail"]?["url"]?.string ?? ""
                    #expect(poster.contains("/poster."), "\(poster)")
                    for secret in services.secrets { #expect(!"\(answer.json)".contains(secret)) }
                }
                let slashed = try await evening.slash("plex usage now")
                #expect(slashed.embeds.first?["title"]?.string == "5 streams")
                let day = try await evening.ask("!plex usage day")
                #expect(day.embeds.first?["title"]?.string == "Today's streams")
                #expect(day.embeds.first?["image"]?["url"]?.string?.contains("/day.png") == true)
            }
            for line in evening.logbook.lines {
                for secret in services.secrets.prefix(2) { #expect(!line.contains(secret)) }
            }
        }
    }

    @Test func `is told that it is not known, and only admins are told why`() async throws {
        try await with { evening, services in
            await services.tautulli.setPlexIsDown(true)
            await services.plex.changeRules { $0.isStarting = true }
            try await evening.run(services.settings) { _ in
                let member = try await evening.ask("!plex usage", as: House.ann)
                #expect(member.embeds.first?["title"]?.string == "What is playing cannot be told")
                #expect(member.allText.contains("Tautulli** does not answer as it should"))
                let admin = try await evening.ask("!plex usage", as: House.robin)
                #expect(admin.allText.contains("Tautulli has no connection to Plex"))
                #expect(admin.allText.contains("Plex is starting or busy"))
            }
        }
    }

    @Test func `sees no names where the channel asks for it`() async throws {
        try await with { evening, services in
            var settings = services.settings
            settings["USAGE_ANONYMOUS_CHANNELS"] = "\(House.offTopic)"
            try await evening.run(settings) { _ in
                let hidden = try await evening.ask("!plex usage", in: House.offTopic)
                #expect(field(1, of: hidden).contains("**Viewer 2** with Plexamp"))
                #expect(!hidden.allText.contains("Ann's Phone"))
                let named = try await evening.ask("!plex usage", in: House.media)
                #expect(field(1, of: named).contains("**ann** on Ann's Phone"))
            }
        }
    }

    @Test func `sees none in a thread of such a channel, nor where that cannot be found out`() async throws {
        try await with { evening, services in
            var settings = services.settings
            settings["USAGE_ANONYMOUS_CHANNELS"] = "\(House.offTopic)"
            try await evening.run(settings) { _ in
                await evening.discord.fail(
                    "GET /channels/{}", with: .status(403, ["message": "Missing Access", "code": 50001]))
                let unknown = try await evening.ask("!plex usage")
                #expect(field(1, of: unknown).contains("**Viewer 2**"))
                // As Discord tells of a thread. It is asked for once.
                await evening.discord.fail(
                    "GET /channels/{}",
                    with: .status(
                        200,
                        [
                            "id": .string("\(House.media)"), "type": 11, "name": "talk",
                            "guild_id": .string("\(House.server)"), "parent_id": .string("\(House.offTopic)"),
                        ]))
                for _ in 1...2 {
                    let thread = try await evening.ask("!plex usage")
                    #expect(field(1, of: thread).contains("**Viewer 2**"))
                }
            }
        }
    }

    @Test func `finds one message that is kept true, over restarts and a deletion`() async throws {
        try await with { evening, services in
            var settings = services.settings
            settings["USAGE_STATUS_CHANNEL"] = "\(House.offTopic)"
            var first: DiscordID = 0
            try await evening.run(settings) { _ in
                first = try await evening.discord.nextMessage(in: House.offTopic, after: 0) {
                    $0.allText.contains("5 streams")
                }.id
            }
            var shown = await evening.discord.messages(in: House.offTopic)
            #expect(shown.map(\.id) == [first])
            #expect(shown.first?.allText.hasPrefix("Offline") == true)
            #expect(shown.first?.embeds.first?["thumbnail"] == nil)

            try await evening.run(settings, times: 2) { _ in
                _ = try await evening.discord.message(first) { $0.allText.contains("5 streams") }
            }
            #expect(await evening.discord.messages(in: House.offTopic).map(\.id) == [first])

            try await evening.discord.delete(first, as: House.robin)
            try await evening.run(settings, times: 3) { _ in
                _ = try await evening.discord.nextMessage(in: House.offTopic, after: first) {
                    $0.allText.contains("5 streams")
                }
            }
            shown = await evening.discord.messages(in: House.offTopic)
            #expect(shown.count == 1)
            #expect(shown.first?.id != first)
        }
    }

    @Test func `has an admin who hears once that the message cannot be shown`() async throws {
        try await with { evening, services in
            var settings = services.settings
            settings["USAGE_STATUS_CHANNEL"] = "1180000000000000099"
            try await evening.run(settings) { _ in
                let notice = try await evening.discord.nextMessage(in: House.admin, after: 0) {
                    $0.allText.contains("The status message cannot be kept up to date")
                }
                #expect(notice.allText.contains("does not exist any more, or the bot cannot see it"))
            }
        }
    }
}
