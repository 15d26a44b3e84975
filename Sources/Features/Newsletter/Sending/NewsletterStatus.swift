// How the newsletter stands, for `newsletter status`: who would get it and who not, what is on its way, what went out.

package import Domain
package import Runtime
internal import Storage

package struct NewsletterStatus: Sendable, Hashable {
    package struct Past: Sendable, Hashable {
        package var sending: IssueSending
        package var progress: SendingProgress
    }

    /// Those to whom the same happened.
    package struct Troubled: Sendable, Hashable {
        package var why: String
        package var names: [String]
    }

    package var mode: ConsentMode
    package var isDryRun: Bool
    package var isTested: Bool
    /// Who would get an issue now.
    package var readers: [Person]
    /// Members who would not, and why.
    package var without: [NoLetter: [Person]]
    /// Sending, held, or waiting for approval.
    package var current: Past?
    package var pausedUntil: Instant?
    /// Why the first of those that wait does.
    package var waitsBecause: String?
    package var past: [Past]
    /// Of the newest issue: who had no letter although one was meant for them, or perhaps has one.
    package var troubled: [Troubled]
    /// An issue that could not be made on time and is tried again.
    package var due: NewsletterDue?
}

extension NewsletterPost {
    package func status() async throws -> NewsletterStatus {
        let people = try await people()
        let standings = try await consent.standings(of: people)
        var readers: [Person] = []
        var without: [NoLetter: [Person]] = [:]
        for person in people where person.access == .member {
            switch standings[person.id] ?? .not(.gone) {
            case .sends: readers.append(person)
            case .not(let why): without[why, default: []].append(person)
            }
        }
        let current = try await book.current()
        var past: [NewsletterStatus.Past] = []
        for sending in try await book.sendings(most: 6) {
            past.append(.init(sending: sending, progress: try await book.progress(of: sending.issue)))
        }
        let mine = past.first { $0.sending.issue == current?.issue }
        var waits: String?
        if let current {
            waits = try await book.letters(of: current.issue).first { $0.state == .waiting && !$0.words.isEmpty }?.words
        }
        let until = current?.trouble.pausedUntil.flatMap { $0 > clock.now ? $0 : nil }
        return NewsletterStatus(
            mode: consent.mode, isDryRun: effects.isDryRun, isTested: try await isTested(), readers: readers,
            without: without, current: mine, pausedUntil: until, waitsBecause: waits,
            past: past.filter { $0.sending.issue != current?.issue },
            troubled: try await troubled(current?.issue ?? past.first?.sending.issue, people), due: try await due())
    }

    /// Those of whom nobody knows come first: an admin may ask them.
    private func troubled(_ issue: Int?, _ people: [Person]) async throws -> [NewsletterStatus.Troubled] {
        guard let issue else { return [] }
        let names = Dictionary(people.map { ($0.id, $0.name) }) { first, _ in first }
        var unclear: [String: [String]] = [:]
        var failed: [String: [String]] = [:]
        for letter in try await book.letters(of: issue) {
            let name = names[letter.person] ?? "Person \(letter.person)"
            switch letter.state {
            case .unclear: unclear["may have arrived, and is not sent again: \(letter.words)", default: []].append(name)
            case .none:
                guard let reason = letter.reason, SendingProgress.failures.contains(reason.code) else { continue }
                failed[reason.sentence, default: []].append(name)
            case .waiting, .sent: continue
            }
        }
        return [unclear, failed].flatMap { group in
            group.map { NewsletterStatus.Troubled(why: $0.key, names: $0.value) }
                .sorted { ($1.names.count, $0.why) < ($0.names.count, $1.why) }
        }
    }
}

/// For counting machines: nobody is named.
package struct NewsletterTally: Sendable, Hashable {
    /// Would get an issue now.
    package var readers: Int
    /// Of all issues, by what became of them.
    package var letters: [NewsletterLetter.State: Int]
    package var issues: [IssueSending.State: Int]
    package var lastSentAt: Instant?
}

extension NewsletterPost {
    package func tally() async throws -> NewsletterTally {
        let standings = try await consent.standings(of: try await people())
        let readers = standings.values.count { if case .sends = $0 { true } else { false } }
        return try await book.tally(readers: readers)
    }
}

extension NewsletterStatus {
    /// In a sentence, for those who asked about something else.
    package var line: Prose {
        if let current { return "Newsletter: \(now(current))" }
        let who: Prose = "Newsletter: \(readers.count) \(readers.count == 1 ? "person gets" : "people get") it"
        guard let last = past.first else { return who }
        return who + ", issue \(last.sending.issue) \(last.sending.state.words) \(time: last.sending.changedAt, .date)"
    }

    package var report: Report {
        var report = Report("Newsletter")
        report.tone = current?.sending.state == .held || due?.why != nil ? .warning : .plain
        report.fields.append(
            Report.Field("Gets it", "\(readers.count) \(readers.count == 1 ? "person" : "people") (\(mode.rawValue))"))
        let reasons = without.sorted { ($0.value.count, $1.key.code) > ($1.value.count, $0.key.code) }
        if !reasons.isEmpty {
            let lines = reasons.prefix(8).map { reason, people -> Prose in
                "\(Self.names(people.map(\.name))): \(reason.sentence)"
            }
            report.fields.append(Report.Field("Does not get it", lines.joined(by: "\n")))
        }
        if let current { report.fields.append(Report.Field("On its way", now(current))) }
        if !troubled.isEmpty, let issue = current?.sending.issue ?? past.first?.sending.issue {
            let lines = troubled.prefix(8).map { group -> Prose in "\(Self.names(group.names)): \(group.why)" }
            report.fields.append(Report.Field("Trouble with issue \(issue)", lines.joined(by: "\n")))
        }
        if let due {
            let why: Prose = due.why.map { ": \($0)" } ?? ""
            report.fields.append(
                Report.Field("Due", "an issue since \(time: due.since), tried again by itself\(why)"))
        }
        if !past.isEmpty {
            report.fields.append(
                Report.Field("Before", past.map { past in Self.line(past) }.joined(by: "\n")))
        }
        if isDryRun {
            report.footer = "A dry run: nothing is sent."
        } else if !isTested {
            report.footer = "Nothing is sent before a test letter went out: newsletter test."
        }
        return report
    }

    private func now(_ current: Past) -> Prose {
        let sending = current.sending
        var prose: Prose = "Issue \(sending.issue): \(sending.state.words)"
        if sending.state != .approval { prose += ", \(current.progress.sentence)" }
        if !sending.why.isEmpty { prose += "\n\(sending.why)" }
        if sending.state == .sending {
            if let pausedUntil { prose += "\nPaused until \(time: pausedUntil, .time)" }
            if let waitsBecause { prose += "\n\(waitsBecause)" }
        }
        return prose
    }

    private static func line(_ past: Past) -> Prose {
        var prose: Prose =
            "Issue \(past.sending.issue) \(time: past.sending.beganAt, .date): \(past.sending.state.words)"
        if past.sending.state != .skipped { prose += ", \(past.progress.sentence)" }
        return prose
    }

    private static func names(_ names: [String]) -> Prose {
        let shown = names.prefix(5).map { Prose(text: $0) }.joined(by: ", ")
        return names.count > 5 ? shown + " and \(names.count - 5) more" : shown
    }
}
