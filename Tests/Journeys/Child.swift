// The program as a process of its own, as it is shipped: for what a test within the same process cannot show, such as its
// sudden death.

import FoundationEssentials
import Glibc
import Runtime

final class Child: Sendable {
    struct NotStarted: Error, CustomStringConvertible { let description: String }

    private let id: pid_t
    private let log: String

    /// What it said so far.
    var words: String {
        String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
    }

    /// `autoplex run`, or another program that is built beside the tests, with nothing but these settings.
    init(
        _ settings: [String: String], in folder: String, program name: String = "autoplex",
        words arguments: [String] = ["run"]
    ) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = tests.prefix(through: tests.lastIndex(of: "/") ?? tests.startIndex) + name
        log = folder + "/program.log"
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
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
        guard failure == 0 else { throw NotStarted(description: "\(program): error \(failure)") }
        self.id = id
    }

    /// What it said between these, waited for.
    func word(between start: String, and end: String) async throws -> Substring {
        while true {
            let said = words[...]
            if let from = said.firstRange(of: start), let to = said[from.upperBound...].firstRange(of: end) {
                return said[from.upperBound..<to.lowerBound]
            }
            try await SystemClock().sleep(for: .milliseconds(20))
        }
    }

    /// Returns when it is dead.
    func kill() {
        Glibc.kill(id, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
    }
}
