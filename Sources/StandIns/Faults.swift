// Troubles on demand, for every stand-in that speaks HTTP: what a real service does on a bad day.

package enum HTTPFault: Sendable {
    /// A proxy's page instead of the service's answer.
    case html502
    /// The connection ends before any answer.
    case refuse
    /// No answer, until the stand-in is stopped or `endStalls` is called.
    case stall
    /// The right answer, after this time on the stand-in's clock.
    case slow(Duration)
    /// The right headers and half the body. The request has been carried out.
    case truncated
    /// 200 and bytes that are no JSON.
    case garbage
    case status(Int, JSON)
    /// 429, with how long it wants to be left alone.
    case tooMany(retryAfter: Int)
    /// The request is carried out, but its answer gets lost on the way: what a retry must not do twice.
    case lostAnswer
}

/// Which fault the next request on a route meets.
package struct FaultBook: Sendable {
    private var entries: [(route: String, fault: HTTPFault, left: Int)] = []

    package init() {}

    /// - Parameter route: a route's name such as "POST /channels/{}/messages"; empty for any
    package mutating func add(_ fault: HTTPFault, on route: String, times: Int) {
        entries.append((route, fault, times))
    }

    package mutating func clear() { entries = [] }

    package mutating func take(_ route: String) -> HTTPFault? {
        guard let index = entries.firstIndex(where: { $0.route.isEmpty || $0.route == route }) else { return nil }
        entries[index].left -= 1
        defer { if entries[index].left <= 0 { entries.remove(at: index) } }
        return entries[index].fault
    }
}
