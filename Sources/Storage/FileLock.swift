// One Autoplex per CONFIG_DIR: two would answer everyone twice and work on each other's tables.

internal import SQLite
internal import Synchronization

package final class FileLock: Sendable {
    private let file: Mutex<LockedFile?>

    private init(_ file: consuming LockedFile) { self.file = Mutex(consume file) }

    /// Held until `release`, the last reference or the end of the process, however that ends.
    package static func take(folder: String) throws(StorageError) -> FileLock {
        let path = folder + "/autoplex.lock"
        do {
            return FileLock(try LockedFile(path: path, owner: "process \(ThisProcess.number)"))
        } catch {
            switch error {
            case .taken(let by): throw .folderTaken(folder: folder, by: by)
            case .failed(let reason): throw StorageError(reason, path: path)
            }
        }
    }

    package func release() { file.withLock { $0 = nil } }
}
