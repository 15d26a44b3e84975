// The newsletter's jobs, and what the command gets of it.

internal import Bot
internal import Commands
internal import Discord
internal import Domain
internal import HTTP
internal import History
internal import Jobs
internal import Letters
internal import Mail
internal import Newsletter
internal import People
internal import Runtime
internal import Storage
internal import Wordsmith

extension Features {
    static func newsletter(
        _ outside: Outside, _ database: Database, _ people: People, _ history: Configured<History>,
        _ smith: Wordsmith?, _ settings: Configuration, _ log: Log
    ) -> Configured<NewsletterOffice> {
        history.and(outside.tautulli).map { history, tautulli in
            NewsletterOffice(
                outside, database, people: people, history: history, tautulli: tautulli, smith: smith,
                settings: settings, log: log)
        }
    }
}

extension Application {
    func newsletterJobs(_ features: Features, _ desk: Desk) -> [Job] {
        guard let office = features.newsletter.value, let post = features.post.value else { return [] }
        let libraries = Job(
            "newsletter-libraries", "writes down how large the libraries are, for the newsletter's growth",
            schedule: .daily(at: 3, 40), jitter: .minutes(5)
        ) { _ in
            try await office.newsletter().weighLibraries()
            return nil
        }
        let driving = Job(
            "newsletter-post", "sends the newsletter's letters that are due", schedule: .every(minutes: 5),
            catchesUp: false
        ) { _ in
            let report = try await post.postRun { try await office.make() }
            try await announce(office, post, features, desk)
            return try await askForApproval(office, post, features, desk) ?? report
        }
        let ready = [driving, libraries] + mailboxJob(office, features)
        guard let schedule = settings.newsletter.schedule else { return ready }
        let making = Job("newsletter", "makes the newsletter and begins to send it", schedule: schedule) { _ in
            let report = try await post.scheduledRun { try await office.make() }
            try await announce(office, post, features, desk)
            return try await askForApproval(office, post, features, desk) ?? report
        }
        return [making] + ready
    }

    private func mailboxJob(_ office: NewsletterOffice, _ features: Features) -> [Job] {
        guard let box = settings.letterBox else { return [] }
        let mailbox = NewsletterMailbox(
            box, features.database, links: office.links, consent: office.consent,
            known: { [people = features.people] in try await people.person($0) }, log: log)
        return [
            Job(
                "newsletter-mailbox", "reads who unsubscribed by mail", schedule: .every(minutes: 10),
                jitter: .seconds(30), catchesUp: false
            ) { _ in
                try await mailbox.read()
                return nil
            }
        ]
    }

    /// The highlights of the last issue that was sent, once, where the owner wants them.
    private func announce(
        _ office: NewsletterOffice, _ post: NewsletterPost, _ features: Features, _ desk: Desk
    ) async throws {
        guard let channel = settings.newsletter.channel, !settings.isDryRun,
            let sent = try await post.book.sendings(most: 3).first(where: { $0.state == .sent }),
            // What was sent long before there was such a channel is no news.
            clock.now - sent.changedAt < .days(3)
        else { return }
        let remembered = Remembered(features.database)
        let mark = "\(sent.issue) \(sent.beganAt.milliseconds)"
        guard try await remembered.get("newsletter.announced") != mark,
            let issue = try await office.archive.issue(sent.issue)
        else { return }
        let report = try await office.highlights(of: issue)
        let effect = Effect(
            key: "newsletter.highlights:\(issue.number):\(issue.period.first)", kind: "newsletter.highlights",
            summary: "Posts the highlights of issue \(issue.number)", actor: "newsletter", subject: "channel:\(channel)"
        )
        _ = try await features.effects.perform(effect) {
            _ = try await desk.post(.report(report), in: Snowflake(channel))
        }
        try await remembered.set("newsletter.announced", mark)
    }

    /// A card for the issue that waits for an admin's word, once; where it could not be posted the next run tries again.
    private func askForApproval(
        _ office: NewsletterOffice, _ post: NewsletterPost, _ features: Features, _ desk: Desk
    ) async throws -> Report? {
        try await office.asking.enter()
        defer { office.asking.leave() }
        guard let waiting = try await post.book.sendings(most: 3).first(where: { $0.state == .approval }),
            let issue = try await office.archive.issue(waiting.issue)
        else { return nil }
        let remembered = Remembered(features.database)
        let mark = "\(waiting.issue) \(waiting.beganAt.milliseconds)"
        guard try await remembered.get("newsletter.asked") != mark else { return nil }
        guard let channel = settings.adminChannel else {
            try await remembered.set("newsletter.asked", mark)
            return NewsletterApproval.notice(issue)
        }
        let card = NewsletterApproval.card(issue, try await office.highlights(of: issue), try await post.status())
        do { try await desk.post(.card(card), in: Snowflake(channel)) } catch {
            try Task.checkCancellation()
            log.warning("nobody could be asked whether the newsletter may go: \(error)")
            return nil
        }
        try await remembered.set("newsletter.asked", mark)
        return nil
    }

    /// `go` lets the post go to work.
    func newsletterSource(
        _ features: Features, go: @escaping @Sendable (_ by: String) -> Void
    ) -> Configured<NewsletterSource> {
        features.newsletter.and(features.post).map { office, post in
            let runs = JobRuns(features.database)
            let (schedule, place) = (settings.newsletter.schedule, settings.zone)
            return NewsletterSource(
                post: post, people: features.people, links: office.links, schedule: schedule?.description,
                hasMail: settings.mail != nil, clock: clock,
                latest: { try await office.archive.latest() }, make: { try await office.make() },
                next: {
                    let isPaused = try await runs.paused().contains("newsletter")
                    return isPaused ? nil : schedule?.next(after: clock.now, in: place)
                },
                preview: { person, which in try await preview(person, which, office) },
                templates: { try await office.templates(for: $0) }, port: settings.port,
                issue: { try await office.archive.issue($0) },
                highlights: { try await office.highlights(of: $0) },
                go: { go($0) })
        }
    }

    private func preview(
        _ person: Person, _ which: NewsletterPreview.Which, _ office: NewsletterOffice
    ) async throws -> NewsletterPreview {
        let (issue, proof) = try await office.proof(for: person, which)
        return NewsletterPreview(
            issue: issue, report: try await office.highlights(of: issue), subject: proof.letter.subject,
            html: proof.letter.html, eml: try proof.letter.printed().bytes,
            pictures: proof.letter.pictures.map {
                Report.Attachment(name: $0.filename, type: $0.type, bytes: $0.bytes)
            }, notes: proof.notes.map(\.description))
    }
}
