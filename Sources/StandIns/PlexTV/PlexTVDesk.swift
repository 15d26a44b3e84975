// What plex.tv keeps for itself, and how a request finds its answer.

import Runtime
import Sockets
import Synchronization

final class PlexTVDesk: Sendable {
    struct Pin: Sendable {
        var id: Int
        var code: String
        var client: String
        var made: Instant
        var life: Duration
        var token: String?
    }

    struct State: Sendable {
        var rules: PlexTVRules
        var pins: [Pin] = []
        var webhooks: [String] = []
        var lastPin = 710_000
    }

    let clock: any Clock
    let household: Household
    let plex: String
    let requests: Chronicle<PlexEntry>
    let troubles: Troubles
    let state: Mutex<State>

    init(clock: any Clock, household: Household, plex: String, rules: PlexTVRules) {
        self.clock = clock
        self.household = household
        self.plex = plex
        requests = Chronicle(limit: rules.journalLimit)
        troubles = Troubles(clock: clock, looks: .plex)
        state = Mutex(State(rules: rules))
    }

    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    func serve(_ request: ServerRequest) async -> ServerResponse {
        var call = PlexCall(request)
        let found = PlexTVRoute.find(call)
        call.parameters = found?.parameters ?? []
        let name = found?.route.name ?? "\(call.method) \(call.path)"
        let person = call.token.flatMap { token in household.read { $0.person(token: token) } }
        func note(_ status: Int?, _ answer: String = "") {
            requests.append(PlexEntry(call, route: name, person: person?.id, status: status, answer: answer))
        }
        let fault = troubles.take(name)
        if let instead = await troubles.meet(fault, note) { return instead }
        var answer = answer(call, found?.route, person)
        if let fault = troubles.takeListFault(name) { answer = answer.bent(by: fault) }
        return Troubles.send(answer.response(asJSON: call.wantsJSON), fault, note)
    }

    private func answer(_ call: PlexCall, _ route: PlexTVRoute?, _ person: HouseholdWorld.Person?) -> PlexAnswer {
        let isNew = call.path.hasPrefix("/api/v2/")
        let rules = state.withLock { $0.rules }
        func refuse(_ refusal: PlexTVRefusal) -> PlexAnswer {
            var answer = refusal.answer(isNew: isNew, asJSON: call.wantsJSON)
            if rules.refusesPolitely, !isNew { answer.status = 200 }
            return answer
        }
        // The newer half wants to know which installation asks.
        if isNew, call.plex("Client-Identifier")?.isEmpty ?? true { return refuse(.noClient) }
        guard let route else { return refuse(.notFound) }
        let nobody = HouseholdWorld.Person(id: 0, uuid: "", username: "", title: "", email: "", token: "")
        if !route.isOpen, person == nil { return refuse(.unauthorized) }
        let caller = PlexTVCaller(call: call, person: person ?? nobody, now: clock.now, desk: self)
        do {
            switch route.action {
            case .read(let act): return try household.read { try act(caller, $0) }
            case .write(let act): return try household.change { try act(caller, &$0) }
            }
        } catch let refusal as PlexTVRefusal {
            return refuse(refusal)
        } catch {
            return PlexAnswer(status: 500, body: .html)
        }
    }

    // MARK: PINs

    func approve(_ code: String, as person: Int) -> Bool {
        let token = household.read { $0.person(person)?.token }
        let now = clock.now
        return state.withLock { state in
            guard let index = state.pins.firstIndex(where: { $0.code == code && now < $0.made + $0.life }) else {
                return false
            }
            state.pins[index].token = token
            return token != nil
        }
    }

    func accept(_ person: Int) -> Bool {
        household.change { world in world.accept(person, at: clock.now) }
    }

    var openPins: [String] {
        let now = clock.now
        return state.withLock { state in
            state.pins.filter { $0.token == nil && now < $0.made + $0.life }.map(\.code)
        }
    }
}

/// Who asks, and when.
struct PlexTVCaller: Sendable {
    let call: PlexCall
    let person: HouseholdWorld.Person
    let now: Instant
    let desk: PlexTVDesk

    var rules: PlexTVRules { desk.state.withLock { $0.rules } }

    /// The body as JSON; nil: it is none.
    var form: JSON? { try? JSON(parsing: call.body) }

    /// Only the owner has anything to share here.
    func owned() throws(PlexTVRefusal) {
        if !person.isOwner { throw .notFound }
    }

    /// The server named in the path.
    func server(in world: HouseholdWorld) throws(PlexTVRefusal) {
        guard call.parameters.first == world.machineID else { throw .notFound }
        try owned()
    }

    /// One answer for both kinds of readers.
    func answer(_ json: JSON, _ xml: PlexElement, status: Int = 200) -> PlexAnswer {
        PlexAnswer(status: status, body: call.wantsJSON ? .json(json) : .xml(xml))
    }
}

/// The older half answers errors in XML whatever was asked for, the newer in what was asked for (sheet plex.md §8).
struct PlexTVRefusal: Error {
    let status: Int
    let code: Int
    let message: String

    static let noClient = PlexTVRefusal(status: 400, code: 1000, message: "X-Plex-Client-Identifier is missing")
    static let unauthorized = PlexTVRefusal(status: 401, code: 1001, message: "User could not be authenticated")
    static let notFound = PlexTVRefusal(status: 404, code: 1002, message: "Not found")
    static let gone = PlexTVRefusal(status: 410, code: 1014, message: "This endpoint was deprecated and removed")
    static let noPin = PlexTVRefusal(status: 404, code: 1020, message: "Code not found or expired")
    /// As the older half words it (reported).
    static func alreadyShared(_ message: String) -> PlexTVRefusal {
        PlexTVRefusal(status: 400, code: 1003, message: message)
    }
    static func unprocessable(_ message: String) -> PlexTVRefusal {
        PlexTVRefusal(status: 422, code: 1003, message: message)
    }

    func answer(isNew: Bool, asJSON: Bool) -> PlexAnswer {
        if !isNew {
            return PlexAnswer(
                status: status,
                body: .xml(PlexElement("Response", ["code": .text(String(status)), "status": .text(message)])))
        }
        if asJSON {
            let error: JSON = [
                "code": .int(Int64(code)), "message": .string(message), "status": .int(Int64(status)),
            ]
            return PlexAnswer(status: status, body: .json(["errors": [error]]))
        }
        return PlexAnswer(
            status: status,
            body: .xml(
                PlexElement(
                    "errors", [:],
                    [
                        PlexElement(
                            "error", ["code": .number(code), "message": .text(message), "status": .number(status)])
                    ])))
    }
}
