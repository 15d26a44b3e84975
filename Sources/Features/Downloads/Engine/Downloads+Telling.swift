// What people hear unasked: that a download began, how it ended, and what they are asked. A message that could not be
// sent is sent later; the row remembers that it is owed.

internal import Domain
internal import Runtime
internal import Storage

extension Downloads {
    func tellUntold() async throws {
        // Where nobody can be told anything, trying is not worth a line in the log each minute.
        if let quietUntil, clock.now < quietUntil { return }
        for one in try await book.untold() {
            guard let what = one.untold else { continue }
            let word: DownloadWord =
                switch what {
                case .ask: .card(DownloadCards.ask(one))
                case .start: .report(DownloadReports.started(one))
                case .end: .report(DownloadReports.ended(one))
                }
            if let quietUntil, clock.now < quietUntil { return }
            if try await tell(word, key: "\(one.id):\(what.rawValue)", isQuestion: what == .ask) {
                try await book.told(one.id, what)
            }
        }
        try await tellProposals()
    }

    /// Whether it need not be tried again.
    func tell(_ word: DownloadWord, key: String, isQuestion: Bool = false) async throws -> Bool {
        let acts = acts
        let effect = Effect(
            key: "\(DownloadKind.tell):\(key)", kind: DownloadKind.tell, summary: word.report.title.plainText,
            actor: "downloads", subject: "downloads")
        switch try await effects.perform(effect, { try await acts.tell(word) }) {
        // A question that was not asked stays one.
        case .dryRun: return !isQuestion
        case .done, .alreadyDone, .interrupted:
            (quietUntil, untoldTries) = (nil, 0)
            return true
        case .failed, .refused:
            quietUntil = clock.now + min(Self.pause(after: untoldTries), .hours(1))
            untoldTries += 1
            return false
        }
    }
}
