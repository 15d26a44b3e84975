// A household with its Plex server and plex.tv on real ports, and questions put by hand against the sheet: no client room.

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

struct PlexStage: Sendable {
    typealias World = HouseholdWorld
    typealias People = HouseholdWorld.People
    typealias Music = HouseholdWorld.Music

    static let now = Instant(seconds: 1_767_225_600)

    let plex: PlexStandIn
    let plexTV: PlexTVStandIn
    let household: StandIns.Household
    let clock: VirtualClock
    let loop: EventLoop
    let http: HTTPClient

    static func play(
        _ world: World = .small(now: now), rules: PlexRules = .standard,
        _ story: @Sendable (PlexStage) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "plex-test", log: .silent)
        let household = StandIns.Household(world)
        let clock = VirtualClock(now)
        let plex = try await PlexStandIn.start(loop: loop, clock: clock, household: household, rules: rules)
        let plexTV = try await PlexTVStandIn.start(loop: loop, clock: clock, household: household, plex: plex.url)
        let stage = PlexStage(
            plex: plex, plexTV: plexTV, household: household, clock: clock, loop: loop,
            http: try HTTPClient(userAgent: "Test/1"))
        do {
            try await story(stage)
        } catch {
            await stage.end()
            throw error
        }
        await stage.end()
    }

    private func end() async {
        await plex.stop()
        await plexTV.stop()
        await http.stop()
        await loop.stop()
    }

    func token(_ person: Int) -> String { household.read { $0.person(person)?.token ?? "" } }

    struct Answer: Sendable {
        let status: Int
        let type: String
        let headers: HTTPHeaders
        let text: String
        let json: JSON?

        /// What stands in the container.
        subscript(key: String) -> JSON? { json?["MediaContainer"]?[key] }
        var items: [JSON] { self["Metadata"]?.array ?? [] }
        var titles: [String] { items.compactMap { $0["title"]?.string } }
    }

    /// - Parameter query: as meant; it is encoded here, names too.
    func ask(
        _ method: String = "GET", _ path: String, _ query: KeyValuePairs<String, String> = [:],
        as person: Int? = People.robin, json: Bool = true, headers: [(name: String, value: String)] = [],
        body: HTTPRequest.Body? = nil, at base: String? = nil
    ) async throws -> Answer {
        var all = headers
        if let person { all.append((name: "X-Plex-Token", value: token(person))) }
        if json { all.append((name: "Accept", value: "application/json")) }
        let arguments = query.map { "\($0.key.percentEncoded())=\($0.value.percentEncoded())" }.joined(separator: "&")
        let url = (base ?? plex.url) + path + (arguments.isEmpty ? "" : "?" + arguments)
        var request = HTTPRequest(
            method, url, headers: all, body: body ?? (["POST", "PUT"].contains(method) ? .empty : .none))
        // libcurl would hide a refusal by asking again.
        request.mayBeRepeated = false
        let answer = try await http.send(request)
        return Answer(
            status: answer.status, type: answer.headers["Content-Type"] ?? "", headers: answer.headers,
            text: answer.text, json: try? JSON(parsing: answer.body))
    }

    /// plex.tv; its newer half wants to know who asks.
    func askTV(
        _ method: String = "GET", _ path: String, _ query: KeyValuePairs<String, String> = [:],
        as person: Int? = People.robin, client: String? = "test-client", json: Bool = true, form: JSON? = nil
    ) async throws -> Answer {
        try await ask(
            method, path, query, as: person, json: json,
            headers: client.map { [(name: "X-Plex-Client-Identifier", value: $0)] } ?? [],
            body: form.map { .json($0.bytes) }, at: plexTV.url)
    }

    func uri(_ keys: [Int]) -> String {
        "server://\(household.read { $0.machineID })/com.plexapp.plugins.library/library/metadata/"
            + keys.map(String.init).joined(separator: ",")
    }
}
