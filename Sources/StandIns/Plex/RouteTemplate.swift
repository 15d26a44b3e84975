// "GET /library/sections/{}/all": a route's name is also its pattern.

struct RouteTemplate: Sendable {
    private let method: Substring
    private let segments: [Substring]

    init(_ name: String) {
        let halves = name.split(separator: " ")
        method = halves[0]
        segments = halves[1].split(separator: "/")
    }

    /// What stands where the name has braces; nil: another route's request. Slashes at the end do not matter.
    func match(_ method: String, _ path: String) -> [String]? {
        guard method == self.method || (method == "HEAD" && self.method == "GET") else { return nil }
        let parts = path.split(separator: "/")
        guard parts.count == segments.count else { return nil }
        var found: [String] = []
        for (segment, part) in zip(segments, parts) {
            if segment == "{}" { found.append(String(part)) } else if segment != part { return nil }
        }
        return found
    }
}
