// A database of one test's own, gone when that ends.

import FoundationEssentials
import Runtime
import Storage

enum TrackerDatabase {
    static func open<Value>(_ schemas: Schema..., body: (Database) async throws -> Value) async throws -> Value {
        let folder = "/tmp/autoplex-tracker-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        let database = try await Database.open(path: folder + "/tracker.db", clock: VirtualClock(), schemas: schemas)
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body(database)) } catch { outcome = .failure(error) }
        await database.close()
        try? FileManager.default.removeItem(atPath: folder)
        return try outcome.get()
    }
}
