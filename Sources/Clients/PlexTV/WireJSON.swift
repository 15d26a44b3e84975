// The newer, JSON-speaking addresses, as they spell things (sheet plex.md §8). Only what an answer cannot exist without
// is demanded.

internal import Runtime

/// `7` and `"7"` alike.
struct LooseInt: Decodable, Sendable {
    let value: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            value = number
        } else if let number = Int(try container.decode(String.self)) {
            value = number
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no whole number")
        }
    }
}

/// `true`, `1` and `"1"` alike; anything else is false.
struct LooseFlag: Decodable, Sendable {
    let value: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            value = flag
        } else {
            value = (try? LooseInt(from: decoder).value) == 1
        }
    }
}

extension KeyedDecodingContainer {
    func text(_ key: Key) -> String { (try? decodeIfPresent(String.self, forKey: key)) ?? "" }
    func flag(_ key: Key) -> Bool { (try? decodeIfPresent(LooseFlag.self, forKey: key))?.value ?? false }
}

struct WireUser: Decodable, Sendable {
    let id: Int
    let uuid, username, title, email, thumb: String
    let home, homeAdmin, hasPass: Bool

    private enum Key: String, CodingKey {
        case id, uuid, username, title, email, thumb, home, homeAdmin, subscription
    }
    private struct Subscription: Decodable { let active: LooseFlag? }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        id = try fields.decode(LooseInt.self, forKey: .id).value
        uuid = fields.text(.uuid)
        username = fields.text(.username)
        title = fields.text(.title)
        email = fields.text(.email)
        thumb = fields.text(.thumb)
        home = fields.flag(.home)
        homeAdmin = fields.flag(.homeAdmin)
        let subscription = try? fields.decodeIfPresent(Subscription.self, forKey: .subscription)
        hasPass = subscription?.active?.value ?? false
    }
}

extension PlexTVUser {
    init(_ wire: WireUser) {
        self.init(
            id: wire.id, uuid: wire.uuid, username: wire.username, title: wire.title, email: wire.email,
            thumb: wire.thumb.isEmpty ? nil : wire.thumb, isHome: wire.home, isHomeAdmin: wire.homeAdmin,
            hasPlexPass: wire.hasPass)
    }
}

struct WirePIN: Decodable, Sendable {
    let id: Int
    let code, authToken, expiresAt: String
    let expiresIn: Int?

    private enum Key: String, CodingKey { case id, code, authToken, expiresAt, expiresIn }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        id = try fields.decode(LooseInt.self, forKey: .id).value
        code = try fields.decode(String.self, forKey: .code)
        authToken = fields.text(.authToken)
        expiresAt = fields.text(.expiresAt)
        expiresIn = (try? fields.decodeIfPresent(LooseInt.self, forKey: .expiresIn))?.value
    }
}

struct WireResource: Decodable, Sendable {
    struct Connection: Decodable, Sendable {
        let uri: String
        let isLocal, isRelay: Bool

        private enum Key: String, CodingKey { case uri, local, relay }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            uri = try fields.decode(String.self, forKey: .uri)
            isLocal = fields.flag(.local)
            isRelay = fields.flag(.relay)
        }
    }

    let name, clientIdentifier, provides, accessToken, product, version: String
    let owned: Bool
    let connections: [Connection]

    private enum Key: String, CodingKey {
        case name, clientIdentifier, provides, accessToken, product, productVersion, owned, connections
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        clientIdentifier = try fields.decode(String.self, forKey: .clientIdentifier)
        name = fields.text(.name)
        provides = fields.text(.provides)
        accessToken = fields.text(.accessToken)
        product = fields.text(.product)
        version = fields.text(.productVersion)
        owned = fields.flag(.owned)
        connections = (try? fields.decodeIfPresent([Connection].self, forKey: .connections)) ?? []
    }
}

struct WireInvitation: Decodable, Sendable {
    let id: Int
    let userID: Int?
    let username, email, machineIdentifier: String
    let sections: [Int]

    private enum Key: String, CodingKey {
        case id, machineIdentifier, invitedId, invitedEmail, invited, libraries, username, email
    }
    private struct Library: Decodable { let id: LooseInt }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        id = try fields.decode(LooseInt.self, forKey: .id).value
        machineIdentifier = try fields.decode(String.self, forKey: .machineIdentifier)
        let person = try? fields.nestedContainer(keyedBy: Key.self, forKey: .invited)
        let invited = (try? fields.decodeIfPresent(LooseInt.self, forKey: .invitedId))?.value
        userID = invited ?? (try? person?.decodeIfPresent(LooseInt.self, forKey: .id))?.value
        username = person?.text(.username) ?? ""
        let address = fields.text(.invitedEmail)
        email = address.isEmpty ? person?.text(.email) ?? "" : address
        sections = ((try? fields.decodeIfPresent([Library].self, forKey: .libraries)) ?? []).map(\.id.value)
    }
}
