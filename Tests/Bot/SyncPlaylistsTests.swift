// `!plex sync_playlists`: who may do what, and what is asked of the feature.

import Commands
import Discord
import Runtime
import Synchronization
import Testing

@testable import Bot

@Suite(.timeLimit(.minutes(1))) struct `The playlists command` {
    private func with(_ body: (Stage, _ asked: @Sendable () -> [String]) async throws -> Void) async throws {
        let asked = Mutex<[String]>([])
        let house = CommandsTests.house(asked: { text in asked.withLock { $0.append(text) } })
        try await CommandsTests.with(house) { stage in try await body(stage) { asked.withLock { $0 } } }
    }

    @Test func `runs the owner's for admins, and one's own for everyone`() async throws {
        try await with { stage, asked in
            stage.say("!plex sync_playlists")
            try await stage.recorder.hears("for admins only")
            await stage.clock.advance(by: .minutes(1))
            stage.say("!plex sync_playlists undo")
            try await stage.recorder.hears("undo --mine")
            #expect(asked().isEmpty)
            stage.say("!plex sync_playlists --dry-run", as: Stage.admin)
            try await stage.recorder.hears("what would change")
            stage.say("!plex playlists run My Top Rated --force", as: Stage.admin)
            try await stage.recorder.hears("is up to date")
            await stage.clock.advance(by: .minutes(1))
            stage.say("!plex sync_playlists mine")
            while asked().count < 3 { await Task.yield() }
            stage.say("!plex sync_playlists undo --mine", as: Stage.ben)
            while asked().count < 4 { await Task.yield() }
            #expect(
                asked() == [
                    "sync owner all preview by discord:\(Stage.admin)",
                    "sync owner My Top Rated forced by discord:\(Stage.admin)",
                    "sync discord:\(Stage.ann) all by discord:\(Stage.ann)",
                    "undo discord:\(Stage.ben) all by discord:\(Stage.ben)",
                ])
        }
    }

    @Test func `keeps one's own up to date by itself, until told not to`() async throws {
        try await with { stage, asked in
            stage.say("!plex sync_playlists mine --schedule", as: Stage.admin)
            try await stage.recorder.hears("kept up to date by themselves")
            stage.say("!plex sync_playlists mine --no-schedule", as: Stage.admin)
            try await stage.recorder.hears("left as they are")
            #expect(asked().dropFirst() == ["keep \(Stage.admin) true", "keep \(Stage.admin) false"])
            stage.say("!plex sync_playlists mine None --schedule", as: Stage.admin)
            try await stage.recorder.hears("not linked")
            #expect(asked().count == 4)
        }
    }

    @Test func `tells what is in the way and what to do`() async throws {
        try await with { stage, _ in
            stage.say("!plex sync_playlists None", as: Stage.admin)
            let said = try await stage.recorder.hears("not linked")
            #expect(said.text.contains("!plex link"))
        }
    }

    @Test func `shows names as names`() async throws {
        try await with { stage, _ in
            stage.say("!plex sync_playlists", as: Stage.admin)
            let said = try await stage.recorder.hears("Added (1)")
            #expect(!said.text.contains("*loud*"))
        }
    }

    @Test func `puts a button below what would take most away`() async throws {
        try await with { stage, _ in
            stage.say("!plex sync_playlists Gone", as: Stage.admin)
            let said = try await stage.recorder.hears("nothing was changed")
            #expect(said.text.contains("--force"))
        }
    }
}
