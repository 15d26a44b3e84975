// Puts answers on the table: reports as they are, cards with their buttons or menu, pages with the buttons to turn them.
// Commands, jobs and features all post through here.

package import Discord
package import Domain
import Runtime
package import Storage

package struct Desk: Sendable {
    /// How long pages can be turned.
    static let pagesLast = Duration.days(1)

    let voice: BotVoice
    let writer: ReportWriter
    let book: CardBook
    let handlers: [String: CardHandler]
    let ledger: Ledger

    /// An answer ready to be sent.
    struct Laid {
        var report: Report
        var components: [Component] = []
        var card: String?
    }

    package init(
        voice: BotVoice, writer: ReportWriter = ReportWriter(), database: Database, cards: [CardHandler],
        newID: @escaping @Sendable () -> String = { String(UInt64.random(in: .min ... .max), radix: 36) }
    ) {
        self.voice = voice
        self.writer = writer
        book = CardBook(database: database, newID: newID)
        handlers = Dictionary(cards.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        ledger = Ledger(database)
    }

    /// Posts in a channel, unasked: job results, approvals, notices. Returns the message's id.
    @discardableResult
    package func post(
        _ answer: Answer, in channel: Snowflake, calling people: [Snowflake] = []
    ) async throws -> Snowflake? {
        guard let laid = try await lay(answer, for: nil) else { return nil }
        let speech = Speech(report: laid.report, components: laid.components, mentions: people)
        let message = try await voice.say(speech, writer) { [voice] in try await voice.post(channel, $0) }
        if let card = laid.card { try await book.remember(card, channel: channel, message: message) }
        return message
    }

    /// Replaces what a message of ours says; what it had besides goes.
    package func edit(_ report: Report, message: Snowflake, in channel: Snowflake) async throws {
        try await voice.say(Speech(report: report), writer) { [voice] draft in
            try await voice.edit(channel, message, draft)
        }
    }

    /// As a direct message; throws when the person does not take any.
    @discardableResult
    package func post(_ answer: Answer, to person: Snowflake) async throws -> Snowflake? {
        try await post(answer, in: try await voice.openDM(person))
    }

    /// Nil: there is nothing to say.
    func lay(_ answer: Answer, for caller: Caller?) async throws -> Laid? {
        switch answer {
        case .nothing: return nil
        case .report(let report): return Laid(report: report)
        case .card(let card): return try await lay(card, for: caller)
        case .pages(let pages):
            guard let first = pages.first else { return nil }
            if pages.count == 1 { return Laid(report: first) }
            let kept = try await book.keep(
                KeptCard(
                    id: "", kind: CardBook.pagesKind, subject: "",
                    face: KeptCard.Face(choices: [], layout: .buttons), owner: caller?.id,
                    // Pages posted for everybody may be turned by everybody.
                    level: caller == nil ? .member : .admin,
                    expiresAt: book.database.clock.now + Self.pagesLast), showing: pages)
            let (report, components) = Pages.shown(first, page: 0, of: pages.count, card: kept.id)
            return Laid(report: report, components: components, card: kept.id)
        }
    }

    private func lay(_ card: Card, for caller: Caller?) async throws -> Laid {
        var owner: Snowflake?
        var level = Level.admin
        switch handlers[card.kind]?.audience {
        case .level(let needed): level = needed
        case .caller, nil: owner = caller?.id
        }
        let kept = try await book.keep(
            KeptCard(
                id: "", kind: card.kind, subject: card.subject,
                face: KeptCard.Face(choices: card.choices, layout: card.layout), owner: owner, level: level,
                expiresAt: card.lasts.map { book.database.clock.now + $0 }), showing: [card.report])
        return Laid(report: card.report, components: CardFaces.components(kept), card: kept.id)
    }
}
