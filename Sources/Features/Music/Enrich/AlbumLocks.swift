// One writer an album: two people who press at once come one after the other, and the second finds the work done.

internal import HTTP
internal import Synchronization

final class AlbumLocks: Sendable {
    private struct Gate {
        var turnstile: Turnstile
        var users: Int
    }

    private let gates = Mutex<[String: Gate]>([:])

    func holding<Value: Sendable>(_ album: String, _ body: () async throws -> Value) async throws -> Value {
        let turnstile = gates.withLock { gates in
            var gate = gates[album] ?? Gate(turnstile: Turnstile(), users: 0)
            gate.users += 1
            gates[album] = gate
            return gate.turnstile
        }
        defer { leave(album) }
        try await turnstile.enter()
        defer { turnstile.leave() }
        return try await body()
    }

    private func leave(_ album: String) {
        gates.withLock { gates in
            gates[album]?.users -= 1
            if gates[album]?.users == 0 { gates[album] = nil }
        }
    }
}
