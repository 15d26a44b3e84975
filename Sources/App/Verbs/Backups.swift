// `autoplex backup` and `autoplex restore`.

internal import Runtime
internal import Storage

enum Backups {
    /// While the bot runs or not: SQLite copies a database that is in use.
    static func back(up settings: Configuration, to folder: String?) async -> ExitCode {
        do {
            guard try Files.exists(settings.databasePath) else {
                Program.complain("there is no database at \(settings.databasePath) yet")
                return .failed
            }
            let database = try await Database.open(path: settings.databasePath, schemas: Application.schemas)
            let path: String
            do {
                path = try await Backup.make(
                    database, into: folder ?? settings.backupFolder, keep: settings.backupKeep)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
            print("backup written: \(path)")
            return .ok
        } catch {
            Program.complain("\(error)")
            return .failed
        }
    }

    static func restore(_ file: String, settings: Configuration) async -> ExitCode {
        do {
            try Files.makeFolder(settings.folder)
            let aside = try await Backup.restore(
                from: file, to: settings.databasePath, schemas: Application.schemas, now: SystemClock().now)
            print("restored: \(settings.databasePath)")
            if let aside { print("what was there before: \(aside)") }
            return .ok
        } catch {
            Program.complain("\(error)")
            if case StorageError.folderTaken = error { return .unavailable }
            return .failed
        }
    }
}
