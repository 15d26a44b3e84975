// A folder of its own for each test, gone with the test.

import FoundationEssentials
import Glibc

final class Folder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/autoplex-sqlite-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: file(name)))
    }

    /// The permission bits; nil when there is no such file.
    func mode(of name: String) -> mode_t? {
        var info = stat()
        return unsafe stat(file(name), &info) == 0 ? info.st_mode & 0o777 : nil
    }
}
