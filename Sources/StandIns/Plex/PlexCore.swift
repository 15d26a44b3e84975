// Requests in, faults on the way, the journal, and the listeners of the WebSocket. Under a lock and not on a loop: a server
// that goes away and comes back does so on another loop.

import Runtime
import Sockets
import Synchronization

final class PlexCore: Sendable {
    private struct State: Sendable {
        var rules: PlexRules
        var listeners: [Int: WebSocket] = [:]
        var lastListener = 0
    }

    let clock: any Clock
    let household: Household
    let requests: Chronicle<PlexEntry>
    let troubles: Troubles
    /// The listeners that came, by number.
    let opened = Chronicle<Int>()
    private let kept = KeptListings()
    private let state: Mutex<State>

    init(clock: any Clock, household: Household, rules: PlexRules) {
        self.clock = clock
        self.household = household
        troubles = Troubles(clock: clock, looks: .plex)
        requests = Chronicle(limit: rules.journalLimit)
        state = Mutex(State(rules: rules))
    }

    var rules: PlexRules { state.withLock { $0.rules } }
    func change(_ rules: (inout PlexRules) -> Void) { state.withLock { rules(&$0.rules) } }

    func serve(_ request: ServerRequest) async -> ServerResponse {
        var call = PlexCall(request)
        let found = PlexRoute.find(call)
        call.parameters = found?.parameters ?? []
        let name = found?.route.name ?? "\(call.method) \(call.path)"
        let person = call.token.flatMap { token in household.read { $0.member(token: token) } }
        func note(_ status: Int?, _ answer: String = "") {
            requests.append(PlexEntry(call, route: name, person: person?.id, status: status, answer: answer))
        }
        let fault = troubles.take(name)
        if let instead = await troubles.meet(fault, note) { return instead }
        var answer = answer(call, found?.route, person)
        if let fault = troubles.takeListFault(name) { answer = answer.bent(by: fault) }
        for news in answer.news { tell(news) }
        return Troubles.send(answer.response(asJSON: call.wantsJSON), fault, note)
    }

    private func answer(_ call: PlexCall, _ route: PlexRoute?, _ person: HouseholdWorld.Person?) -> PlexAnswer {
        let rules = rules
        if rules.isStarting { return PlexAnswer(status: 503, body: .html, headers: [("Retry-After", "5")]) }
        if call.encodedLength > (call.path.hasPrefix("/playlists") ? rules.longestPlaylistURL : rules.longestURL) {
            return PlexAnswer(status: 414, body: .html)
        }
        let nobody = HouseholdWorld.Person(id: 0, uuid: "", username: "", title: "", email: "", token: "")
        if route?.access != .anyone, person == nil { return PlexRefusal.unauthorized.answer }
        guard let route else { return PlexRefusal.notFound.answer }
        if route.access == .owner, person?.isOwner != true { return PlexRefusal.forbidden.answer }
        let caller = PlexCaller(call: call, person: person ?? nobody, rules: rules, now: clock.now, kept: kept)
        do {
            switch route.action {
            case .read(let act):
                return try household.read { try act(PlexView(world: $0, caller: caller)) }
            case .write(let act): return try household.change { try act(caller, &$0) }
            }
        } catch let refusal as PlexRefusal {
            return refusal.answer
        } catch {
            return PlexAnswer(status: 500, body: .html)
        }
    }

    // MARK: The WebSocket

    /// Nil: nobody this server knows; the line ends without a word.
    func admit(_ socket: WebSocket, token: String?) -> Int? {
        guard !rules.isStarting, let token, household.read({ $0.member(token: token) }) != nil else {
            socket.drop()
            return nil
        }
        let number = state.withLock { state in
            state.lastListener += 1
            state.listeners[state.lastListener] = socket
            return state.lastListener
        }
        opened.append(number)
        return number
    }

    func left(_ number: Int) { state.withLock { $0.listeners[number] = nil } }

    private var listeners: [WebSocket] {
        state.withLock { state in state.listeners.sorted { $0.key < $1.key }.map(\.value) }
    }

    func tell(_ news: JSON) { sendRaw(news.bytes) }
    func sendRaw(_ frame: [UInt8]) { for socket in listeners { socket.send(text: frame) } }
    func dropListeners() { for socket in listeners { socket.drop() } }
}

extension PlexEntry {
    init(_ call: PlexCall, route: String, person: Int?, status: Int?, answer: String) {
        self.init(
            route: route, method: call.method, path: call.path, query: call.query, headers: call.headers,
            body: call.body, person: person, status: status, answer: answer)
    }
}

extension ServerResponse {
    /// For the journal: pictures are left out, and of long lists all but the beginning.
    var text: String {
        guard case .bytes(let bytes) = body,
            !headers.contains(where: { $0.0 == "Content-Type" && $0.1.hasPrefix("image/") })
        else { return "" }
        return String(decoding: bytes.prefix(4_096), as: UTF8.self)
    }
}

extension HouseholdWorld {
    /// Whose token it is, if this server lets them in: its owner, and who accepted a share of it.
    func member(token: String) -> Person? {
        guard let person = person(token: token) else { return nil }
        return person.isOwner || person.hasAccess ? person : nil
    }
}
