// Leaving by mail: whoever's mail program cannot follow a link writes to the sender, with a signed word in the subject
// (RFC 2369's mailto). A mailbox that cannot be read says nothing about who left: that is an error, never "nobody".

package import Domain
package import Mail
package import Runtime
package import Storage

package struct NewsletterMailbox: Sendable {
    private static let key = "newsletter.mailbox"

    private let box: LetterBox
    private let links: NewsletterLinks
    private let consent: NewsletterConsent
    private let known: @Sendable (Int64) async throws -> Person?
    private let remembered: Remembered
    private let clock: any Clock
    private let log: Log

    package init(
        _ box: LetterBox, _ database: Database, links: NewsletterLinks, consent: NewsletterConsent,
        known: @escaping @Sendable (Int64) async throws -> Person?, log: Log
    ) {
        self.box = box
        self.links = links
        self.consent = consent
        self.known = known
        remembered = Remembered(database)
        clock = database.clock
        self.log = log.labelled("newsletter")
    }

    /// How many left.
    @discardableResult
    package func read() async throws -> Int {
        let before = try await remembered.get(Self.key).flatMap { LetterBox.Place($0) }
        let (found, place) = try await box.letters(since: before)
        var understood: [Int] = []
        var left = 0
        for letter in found {
            guard let person = person(in: letter.subject) else { continue }
            let isNew = try await consent.unsubscribe(
                person, known: try await known(person), way: .mail, by: "person:\(person)")
            if isNew { left += 1 }
            understood.append(letter.number)
        }
        // What was read before a crash is read once more: leaving twice is leaving.
        try await remembered.set(Self.key, "\(place)")
        // Only a courtesy to whoever looks into the mailbox.
        do { try await box.markRead(understood) } catch { log.warning("letters could not be marked as read: \(error)") }
        if found.count > understood.count {
            log.info("letters about leaving without a word of ours", ["count": "\(found.count - understood.count)"])
        }
        return left
    }

    /// Of our own signature only: anybody can write to a mailbox.
    private func person(in subject: String) -> Int64? {
        for word in subject.split(separator: " ") {
            if let bearer = try? links.bearer(of: String(word), .unsubscribe, at: clock.now) { return bearer.person }
        }
        return nil
    }
}
