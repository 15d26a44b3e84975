// Bounds on how long somebody is waited for, on the clock that was handed in.

internal import Runtime

/// Lets `work` come to its end though the caller is cancelled, or was already; from then on for no longer than `limit`.
/// A message posted and not remembered would stand there for ever.
func finishing<Value: Sendable>(
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
