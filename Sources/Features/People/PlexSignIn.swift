// How somebody on Discord proves which Plex account is theirs: they sign in at plex.tv themselves and come back to say
// so. A typed name or address proves nothing. What is on the way is data (the PIN's number on the card), so it outlives
// a restart.

package import Domain
internal import FoundationEssentials
package import Plex
package import PlexTV
package import Runtime

package struct PlexSignIn: Sendable {
    package enum Outcome: Sendable, Equatable {
        case linked(Person)
        /// plex.tv has not been told yes yet.
        case notYet
        case expired
        /// A Plex account, but nobody of this server.
        case stranger(username: String)
    }

    /// What the card remembers.
    package struct Ticket: Codable, Sendable, Equatable {
        var pin: Int
        var expires: Int64
        var discord: UInt64
    }

    private let people: People
    private let plexTV: PlexTV
    private let plex: Plex
    /// Taken when the account is not in the table: the person may have joined a minute ago.
    private let census: PeopleScan

    package init(people: People, plexTV: PlexTV, plex: Plex, census: PeopleScan) {
        self.people = people
        self.plexTV = plexTV
        self.plex = plex
        self.census = census
    }

    package func begin(for discord: UInt64) async throws -> (url: String, ticket: String, expires: Instant) {
        let pin = try await plexTV.makePIN()
        let ticket = Ticket(pin: pin.id, expires: pin.expiresAt.milliseconds, discord: discord)
        let text = String(decoding: try JSONEncoder().encode(ticket), as: UTF8.self)
        return (pin.signInURL, text, pin.expiresAt)
    }

    /// - Parameter discord: who presses. A ticket serves only the one it was made for.
    package func finish(_ ticket: String, for discord: UInt64) async throws -> Outcome {
        guard let ticket = try? JSONDecoder().decode(Ticket.self, from: Data(ticket.utf8)), ticket.discord == discord
        else { return .expired }
        let pin = PlexTVPIN(
            id: ticket.pin, code: "", expiresAt: Instant(milliseconds: ticket.expires), signInURL: "")
        switch try await plexTV.state(of: pin) {
        case .waiting: return .notYet
        case .expired: return .expired
        case .granted(let token):
            let account = try await plexTV.acting(as: token).user()
            guard let person = try await member(account.id) else { return .stranger(username: account.username) }
            try await people.link(discord, to: person, proof: .signedIn, token: token)
            return .linked(person)
        }
    }

    private func member(_ id: Int) async throws -> Person? {
        if let person = try await people.person(plex: id), person.access == .member { return person }
        try await census.refresh()
        guard let person = try await people.person(plex: id), person.access == .member else { return nil }
        return person
    }

    /// What opens this server as that person: plex.tv gives their account one for every server. Nil where they entrusted
    /// nothing, or it no longer opens this server.
    package func serverToken(of discord: UInt64) async throws -> Secret? {
        guard let link = try await people.link(of: discord), link.alone == nil,
            let token = try await people.token(of: link.person)
        else { return nil }
        let machine = try await plex.identity().machineIdentifier
        let resources = try await plexTV.acting(as: token).resources()
        return resources.first { $0.isServer && $0.clientIdentifier == machine }?.accessToken
    }
}
