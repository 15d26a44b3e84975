// The program as a process of its own, as it is shipped: for what a test within the same process cannot show, such as its
// sudden death.

import FoundationEssentials
import Glibc
import Runtime

final class Child: Sendable {
    struct NotStarted: Error, CustomStringConvertible { let description: String }
    struct Ended: Error, CustomStringConvertible { let description: String }

    private let id: pid_t
    /// Its lines as it says them.
    let logbook = LogBook()

    /// What it said so far.
    var words: String { logbook.lines.joined(separator: "\n") }
    private static let end = "(it has said all it will say)"

    /// `autoplex run`, or another program that is built beside the tests, with nothing but these settings.
    init(
        _ settings: [String: String], in folder: String, program name: String = "autoplex",
        words arguments: [String] = ["run"]
    ) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = tests.prefix(through: tests.lastIndex(of: "/") ?? tests.startIndex) + name
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw NotStarted(description: "no pipe: error \(errno)") }
        // A child that starts meanwhile must not hold the other end open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (ear, mouth) = (ends[0], ends[1])
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, mouth, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // Lines of other tests would stay open as long as it lives.
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            guard let line = Int32(name), line > 2 else { continue }
            unsafe posix_spawn_file_actions_addclose(&actions, line)
        }
        // In its own folder, so that it reads the .env there, of which there is none, and not ours.
        let command: [String] = ["env", "-C", folder, String(program)] + arguments
        var words = unsafe command.map { word in unsafe strdup(word) } + [nil]
        var values = unsafe settings.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            unsafe words.forEach { unsafe free($0) }
            unsafe values.forEach { unsafe free($0) }
        }
        var id = pid_t()
        let failure = unsafe posix_spawnp(&id, "env", &actions, nil, &words, &values)
        close(mouth)
        guard failure == 0 else {
            close(ear)
            throw NotStarted(description: "\(program): error \(failure)")
        }
        self.id = id
        try SystemThread.start(named: "child") { [logbook] in Self.listen(ear, logbook) }.detach()
    }

    /// Until nobody is left who could say something.
    private static func listen(_ ear: Int32, _ logbook: LogBook) {
        defer {
            logbook.write(end)
            close(ear)
        }
        var rest: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe read(ear, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            rest += buffer[..<count]
            while let newline = rest.firstIndex(of: 0x0A) {
                logbook.write(String(decoding: rest[..<newline], as: UTF8.self))
                rest.removeFirst(newline + 1)
            }
        }
        if !rest.isEmpty { logbook.write(String(decoding: rest, as: UTF8.self)) }
    }

    /// What it says between these on one line, waited for.
    func word(between start: String, and end: String) async throws -> Substring {
        @Sendable func word(in line: String) -> Substring? {
            let said = (line + "\n")[...]
            guard let from = said.firstRange(of: start), let to = said[from.upperBound...].firstRange(of: end) else {
                return nil
            }
            return said[from.upperBound..<to.lowerBound]
        }
        let line = try await logbook.first { $0 == Self.end || word(in: $0) != nil }
        guard let found = word(in: line) else { throw Ended(description: "it never said \(start): \(words)") }
        return found
    }

    /// Returns when it is dead.
    func kill() {
        Glibc.kill(id, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
    }
}
