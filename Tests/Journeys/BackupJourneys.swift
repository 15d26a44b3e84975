// What an owner relies on: a copy brings the whole house back. That it is made every night is the job's schedule, that only
// the newest stay is a test of Storage.

import Runtime
import StandIns
import Storage
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `Copies of the database` {
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
