// Copies of the database taken while it is in use, and the way back. A copy is one file without a log beside it, checked
// before it counts; it gets its name only when it is whole.

package import Runtime
internal import SQLite

package enum Backup {
    private static let prefix = "autoplex-"
    private static let suffix = ".db"

    /// Copies the database into `folder` as autoplex-<time>.db and keeps the newest `keep` of those. Returns its path.
    @discardableResult
    package static func make(
        _ database: Database, into folder: String, keep: Int = 7,
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws(StorageError) -> String {
        let name = prefix + stamp(database.clock.now)
        let lane = try Lane("db-backup", path: folder)
        let path = try await lane.run { () throws in
            try Files.makeFolder(folder)
            return unused("\(folder)/\(name)", suffix)
        }
        try await database.backup(to: path, progress: progress)
        try await lane.run { () throws in
            for old in list(folder).dropFirst(max(1, keep)) { DatabaseFile.remove(old) }
        }
        database.log.info("backup written", ["file": path])
        return path
    }

    /// The backups in `folder`, newest first.
    package static func list(_ folder: String) -> [String] {
        let names = (try? Files.list(folder)) ?? []
        let ours = names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) }
        // Without the ending, or the second of one second would sort before the first.
        return ours.map { $0.dropLast(suffix.count) }.sorted(by: >).map { "\(folder)/\($0)\(suffix)" }
    }

    /// When the newest in `folder` was made, by its name: a copy brought back from elsewhere has a new date.
    package static func newest(_ folder: String) -> Instant? {
        guard let name = list(folder).first?.split(separator: "/").last else { return nil }
        let digits = Array(name.dropFirst(prefix.count).prefix(15))
        guard digits.count == 15 else { return nil }
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        return LocalTime.instant(
            iso8601: "\(part(0..<4))-\(part(4..<6))-\(part(6..<11)):\(part(11..<13)):\(part(13..<15))Z")
    }

    /// Puts the backup `source` in the place of the database `path`. Refused while an Autoplex runs in that folder, when
    /// the backup is damaged or not ours, or when it is newer than this program. What stood there is kept: its new path
    /// is returned. The caller must not hold the folder's lock.
    @discardableResult
    package static func restore(
        from source: String, to path: String, schemas: [Schema] = [], now: Instant
    ) async throws(StorageError) -> String? {
        let lock = try FileLock.take(folder: DatabaseFile.folder(of: path))
        defer { lock.release() }
        let lane = try Lane("db-restore", path: path)
        return try await lane.run { () throws in
            try inspect(source, schemas: [.storage] + schemas)
            let staged = path + ".restoring"
            DatabaseFile.remove(staged)
            defer { DatabaseFile.remove(staged) }
            try copy(source, to: staged)
            guard DatabaseFile.exists(path) else {
                try placed(at: path) { () throws(SQLiteError) in try DatabaseFile.rename(staged, to: path) }
                return nil
            }
            mergeLog(of: path)
            let aside = unused("\(path).replaced-\(stamp(now))", "")
            try placed(at: path) { () throws(SQLiteError) in
                try DatabaseFile.replace(path, with: staged, keepingOldAt: aside)
            }
            return aside
        }
    }

    /// A function of its own, and never inlined: within the asynchronous one the optimiser of Swift 6.3.1 crashes over it.
    @inline(never)
    fileprivate static func write(
        _ source: String, to path: String, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void
    ) throws {
        let part = path + ".part"
        DatabaseFile.remove(part)
        do {
            try copy(source, to: part, progress: progress)
            try DatabaseFile.rename(part, to: path)
        } catch {
            DatabaseFile.remove(part)
            throw error
        }
    }

    // MARK: Steps

    /// Throws unless the file is a sound database of ours that this program understands.
    static func inspect(_ path: String, schemas: [Schema]) throws(StorageError) {
        guard DatabaseFile.exists(path) else { throw .cannotOpen(path: path, why: "there is no such file") }
        do {
            let session = try Connection.open(path, access: .readOnly)
            if let damage = try session.firstDamage(thorough: true) {
                throw StorageError.damaged(path: path, what: damage)
            }
            let versions = try Schema.versions(session)
            guard versions[Schema.storage.name] != nil else {
                throw StorageError.cannotOpen(path: path, why: "it is a database, but not one of Autoplex")
            }
            try Schema.refuseNewer(versions, than: schemas, path: path)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// One moment of `source` as a file of its own, sound and on the disk.
    static func copy(
        _ source: String, to target: String, progress: (Int, Int) -> Void = { _, _ in }
    ) throws(StorageError) {
        do {
            // Synced after its connection is gone: see `DatabaseFile.createPrivately` for what closing a file does.
            try fill(target, from: source, progress)
            try DatabaseFile.sync(target)
        } catch {
            throw StorageError(error, path: target)
        }
    }

    private static func fill(_ target: String, from source: String, _ progress: (Int, Int) -> Void) throws {
        let from = try Connection.open(source, access: .readOnly)
        let to = try Connection.open(target, access: .readWrite)
        // Nobody relies on the copy before it is synced as a whole and gets its name.
        try to.execute("PRAGMA synchronous = OFF")
        // The transaction holds the moment: without it, each write of the living database begins the copy anew.
        try from.transaction(.read) { from in
            try from.row("SELECT COUNT(*) FROM sqlite_master") { _ in }
            do { try from.copy(into: to, progress: progress) } catch { throw StorageError(error, path: target) }
        }
        // The copy inherits WAL mode; a backup is one file.
        try to.execute("PRAGMA journal_mode = DELETE")
        if let damage = try to.firstDamage() { throw StorageError.damaged(path: source, what: damage) }
    }

    /// Brings the log's content into the file before it is set aside. A database too damaged for that is set aside with
    /// its log instead.
    private static func mergeLog(of path: String) {
        guard let session = try? Connection.open(path, access: .readWrite) else { return }
        try? session.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    private static func placed(
        at path: String, _ move: () throws(SQLiteError) -> Void
    ) throws(StorageError) {
        do { try move() } catch { throw StorageError(error, path: path) }
    }

    /// Sorts by time, and has no colon, which some file systems do not take.
    private static func stamp(_ moment: Instant) -> String {
        LocalTime.utc.iso8601(Instant(seconds: moment.seconds)).filter { $0 != ":" && $0 != "-" }
    }

    /// Two in one second get two names.
    private static func unused(_ stem: String, _ suffix: String) -> String {
        var (path, number) = (stem + suffix, 1)
        while DatabaseFile.exists(path) {
            number += 1
            path = "\(stem)-\(number)\(suffix)"
        }
        return path
    }
}

extension Database {
    /// A copy of this moment at `path`; reads and writes go on meanwhile.
    package func backup(
        to path: String, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws(StorageError) {
        let source = self.path
        let lane = try Lane("db-backup", path: path)
        try await lane.run { () throws in try Backup.write(source, to: path, progress: progress) }
    }
}
