// Two dozen senders of hooks at once, each of whom posts the next one when the last is answered, until there are enough or
// nobody answers any more.

import HTTP
import Runtime
import Synchronization

enum HookFlood {
    private final class Tally: Sendable {
        private let state: Mutex<(next: Int, acknowledged: [Int])>
        init(from first: Int) { state = Mutex((first, [])) }

        func next() -> Int {
            state.withLock { state in
                state.next += 1
                return state.next
            }
        }

        /// How many by now.
        func acknowledge(_ number: Int) -> Int {
            state.withLock { state in
                state.acknowledged.append(number)
                return state.acknowledged.count
            }
        }

        var acknowledged: [Int] { state.withLock { $0.acknowledged } }
    }

    /// What was acknowledged before the end, by number.
    /// - Parameter end: called when there are enough, while the others are in the middle of theirs
    static func pour(
        _ url: String, path: String = "/jellyfin/playback", status: Int = 202, secret: String, from first: Int,
        until enough: Int, hook: @escaping @Sendable (Int) -> [UInt8],
        then end: () -> Void
    ) async throws -> [Int] {
        let tally = Tally(from: first)
        let http = try HTTPClient(userAgent: "flood")
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<24 {
                group.addTask { await knock(url + path, status, secret, http, tally, until: enough, hook) }
            }
            for await isEnough in group where isEnough { end() }
        }
        await http.stop()
        return tally.acknowledged
    }

    /// One hook after another, until there are enough (true) or nobody answers any more.
    private static func knock(
        _ url: String, _ status: Int, _ secret: String, _ http: HTTPClient, _ tally: Tally, until enough: Int,
        _ hook: @Sendable (Int) -> [UInt8]
    ) async -> Bool {
        while tally.acknowledged.count < enough {
            let number = tally.next()
            var request = HTTPRequest(
                "POST", url, headers: [("X-Webhook-Secret", secret)],
                body: .bytes(hook(number), type: "text/plain; charset=utf-8"))
            request.limits.total = .seconds(10)
            guard let answer = try? await http.send(request), answer.status == status else { return false }
            if tally.acknowledge(number) == enough { return true }
        }
        return false
    }
}
