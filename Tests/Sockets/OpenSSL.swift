// The openssl command as the other side of an encrypted line: it makes an authority and certificates, and its s_server
// carries the bytes of a test's script (openssl-s_server(1)). Our client is OpenSSL too, but through libwebsockets, which
// is what is being judged.

import FoundationEssentials
import Glibc
import Sockets

/// An authority of our own and what it has signed, in a folder that goes away with it.
final class Authority: Sendable {
    let folder: String
    var certificate: String { "\(folder)/ca.pem" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/autoplex-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try openssl(["req", "-x509", "-subj", "/CN=Authority", "-days", "2", "-out", "ca.pem"] + Self.newKey("ca"))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Returns the name under which TLSServer finds certificate and key.
    func sign(_ host: String) throws -> String {
        try Data("subjectAltName=DNS:\(host)".utf8).write(to: URL(filePath: "\(folder)/\(host).ext"))
        try openssl(["req", "-subj", "/CN=\(host)", "-out", "\(host).req"] + Self.newKey(host))
        try openssl([
            "x509", "-req", "-in", "\(host).req", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "\(host).ext", "-out", "\(host).pem",
        ])
        return "\(folder)/\(host)"
    }

    private static func newKey(_ name: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "\(name).key"]
    }

    private func openssl(_ arguments: [String]) throws {
        let process = try Process(["env", "-C", folder, "openssl"] + arguments, stream: -1)
        guard process.wait() == 0 else {
            throw SocketError.failed("openssl \(arguments.first ?? "") failed: is the openssl command installed?")
        }
    }
}

/// One encrypted connection, whose clear side is a RawConnection.
final class TLSServer: Sendable {
    let port: Int
    /// Before the request come s_server's remarks about the connection.
    let connection: RawConnection
    private let process: Process

    init(certificate: String, _ arguments: [String] = []) throws {
        var ends: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw SocketError.failed("no socket pair")
        }
        keepToOurselves(ends[0])
        process = try Process(
            [
                "openssl", "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-alpn", "h2,http/1.1",
                "-cert", "\(certificate).pem", "-key", "\(certificate).key",
            ] + arguments, stream: ends[1])
        close(ends[1])
        connection = RawConnection(ends[0])
        var said = ""
        while !said.hasSuffix("\n") || !said.contains("ACCEPT"), let byte = connection.read(1) {
            said += String(decoding: byte, as: UTF8.self)
        }
        guard let port = said.firstMatch(of: /ACCEPT 127\.0\.0\.1:(\d+)\n/).flatMap({ Int($0.1) }) else {
            throw SocketError.failed("openssl s_server said: \(said)")
        }
        self.port = port
    }

    /// The line ends as with a machine that lost its power.
    func kill() {
        process.kill()
        connection.close()
    }
}

final class Process: Sendable {
    private let id: pid_t

    /// Standard input and output are `stream`, or nothing when it is -1; what it complains about is not heard.
    init(_ words: [String], stream: Int32) throws {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for descriptor in 0...2 as ClosedRange<Int32> {
            if stream >= 0, descriptor < 2 {
                unsafe posix_spawn_file_actions_adddup2(&actions, stream, descriptor)
            } else {
                unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
            }
        }
        if stream >= 0 { unsafe posix_spawn_file_actions_addclose(&actions, stream) }
        var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var id = pid_t()
        guard unsafe posix_spawnp(&id, words[0], &actions, nil, &arguments, environ) == 0 else {
            throw SocketError.failed("\(words[0]) cannot be started")
        }
        self.id = id
    }

    func wait() -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
        return status
    }

    func kill() {
        Glibc.kill(id, SIGKILL)
        _ = wait()
    }
}
