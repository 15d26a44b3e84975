// Each room owns its tables and brings the numbered steps that make them. Forward only: a step that went out is never
// changed; the next one mends it. Version n means that the first n steps have run.

internal import Runtime
internal import SQLite

package struct Migration: Sendable, ExpressibleByStringLiteral {
    let apply: @Sendable (borrowing Session) throws -> Void

    /// SQL, several statements if need be.
    package init(_ sql: String) { apply = { session in try session.script(sql) } }
    package init(stringLiteral sql: String) { self.init(sql) }
    /// For what SQL alone cannot do.
    package init(_ apply: @escaping @Sendable (borrowing Session) throws -> Void) { self.apply = apply }
}

package struct Schema: Sendable {
    package let name: String
    package let migrations: [Migration]

    package init(_ name: String, migrations: [Migration]) {
        self.name = name
        self.migrations = migrations
    }
}

extension Schema {
    private static let versionsTable = """
        CREATE TABLE IF NOT EXISTS schema_versions (
            name TEXT PRIMARY KEY,
            version INTEGER NOT NULL,
            changed_at BIGINT NOT NULL
        )
        """

    /// Brings the database to what the program knows, in one transaction: a step that fails leaves the database to the
    /// program that wrote it. Nothing is touched when any part of it is newer.
    static func bringUpToDate(
        _ schemas: [Schema], _ session: borrowing Session, now: Instant, log: Log
    ) throws(StorageError) {
        let found = try versions(session)
        try refuseNewer(found, than: schemas, path: session.path)
        let behind = schemas.filter { $0.migrations.count > found[$0.name] ?? 0 }
        guard !behind.isEmpty else { return }
        try session.transaction(.write) { session in
            try session.script(versionsTable)
            for schema in behind {
                for (index, migration) in schema.migrations.enumerated().dropFirst(found[schema.name] ?? 0) {
                    try schema.step(migration, to: index + 1, session, now: now)
                }
            }
        }
        for schema in behind {
            log.info("schema \(schema.name) goes from \(found[schema.name] ?? 0) to \(schema.migrations.count)")
        }
        session.forgetPrepared()
    }

    private func step(
        _ migration: Migration, to version: Int, _ session: borrowing Session, now: Instant
    ) throws(StorageError) {
        do {
            try migration.apply(session)
            try session.run(
                """
                INSERT INTO schema_versions (name, version, changed_at) VALUES ($1, $2, $3)
                ON CONFLICT (name) DO UPDATE SET version = excluded.version, changed_at = excluded.changed_at
                """, name, version, now)
        } catch {
            switch StorageError(error, path: session.path) {
            // The person's choice is the disk, not the migration.
            case .diskFull(let path): throw .diskFull(path: path)
            case .locked(let path): throw .locked(path: path)
            case let other: throw .migrationFailed(schema: name, version: version, why: other.description)
            }
        }
    }

    static func refuseNewer(_ found: [String: Int], than schemas: [Schema], path: String) throws(StorageError) {
        // A schema nobody here knows stays as it is: its room may have left the house, and nobody reads another's tables.
        for schema in schemas {
            let known = schema.migrations.count
            if let version = found[schema.name], version > known {
                throw .newerSchema(path: path, schema: schema.name, found: version, known: known)
            }
        }
    }

    /// Empty in a database that is new or not ours.
    static func versions(_ session: borrowing Session) throws(StorageError) -> [String: Int] {
        let exists = try session.row("SELECT 1 FROM sqlite_master WHERE name = 'schema_versions'") { _ in true }
        guard exists == true else { return [:] }
        let all = try session.rows("SELECT name, version FROM schema_versions") { row in
            (try row.text("name"), try row.int("version"))
        }
        return Dictionary(all, uniquingKeysWith: max)
    }
}
