// Bounds on how long somebody is waited for, on the clock that was handed in; where that clock can skip time, on the one
// behind it.

/// What `work` gives, or nil when it takes longer; it is cancelled then.
package func within<Value: Sendable>(
    _ limit: Duration, on clock: any Clock, _ work: @escaping @Sendable () async -> Value
) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
        group.addTask { await work() }
        group.addTask {
            try? await clock.stopwatch.sleep(for: limit)
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
    }
}

/// Lets `work` come to its end though the caller is cancelled, or was already; from then on for no longer than `limit`.
/// For what must not stop halfway: a message posted and not remembered would stand there for ever.
package func finishing<Value: Sendable>(
    within limit: Duration, on clock: any Clock, _ work: @escaping @Sendable () async -> Value
) async -> Value {
    let (stops, stop) = AsyncStream.makeStream(of: Void.self)
    let working = Task { await work() }
    let limiting = Task {
        for await _ in stops {
            try? await clock.sleep(for: limit)
            working.cancel()
        }
    }
    let value = await withTaskCancellationHandler {
        await working.value
    } onCancel: {
        stop.yield()
    }
    limiting.cancel()
    await limiting.value
    return value
}
