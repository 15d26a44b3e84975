// One letter through the one door (rule 3). The door remembers what happened to each key; the letter's row says more: it
// is marked before the first byte leaves, so that after a crash a letter that was never handed over is told from one that
// may have arrived.
//
//   crash before the mark     it was not sent: verify says so, and it is sent
//   crash after the mark      nobody knows: it is recorded as such and never sent again by itself
//   crash after the outcome   the door knows, and the row learns it at the next start

internal import Domain
internal import Mail
package import Storage
internal import Synchronization

struct LetterDoor: Sendable {
    enum Outcome: Sendable {
        case sent
        /// It was not taken, for certain.
        case refused(MailError)
        case unclear(String)
        case dryRun
        /// The door did not let it out.
        case shut(String)
    }

    private enum Stage: Sendable {
        /// The door did not let the act begin: it asked, and knows from before.
        case before
        case entered
        case handedOver
        case ended(MailError)
        case unclear(String)
    }

    static let kind = "newsletter.send"
    static let testKind = "newsletter.test"

    let effects: Effects

    static func key(_ issue: Int, _ person: Int64) -> String { "\(kind):\(issue):\(person)" }

    /// `mark` is on the disk when it returns.
    func deliver(
        _ effect: Effect, mark: @Sendable () async throws -> Void, send: @Sendable () async throws -> Void
    ) async throws(StorageError) -> Outcome {
        let stage = Mutex(Stage.before)
        let result = try await effects.perform(effect) {
            stage.withLock { $0 = .entered }
            try await mark()
            stage.withLock { $0 = .handedOver }
            do {
                try await send()
            } catch let error as MailError {
                if case .uncertain(let why) = error {
                    stage.withLock { $0 = .unclear(why) }
                    throw Uncertain(why)
                }
                stage.withLock { $0 = .ended(error) }
                throw error
            } catch {
                // Whoever does not say that nothing left has said nothing.
                stage.withLock { $0 = .unclear("\(error)") }
                throw Uncertain("\(error)")
            }
        }
        let last = stage.withLock { $0 }
        switch result {
        case .done, .alreadyDone: return .sent
        case .dryRun: return .dryRun
        case .refused(let why): return .shut(why)
        case .failed(let why):
            if case .ended(let error) = last { return .refused(error) }
            return .shut(why)
        case .interrupted: return try await afterInterruption(effect.key, last)
        }
    }

    /// The door takes everything that ends while the program stops for uncertain; here we may know better.
    private func afterInterruption(_ key: String, _ stage: Stage) async throws(StorageError) -> Outcome {
        switch stage {
        case .ended(let error):
            try await effects.settle(key, happened: false, by: "the mail server")
            return .refused(error)
        case .entered:
            try await effects.settle(key, happened: false, by: "autoplex: it was not handed over")
            return .shut("Autoplex is stopping")
        case .unclear(let why): return .unclear(why)
        case .before: return .unclear("Autoplex was stopped while it was being handed over")
        case .handedOver: return .unclear("Autoplex was stopped meanwhile")
        }
    }
}

extension LetterBook {
    /// For the door: whether a letter left, as far as its row knows.
    package var verifies: [String: Effects.Verify] {
        [
            LetterDoor.kind: { effect in
                let numbers = effect.key.split(separator: ":").dropFirst().compactMap { Int64($0) }
                guard numbers.count == 2 else { return .unknown(why: "its key is not one of ours") }
                return await hasLeft(Int(numbers[0]), numbers[1])
            },
            LetterDoor.testKind: { _ in .unknown(why: "a test letter was cut off: look for it, or ask for another") },
        ]
    }

    private func hasLeft(_ issue: Int, _ person: Int64) async -> Reading<Bool> {
        do {
            guard let letter = try await letter(issue, person) else {
                return .unknown(why: "there is no row of this letter")
            }
            if letter.isUnderWay || letter.state == .unclear {
                return .unknown(why: "it was being handed over and may have arrived; it is not sent again")
            }
            return .known(letter.state == .sent)
        } catch {
            return .unknown(why: error.description)
        }
    }
}
