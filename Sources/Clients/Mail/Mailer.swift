// Sends letters through one mail server, one at a time, over a line that is kept from letter to letter. One Mailer for
// one run of letters: `stop` hangs up.

internal import HTTP
internal import Runtime

package final class Mailer: Sendable {
    private let client: SMTPClient
    private let turnstile = Turnstile()
    private let secrets: [String]

    package struct Limits: Sendable {
        package var connect = Duration.seconds(20)
        /// For each answer of the server.
        package var answer = Duration.seconds(120)
        /// For one letter in all.
        package var total = Duration.seconds(300)

        package init() {}
        package static let standard = Limits()
    }

    package init(_ server: MailServer, limits: Limits = .standard) throws(MailError) {
        secrets = server.secrets
        do {
            client = try SMTPClient(
                server.forSMTP,
                limits: SMTPLimits(connect: limits.connect, answer: limits.answer, total: limits.total))
        } catch {
            throw .unreachable(error.description)
        }
    }

    package func send(_ letter: Letter) async throws(MailError) { try await send(try letter.printed()) }

    /// Returns when the server has taken it. Throws `uncertain` when nobody knows.
    package func send(_ letter: PrintedLetter) async throws(MailError) {
        do { try await turnstile.enter() } catch { throw .cancelled }
        defer { turnstile.leave() }
        let report = await deliver(letter)
        if let error = MailError(report, secrets: secrets) { throw error }
    }

    private func deliver(_ letter: PrintedLetter) async -> SMTPReport {
        let (from, to) = (letter.from.description, letter.to.description)
        let report = await client.deliver(letter.bytes, from: from, to: to)
        // Over a kept line the server may have hung up long ago. Nothing was taken, so nothing is sent twice.
        guard report.wasLineKept, report.isLineLost else { return report }
        return await client.deliver(letter.bytes, from: from, to: to, onNewLine: true)
    }

    /// Whether letters could be sent: connects, encrypts, logs in; sends nothing.
    package func ping() async throws(MailError) {
        if let error = MailError(await client.ask(), secrets: secrets) { throw error }
    }

    /// Breaks off what is being sent and hangs up. Later letters end as cancelled.
    package func stop() async { await client.stop() }
}

extension MailServer {
    /// What a server's answer might repeat: the password, plain and as the login sends it (RFC 4616).
    var secrets: [String] {
        guard let user, let password = password?.reveal(), !password.isEmpty else { return [] }
        let plain = HeaderText.base64(Array("\0\(user)\0\(password)".utf8))
        return [plain, HeaderText.base64(Array(password.utf8)), password]
    }

    var forSMTP: SMTPServer {
        let encryption: SMTPServer.Encryption =
            switch self.encryption {
            case .implicit: .implicit
            case .required: .required
            case .opportunistic: .opportunistic
            case .none: .none
            }
        return SMTPServer(
            host: host, port: port, encryption: encryption, user: user, password: password,
            authorityFile: authorityFile)
    }
}
