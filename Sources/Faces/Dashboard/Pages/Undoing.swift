// What can take an entry of the Ledger back. Each feature gives one for the actions it knows; the page only asks whether it
// still can, and goes through the feature's own door. Nothing here reads the text of how to undo something.

package import Domain
package import Storage

package struct Undoing: Sendable {
    package enum End: Hashable, Sendable {
        case done
        /// The feature says in its own words why not, or that it is only tried.
        case not
    }

    /// How the actions begin whose entries it can take back.
    package var actions: [String]
    /// Why it cannot be done any more; nil: it can. Asks nobody outside.
    package var obstacle: @Sendable (LedgerEntry) async throws -> Prose?
    /// What is asked first.
    package var question: @Sendable (LedgerEntry) -> Prose
    /// By whom: as the Ledger names them.
    package var undo: @Sendable (LedgerEntry, _ actor: String) async throws -> (report: Report, end: End)

    package init(
        _ actions: [String], obstacle: @escaping @Sendable (LedgerEntry) async throws -> Prose?,
        question: @escaping @Sendable (LedgerEntry) -> Prose = { "Take this back: \($0.summary)?" },
        undo: @escaping @Sendable (LedgerEntry, _ actor: String) async throws -> (report: Report, end: End)
    ) {
        self.actions = actions
        self.obstacle = obstacle
        self.question = question
        self.undo = undo
    }

    func knows(_ entry: LedgerEntry) -> Bool { actions.contains { entry.action.hasPrefix($0) } }
}

extension LedgerPages {
    /// Nil: nobody here can take it back, and there is nothing to say about that.
    func undoBlock(_ entry: LedgerEntry) async throws -> Block? {
        guard let undoing = undoings.first(where: { $0.knows(entry) }), entry.undo != nil else { return nil }
        if let why = try await obstacle(entry, undoing) { return .words("It cannot be taken back from here. \(why)") }
        return .form(
            Block.Form(
                "ledger/undo", [.hidden(name: "entry", value: "\(entry.id)")],
                buttons: [.init("Undo", weight: .danger)]))
    }

    var undo: Deed {
        Deed(
            "ledger/undo",
            question: { visit in
                let (entry, undoing) = try await undoable(visit)
                return undoing.question(entry)
            },
            perform: { visit in
                let (entry, undoing) = try await undoable(visit)
                let (report, end) = try await undoing.undo(entry, visit.visitor.actor)
                return Deed.Answer(ApprovalPages.words(report), tone: end == .done ? .good : .warning)
            })
    }

    private func undoable(_ visit: Visit) async throws -> (LedgerEntry, Undoing) {
        guard let entry = try await entry(visit.fields["entry"]) else { throw Refusal("There is no such entry.") }
        guard let undoing = undoings.first(where: { $0.knows(entry) }) else {
            throw Refusal("Nothing here can take that back.")
        }
        if let why = try await obstacle(entry, undoing) { throw Refusal("\(why.plainText)") }
        return (entry, undoing)
    }

    /// What did not happen needs no undoing.
    private func obstacle(_ entry: LedgerEntry, _ undoing: Undoing) async throws -> Prose? {
        switch entry.outcome {
        case .done, .interrupted: try await undoing.obstacle(entry)
        case .intended: "It is still under way."
        case .dryRun: "It was only tried: nothing happened."
        case .failed, .refused: "Nothing happened."
        }
    }
}
