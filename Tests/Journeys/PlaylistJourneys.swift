// Playlists from the word on Discord to Plex, by the real program.

import Runtime
import Sockets
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1))) struct `Playlists, from Discord to Plex` {
    @Test func `are made, are not touched twice, and are taken back`() async throws {
        try await Evening.spend { evening in
            let loop = try EventLoop(name: "plex", log: .silent)
            let plex = try await PlexStandIn.start(
                loop: loop, clock: SystemClock(), household: Household(.small()))
            let settings = ["PLEX_URL": plex.url, "PLEX_TOKEN": plex.token, "DRY_RUN": "false"]
            let writes = { plex.requests.entries.filter { $0.method != "GET" }.count }
            try await evening.run(settings) { _ in
                let preview = try await evening.slash("plex sync_playlists run", options: ["dry-run": true])
                #expect(preview.allText.contains("what would change"), "\(preview.allText)")
                #expect(writes() == 0)
                let made = try await evening.slash("plex sync_playlists run")
                #expect(made.allText.contains("is made"), "\(made.allText)")
                let count = writes()
                #expect(count > 0)
                let again = try await evening.slash("plex sync_playlists run")
                #expect(again.allText.contains("is as it should be"), "\(again.allText)")
                #expect(writes() == count)
                let undone = try await evening.slash("plex sync_playlists undo")
                #expect(undone.allText.contains("the playlist is gone again"), "\(undone.allText)")
                #expect(plex.household.read { $0.playlists.isEmpty })
                let nothing = try await evening.slash("plex sync_playlists undo")
                #expect(nothing.allText.contains("nothing to undo"), "\(nothing.allText)")
            }
            #expect(!evening.logbook.lines.contains { $0.contains(plex.token) })
            await plex.stop()
            await loop.stop()
        }
    }

    @Test func `losing all their tracks ask first, by a button`() async throws {
        try await Evening.spend { evening in
            let loop = try EventLoop(name: "plex", log: .silent)
            let plex = try await PlexStandIn.start(
                loop: loop, clock: SystemClock(), household: Household(.small()))
            let settings = ["PLEX_URL": plex.url, "PLEX_TOKEN": plex.token, "DRY_RUN": "false"]
            try await evening.run(settings) { _ in
                _ = try await evening.slash("plex sync_playlists run")
                plex.household.change { world in
                    for section in [HouseholdWorld.Sections.music, HouseholdWorld.Sections.vinyl] {
                        for key in world.keys(of: .track, in: section) { world.change(key) { $0.ratings = [:] } }
                    }
                }
                let card = try await evening.slash("plex sync_playlists run")
                #expect(card.allText.contains("a library is away"), "\(card.allText)")
                let button = try #require(card.controls.first?["custom_id"]?.string)
                _ = try await evening.discord.press(button, on: card.id, as: House.robin)
                _ = try await evening.discord.message(card.id) { $0.allText.contains("is up to date") }
                #expect(plex.household.read { $0.playlists.allSatisfy(\.entries.isEmpty) })
            }
            await plex.stop()
            await loop.stop()
        }
    }

    @Test func `need Plex, and say so`() async throws {
        try await Evening.spend { evening in
            try await evening.run { _ in
                let answer = try await evening.ask("!plex sync_playlists")
                #expect(answer.allText.contains("PLEX_URL") && answer.allText.contains("PLEX_TOKEN"))
            }
        }
    }
}
