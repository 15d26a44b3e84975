// What must hold before a film is worth keeping at all: a film, watched to its end, by somebody who is tracked, that a
// Radarr has, that is not on disk, on its way, or only just searched for or thrown away.

internal import Domain
internal import Runtime

struct ConditionRules {
    let evidence: FilmEvidence
    let wishes: DownloadWishes

    func line(_ rule: FilmRule) -> RuleLine {
        switch rule {
        case .film: film
        case .viewer: viewer
        case .watched: watched
        case .never: never
        case .radarr: radarr
        case .place: place
        case .queue: queue
        case .again: again
        case .deleted: deleted
        case .released: released
        default: excluded
        }
    }

    private var film: RuleLine {
        switch evidence.kind {
        case .film: RuleLine(.film, .yes, "a film")
        case .episode: RuleLine(.film, .no, "an episode: series take too much space")
        case .other(let word): RuleLine(.film, .no, "not a film: \(word)")
        }
    }

    private var viewer: RuleLine {
        let name = evidence.userName.isEmpty ? "somebody" : evidence.userName
        switch evidence.viewer {
        case .tracked(let who, let plays):
            return RuleLine(
                .viewer, .yes,
                "\(name) is tracked\(name.lowercased() == who.lowercased() ? "" : " (\(who))") and keeps a good film by watching it \(Figures.times(plays))"
            )
        case .guest: return RuleLine(.viewer, .no, "\(name) is a guest")
        case .unknown(let why), .unanswered(let why): return RuleLine(.viewer, .unknown, why)
        }
    }

    private var watched: RuleLine {
        let wanted = "; \(wishes.watchedPercent) % is enough"
        switch evidence.share.reading {
        case .known(let share):
            // A hundredth of a percent, so that exactly ninety is ninety.
            let parts = Int((share * 10_000 + 1e-6).rounded(.down))
            let verdict: RuleLine.Verdict = parts >= wishes.watchedPercent * 100 ? .yes : .no
            return RuleLine(
                .watched, verdict, "\(parts / 100) % of it (\(evidence.share.source))" + wanted,
                because: "only \(parts / 100) % of it was watched")
        case .absent: return RuleLine(.watched, .unknown, "how far it was watched is not said" + wanted)
        case .unknown(let why): return RuleLine(.watched, .unknown, why + wanted)
        }
    }

    private var never: RuleLine {
        if evidence.override == .never { return RuleLine(.never, .no, "never, as somebody said") }
        if evidence.override == nil, let tag = tagged(wishes.neverTags) {
            return RuleLine(.never, .no, "never, by the tag \(tag)")
        }
        return RuleLine(.never, .yes, "nobody said never")
    }

    func tagged(_ wanted: [String]) -> String? {
        let wanted = wanted.map { $0.lowercased() }
        return evidence.tags.first { wanted.contains($0.lowercased()) }
    }

    private var radarr: RuleLine {
        switch evidence.presence {
        case .found(let instance, let id): RuleLine(.radarr, .yes, "\(instance) has it (its number \(id))")
        case .absent: RuleLine(.radarr, .no, "not in Radarr")
        case .several(let names):
            RuleLine(.radarr, .unknown, "several could be meant: \(names.joined(separator: ", "))")
        case .unknown(let why): RuleLine(.radarr, .unknown, why)
        case .notAsked: RuleLine(.radarr, .unknown, "not asked")
        }
    }

