// What the tests of this folder share: a stand-in with a mailer that trusts it, and letters to send.

import FoundationEssentials
import Mail
import Runtime
import StandIns
import Testing

/// A mail server, a mailer for it and a folder of their own; taken down at the end.
struct Post {
    let server: MailStandIn
    let mailer: Mailer
    let settings: MailServer

    static func run(
        _ encryption: MailStandIn.Encryption = .none, rules: MailRules = .open, limits: Mailer.Limits = .standard,
        login: (user: String, password: String)? = nil, as wish: MailServer.Encryption? = nil, trusts: Bool = true,
        host: String = "127.0.0.1", _ body: (Post) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try MailStandIn.start(encryption: encryption, rules: rules)
        let authority = folder.appending(path: "authority.pem")
        try Data(server.certificate).write(to: authority)
        let usual: MailServer.Encryption =
            switch encryption {
            case .none: .none
            case .startTLS: .required
            case .implicit: .implicit
            }
        let settings = MailServer(
            host: host, port: server.port, encryption: wish ?? usual, user: login?.user,
            password: (login?.password).map(Secret.init), authorityFile: trusts ? authority.path : nil)
        let mailer = try Mailer(settings, limits: limits)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(Post(server: server, mailer: mailer, settings: settings))) } catch {
            outcome = .failure(error)
        }
        await mailer.stop()
        await server.stop()
        try outcome.get()
    }

    /// Why it was not sent; nil when it was.
    func failure(of letter: PrintedLetter) async -> MailError? {
        do throws(MailError) {
            try await mailer.send(letter)
            return nil
        } catch {
            return error
        }
    }
}

extension MailRules {
    /// Takes mail from everybody.
    static var open: MailRules {
        var rules = MailRules()
        rules.needsLogin = false
        rules.mechanisms = []
        return rules
    }
}

extension Letter {
    static func sample(to: String = "ann@example.org", text: String = "Hello", pictures: [Picture] = []) -> Letter {
        let from = Mailbox("Plex", MailAddress.known("plex@example.org"))
        let html = "<p>Hello</p>" + pictures.map { "<img src=\"cid:\($0.contentID)\">" }.joined()
        return Letter(
            from: from, to: Mailbox("Ann", MailAddress.known(to)), subject: "This week",
            date: Instant(seconds: 1_795_254_367), messageID: "issue-1.person-1@example.org", text: text,
            html: html, pictures: pictures)
    }
}

extension MailAddress {
    static func known(_ text: String) -> MailAddress {
        do { return try MailAddress(text) } catch { fatalError("\(error)") }
    }
}
