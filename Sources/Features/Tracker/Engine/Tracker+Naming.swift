// Shows as people name them: one of ours, or one of a catalogue's, by name or by number.

internal import Domain
internal import Runtime
internal import Storage

/// A show somebody named.
package enum ShowGuess: Sendable {
    case one(KnownShow)
    case several([ConflictCandidate])
    case none
    case unknown(String)
}

extension Tracker {
    /// Of ours by its name, or by one of its numbers ("tmdb:41", "tt123", "#7"); then in the catalogues.
    package func guess(_ typed: String, outside: Bool) async throws -> ShowGuess {
        if let ids = ShowIDs(typed: typed) {
            if let show = try await catalogue.shows(with: ids).first { return .one(show) }
            guard outside else { return .none }
            switch await soon(.catalogue, { [sources] in await sources.show(ids, false) }) {
            case .unknown(let why): return .unknown(why)
            case .absent: return .none
            case .known(let entry):
                guard let id = try await put(entry), let show = try await catalogue.show(id) else { return .none }
                return .one(show)
            }
        }
        let claim = ShowClaim([typed])
        let near = try await catalogue.candidates(for: claim)
        let ours = near.filter { show in
            show.names.contains { name in claim.names.contains { $0.key == name.key } }
                && (claim.year.premiere == nil || claim.year.premiere == show.year)
        }
        if ours.count == 1, !outside { return .one(ours[0]) }
        if !outside {
            let alike = ours.isEmpty ? near.filter { $0.title.lowercased().hasPrefix(typed.lowercased()) } : ours
            if alike.count == 1 { return .one(alike[0]) }
            return alike.isEmpty ? .none : .several(alike.prefix(10).map { ConflictCandidate(known: $0) })
        }
        let (title, year) = (claim.names.first.map(Self.searchable) ?? typed, claim.year.premiere)
        var found = ours.map { ConflictCandidate(known: $0) }
        switch await soon(.catalogue, { [sources] in await sources.search(title, year) }) {
        case .unknown(let why): if ours.isEmpty { return .unknown(why) }
        case .absent: break
        case .known(let entries):
            for entry in entries.filter({ year == nil || $0.year == year }).prefix(10) {
                let known = try await catalogue.shows(with: entry.ids).first
                if let known, found.contains(where: { $0.show == known.id }) { continue }
                found.append(
                    ConflictCandidate(
                        show: known?.id ?? 0, title: entry.title, year: entry.year, ids: entry.ids,
                        poster: entry.poster, network: entry.network))
            }
        }
        guard let first = found.first else { return .none }
        let same = found.filter { ShowName($0.title).key == claim.names.first?.key }
        guard found.count == 1 || same.count == 1 else { return .several(Array(found.prefix(10))) }
        switch try await self.ours(same.first ?? first) {
        case .known(let id): return try await catalogue.show(id).map { .one($0) } ?? .none
        case .absent: return .none
        case .unknown(let why): return .unknown(why)
        }
    }
}

extension ConflictCandidate {
    init(known: KnownShow) {
        self.init(
            show: known.id, title: known.title, year: known.year, ids: known.ids, network: known.network)
    }
}

extension ShowIDs {
    /// As people write them.
    package init?(typed: String) {
        let text = typed.lowercased()
        let parts = text.split(separator: ":", maxSplits: 1)
        if text.hasPrefix("tt"), text.dropFirst(2).count >= 5, text.dropFirst(2).allSatisfy(\.isNumber) {
            self.init(imdb: text)
        } else if parts.count == 2, let number = Int(parts[1]), number > 0 {
            switch parts[0] {
            case "tmdb": self.init(tmdb: number)
            case "tvdb": self.init(tvdb: number)
            case "tvmaze": self.init(tvmaze: number)
            default: return nil
            }
        } else if parts.count == 2, parts[0] == "imdb", parts[1].hasPrefix("tt") {
            self.init(imdb: String(parts[1]))
        } else {
            return nil
        }
    }
}
