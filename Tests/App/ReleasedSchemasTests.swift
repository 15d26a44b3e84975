// A database of every version that was released opens in this one, with what was in it. Released/ holds one of each.

import FoundationEssentials
import Runtime
import SQLite
import Storage
import Testing

@testable import App

@Suite struct `A database of an earlier version` {
    private static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        + "/Released"

    static let versions = (try? Files.list(folder))?.filter { $0.hasSuffix(".sql") }.sorted() ?? []

    @Test func `is there for each version of the changelog`() throws {
        let root = Self.folder.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
            separator: "/")
        let released = try Files.text("\(root)/CHANGELOG.md").split(separator: "\n").compactMap { line in
            line.hasPrefix("## ") && line != "## Unreleased" ? "\(line.dropFirst(3)).sql" : nil
        }
        #expect(released.sorted() == Self.versions)
    }

    /// Closed when it returns.
    private static func make(_ path: String, by script: String) throws {
        try Connection.open(path, access: .readWrite).execute(try Files.text(script))
    }

    @Test(arguments: versions)
    func `opens in this one and has lost nothing`(_ version: String) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/released-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/autoplex.db"
        try Self.make(path, by: "\(Self.folder)/\(version)")

        let database = try await Database.open(path: path, schemas: Application.schemas)
        let entries = try await Ledger(database).entries()
        #expect(entries.map(\.action) == ["jobs.run"])
        #expect(entries.first?.outcome == .done)
        let paused = try await JobRuns(database).paused()
        #expect(paused == ["services"])
        let remembered = try await Remembered(database).get("plex.client")
        #expect(remembered == "autoplex-0123")
        let cards = try await database.read { db in
            try db.rows("SELECT id FROM bot_cards") { row in try row.text("id") }
        }
        #expect(cards == ["card"])
        let newest = try await database.read { db in
            try db.rows("SELECT name FROM schema_versions") { row in try row.text("name") }
        }
        #expect(Set(newest).isSuperset(of: Application.schemas.map(\.name)))
        await database.close()
    }
}
