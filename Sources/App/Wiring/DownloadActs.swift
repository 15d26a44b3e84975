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
        do { try await late.notices().say(answer) } catch let error as DiscordError {
            switch error {
            case .unavailable, .cancelled: throw Uncertain("\(error)")
            default: throw error
            }
        }
    }
}
