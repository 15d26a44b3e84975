// Which effect keys are being performed in this process, and who waits for each. In memory on purpose: after a crash
// nobody waits, and the lock on CONFIG_DIR keeps other processes out.

internal import Synchronization

final class KeysUnderWay: Sendable {
    typealias Outcome = Result<EffectResult, StorageError>

    private let waiting = Mutex<[String: [CheckedContinuation<Outcome?, Never>]]>([:])

    /// Nil: the key is the caller's until it releases it. Else what the one before came to.
    func claim(_ key: String) async -> Outcome? {
        while true {
            var isMine = false
            let outcome = await withCheckedContinuation { continuation in
                isMine = waiting.withLock { waiting in
                    if waiting[key] == nil {
                        waiting[key] = []
                        return true
                    }
                    waiting[key]?.append(continuation)
                    return false
                }
                if isMine { continuation.resume(returning: nil) }
            }
            // Waited for somebody who came to no result of his own: try for the key again.
            if isMine || outcome != nil { return outcome }
        }
    }

    func claimIfFree(_ key: String) -> Bool {
        waiting.withLock { waiting in
            if waiting[key] != nil { return false }
            waiting[key] = []
            return true
        }
    }

    /// `outcome` goes to everyone who waited; nil lets the first of them have the key.
    func release(_ key: String, _ outcome: Outcome?) {
        let others = waiting.withLock { $0.removeValue(forKey: key) } ?? []
        for other in others { other.resume(returning: outcome) }
    }
}
