// The few things done with files: whole reads, atomic writes that only the owner may read, folders. Errors say the path
// and the system's own words.

internal import CLinux
internal import Glibc
internal import Synchronization

package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
    package let path: String
    package let code: Int32
    package let doing: String

    package var description: String { "\(path) cannot be \(doing): \(Files.words(for: code))" }
    package var isMissing: Bool { code == ENOENT }
    package var isFull: Bool { code == ENOSPC || code == EDQUOT }
}

package enum Files {
    package static func read(_ path: String, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
        let file = unsafe clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard file >= 0 else { throw FileError(path: path, code: errno, doing: "read") }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path: path, code: errno, doing: "read")
            }
            if count == 0 { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= limit else { throw FileError(path: path, code: EFBIG, doing: "read") }
        }
    }

    package static func text(_ path: String) throws(FileError) -> String {
        String(decoding: try read(path), as: UTF8.self)
    }

    private static let drafts = Atomic(0)

    /// All or nothing, also when the power goes: a new file beside the old one, synced, then renamed over it.
    package static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) throws(FileError) {
        // A name of its own for each writing: two at once must not end up in one draft. And never a file that was there
        // before: it would keep its access rights.
        let number = drafts.wrappingAdd(1, ordering: .relaxed).newValue
        let draft = "\(path).\(getpid())-\(number).new"
        unsafe unlink(draft)
        let file = unsafe clinux_open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
        guard file >= 0 else { throw FileError(path: path, code: errno, doing: "written") }
        var rest = bytes[...]
        var code: Int32 = 0
        while !rest.isEmpty, code == 0 {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { code = errno }
            rest = rest.dropFirst(max(0, count))
        }
        if code == 0, fsync(file) != 0 { code = errno }
        close(file)
        if code == 0, unsafe Glibc.rename(draft, path) != 0 { code = errno }
        guard code == 0 else {
            unsafe unlink(draft)
            throw FileError(path: path, code: code, doing: "written")
        }
    }

    package static func exists(_ path: String) throws(FileError) -> Bool {
        var info = stat()
        if unsafe stat(path, &info) == 0 { return true }
        if errno == ENOENT || errno == ENOTDIR { return false }
        throw FileError(path: path, code: errno, doing: "looked at")
    }

    package static func size(_ path: String) throws(FileError) -> Int64 { Int64(try info(path).st_size) }

    /// The access rights, such as 0o600.
    package static func mode(_ path: String) throws(FileError) -> UInt32 { UInt32(try info(path).st_mode & 0o7777) }

    package static func setMode(_ path: String, _ mode: UInt32) throws(FileError) {
        guard unsafe chmod(path, mode_t(mode)) == 0 else {
            throw FileError(path: path, code: errno, doing: "protected")
        }
    }

    private static func info(_ path: String) throws(FileError) -> stat {
        var info = stat()
        guard unsafe stat(path, &info) == 0 else { throw FileError(path: path, code: errno, doing: "looked at") }
        return info
    }

    /// With the folders above it.
    package static func makeFolder(_ path: String, mode: UInt32 = 0o700) throws(FileError) {
        guard !path.isEmpty else { return }
        if try exists(path) {
            guard try info(path).st_mode & S_IFMT == S_IFDIR else {
                throw FileError(path: path, code: ENOTDIR, doing: "used as a folder")
            }
            return
        }
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        if !parent.isEmpty { try makeFolder(parent) }
        guard unsafe mkdir(path, mode_t(mode)) == 0 || errno == EEXIST else {
            throw FileError(path: path, code: errno, doing: "made")
        }
    }

    /// Names in a folder, sorted, without `.` and `..`.
    package static func list(_ path: String) throws(FileError) -> [String] {
        guard let folder = unsafe opendir(path) else { throw FileError(path: path, code: errno, doing: "listed") }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    package static func remove(_ path: String) throws(FileError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw FileError(path: path, code: errno, doing: "removed")
        }
    }

    package static func rename(_ path: String, to new: String) throws(FileError) {
        guard unsafe Glibc.rename(path, new) == 0 else {
            throw FileError(path: path, code: errno, doing: "renamed to \(new)")
        }
    }

    /// Bytes this program may still write where `path` is.
    package static func freeSpace(at path: String) throws(FileError) -> Int64 {
        var info = statvfs()
        guard unsafe statvfs(path, &info) == 0 else { throw FileError(path: path, code: errno, doing: "looked at") }
        return Int64(info.f_bavail) * Int64(info.f_frsize)
    }

    static func words(for code: Int32) -> String {
        // Unlike strerror's, this text is a constant that no other thread changes.
        guard let text = unsafe clinux_words_for(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}
