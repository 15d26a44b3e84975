// Whether a step whose outcome is open happened, by looking at the playlist: after an uncertain answer within a run, and
// at the next start after a crash.

internal import Domain
internal import Plex
package import Storage

enum PlaylistVerify {
    /// A group half of which was carried out did not happen: what is missing comes as another step.
    static func happened(
        _ kind: PlaylistStep.Kind, _ evidence: PlaylistEvidence, playlist: PlexPlaylist?, places: [PlaylistPlace]
    ) -> Bool {
        switch kind {
        case .create, .add:
            return playlist != nil && Set(evidence.tracks).isSubset(of: places.map(\.key))
        case .remove:
            return Set(evidence.places).isDisjoint(with: places.map(\.id))
        case .move:
            var before: [Int: Int] = [:]
            for (index, place) in places.enumerated() { before[place.id] = index > 0 ? places[index - 1].id : -1 }
            return zip(evidence.places, evidence.after).allSatisfy { before[$0] == $1 ?? -1 }
        case .delete:
            return playlist == nil
        }
    }
}

extension Playlists {
    /// For `Effects.settleInterrupted` at the program's start.
    package var verifies: [String: Effects.Verify] {
        var verifies: [String: Effects.Verify] = [:]
        for kind in PlaylistStep.Kind.allCases {
            verifies[kind.rawValue] = { effect in await self.reading(of: effect, kind) }
        }
        return verifies
    }

    private func reading(of effect: Effect, _ kind: PlaylistStep.Kind) async -> Reading<Bool> {
        guard let evidence = PlaylistEvidence(json: effect.evidence) else {
            return .unknown(why: "no evidence is kept")
        }
        let plex: Plex
        do { plex = try await self.plex(of: evidence.account) } catch {
            return .unknown(why: PlaylistTrouble.sentence(for: error) ?? "the account's key to Plex cannot be read")
        }
        do throws(PlexError) {
            let lists = try await plex.playlists()
            let playlist = lists.first {
                evidence.playlist.isEmpty
                    ? $0.title == evidence.title && !$0.isSmart : $0.ratingKey == evidence.playlist
            }
            guard let playlist else { return .known(kind == .delete) }
            let places = try await PlaylistReader.places(of: playlist, plex)
            return .known(PlaylistVerify.happened(kind, evidence, playlist: playlist, places: places))
        } catch {
            return .unknown(why: "\(error)")
        }
    }
}
