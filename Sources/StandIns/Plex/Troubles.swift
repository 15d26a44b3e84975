// Bad days of the stand-ins of Plex and plex.tv: which fault a request meets, and what comes in place of an answer.

import Runtime
import Sockets
import Synchronization

final class Troubles: Sendable {
    private struct State: Sendable {
        var faults = FaultBook()
        var lists: [(route: String, fault: ListFault, left: Int)] = []
        var stalls: [CheckedContinuation<Void, Never>] = []
        var isOver = false
    }

    private let state = Mutex(State())
    private let clock: any Clock

    init(clock: any Clock) { self.clock = clock }

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

    /// What takes the place of the answer; nil: nothing does. `note` hears the status and the text.
    func meet(_ fault: HTTPFault?, _ note: (Int?, String) -> Void) async -> ServerResponse? {
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
        case .tooMany(let seconds):
            note(429, "")
            var answer = PlexAnswer(status: 429, body: .html)
            answer.headers = [("Retry-After", String(seconds))]
            return answer.response(asJSON: false)
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

    /// The answer as it goes out after all, and how it is noted.
    static func send(_ response: ServerResponse, _ fault: HTTPFault?, _ note: (Int?, String) -> Void) -> ServerResponse
    {
        if case .lostAnswer = fault {
            note(nil, response.text)
            return .dropped
        }
        note(response.status, response.text)
        if case .truncated = fault { return response.cutInHalf }
        return response
    }
}
