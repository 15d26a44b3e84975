// What happens when somebody presses a button or chooses from a menu: who may, whether it is still open, that it is
// decided once, what the message becomes.

import Discord
import Domain
import Runtime
import Storage

extension Desk {
    /// What the message, or only the presser, is shown.
    func press(
        _ press: Interaction.Press, by caller: Caller, log: Log, progress: @escaping @Sendable (Report) async -> Void
    ) async throws -> Exchange.Ending {
        let now = book.database.clock.now
        guard let id = CustomID(press.customID) else { return Self.unknown }
        switch id {
        case .page(let card, let page, _):
            guard let kept = try await book.card(card), let (report, count) = try await book.page(page, of: card) else {
                return Self.unknown
            }
            if let refusal = refusal(kept, caller, log) { return refusal }
            if kept.isExpired(now) { return Self.expired(report) }
            let shown = Pages.shown(report, page: page, of: count, card: card)
            return .replace(shown.report, components: shown.components)
        case .choice(let card, let index):
            return try await choose(index, on: card, caller, log, progress)
        case .menu(let card):
            guard let index = press.values.first.flatMap({ Int($0) }) else { return .nothing }
            return try await choose(index, on: card, caller, log, progress)
        }
    }

    func choose(
        _ index: Int, on id: String, _ caller: Caller, _ log: Log,
        _ progress: @escaping @Sendable (Report) async -> Void
    ) async throws -> Exchange.Ending {
        guard let card = try await book.card(id), let (report, _) = try await book.page(0, of: id),
            card.face.choices.indices.contains(index)
        else { return Self.unknown }
        if let refusal = refusal(card, caller, log) { return refusal }
        if card.state != .open { return Self.decided(card) }
        if card.isExpired(book.database.clock.now) { return Self.expired(report) }
        guard let handler = handlers[card.kind] else { return Self.unknown }

        let choice = card.face.choices[index]
        let decision = Decision(
            card: id, kind: card.kind, subject: card.subject, choice: choice, by: caller, at: book.database.clock.now,
            isRepeated: false, clock: book.database.clock, log: log, progress: progress)
        if handler.looks.contains(choice.value) {
            guard case .note(let note) = try await handler.decide(decision) else { return .nothing }
            return .whisper(note)
        }
        guard try await book.claim(id, choice: choice.value, by: caller) else {
            return Self.decided(try await book.card(id) ?? card)
        }
        return try await carryOut(decision, handler, card, report)
    }

    private func carryOut(
        _ decision: Decision, _ handler: CardHandler, _ card: KeptCard, _ report: Report
    ) async throws -> Exchange.Ending {
        let answer: CardAnswer
        do {
            answer = try await handler.decide(decision)
        } catch {
            // Whoever decided was told that it failed; the card is open again for another try.
            try await book.reopen(decision.card)
            if handler.isRecorded { try await record(decision, report, .failed("\(error)")) }
            throw error
        }
        if case .note(let note) = answer {
            try await book.reopen(decision.card)
            return .whisper(note)
        }
        try await book.settle(decision.card)
        if handler.isRecorded { try await record(decision, report, .done) }
        switch answer {
        case .replaced(let report): return .replace(report, components: [])
        case .decided(let outcome):
            var report = report
            let who = "\(strong: decision.choice.label) by \(decision.by.person) \(time: decision.at)" as Prose
            report.fields.append(Report.Field("Decision", outcome.isEmpty ? who : who + "\n" + outcome))
            return .replace(report, components: [])
        case .next(let card):
            guard let laid = try await lay(.card(card), for: decision.by) else { return .nothing }
            return .replace(laid.report, components: laid.components)
        case .pages(let pages):
            guard let laid = try await lay(.pages(pages), for: decision.by) else { return .nothing }
            return .replace(laid.report, components: laid.components)
        case .note: return .nothing
        }
    }

    private func record(_ decision: Decision, _ report: Report, _ outcome: LedgerEntry.Outcome) async throws {
        let title = ProseWriter().write(report.title, on: .bare).text
        try await ledger.append(
            LedgerEntry(
                at: decision.at, actor: decision.by.actor, action: decision.kind, subject: decision.subject,
                summary: "\(title): \(decision.choice.label)", reason: "decided by \(decision.by.name)",
                rule: "the word of an admin or of whom it concerns", outcome: outcome))
    }

    // MARK: After a crash

    /// What was decided when the program ended in the midst of it.
    func interrupted(log: Log) async -> [KeptCard] {
        do { return try await book.interrupted() } catch {
            log.error("cards left undecided could not be read", ["why": "\(error)"])
            return []
        }
    }

    func settle(_ cards: [KeptCard], log: Log) async {
        for card in cards {
            do { try await settle(card, log) } catch {
                log.error("a decided card could not be carried out", ["card": card.kind, "why": "\(error)"])
            }
        }
    }

    private func settle(_ card: KeptCard, _ log: Log) async throws {
        guard let handler = handlers[card.kind], let by = card.decidedBy,
            let (report, _) = try await book.page(0, of: card.id),
            let choice = card.face.choices.first(where: { $0.value == card.choice })
        else { return }
        log.info("carrying out a card decided before the restart", ["card": card.kind, "choice": choice.value])
        let caller = Caller(
            id: by, name: card.decider ?? String(by.rawValue), level: card.level, guild: nil,
            channel: card.channel ?? by)
        let decision = Decision(
            card: card.id, kind: card.kind, subject: card.subject, choice: choice, by: caller,
            at: book.database.clock.now, isRepeated: true, clock: book.database.clock, log: log, progress: { _ in })
        let ending = try await carryOut(decision, handler, card, report)
        guard case .replace(let shown, let components) = ending, let channel = card.channel, let message = card.message
        else { return }
        try await voice.say(Speech(report: shown, components: components), writer) { [voice] in
            try await voice.edit(channel, message, $0)
        }
    }

    // MARK: Refusals

    private static let unknown = Exchange.Ending.whisper(
        Report("I no longer know this one.", lines: ["Please ask again to get a fresh one."], tone: .warning))

    private func refusal(_ card: KeptCard, _ caller: Caller, _ log: Log) -> Exchange.Ending? {
        if caller.level == .admin { return nil }
        if card.owner == nil ? caller.level >= card.level : card.owner == caller.id { return nil }
        log.decided(
            DecisionLine(
                "press.refused", "refused", ids: ["card": card.id],
                rule: card.owner == nil ? "for \(card.level.name)" : "its owner's", subject: card.kind, by: caller.actor
            ))
        if let owner = card.owner {
            let whose = Prose(parts: [.person(discord: owner.rawValue, name: String(owner.rawValue))])
            return .whisper(
                Report("This is not yours to press.", lines: ["Only \(whose) or an admin may."], tone: .warning))
        }
        return .whisper(Report("This is not yours to press.", lines: ["It is for \(card.level.name)."], tone: .warning))
    }

    private static func decided(_ card: KeptCard) -> Exchange.Ending {
        let who = card.decidedBy.map { Prose(parts: [.person(discord: $0.rawValue, name: card.decider ?? "")]) }
        return .whisper(
            Report(
                "This has already been decided.",
                lines: ["\(strong: card.chosenLabel ?? "It is settled") by \(who ?? "somebody")."], tone: .warning))
    }

    private static func expired(_ report: Report) -> Exchange.Ending {
        var report = report
        let note: Prose = "Expired: ask again for a fresh one"
        report.footer = report.footer.isEmpty ? note : report.footer + " · " + note
        return .replace(report, components: [])
    }
}
