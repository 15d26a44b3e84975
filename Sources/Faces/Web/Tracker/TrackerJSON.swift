// The tracker's values as JSON.

internal import Domain
internal import LooseJSON
internal import Runtime
internal import Tracker

extension JSONText {
    static func time(_ instant: Instant) -> JSONText { .text(LocalTime.utc.iso8601(instant)) }

    /// 934 is 0.934.
    static func thousandths(_ number: Int) -> JSONText {
        JSONText(.number("\(number / 1000).\((abs(number) % 1000).padded(3))"))
    }

    static func episode(_ episode: KnownEpisode) -> JSONText {
        .fields([
            "id": .whole(episode.id), "season": .whole(episode.season), "number": .whole(episode.number),
            "title": .text(episode.title), "aired_on": episode.airedOn.map { .text("\($0)") },
        ])
    }

    static func log(_ row: LogRow) -> JSONText {
        .fields([
            "id": .whole(row.id), "received_at": .time(row.receivedAt), "source": .text(row.source.rawValue),
            "event": .text(row.event), "account": .text(row.accountName), "about": .text(row.about),
            "status": .text(row.status.rawValue), "action": .text(row.action.rawValue), "why": .text(row.why),
            "error": row.error.isEmpty ? nil : .text(row.error), "attempts": .whole(row.attempts),
            "person": row.person.map { .whole($0) }, "show": row.show.map { .whole($0) },
            "episode": row.episode.map { .whole($0) }, "mapping": row.mapping.map { .whole($0) },
            "conflict": row.conflict.map { .whole($0) }, "due_at": row.dueAt.map { .time($0) },
            "done_at": row.doneAt.map { .time($0) },
        ])
    }

    static func conflict(_ conflict: TrackerConflict) -> JSONText {
        let sample = conflict.sample
        return .fields([
            "id": .whole(conflict.id), "kind": .text(conflict.kind.rawValue), "state": .text(conflict.state.rawValue),
            "title": .text(conflict.title), "year": conflict.year.map { .whole($0) },
            "server": .text(conflict.server), "waiting": .whole(conflict.waiting),
            "sample": .fields([
                "season": sample.season.map { .whole($0) }, "number": sample.number.map { .whole($0) },
                "title": .text(sample.title), "aired_on": sample.airedOn.map { .text($0) },
                "guids": .list((sample.guids + sample.showGuids).map { .text($0) }),
            ]), "candidates": .list(conflict.candidates.enumerated().map { candidate($1, place: $0) }),
            "opened_at": .time(conflict.openedAt), "last_at": .time(conflict.lastAt),
            "show": conflict.show.map { .whole($0) },
            "decided_by": conflict.decidedBy.isEmpty ? nil : .text(conflict.decidedBy),
            "decided_at": conflict.decidedAt.map { .time($0) },
        ])
    }

    private static func candidate(_ candidate: ConflictCandidate, place: Int) -> JSONText {
        .fields([
            "candidate": .whole(place), "show": candidate.show == 0 ? nil : .whole(candidate.show),
            "title": .text(candidate.title), "year": candidate.year.map { .whole($0) },
            "tmdb": candidate.ids.tmdb.map { .whole($0) }, "tvdb": candidate.ids.tvdb.map { .whole($0) },
            "imdb": candidate.ids.imdb.map { .text($0) }, "tvmaze": candidate.ids.tvmaze.map { .whole($0) },
            "confidence": .thousandths(candidate.confidence),
            "reasons": .list(candidate.reasons.map { .text($0) }),
            "poster": candidate.poster.isEmpty ? nil : .text(candidate.poster),
            "network": candidate.network.map { .text($0) },
        ])
    }
}

extension Report {
    /// For who reads no letters of a card.
    var sentence: String { ([title] + lines).map(\.plainText).joined(separator: " ") }
}
