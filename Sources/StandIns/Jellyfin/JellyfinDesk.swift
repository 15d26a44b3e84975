// What Jellyfin keeps for itself, and how a request finds its answer.

import Runtime
import Sockets
import Synchronization

/// One request, and what it got.
package struct JellyfinEntry: Sendable {
    /// Method and template, such as "GET /QuickConnect/Connect"; of unknown paths the path itself.
    package let route: String
    package let query: [(name: String, value: String)]
    package let body: [UInt8]
    package let client: String
    package let deviceID: String
    package let hasToken: Bool
    /// Nil when a fault swallowed the answer.
    package let status: Int?
}

final class JellyfinDesk: Sendable {
    /// Somebody signed in on some device.
    struct Session: Sendable {
        var token: String
        var user: String
        var client: String
        var device: String
        var deviceID: String
        var version: String
    }

    struct Code: Sendable {
        var digits: String
        var secret: String
        var asker: Session
        var made: Instant
        /// Whose token waits behind the secret.
        var session: Session?
    }

    struct State: Sendable {
        var rules: JellyfinRules
        var sessions: [Session] = []
        var codes: [Code] = []
        var lastNumber: UInt64 = 0
        /// What is being played, by session: the position last reported.
        var playing: [String: (film: String, user: String, position: Duration)] = [:]
    }

    let clock: any Clock
    let household: Household
    let requests: Chronicle<JellyfinEntry>
    let troubles: Troubles
    let state: Mutex<State>
    /// Ends of plays, for whoever posts them.
    let ends: AsyncStream<JellyfinHookEvent>
    let ended: AsyncStream<JellyfinHookEvent>.Continuation

    init(clock: any Clock, household: Household, rules: JellyfinRules) {
        self.clock = clock
        self.household = household
        requests = Chronicle(limit: rules.journalLimit)
        troubles = Troubles(clock: clock, looks: .plex)
        state = Mutex(State(rules: rules))
        (ends, ended) = AsyncStream.makeStream()
    }

    var rules: JellyfinRules { state.withLock { $0.rules } }
    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    func serve(_ request: ServerRequest) async -> ServerResponse {
        var call = JellyfinCall(request, takesOldTokens: rules.takesOldTokens)
        let found = JellyfinRoute.find(call)
        call.parameters = found?.parameters ?? []
        let name = found?.route.name ?? "\(call.method) \(call.path)"
        func note(_ status: Int?, _ answer: String = "") {
            requests.append(
                JellyfinEntry(
                    route: name, query: call.query, body: call.body, client: call.client, deviceID: call.deviceID,
                    hasToken: call.token != nil, status: status))
        }
        let fault = troubles.take(name)
        if let instead = await troubles.meet(fault, note) { return instead }
        var response = answer(call, found?.route).response
        response.headers += [("Server", "Kestrel"), ("Date", clock.now.dateHeader)]
        return Troubles.send(response, fault, note)
    }

    private func answer(_ call: JellyfinCall, _ route: JellyfinRoute?) -> JellyfinAnswer {
        guard let route else { return .empty(status: JellyfinRoute.knows(call.path) ? 405 : 404) }
        let caller = JellyfinCaller(call: call, user: user(of: call.token), desk: self)
        // A token that nobody knows is worse than none only where one is needed.
        if !route.isOpen, caller.user == nil { return .empty(status: 401) }
        return route.action(caller)
    }

    /// Whose token this is.
    private func user(of token: String?) -> JellyfinCaller.User? {
        guard let token else { return nil }
        let (key, id) = state.withLock { state in
            (state.rules.apiKey, state.sessions.first { $0.token == token }?.user)
        }
        if token == key { return .apiKey }
        guard let id, let account = household.read({ $0.jellyfinAccount(id) }), !account.isDisabled else { return nil }
        return .account(account)
    }

    /// A new token; the one the same person had on the same device goes.
    func open(_ asker: Session, for user: String) -> Session {
        var session = asker
        session.user = user
        state.withLock { state in
            session.token = Self.hexadecimal(&state)
            state.sessions.removeAll { $0.user == user && $0.deviceID == asker.deviceID }
            state.sessions.append(session)
        }
        return session
    }

    func close(_ token: String) { state.withLock { $0.sessions.removeAll { $0.token == token } } }

    /// 32 digits nobody had before.
    static func hexadecimal(_ state: inout State) -> String {
        state.lastNumber += 1
        var dice = SeededDice(seed: state.lastNumber &* 7919)
        return String((0..<32).map { _ in Array("0123456789abcdef")[Int.random(in: 0..<16, using: &dice)] })
    }
}

/// Who asks, and what.
struct JellyfinCaller: Sendable {
    enum User: Sendable {
        /// An administrator without a name.
        case apiKey
        case account(HouseholdWorld.JellyfinAccount)
    }

    let call: JellyfinCall
    let user: User?
    let desk: JellyfinDesk

    var account: HouseholdWorld.JellyfinAccount? {
        if case .account(let account) = user { account } else { nil }
    }

    var isAdministrator: Bool {
        switch user {
        case .apiKey: true
        case .account(let account): account.isAdministrator
        case nil: false
        }
    }
}
