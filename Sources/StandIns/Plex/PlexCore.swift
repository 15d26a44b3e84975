// The stand-in's owner on the event loop: requests in, faults on the way, the journal, the listeners of the WebSocket.

import Runtime
import Sockets

actor PlexCore: LoopActor {
    nonisolated let loop: EventLoop
    nonisolated let clock: any Clock
    nonisolated let household: Household
    nonisolated let requests: Chronicle<PlexEntry>
    var rules: PlexRules
    var faults = FaultBook()
    private let kept = KeptListings()
    private var stalls: [CheckedContinuation<Void, Never>] = []
    private var isStopped = false
    private var listeners: [Int: WebSocket] = [:]
    private var nextListener = 0
    nonisolated let opened = Chronicle<Int>()

    init(loop: EventLoop, clock: any Clock, household: Household, rules: PlexRules) {
        self.loop = loop
        self.clock = clock
        self.household = household
        self.rules = rules
        requests = Chronicle(limit: rules.journalLimit)
    }

    func serve(_ request: ServerRequest) async -> ServerResponse {
        var call = PlexCall(request)
        let found = PlexRoute.find(call)
        call.parameters = found?.parameters ?? []
        let name = found?.route.name ?? "\(call.method) \(call.path)"
        let person = call.token.flatMap { token in household.read { $0.member(token: token) } }
        func note(_ status: Int?, _ answer: String = "") {
            requests.append(PlexEntry(call, route: name, person: person?.id, status: status, answer: answer))
        }
        let fault = faults.take(name)
        switch await meet(fault, note) {
        case .some(let response): return response
        case nil: break
        }
        let answer = answer(call, found?.route, person)
        for news in answer.news { tell(news) }
        let response = answer.response(asJSON: call.wantsJSON)
        if case .lostAnswer = fault {
            note(nil, response.text)
            return .dropped
        }
        note(response.status, response.text)
        if case .truncated = fault { return response.cutInHalf }
        return response
    }

    private func answer(_ call: PlexCall, _ route: PlexRoute?, _ person: HouseholdWorld.Person?) -> PlexAnswer {
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

    /// What takes the place of the answer.
    private func meet(_ fault: HTTPFault?, _ note: (Int?, String) -> Void) async -> ServerResponse? {
        switch fault {
        case .html502:
            note(502, "")
            return .html("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", status: 502)
        case .garbage:
            note(200, "")
            return .bytes(Array("<MediaContainer size=\"1\"><Tra".utf8) + [0xFF, 0x00, 0x7B], type: "text/xml")
        case .status(let status, let json):
            note(status, json.description)
            return json.isNull
                ? PlexAnswer(status: status, body: .html).response(asJSON: false)
                : .bytes(json.bytes, type: "application/json", status: status)
        case .stall:
            note(nil, "")
            await stall()
            return .dropped
        case .refuse:
            note(nil, "")
            return .dropped
        case .slow(let duration):
            try? await clock.sleep(for: duration)
            return nil
        case .truncated, .lostAnswer, nil: return nil
        }
    }

    func order(_ fault: HTTPFault, on route: String, times: Int) { faults.add(fault, on: route, times: times) }

    func endFaults() {
        faults.clear()
        endStalls()
    }

    func change(_ rules: @Sendable (inout PlexRules) -> Void) { rules(&self.rules) }

    private func stall() async {
        if isStopped { return }
        await withCheckedContinuation { stalls.append($0) }
    }

    private func endStalls() {
        for stall in stalls { stall.resume() }
        stalls = []
    }

    // MARK: The WebSocket

    /// Nil: nobody this server knows; the line ends without a word.
    func admit(_ socket: WebSocket, token: String?) -> Int? {
        guard !rules.isStarting, let token, household.read({ $0.member(token: token) }) != nil else {
            socket.drop()
            return nil
        }
        nextListener += 1
        listeners[nextListener] = socket
        opened.append(nextListener)
        return nextListener
    }

    func left(_ number: Int?) { if let number { listeners[number] = nil } }

    func tell(_ news: JSON) {
        let frame = news.bytes
        for number in listeners.keys.sorted() { listeners[number]?.send(text: frame) }
    }

    func sendRaw(_ frame: [UInt8]) { for socket in listeners.values { socket.send(text: frame) } }

    func dropListeners() { for socket in listeners.values { socket.drop() } }

    var keepAlive: Duration { rules.keepAlive }

    /// Before the server goes: what waits is let go.
    func pause(forGood: Bool) {
        isStopped = forGood
        endStalls()
        dropListeners()
    }
}

extension PlexEntry {
    init(_ call: PlexCall, route: String, person: Int?, status: Int?, answer: String) {
        self.init(
            route: route, method: call.method, path: call.path, query: call.query, headers: call.headers,
            body: call.body, person: person, status: status, answer: answer)
    }
}

extension ServerResponse {
    /// For the journal: pictures are left out.
    var text: String {
        guard case .bytes(let bytes) = body,
            !headers.contains(where: { $0.0 == "Content-Type" && $0.1.hasPrefix("image/") })
        else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension HouseholdWorld {
    /// Whose token it is, if this server lets them in: its owner, members of the home, friends who accepted.
    func member(token: String) -> Person? {
        guard let person = person(token: token) else { return nil }
        return person.isOwner || person.isHome || (person.shareID != nil && person.acceptedAt != nil) ? person : nil
    }
}
