// An open file, read in pieces so that a large one never is in memory whole.

internal import CLinux
internal import Glibc

final class FileReader {
    let size: Int
    /// Changes whenever the file does: for ETag.
    let version: String
    private let file: Int32

    /// Nil when it is not there or not an ordinary file.
    init?(path: String) {
        file = unsafe clinux_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0)
        guard file >= 0 else { return nil }
        var info = stat()
        guard unsafe fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            close(file)
            return nil
        }
        size = Int(info.st_size)
        let time = info.st_mtim
        version =
            "\(String(info.st_ino, radix: 36))-\(String(size, radix: 36))-"
            + "\(String(time.tv_sec, radix: 36))\(String(time.tv_nsec, radix: 36))"
    }

    deinit { close(file) }

    /// The next bytes; empty at the end, nil when it cannot be read.
    func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
        guard got >= 0 else { return nil }
        bytes.removeLast(count - got)
        return bytes
    }
}
