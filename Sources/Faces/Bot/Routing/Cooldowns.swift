// How soon the same person may use the same command again. Pure: it is told the time.

struct Cooldowns {
    private struct Key: Hashable {
        var person: UInt64
        var command: [String]
    }

    private var freeAt: [Key: Duration] = [:]
    /// Memory stays bounded however many people there are.
    private let most = 4096

    /// Nil: go ahead, and the cooldown begins. Otherwise how long to wait.
    mutating func admit(
        _ person: UInt64, _ command: [String], cooldown: Duration?, now: Duration
    ) -> Duration? {
        guard let cooldown, cooldown > .zero else { return nil }
        let key = Key(person: person, command: command)
        if let free = freeAt[key], free > now { return free - now }
        if freeAt.count >= most {
            freeAt = freeAt.filter { $0.value > now }
            // Thousands at once within their cooldowns: forgetting is kinder than refusing strangers.
            if freeAt.count >= most { freeAt.removeAll() }
        }
        freeAt[key] = now + cooldown
        return nil
    }
}
