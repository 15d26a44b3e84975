// What an owner relies on: every night a copy, only the newest are kept, and one of them brings the whole house back.

import Runtime
import StandIns
import Storage
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `Copies of the database` {
    /// How many stay is a test of Storage.
    @Test func `are made by themselves in the night`() async throws {
        let clock = TravelClock()
        var rules = DiscordRules.standard
        // Days pass between two beats of the line.
        rules.heartbeatInterval = .days(400)
        try await Evening.spend(rules: rules, by: clock) { evening in
            let folder = evening.folder + "/backups"
            try await evening.run { _ in
                #expect(Backup.newest(folder) == nil)
                let begun = clock.now
                // Other jobs say something more often; until the night has come the clock goes on with each.
                let made = try await evening.logbook.until {
                    if let newest = Backup.newest(folder) { return newest }
                    clock.skip(.hours(1))
                    return nil
                }
                #expect(made > begun - .seconds(1) && Backup.list(folder).count == 1)
                let said = evening.logbook.lines.first { $0.contains("ended ok") && $0.contains("job=backup") }
                if let said { #expect(said.contains("by=schedule"), "\(said)") }
            }
        }
    }

    private static func links(_ evening: Evening) async throws -> Int {
        let database = try await Database.open(path: evening.folder + "/autoplex.db")
        let count = try await database.read { db in
            try db.row("SELECT COUNT(*) FROM people_links") { try $0.int(0) } ?? 0
        }
        await database.close()
        return count
    }

    @Test func `bring back who was linked, and keep what they replace`() async throws {
        try await Evening.spend(in: .small(now: SystemClock().now)) { evening in
            await evening.discord.changeRules { $0.identifySpacing = .zero }
            var backup = ""
            try await evening.run { _ in
                try await `A newsletter`.link(evening)
                _ = try await evening.ask("!plex jobs run backup")
                _ = try await evening.logbook.first { $0.contains("backup written") }
                backup = try #require(Backup.list(evening.folder + "/backups").first)
                _ = try await evening.slash("plex unlink", options: ["service": "plex"])
            }
            let linked = try await Self.links(evening)
            #expect(linked == 0)
            let settings = try evening.application().settings
            let code = await Backups.restore(backup, settings: settings)
            #expect(code == .ok)
            let relinked = try await Self.links(evening)
            #expect(relinked == 1)
            try await evening.run(times: 2) { _ in
                let again = try await evening.slash("plex whoami")
                #expect(again.allText.contains("Robin"), "\(again.allText)")
                let refused = await Backups.restore(backup, settings: settings)
                #expect(refused == .unavailable, "nothing is restored under a running program")
            }
        }
    }
}
