// What prune does at plex.tv, Plex and Tautulli: one share of one server, one stream, one invitation. Whether a call
// happened whose answer got lost nobody knows here; whoever asked looks at the lists.

internal import Domain
internal import Plex
internal import PlexTV
internal import Prune
internal import Storage
internal import Tautulli

extension PruneOutside {
    /// Adds these to what the faces do. `losses`: what an invitation could not give back, in sentences for the owner.
    func fill(
        _ effects: inout PruneEffects, farewell: String, forgets: Bool,
        losses: @escaping @Sendable (Person, [String]) async -> Void
    ) {
        effects.removeShare = { try await removeShare($0) }
        effects.endStream = { stream, _ in try await end(stream, reason: farewell) }
        effects.invite = { snapshot, person in
            let lost = try await invite(snapshot)
            if !lost.isEmpty { await losses(person, lost) }
        }
        if forgets { effects.forgetInTautulli = { person in try await forget(person) } }
    }

    func removeShare(_ snapshot: ShareSnapshot) async throws {
        do { _ = try await plexTV.removeShare(snapshot.shareID, ofServer: snapshot.machine) } catch {
            throw Self.judged(error)
        }
    }

    func end(_ stream: PruneStream, reason: String) async throws {
        do { try await plex.terminate(sessionID: stream.session, reason: reason) } catch {
            switch error {
            case .notFound: return
            case .unreachable, .busy, .cancelled: throw Uncertain("\(error)")
            default: throw error
            }
        }
    }

    func invite(_ snapshot: ShareSnapshot) async throws -> [String] {
        do { return try await plexTV.inviteAgain(PlexTVShareSnapshot(snapshot)) } catch { throw Self.judged(error) }
    }

    func forget(_ person: Person) async throws {
        guard let account = person.plexID else { return }
        do { _ = try await tautulli.forget(user: account) } catch {
            switch error {
            case .unreachable, .cancelled, .crashed, .unreadable: throw Uncertain("\(error)")
            default: throw error
            }
        }
    }

    /// Whether plex.tv said no, or nothing that could be understood.
    private static func judged(_ error: PlexTVError) -> any Error {
        switch error {
        case .unreachable, .unavailable, .unreadable, .cancelled: Uncertain("\(error)")
        default: error
        }
    }
}
