// Who is who: the token's account, everyone it shares with, and who has one server (sheet plex.md §8).
//
// "Nobody" is the most dangerous answer there is: whoever prunes or forgets people by it would forget all of them. So the
// caller says how many there were last time; a list that then is empty, or shorter than it says of itself, is not believed.

internal import HTTP
internal import XML

extension PlexTV {
    /// Whose token this is. `.rejectedToken` is the only answer that means it is no longer good; the rest are outages.
    package func user() async throws(PlexTVError) -> PlexTVUser {
        PlexTVUser(try await json(PlexTVCall("GET", "/api/v2/user", what: "the account"), as: WireUser.self))
    }

    /// Keeps the token alive, and tells whether it is.
    package func ping() async throws(PlexTVError) {
        try await send(PlexTVCall("GET", "/api/v2/ping", what: "the ping"))
    }

    /// Friends and members of the Plex Home, the owner not among them. `lastCount`: how many there were the last time
    /// this was believed; 0 when never asked before.
    package func users(lastCount: Int) async throws(PlexTVError) -> [PlexTVPerson] {
        let root = try await xml(PlexTVCall("GET", "/api/users", what: "the users"), root: "MediaContainer")
        var people: [PlexTVPerson] = []
        for element in root.children(named: "User") { people.append(try PlexTVPerson(element)) }
        try Self.believe(people.count, announcedBy: root, lastCount: lastCount, what: "the users")
        return people
    }

    /// Who has this server, since when, with which libraries; pending invitations among them.
    package func shares(ofServer machine: String, lastCount: Int) async throws(PlexTVError) -> [PlexTVShare] {
        let root = try await xml(
            PlexTVCall("GET", "/api/servers/\(machine.percentEncoded())/shared_servers", what: "the shares"),
            root: "MediaContainer")
        if let answered = root["machineIdentifier"], answered != machine {
            throw .unbelievable("the shares of another server were sent")
        }
        var shares: [PlexTVShare] = []
        for element in root.children(named: "SharedServer") { shares.append(try PlexTVShare(element)) }
        try Self.believe(shares.count, announcedBy: root, lastCount: lastCount, what: "the shares")
        return shares
    }

    /// The server's libraries with the ids invitations want.
    package func sections(ofServer machine: String) async throws(PlexTVError) -> [PlexTVSection] {
        let root = try await xml(
            PlexTVCall("GET", "/api/servers/\(machine.percentEncoded())", what: "the server's libraries"),
            root: "MediaContainer")
        guard let server = root.children(named: "Server").first(where: { $0["machineIdentifier"] == machine }) else {
            throw .notFound("the server \(machine)")
        }
        var sections: [PlexTVSection] = []
        for element in server.children(named: "Section") { sections.append(try PlexTVSection(element)) }
        return sections
    }

    private static func believe(
        _ count: Int, announcedBy root: XMLElement, lastCount: Int, what: String
    ) throws(PlexTVError) {
        for name in ["size", "totalSize"] {
            if let announced = root.int(name), announced != count {
                throw .unbelievable("\(what): \(count) came where \(announced) were announced")
            }
        }
        if count == 0, lastCount > 0 {
            throw .unbelievable("\(what): nobody, where there were \(lastCount) before")
        }
    }
}
