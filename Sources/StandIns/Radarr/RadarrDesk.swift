// What a Radarr keeps for itself, and how a request finds its answer (sheet §4).

import Runtime
import Sockets
import Synchronization

final class RadarrDesk: Sendable {
    struct State: Sendable {
        var rules: RadarrRules
        var works = RadarrWorks()
    }

    let clock: any Clock
    let household: Household
    let requests: Chronicle<ServarrEntry>
    let troubles: Troubles
    let started: Instant
    private let state: Mutex<State>
    /// Somebody may have to be told, or woken.
    let stirred: AsyncStream<[RadarrWorks.Notice]>.Continuation
    let stirrings: AsyncStream<[RadarrWorks.Notice]>

    init(clock: any Clock, household: Household, rules: RadarrRules) {
        self.clock = clock
        self.household = household
        requests = Chronicle(limit: rules.journalLimit)
        troubles = Troubles(clock: clock, looks: .servarr)
        started = clock.now
        state = Mutex(State(rules: rules))
        (stirrings, stirred) = AsyncStream.makeStream()
    }

    var rules: RadarrRules { state.withLock { $0.rules } }
    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    /// Everything that has become due happens first, whoever asks.
    func work<Value: Sendable>(
        _ body: (inout RadarrWorks, inout HouseholdWorld, RadarrRules) -> (Value, [RadarrWorks.Notice])
    ) -> Value {
        let now = clock.now
        let (value, notices) = household.change { world in
            state.withLock { state in
                let due = state.works.advance(to: now, &world, state.rules)
                let (value, own) = body(&state.works, &world, state.rules)
                return (value, due + own)
            }
        }
        stirred.yield(notices)
        return value
    }

    func look<Value: Sendable>(_ body: (RadarrWorks, HouseholdWorld, RadarrRules) -> Value) -> Value {
        work { works, world, rules in (body(works, world, rules), []) }
    }

    var due: Instant? { state.withLock { $0.works.due } }

    func serve(_ request: ServerRequest) async -> ServerResponse {
        var call = ServarrCall(request)
        let rules = rules
        let found = RadarrRoute.find(call, base: rules.urlBase)
        call.parameters = found?.parameters ?? []
        let name = found?.route.name ?? "\(call.method) \(call.path)"
        func note(_ status: Int?, _ answer: String = "") {
            requests.append(
                ServarrEntry(route: name, query: call.query, body: call.body, status: status, answer: answer))
        }
        let fault = troubles.take(name)
        if let instead = await troubles.meet(fault, note) { return instead }
        return Troubles.send(answer(call, found?.route, rules).response, fault, note)
    }

    private func answer(_ call: ServarrCall, _ route: RadarrRoute?, _ rules: RadarrRules) -> ServarrAnswer {
        if rules.isStarting { return .starting }
        if !rules.urlBase.isEmpty, !call.path.lowercased().hasPrefix(rules.urlBase) {
            return .elsewhere(rules.urlBase + call.path)
        }
        guard let route else {
            return RadarrRoute.knows(call.path, base: rules.urlBase) ? .empty(status: 405) : .notFound
        }
        if !route.isOpen, call.key != rules.apiKey { return .empty(status: 401) }
        return route.action(RadarrCaller(call: call, desk: self))
    }
}

struct RadarrCaller: Sendable {
    typealias Film = HouseholdWorld.Film

    let call: ServarrCall
    let desk: RadarrDesk

    /// The number in the path.
    var number: Int? { call.parameters.first.flatMap { Int($0) } }
}
