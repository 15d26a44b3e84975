// A file locked for this process by flock(2). The lock is the open file's, not the name's: the kernel lets go when the
// process ends, however it ends, so a crash leaves nothing to clean up. It stands beside SQLite because the thing it
// guards is a folder with databases.

internal import Glibc

package struct LockedFile: ~Copyable, Sendable {
    package enum Refusal: Error, Sendable {
        /// Whoever has it wrote this into the file.
        case taken(by: String)
        case failed(SQLiteError)
    }

    private let file: Int32

    /// `owner` is written into the file for the next one who is refused.
    package init(path: String, owner: String) throws(Refusal) {
        let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .failed(DatabaseFile.failure(errno)) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            defer { close(file) }
            if reason != EWOULDBLOCK { throw .failed(DatabaseFile.failure(reason)) }
            throw .taken(by: Self.firstBytes(of: file))
        }
        // Never unlinked: a process that opened the old name would hold a lock nobody sees.
        ftruncate(file, 0)
        var text = owner
        _ = text.withUTF8 { unsafe pwrite(file, $0.baseAddress, $0.count, 0) }
        self.file = file
    }

    deinit { close(file) }

    private static func firstBytes(of file: Int32) -> String {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 200) { buffer, count in
            count = max(0, unsafe pread(file, buffer.baseAddress, buffer.count, 0))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// For the owner's line in a lock file.
package enum ThisProcess {
    package static var number: Int32 { getpid() }
}
