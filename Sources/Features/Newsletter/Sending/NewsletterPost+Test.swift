// The letter an admin gets before anybody else does. Until one of them arrived at the mail server, nothing is sent to
// people (a wrong sender, a template that shows nothing: better seen by one than by all).

package import Domain
internal import Mail
internal import Runtime
package import Storage

extension NewsletterPost {
    package enum TestOutcome: Sendable, Hashable {
        case sent
        case dryRun
        case failed(String)
        /// It may have arrived: look.
        case unclear(String)
    }

    package func isTested() async throws(StorageError) -> Bool {
        try await database.read { db in
            try db.row("SELECT id FROM newsletter_tests WHERE state = 'sent' LIMIT 1") { _ in true }
        } ?? false
    }

    /// Their own letter of that issue, to somebody who asked for it now; whether they subscribed does not matter.
    package func test(_ issue: Int, to person: Person, by actor: String) async throws -> TestOutcome {
        let address: MailAddress
        do { address = try MailAddress(person.email) } catch {
            return .failed(person.email.isEmpty ? "\(person.name) has no e-mail address" : error.description)
        }
        if let no = try await consent.suppressions(of: person).first(where: { $0.why != .unsubscribed }) {
            return .failed(
                no.why == .bounced ? NoLetter.bounced(no.detail).sentence : NoLetter.barred(no.detail).sentence)
        }
        let began = clock.now
        let number = try await database.write { db in
            try db.insert(
                "INSERT INTO newsletter_tests (issue, person, state, why, at) VALUES ($1, $2, 'begun', '', $3) RETURNING id",
                issue, person.id, began)
        }
        let outcome = try await tried(
            LetterOrder(issue: issue, person: person, address: address, purpose: .test(number)), number, actor)
        let now = clock.now
        try await database.write { db in
            try db.run(
                "UPDATE newsletter_tests SET state = $2, why = $3, at = $4 WHERE id = $1", number, outcome.word,
                outcome.why, now)
        }
        await hangUpIfIdle()
        return outcome
    }

    private func tried(_ order: LetterOrder, _ number: Int64, _ actor: String) async throws -> TestOutcome {
        let printed: PrintedLetter
        do { printed = try await made(order) } catch {
            if error is CancellationError { throw error }
            return .failed("the letter could not be made: \(error)")
        }
        let effect = Effect(
            key: "\(LetterDoor.testKind):\(number)", kind: LetterDoor.testKind,
            summary: "Sends issue \(order.issue) of the newsletter to \(order.person.name) as a test", actor: actor,
            subject: order.person.subject)
        let mail = mail
        let outcome = try await LetterDoor(effects: effects).deliver(effect) {
        } send: {
            try await mail.send(printed)
        }
        return switch outcome {
        case .sent: .sent
        case .refused(let error): .failed(error.description)
        case .unclear(let why): .unclear(why)
        case .dryRun: .dryRun
        case .shut(let why): .failed(why)
        }
    }
}

extension NewsletterPost.TestOutcome {
    fileprivate var word: String {
        switch self {
        case .sent: "sent"
        case .dryRun: "dry"
        case .failed: "failed"
        case .unclear: "unclear"
        }
    }

    fileprivate var why: String {
        switch self {
        case .sent, .dryRun: ""
        case .failed(let why), .unclear(let why): why
        }
    }
}
