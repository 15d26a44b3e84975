// After a resume Discord may deliver events again (sheet discord.md §8 "duplicates after resume"). Ids of the last
// minutes are remembered, so many at most; an id that comes twice counts once.

struct SeenIDs: Sendable {
    private let capacity: Int
    private let memory: Duration
    private var ids: Set<Snowflake> = []
    /// In order of arrival, from `oldest` on; what stands before it is forgotten and cut off now and then.
    private var arrivals: [(id: Snowflake, at: Duration)] = []
    private var oldest = 0

    init(capacity: Int = 8192, memory: Duration = .seconds(600)) {
        self.capacity = capacity
        self.memory = memory
    }

    var count: Int { ids.count }

    /// False: it has been here before.
    mutating func isNew(_ id: Snowflake, at now: Duration) -> Bool {
        while oldest < arrivals.count, arrivals[oldest].at + memory <= now || ids.count >= capacity {
            ids.remove(arrivals[oldest].id)
            oldest += 1
        }
        if oldest > capacity {
            arrivals.removeFirst(oldest)
            oldest = 0
        }
        guard ids.insert(id).inserted else { return false }
        arrivals.append((id, now))
        return true
    }
}
