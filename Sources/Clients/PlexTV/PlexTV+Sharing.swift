// Letting people in and out (sheet plex.md §8). Always one server and one person: the calls that end a friendship, and
// with it the shares of every server the owner has, are not here.
//
// None of these is repeated by itself; ask who has the server to see what became of them.

internal import FoundationEssentials
internal import HTTP

/// Whom an invitation is for.
package enum PlexTVInvitee: Hashable, Sendable {
    /// An account by its number: nobody else is ever meant by it.
    case account(Int)
    /// An address, with or without an account, or a username.
    case named(String)
}

/// Someone invited who has not accepted yet.
package struct PlexTVInvitation: Hashable, Sendable {
    /// The share's id, also once accepted.
    package var id: Int
    /// Nil: the address has no account yet.
    package var userID: Int?
    package var username: String
    package var email: String
    package var machineIdentifier: String
    /// Global ids of the libraries.
    package var sections: [Int]

    package init(
        id: Int, userID: Int?, username: String, email: String, machineIdentifier: String, sections: [Int]
    ) {
        self.id = id
        self.userID = userID
        self.username = username
        self.email = email
        self.machineIdentifier = machineIdentifier
        self.sections = sections
    }
}

extension PlexTV {
    /// Those who were invited to this server and have not answered.
    package func invitations(toServer machine: String) async throws(PlexTVError) -> [PlexTVInvitation] {
        var call = PlexTVCall("GET", "/api/v2/shared_servers/owned/pending", what: "the invitations")
        call.isOnClients = true
        return try await json(call, as: [WireInvitation].self).map(PlexTVInvitation.init).filter {
            $0.machineIdentifier == machine
        }
    }

    /// `sections`: global ids, see `sections(ofServer:)`. Of the rights those an invitation can say; what was not told of
    /// them is not given. Somebody who has the server already, or an invitation to it, is refused (`.invalid`).
    package func invite(
        _ invitee: PlexTVInvitee, toServer machine: String, sections: [Int], rights: PlexTVRights = .standard
    ) async throws(PlexTVError) {
        var shared = WireSharing.Shared(library_section_ids: sections)
        switch invitee {
        case .account(let id) where id > 0: shared.invited_id = id
        case .named(let name) where !name.isEmpty: shared.invited_email = name
        default: throw .invalid("an invitation of nobody")
        }
        guard !sections.isEmpty else { throw .invalid("an invitation to nothing") }
        var call = PlexTVCall("POST", Self.shares(of: machine), what: "the invitation")
        call.body = try Self.body(
            WireSharing(
                server_id: machine, shared_server: shared, sharing_settings: WireSharing.Settings(rights)))
        try await send(call)
    }

    /// What a person may see of the server from now on. An empty list would take the share away, so it is refused.
    package func setSections(
        _ sections: [Int], ofShare share: Int, onServer machine: String
    ) async throws(PlexTVError) {
        guard !sections.isEmpty else { throw .invalid("a share of no library: remove the share instead") }
        var call = PlexTVCall("PUT", Self.shares(of: machine) + "/\(share)", what: "share \(share)")
        call.body = try Self.body(
            WireSharing(server_id: machine, shared_server: .init(library_section_ids: sections)))
        try await send(call)
    }

    /// Takes this server, and no other, from whoever has this share. False: it was gone already.
    package func removeShare(_ share: Int, ofServer machine: String) async throws(PlexTVError) -> Bool {
        try await remove(PlexTVCall("DELETE", Self.shares(of: machine) + "/\(share)", what: "share \(share)"))
    }

    /// Takes a member out of the owner's Plex Home; managed users cease to exist by it. False: they were not in it.
    package func removeHomeUser(_ id: Int) async throws(PlexTVError) -> Bool {
        try await remove(PlexTVCall("DELETE", "/api/home/users/\(id)", what: "home user \(id)"))
    }

    private func remove(_ call: PlexTVCall) async throws(PlexTVError) -> Bool {
        do throws(PlexTVError) { try await send(call) } catch {
            if case .notFound = error { return false }
            throw error
        }
        return true
    }

    private static func shares(of machine: String) -> String {
        "/api/servers/\(machine.percentEncoded())/shared_servers"
    }

    private static func body(_ value: WireSharing) throws(PlexTVError) -> HTTPRequest.Body {
        do { return .json([UInt8](try JSONEncoder().encode(value))) } catch {
            throw .invalid("this cannot be written as JSON")
        }
    }
}

/// As plex.tv spells it.
private struct WireSharing: Encodable {
    struct Shared: Encodable {
        var library_section_ids: [Int]
        var invited_id: Int?
        var invited_email: String?
    }
    struct Settings: Encodable {
        var allowSync, allowCameraUpload, allowChannels: String
        var filterMovies, filterTelevision, filterMusic: String

        init(_ rights: PlexTVRights) {
            func digit(_ claim: Bool?) -> String { claim == true ? "1" : "0" }
            allowSync = digit(rights.allowsSync)
            allowCameraUpload = digit(rights.allowsCameraUpload)
            allowChannels = digit(rights.allowsChannels)
            filterMovies = rights.filterMovies ?? ""
            filterTelevision = rights.filterTelevision ?? ""
            filterMusic = rights.filterMusic ?? ""
        }
    }

    var server_id: String
    var shared_server: Shared
    var sharing_settings: Settings?
}

extension PlexTVInvitation {
    init(_ wire: WireInvitation) {
        self.init(
            id: wire.id, userID: wire.userID, username: wire.username, email: wire.email,
            machineIdentifier: wire.machineIdentifier, sections: wire.sections)
    }
}
