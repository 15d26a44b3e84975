// How somebody on Discord proves which Jellyfin account is theirs: they type a code into a Jellyfin they are signed in to
// (Quick Connect). The token we get by it says who they are and is given back at once; nothing of it is kept.

internal import Domain
internal import FoundationEssentials
package import Jellyfin
package import Runtime

package struct JellyfinSignIn: Sendable {
    package enum Outcome: Sendable, Equatable {
        /// `isSignedOut` false: the session could not be ended and still stands among their devices.
        case linked(name: String, isSignedOut: Bool)
        /// Nobody has typed the code yet.
        case notYet
        case expired
        /// The account is linked to somebody else here.
        case taken(name: String)
        /// An admin said that theirs is that one.
        case saidOtherwise(jellyfin: String)
    }

    /// What the card remembers. With the secret one could become whoever types the code, so it is sealed.
    private struct Ticket: Codable {
        var secret: String
        var expires: Int64
    }

    private let people: People
    private let jellyfin: Jellyfin
    private let clock: any Clock
    private let log: Log

    package init(people: People, jellyfin: Jellyfin, clock: any Clock, log: Log) {
        self.people = people
        self.jellyfin = jellyfin
        self.clock = clock
        self.log = log.labelled("people")
    }

    package func begin(
        for discord: UInt64
    ) async throws -> (server: String, code: String, ticket: String, expires: Instant) {
        let server = try await jellyfin.systemInfo()
        let begun = try await jellyfin.initiateQuickConnect()
        let ticket = Ticket(secret: begun.secret.reveal(), expires: begun.expiresAt.milliseconds)
        let text = String(decoding: try JSONEncoder().encode(ticket), as: UTF8.self)
        return (server.name, begun.code, people.closed(text, for: Self.purpose(discord)), begun.expiresAt)
    }

    /// - Parameter discord: who presses. A ticket serves only the one it was made for.
    package func finish(_ ticket: String, for discord: UInt64) async throws -> Outcome {
        guard let text = people.opened(ticket, for: Self.purpose(discord)),
            let ticket = try? JSONDecoder().decode(Ticket.self, from: Data(text.utf8))
        else { return .expired }
        let secret = Secret(ticket.secret)
        switch try await jellyfin.state(ofQuickConnect: secret) {
        case .expired: return .expired
        case .waiting: return clock.now < Instant(milliseconds: ticket.expires) ? .notYet : .expired
        case .approved: break
        }
        let session: JellyfinSession
        do throws(JellyfinError) { session = try await jellyfin.signIn(withQuickConnect: secret) } catch {
            if case .notFound = error { return .expired }
            throw error
        }
        let linking = try await people.link(discord, toJellyfin: JellyfinAccount(session.user), proof: .quickConnect)
        let isSignedOut = await signOut(session)
        return switch linking {
        case .linked(let person):
            .linked(name: person.name, isSignedOut: isSignedOut)
        case .taken: .taken(name: session.user.name)
        case .saidOtherwise(let name): .saidOtherwise(jellyfin: name)
        }
    }

    /// Once more after a moment, since the session would stay for good.
    private func signOut(_ session: JellyfinSession) async -> Bool {
        let theirs = jellyfin.acting(as: session.token)
        for isLastTry in [false, true] {
            do {
                try await theirs.signOut()
                return true
            } catch {
                log.warning("a session on Jellyfin could not be ended", ["why": "\(error)"])
                if !isLastTry { try? await clock.sleep(for: .seconds(1)) }
            }
        }
        return false
    }

    /// Whether the owner of the server has to act first.
    package static func isSwitchedOff(_ error: any Error) -> Bool { error as? JellyfinError == .quickConnectIsOff }

    private static func purpose(_ discord: UInt64) -> String { "jellyfin sign-in of discord \(discord)" }
}
