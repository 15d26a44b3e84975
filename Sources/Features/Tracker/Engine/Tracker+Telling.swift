// What people hear unasked: a question to the admins, and that somebody has seen a season to its end. What could not be
// said is said later.

internal import Domain
package import Runtime
package import Storage

extension Tracker {
    func tellUntold() async throws {
        if let quietUntil, clock.now < quietUntil { return }
        for conflict in try await conflicts.untold() {
            if try await tell(.question(conflict), key: "conflict:\(conflict.id)") {
                try await conflicts.told(conflict.id)
            }
            if let quietUntil, clock.now < quietUntil { return }
        }
        for season in try await finishedSeasons() {
            let name = await acts.name(season.person)
            let report = TrackerReports.finished(season, name: name)
            let key = "season:\(season.person):\(season.show.id):\(season.season)"
            if try await tell(.report(report), key: key) { try await told(season) }
            if let quietUntil, clock.now < quietUntil { return }
        }
    }

    /// Somebody is still to be told something, and it is time to try again.
    package var owesWords: Bool { quietUntil.map { $0 <= clock.now } ?? false }

    /// Whether it need not be tried again.
    private func tell(_ word: TrackerWord, key: String) async throws -> Bool {
        let acts = acts
        let effect = Effect(
            key: "\(TrackerKind.tell):\(key)", kind: TrackerKind.tell, summary: word.report.title.plainText,
            actor: "tracker", subject: "tracker")
        switch try await effects.perform(effect, { try await acts.tell(word) }) {
        case .done, .alreadyDone, .interrupted:
            (quietUntil, untoldTries) = (nil, 0)
            return true
        case .dryRun:
            // Nobody is hurt by a question, and without its answer a dry run would show nothing.
            do {
                try await acts.tell(word)
                (quietUntil, untoldTries) = (nil, 0)
                return true
            } catch { log.debug("not said: \(error)") }
        case .failed, .refused: break
        }
        // Discord is often only a few seconds away from being reached.
        quietUntil = clock.now + .seconds(min(3600, 5 << Int64(min(10, untoldTries))))
        untoldTries += 1
        return false
    }

    private func finishedSeasons() async throws -> [FinishedSeason] {
        let rows = try await database.read { db in
            try db.rows(
                """
                SELECT f.person, f.show, f.season, f.at,
                    (SELECT COUNT(*) FROM tracker_episodes e
                     WHERE e.show = f.show AND e.season = f.season AND e.is_gone = 0) AS episodes
                FROM tracker_finished f WHERE is_told = 0 ORDER BY at LIMIT 20
                """
            ) { row in
                (
                    person: try row.int64(0), show: try row.int64(1), season: try row.int(2), at: try row.instant(3),
                    episodes: try row.int(4)
                )
            }
        }
        var seasons: [FinishedSeason] = []
        for row in rows {
            guard let show = try await catalogue.show(row.show) else { continue }
            seasons.append(
                FinishedSeason(
                    person: row.person, show: show, season: row.season, episodes: row.episodes, at: row.at))
        }
        return seasons
    }

    private func told(_ season: FinishedSeason) async throws {
        try await database.write { db in
            try db.run(
                "UPDATE tracker_finished SET is_told = 1 WHERE person = $1 AND show = $2 AND season = $3",
                season.person, season.show.id, season.season)
        }
    }

    package nonisolated var verifies: [String: Effects.Verify] {
        [TrackerKind.tell: { _ in .unknown(why: "it may have arrived; it is not sent again by itself") }]
    }
}

package struct FinishedSeason: Hashable, Sendable {
    package var person: Int64
    package var show: KnownShow
    package var season: Int
    package var episodes: Int
    package var at: Instant
}
