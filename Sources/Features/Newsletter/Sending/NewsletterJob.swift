// The two jobs. "newsletter" makes the issue of the period that is over and begins to send it; "newsletter-post" comes
// often, goes on with what is on its way, and makes up for an issue that could not be made on time: Tautulli may be away
// at just that minute, and the next chance of the schedule is a week off.

package import Domain
package import Runtime
internal import Storage

package struct NewsletterDue: Sendable, Hashable {
    package var since: Instant
    /// Why it is not made yet; nil: not tried so far.
    package var why: String?
}

/// Makes the issue of the period that is over, or gives the one that was made of it.
package typealias IssueMaker = @Sendable () async throws -> IssueFacts

extension NewsletterPost {
    private static let dueKey = "newsletter.due"
    private static let dueWhyKey = "newsletter.due.why"
    /// After that the next period is nearer.
    static let dueFor = Duration.hours(72)

    /// The job "newsletter".
    package func scheduledRun(_ make: IssueMaker) async throws -> Report? {
        let remembered = Remembered(database)
        try await remembered.set(Self.dueKey, "\(clock.now.milliseconds)")
        try await remembered.set(Self.dueWhyKey, nil)
        return try await makeUp(make)
    }

    /// The job "newsletter-post".
    package func postRun(_ make: IssueMaker) async throws -> Report? {
        if let due = try await due() {
            guard clock.now - due.since < Self.dueFor else {
                try await forgetDue()
                return Report(
                    "No newsletter this time", lines: ["It could not be made for three days: \(due.why ?? "")"],
                    footer: "newsletter send makes and sends it when you say so.", tone: .bad)
            }
            // The first trouble was told by the run that met it.
            do { return try await makeUp(make) } catch {
                try Task.checkCancellation()
                log.warning("the newsletter cannot be made yet: \(error)")
                return nil
            }
        }
        let drive = try await drive()
        return Self.report(drive)
    }

    private func makeUp(_ make: IssueMaker) async throws -> Report? {
        let issue: IssueFacts
        do { issue = try await make() } catch {
            try await Remembered(database).set(Self.dueWhyKey, "\(error)")
            throw error
        }
        let beginning = try await begin(issue, by: "job:newsletter")
        try await forgetDue()
        guard case .began = beginning else { return beginning.report(issue) }
        return Self.report(try await drive())
    }

    func due() async throws -> NewsletterDue? {
        let remembered = Remembered(database)
        guard let text = try await remembered.get(Self.dueKey), let since = Int64(text) else { return nil }
        return NewsletterDue(since: Instant(milliseconds: since), why: try await remembered.get(Self.dueWhyKey))
    }

    private func forgetDue() async throws {
        try await Remembered(database).set(Self.dueKey, nil)
        try await Remembered(database).set(Self.dueWhyKey, nil)
    }

    /// Only what an admin should know: the end, a stop, trouble that lasts.
    static func report(_ drive: Drive) -> Report? {
        guard let issue = drive.issue else { return nil }
        switch drive.end {
        case .finished:
            var lines: [Prose] = ["\(drive.progress.sentence)."]
            let failed = drive.progress.failed + drive.progress.unclear
            if failed > 0 { lines.append("newsletter status says who and why.") }
            return Report("Issue \(issue) of the newsletter is sent", lines: lines, tone: failed > 0 ? .warning : .good)
        case .held(let why):
            // Said when it happens, not at every look.
            guard drive.attempts > 0 else { return nil }
            return Report(
                "The newsletter is stopped", lines: ["\(why)", "Issue \(issue): \(drive.progress.sentence)."],
                footer: "newsletter resume goes on; nobody gets a second copy.", tone: .bad)
        case .waits(_, .pause) where drive.attempts > 0 && drive.trouble.count == 3:
            return Report(
                "The mail server has trouble", lines: ["Issue \(issue): \(drive.progress.sentence)."],
                footer: "It is tried again by itself for three days.", tone: .warning)
        case .nothing, .waits, .dryRun, .stopping, .busy: return nil
        }
    }
}

extension NewsletterPost.Beginning {
    /// Nil: somebody else tells.
    package func report(_ issue: IssueFacts) -> Report? {
        let name = issue.period.name
        switch self {
        // The one is told of by the drive, the other asked by a card.
        case .began, .awaitsApproval: return nil
        case .already(let sending):
            // A schedule that comes more often than issues do has nothing to tell.
            return sending.state == .held
                ? Report("The newsletter is stopped", lines: ["\(sending.why)"], footer: "newsletter resume goes on.")
                : nil
        case .needsTest:
            return Report(
                "Issue \(issue.number) of the newsletter is made, not sent",
                lines: ["\(name)", "Before the first letter goes to people, one goes to you."],
                footer: "newsletter test, then newsletter send.", tone: .warning)
        case .skipped:
            return Report(
                "No newsletter: \(name)", lines: ["Nothing was played and nothing is new."],
                footer: "NEWSLETTER_QUIET=send sends it all the same.")
        case .rehearsed(let rehearsal):
            let troubles = rehearsal.troubles.prefix(5).map { Prose(text: $0) }
            let who = rehearsal.wouldGet.count
            return Report(
                "Issue \(issue.number) of the newsletter would go to \(who) \(who == 1 ? "person" : "people")",
                lines: ["\(name)"] + troubles, footer: "A dry run: nothing was sent.",
                tone: troubles.isEmpty ? .plain : .warning)
        }
    }
}
