// After a clock that was ahead went back, what it dated lies in the future: somebody seen "next year" would be safe until
// then, and a warning tried "next year" never tried again. It happened before now, so now is the latest it can have
// happened; that gives everybody more time than they had, never less. Only a look that is believed may say so: where the
// plays lie in the future too, it is this moment's clock that is wrong.

internal import Runtime
internal import Storage

extension PruneState {
    /// Whether anything is dated later than that.
    func isAhead(of latest: Instant) -> Bool {
        if spans.contains(where: { $0.to > latest }) || installedAt(after: latest) { return true }
        if cases.contains(where: { $0.state.isOpen && max($0.begunAt ?? latest, $0.decidedAt ?? latest) > latest }) {
            return true
        }
        if told.values.contains(where: { $0.contains { $0.at > latest } }) { return true }
        return records.values.contains { record in
            record.knownAt > latest || (record.lookedAt ?? latest) > latest
                || record.sightings.values.contains { $0.at > latest } || record.heres.contains { $0 > latest }
                || record.holds.contains { $0.span.from > latest } || record.pauses.contains { $0.span.from > latest }
        }
    }

    private func installedAt(after moment: Instant) -> Bool { marks.installedAt.map { $0 > moment } ?? false }
}

extension PruneBook {
    /// Nothing has happened after now. What is dated up to `latest` stays: this clock may be behind by as much and be
    /// believed, as long as nobody has played anything.
    func redate(after latest: Instant) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            // A look that found them inactive then says nothing now; and nobody was observed there.
            try db.run("UPDATE prune_people SET looked_at = NULL, look_stamp = NULL WHERE looked_at > $1", latest)
            try db.run("DELETE FROM prune_observed WHERE from_at > $1", latest)
            for change in Self.redatings { try db.run(change, now, latest) }
            if let installed = try PruneMarks.text(.installedAt, db).flatMap({ Int64($0) }),
                installed > latest.milliseconds
            {
                try PruneMarks.set(.installedAt, "\(now.milliseconds)", at: now, db)
            }
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: "autoplex", action: "prune.redated", subject: "prune",
                    summary: "The clock went back: what lay in the future counts from now"), db)
        }
    }

    private static let redatings = [
        "UPDATE prune_people SET known_at = $1 WHERE known_at > $2",
        "UPDATE prune_sightings SET at = $1 WHERE at > $2",
        "UPDATE prune_heres SET at = $1 WHERE at > $2",
        // As long as was said.
        "UPDATE prune_leaves SET from_at = $1, to_at = to_at - (from_at - $1) WHERE from_at > $2",
        "UPDATE prune_told SET at = $1 WHERE at > $2",
        """
        UPDATE prune_cases SET ignored_until = ignored_until - (decided_at - $1), decided_at = $1
        WHERE decided_at > $2
        """,
        "UPDATE prune_cases SET begun_at = $1 WHERE begun_at > $2",
        "UPDATE prune_cases SET removed_at = $1 WHERE removed_at > $2",
        "UPDATE prune_observed SET to_at = CASE WHEN from_at > $1 THEN from_at ELSE $1 END WHERE to_at > $2",
    ]
}
