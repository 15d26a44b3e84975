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
    private let template: RouteTemplate

    private init(_ name: String, _ access: Access, _ action: Action) {
        self.name = name
        self.access = access
        self.action = action
        template = RouteTemplate(name)
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

    static func find(_ call: PlexCall) -> (route: PlexRoute, parameters: [String])? {
        for route in all {
            if let parameters = route.template.match(call.method, call.path) { return (route, parameters) }
        }
        return nil
    }
}
