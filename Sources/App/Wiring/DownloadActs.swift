// What downloads do at Radarr, and say to the admins. Whether a call happened whose answer got lost nobody knows here;
// whoever asked looks.

internal import Bot
internal import Discord
internal import Domain
internal import Downloads
internal import Radarr
internal import Runtime
internal import Servarr
internal import Storage

extension DownloadOutside {
    func acts(_ late: LateDesk) -> DownloadActs {
        DownloadActs(
            search: { instance, film in
                try await self.judging { try await self.radarr(instance).search(films: [film]).id }
            },
            add: { instance, film, root, tag in
                try await self.judging { try await self.add(film, to: instance, root, tag) }
            },
            place: { instance, film, root, tag, hasTag in
                try await self.judging {
                    let radarr = try self.radarr(instance)
                    let tags = tag.isEmpty ? [] : [try await radarr.makeTag(tag).id]
                    try await radarr.edit(
                        films: [film], tags: tags, tagging: hasTag ? .add : .remove, rootFolder: root)
                }
            },
            rescan: { instance, film in
                try await self.judging { try await self.radarr(instance).rescan(film: film).id }
            },
            grab: { instance, release in
                guard let offer = self.offer(instance, release.guid) else { throw Forgotten(title: release.title) }
                try await self.judging { try await self.radarr(instance).grab(offer) }
            },
            delete: { instance, _, file in
                try await self.judging { try await self.radarr(instance).deleteFile(file) }
            },
            tell: { try await Self.tell($0, late) })
    }

    /// Taken up with the profile, folder and tag that the owner set, and searched for by Radarr itself once it has read
    /// about the film.
    private func add(_ film: FilmIDs, to instance: String, _ root: String, _ tag: String) async throws -> Int {
        let (radarr, house) = (try radarr(instance), house(instance))
        var number = film.tmdb
        if number == nil, let imdb = film.imdb { number = try await radarr.lookUp(imdb: imdb).first?.ids.tmdb }
        guard let number else { throw Unfit(why: "nobody knows TMDb's number of \(film.name)") }
        guard try await radarr.rootFolder(root) != nil else { throw NoSuchRoot(house: house, root: root) }
        let profile = try house.profile(among: try await radarr.profiles())
        let tags = tag.isEmpty ? [] : [try await radarr.makeTag(tag).id]
        return try await radarr.add(tmdb: number, rootFolder: root, profile: profile.id, tags: tags, searches: true).id
    }

    struct Unfit: Error, CustomStringConvertible {
        let why: String
        var description: String { why }
    }

    struct Forgotten: Error, CustomStringConvertible {
        let title: String
        var description: String { "\(title) is not offered any more" }
    }

    /// Whether Radarr said no, or nothing that could be understood.
    private func judging<Value>(_ act: () async throws -> Value) async throws -> Value {
        do { return try await act() } catch let error as ServarrError {
            switch error.trouble {
            case .unreachable, .unreadable: throw Uncertain("\(error)")
            default: throw error
            }
        }
    }

    private static func tell(_ word: DownloadWord, _ late: LateDesk) async throws {
        let answer: Answer =
            switch word {
            case .report(let report): .report(report)
            case .card(let card): .card(card)
            }
        do { try await late.notices().say(answer, as: .downloads) } catch let error as DiscordError {
            switch error {
            case .unavailable, .cancelled: throw Uncertain("\(error)")
            default: throw error
            }
        }
    }
}

extension DownloadWishes.House {
    /// The one that was named, else the only one.
    func profile(among profiles: [RadarrProfile]) throws -> RadarrProfile {
        let names = profiles.map(\.name).joined(separator: ", ")
        if self.profile.isEmpty {
            if profiles.count == 1 { return profiles[0] }
            throw DownloadOutside.Unfit(
                why: "\(name) has several quality profiles (\(names)): name one in \(setting)_PROFILE")
        }
        guard let named = profiles.first(where: { $0.name.lowercased() == self.profile.lowercased() }) else {
            throw DownloadOutside.Unfit(
                why: "\(name) has no quality profile \(self.profile), but \(names): check \(setting)_PROFILE")
        }
        return named
    }
}
