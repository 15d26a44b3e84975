// Bad days of every stand-in that speaks HTTP: which fault a request meets, and what comes in place of an answer. How that
// looks is each service's own (`Looks`).

import Runtime
import Sockets
import Synchronization

package final class Troubles: Sendable {
    struct Looks: Sendable {
        /// Of the proxy before it, with 502.
        var gateway: ServerResponse
        /// With 200.
        var garbage: ServerResponse
        /// When a stall ends.
        var stalled = ServerResponse.dropped
        var status: @Sendable (Int, JSON) -> ServerResponse = { .json($1.bytes, status: $0) }
        /// 429, and what the journal keeps of it.
        var busy: @Sendable (_ seconds: Int) -> (ServerResponse, JSON?)
    }

    private struct State: Sendable {
        var faults = FaultBook()
        var lists: [(route: String, fault: ListFault, left: Int)] = []
        var stalls: [CheckedContinuation<Void, Never>] = []
        var isOver = false
    }

    private let state = Mutex(State())
    private let clock: any Clock
    private let looks: Looks

    init(clock: any Clock, looks: Looks) {
        self.clock = clock
        self.looks = looks
    }

    func order(_ fault: HTTPFault, on route: String, times: Int) {
        state.withLock { $0.faults.add(fault, on: route, times: times) }
    }

    func take(_ route: String) -> HTTPFault? { state.withLock { $0.faults.take(route) } }

    func order(_ fault: ListFault, on route: String, times: Int) {
        state.withLock { $0.lists.append((route, fault, times)) }
    }

    func takeListFault(_ route: String) -> ListFault? {
        state.withLock { state in
            guard let index = state.lists.firstIndex(where: { $0.route == route }) else { return nil }
            state.lists[index].left -= 1
            defer { if state.lists[index].left <= 0 { state.lists.remove(at: index) } }
            return state.lists[index].fault
        }
    }

    func end() {
        state.withLock { state in
            state.faults.clear()
            state.lists = []
        }
        endStalls(forGood: false)
    }

    func endStalls(forGood: Bool) {
        let stalls = state.withLock { state in
            state.isOver = forGood
            defer { state.stalls = [] }
            return state.stalls
        }
        for stall in stalls { stall.resume() }
    }

    private func stall() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.isOver { state.stalls.append(continuation) }
                return state.isOver
            }
            if isOver { continuation.resume() }
        }
    }

    /// What takes the place of the answer; nil: nothing does. `note` hears the status and the answer, before a stall.
    func meet(_ fault: HTTPFault?, _ note: (Int?, JSON?) -> Void) async -> ServerResponse? {
        switch fault {
        case .html502:
            note(502, nil)
            return looks.gateway
        case .garbage:
            note(200, nil)
            return looks.garbage
        case .status(let status, let json):
            note(status, json)
            return looks.status(status, json)
        case .tooMany(let seconds):
            let (answer, json) = looks.busy(seconds)
            note(429, json)
            return answer
        case .stall:
            note(nil, nil)
            await stall()
            return looks.stalled
        case .refuse:
            note(nil, nil)
            return .dropped
        case .slow(let duration):
            try? await clock.sleep(for: duration)
            return nil
        case .truncated, .lostAnswer, nil: return nil
        }
    }

    func meet(_ fault: HTTPFault?, _ note: (Int?, String) -> Void) async -> ServerResponse? {
        await meet(fault) { status, json in note(status, json?.description ?? "") }
    }

    /// The answer as it goes out after all, and how it is noted.
    static func send<Answer>(
        _ response: ServerResponse, _ fault: HTTPFault?, _ answer: Answer, _ note: (Int?, Answer) -> Void
    ) -> ServerResponse {
        if case .lostAnswer = fault {
            note(nil, answer)
            return .dropped
        }
        note(response.status, answer)
        if case .truncated = fault { return response.cutInHalf }
        return response
    }

    static func send(_ response: ServerResponse, _ fault: HTTPFault?, _ note: (Int?, String) -> Void) -> ServerResponse
    {
        send(response, fault, response.text, note)
    }
}
