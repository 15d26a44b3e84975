// The line to the mail server, kept while letters follow each other, and hung up after the last.

internal import Mail
internal import Newsletter

actor MailLine {
    private let server: MailServer
    private var mailer: Mailer?

    init(_ server: MailServer) { self.server = server }

    func send(_ letter: PrintedLetter) async throws {
        let mailer = try mailer ?? Mailer(server)
        self.mailer = mailer
        try await mailer.send(letter)
    }

    func hangUp() async {
        let mailer = mailer
        self.mailer = nil
        await mailer?.stop()
    }

    nonisolated var effects: NewsletterEffects {
        NewsletterEffects(send: { try await self.send($0) }, hangUp: { await self.hangUp() })
    }
}
