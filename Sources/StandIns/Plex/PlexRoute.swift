// One thing a Plex server can be asked. The name is what tests and faults say: "GET /library/sections/{}/all".

import Runtime

/// Who asks, and when.
struct PlexCaller: Sendable {
    var call: PlexCall
    var person: HouseholdWorld.Person
    var rules: PlexRules
    var now: Instant
    var kept: KeptListings
}

struct PlexRoute: Sendable {
    enum Access: Sendable {
        case anyone, member, owner
    }

    enum Action: Sendable {
        case read(@Sendable (PlexView) throws -> PlexAnswer)
        case write(@Sendable (PlexCaller, inout HouseholdWorld) throws -> PlexAnswer)
    }

    let name: String
    let access: Access
    let action: Action
    private let method: Substring
    private let segments: [Substring]

    private init(_ name: String, _ access: Access, _ action: Action) {
        self.name = name
        self.access = access
        self.action = action
        let halves = name.split(separator: " ")
        method = halves[0]
        segments = halves[1].split(separator: "/")
    }

    static func read(
        _ name: String, _ access: Access = .member, _ act: @escaping @Sendable (PlexView) throws -> PlexAnswer
    ) -> PlexRoute {
        PlexRoute(name, access, .read(act))
    }

    static func write(
        _ name: String, _ access: Access = .member,
        _ act: @escaping @Sendable (PlexCaller, inout HouseholdWorld) throws -> PlexAnswer
    ) -> PlexRoute {
        PlexRoute(name, access, .write(act))
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

    static func find(_ call: PlexCall) -> (route: PlexRoute, parameters: [String])? {
        for route in all {
            if let parameters = route.match(call.method, call.path) { return (route, parameters) }
        }
        return nil
    }
}
