// An answer that is only worth waiting for so long.

/// What `work` gives, or nil when it takes longer; it is cancelled then.
package func within<Value: Sendable>(
    _ limit: Duration, on clock: any Clock, _ work: @escaping @Sendable () async -> Value
) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
        group.addTask { await work() }
        group.addTask {
            try? await clock.sleep(for: limit)
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
    }
}