    private var place: RuleLine {
        let how = evidence.place.source.isEmpty ? "" : ", \(evidence.place.source)"
        if evidence.place.reading == .known(.disk) {
            return RuleLine(.place, .no, "on disk already\(how): \(evidence.path)", because: "on disk already")
        }
        if let kept = evidence.kept {
            switch kept.place {
            case .known(.disk):
                return RuleLine(
                    .place, .no, "on disk already, in \(kept.instance): \(kept.path)",
                    because: "on disk already, in \(kept.instance)")
            case .unknown(let why): return RuleLine(.place, .unknown, "\(kept.instance): \(why)")
            case .known, .absent: break
            }
        }
        return switch evidence.place.reading {
        case .known(.cloud), .known(.disk): RuleLine(.place, .yes, "in the cloud\(how): \(evidence.path)")
        case .known(.nowhere): RuleLine(.place, .yes, "Radarr has no file of it")
        case .absent: RuleLine(.place, .unknown, "neither under CLOUD_PATHS nor LOCAL_PATHS: \(evidence.path)")
        case .unknown(let why): RuleLine(.place, .unknown, why)
        }
    }

    private var queue: RuleLine {
        if let underWay = evidence.underWay { return RuleLine(.queue, .no, "decided already: \(underWay)") }
        if let kept = evidence.kept {
            switch kept.queue {
            case .known(let items) where !items.isEmpty:
                return RuleLine(.queue, .no, "on its way in \(kept.instance): \(items[0].title)")
            case .unknown(let why): return RuleLine(.queue, .unknown, "\(kept.instance): \(why)")
            case .known, .absent: break
            }
        }
        return switch evidence.queue.reading {
        case .known(let items) where !items.isEmpty: RuleLine(.queue, .no, "on its way: \(items[0].title)")
        case .known, .absent: RuleLine(.queue, .yes, "nothing")
        case .unknown(let why): RuleLine(.queue, .unknown, why)
        }
    }

    private var again: RuleLine {
        guard let at = evidence.searchedAt else {
            let radarr = evidence.radarrSearchedAt.map { "; by Radarr itself \(Figures.ago(days: days(since: $0)))" }
            return RuleLine(.again, .yes, "not by me" + (radarr ?? ""))
        }
        return since(at, .again, "searched for")
    }

    private var deleted: RuleLine {
        switch evidence.deleted.reading {
        case .known(let at): since(at, .deleted, "its file was deleted")
        case .absent: RuleLine(.deleted, .yes, "not lately")
        case .unknown(let why): RuleLine(.deleted, .unknown, why)
        }
    }

    private func days(since at: Instant) -> Int64 { max(0, (evidence.at - at).milliseconds / 86_400_000) }

    private func since(_ at: Instant, _ rule: FilmRule, _ what: String) -> RuleLine {
        let age = evidence.at - at
        let verdict: RuleLine.Verdict = age < .days(Int64(wishes.againDays)) ? .no : .yes
        let again = verdict == .no ? "; not again within \(wishes.againDays) days" : ", which is long enough"
        return RuleLine(rule, verdict, "\(what) \(Figures.ago(days: days(since: at)))\(again)")
    }

    private var released: RuleLine {
        switch evidence.released.reading {
        case .known(true): RuleLine(.released, .yes, "yes")
        case .known(false): RuleLine(.released, .no, "not released yet")
        case .absent: RuleLine(.released, .unknown, "whether it is released is not known")
        case .unknown(let why): RuleLine(.released, .unknown, why)
        }
    }

    private var excluded: RuleLine {
        if wishes.excludedGenres.isEmpty { return RuleLine(.excluded, .off, "no genre is left out") }
        if evidence.override == .always { return RuleLine(.excluded, .off, "always, as somebody said") }
        switch evidence.genres.reading {
        case .known(let genres):
            let hit = GenreRules.first(of: wishes.excludedGenres, in: genres)
            return RuleLine(
                .excluded, hit == nil ? .yes : .no, hit.map { "the genre \($0) is left out" } ?? "none of them")
        case .absent: return RuleLine(.excluded, .unknown, "no genres are known")
        case .unknown(let why): return RuleLine(.excluded, .unknown, why)
        }
    }
}

enum GenreRules {
    static func first(of wanted: [String], in genres: [String]) -> String? {
        let wanted = Set(wanted.map(FilmIDs.folded))
        return genres.first { wanted.contains(FilmIDs.folded($0)) }
    }
}
