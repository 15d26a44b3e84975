// So many requests in any stretch of time, and none before a refusal's time is over (sheet tracker.md §8, §9). Pure.

internal import Runtime

struct TVPace: Sendable {
    let most: Int
    let window: Duration
    private var starts: [Duration] = []
    private var notBefore: Duration = .zero

    init(most: Int, within window: Duration) {
        self.most = most
        self.window = window
    }

    func wait(now: Duration) -> Duration {
        let recent = starts.filter { now - $0 < window }
        let own = recent.count >= most ? recent[recent.count - most] + window - now : .zero
        return max(.zero, max(own, notBefore - now))
    }

    mutating func started(now: Duration) {
        starts.removeAll { now - $0 >= window }
        starts.append(now)
    }

    /// 429, or a trouble that may pass.
    mutating func rest(for time: Duration, now: Duration) { notBefore = max(notBefore, now + time) }
}
