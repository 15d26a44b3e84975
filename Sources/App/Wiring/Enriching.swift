// The enriching of summaries, put together: its parts, its job, and what a stop cut off.

internal import Bot
internal import Commands
internal import Domain
internal import Jobs
internal import Music
internal import Newsletter
internal import Runtime
internal import Storage

extension Features {
    static func enrichment(
        _ outside: Outside, _ database: Database, _ effects: Effects, _ settings: Configuration, _ log: Log
    ) -> Configured<Enrichment> {
        outside.plex.map { plex in
            Enrichment(
                plex: plex, musicBrainz: outside.musicBrainz,
                // Without a token Discogs lets nobody search.
                discogs: settings.key("DISCOGS_TOKEN") == nil ? nil : outside.discogs, effects: effects,
                database: database, settings: settings.enrich, log: log)
        }
    }

    /// Who can tell whether an effect that was cut off happened, by the effect's kind.
    var verifies: [String: Effects.Verify] {
        var verifies: [String: Effects.Verify] = [:]
        if let enrich = enrich.value { verifies[EnrichEffects.setSummaryKind] = { await enrich.verify($0) } }
        verifies.merge(playlists.value?.verifies ?? [:]) { $1 }
        verifies.merge(post.value?.verifies ?? [:]) { $1 }
        return verifies
    }
}

extension Application {
    /// Nil: not wanted, or not possible.
    func enrichJob(_ features: Features) -> Job? {
        guard let enrich = features.enrich.value, let schedule = settings.enrichSchedule else { return nil }
        return Job("enrich", "writes who plays into album summaries", schedule: schedule, jitter: .minutes(5)) { job in
            let tally = try await enrich.run(.libraries, by: "job:enrich") { tally in
                job.log.info("enriching", ["done": "\(tally.done) of \(tally.total)", "now": tally.current])
            }
            return tally.isWorthTelling ? enrich.reports.report(tally) : nil
        }
    }

    /// What the last stop cut off goes on.
    func goOnEnriching(_ features: Features, _ notices: Notices) async {
        guard let enrich = features.enrich.value else { return }
        await enrich.resume { tally in await notices.tell(enrich.reports.report(tally), as: .job) }
    }
}
