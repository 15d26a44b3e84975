// The same changes a look writes into the tables, in memory: it is read once and not again.

internal import Runtime

extension PruneState {
    mutating func apply(_ census: CensusChange, at now: Instant) {
        for record in census.came + census.back + census.changed { records[record.person] = record }
        for person in census.gone where records[person] != nil { records[person]?.goneAt = now }
    }

    /// Signs of life that are newer than those known. Whoever left is not looked for. None is older than what was observed
    /// already, however far the clock is behind that saw it.
    func news(in evidence: PruneEvidence) -> [(person: Int64, sighting: Sighting)] {
        var evidence = evidence
        if let observed = spans.map(\.to).max() { evidence.until = max(evidence.until, observed) }
        var accounts: [Int64: Int] = [:]
        for record in records.values where record.goneAt == nil {
            if let account = record.plexID { accounts[record.person] = account }
        }
        return evidence.sightings(of: accounts).flatMap { person, sightings in
            sightings.compactMap { sighting in
                if let before = records[person]?.sightings[sighting.source], before.at >= sighting.at { return nil }
                return (person, sighting)
            }
        }
    }

    mutating func apply(_ sightings: [(person: Int64, sighting: Sighting)]) {
        for (person, sighting) in sightings { records[person]?.sightings[sighting.source] = sighting }
    }

    /// As if it had been written.
    mutating func observe(_ change: LookChange, tolerance: Duration) {
        if let moment = change.notSince { spans = spans.map { Span($0.from, min($0.to, moment)) } }
        guard let now = change.observed else { return }
        switch Observation.step(newest: spans.last, now: now, tolerance: tolerance, jump: change.jump) {
        case .stays: break
        case .begins: spans.append(Span(now, now))
        case .prolongs: spans[spans.count - 1].to = now
        }
    }
}
