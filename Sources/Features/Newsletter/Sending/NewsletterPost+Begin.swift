// From an issue that was made to one that is being sent, and the words with which an admin steers it.

package import Domain
internal import Runtime
package import Storage

extension NewsletterPost {
    package enum Beginning: Sendable, Hashable {
        /// `drive` does the rest.
        case began(SendingProgress)
        case awaitsApproval
        /// Nobody has had a look yet: an admin gets the first letter.
        case needsTest
        case skipped
        /// It had begun, or ended, before.
        case already(IssueSending)
        /// Nothing leaves in a dry run.
        case rehearsed(NewsletterRehearsal)
    }

    /// `isApproved`: an admin asks for it now. The same issue begins once.
    package func begin(
        _ issue: IssueFacts, by actor: String, isApproved: Bool = false, evenIfQuiet: Bool = false
    ) async throws -> Beginning {
        let before = try await book.sending(of: issue.number)
        if let before, !(before.state == .approval && isApproved) {
            return before.state == .approval ? .awaitsApproval : .already(before)
        }
        if effects.isDryRun { return .rehearsed(try await rehearse(issue)) }
        let people = try await people()
        let readers = Set(try await archive.readers(of: issue.number))
        try await settleLeftovers()
        if issue.isQuiet, wishes.quiet == .skip, !evenIfQuiet {
            let isNew = try await book.begin(
                issue.number, among: people, readers: readers, mode: consent.mode, instead: .quiet, by: actor)
            return isNew ? .skipped : try await met(issue.number)
        }
        guard try await isTested() else { return .needsTest }
        if wishes.wantsApproval, !isApproved {
            return try await book.awaitApproval(issue.number, by: actor)
                ? .awaitsApproval : try await met(issue.number)
        }
        let isNew = try await book.begin(
            issue.number, among: people, readers: readers, mode: consent.mode, by: actor)
        return isNew ? .began(try await book.progress(of: issue.number)) : try await met(issue.number)
    }

    /// Somebody else asked for the same a moment before.
    private func met(_ issue: Int) async throws -> Beginning {
        guard let sending = try await book.sending(of: issue) else { return .awaitsApproval }
        return .already(sending)
    }

    // MARK: Steering

    /// Nil: nothing is being sent.
    package func hold(by actor: String) async throws(StorageError) -> IssueSending? {
        guard let sending = try await book.current() else { return nil }
        return try await book.turn(sending.issue, from: [.sending], to: .held, why: "stopped by an admin", by: actor)
    }

    /// Nil: nothing is held. `drive` does the rest.
    package func resume(by actor: String) async throws(StorageError) -> IssueSending? {
        guard let sending = try await book.current() else { return nil }
        return try await book.turn(sending.issue, from: [.held], to: .sending, by: actor)
    }

    /// An issue that waits for a yes gets a no. Nil: it does not wait any more.
    package func skip(_ issue: Int, by actor: String) async throws(StorageError) -> IssueSending? {
        try await book.turn(issue, from: [.approval], to: .skipped, why: "skipped by an admin", by: actor)
    }

    /// What has not gone out yet never will. Nil: nothing is on its way.
    package func abandon(
        _ issue: Int? = nil, why: String = "", by actor: String
    ) async throws(StorageError) -> IssueSending? {
        guard let sending = try await book.current() else { return nil }
        return try await book.turn(
            issue ?? sending.issue, from: [.approval, .sending, .held], to: .abandoned, why: why, by: actor)
    }
}

/// What a real run would do: every letter was made, none left.
package struct NewsletterRehearsal: Sendable, Hashable {
    package var issue: Int
    package var wouldGet: [Person] = []
    package var without: [NoLetter: Int] = [:]
    /// Letters that cannot be made.
    package var troubles: [String] = []
}

extension NewsletterPost {
    /// Makes everybody's letter, so that what is wrong shows now; the door notes each and lets none out.
    func rehearse(_ issue: IssueFacts) async throws -> NewsletterRehearsal {
        var rehearsal = NewsletterRehearsal(issue: issue.number)
        let people = try await people()
        let readers = Set(try await archive.readers(of: issue.number))
        let standings = try await consent.standings(of: people)
        for person in people {
            try Task.checkCancellation()
            switch standings[person.id] ?? .not(.gone) {
            case .not(let why): rehearsal.without[why, default: 0] += 1
            case .sends where !readers.contains(person.id): rehearsal.without[.cameLater, default: 0] += 1
            case .sends(let address):
                let order = LetterOrder(
                    issue: issue.number, person: person, address: address,
                    without: try await consent.choice(of: person.id)?.without ?? [])
                do {
                    let printed = try await made(order)
                    _ = try await deliver(printed, order, SubscriberMark.address(person.email))
                    rehearsal.wouldGet.append(person)
                } catch let error as StorageError {
                    throw error
                } catch {
                    rehearsal.troubles.append("\(person.name): \(error)")
                }
            }
        }
        return rehearsal
    }
}
