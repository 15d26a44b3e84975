// Everything plex.tv is asked here, in one list. The newer half is /api/v2, whichever host it is asked at.

struct PlexTVRoute: Sendable {
    enum Action: Sendable {
        case read(@Sendable (PlexTVCaller, HouseholdWorld) throws -> PlexAnswer)
        case write(@Sendable (PlexTVCaller, inout HouseholdWorld) throws -> PlexAnswer)
    }

    let name: String
    /// Without a token.
    let isOpen: Bool
    let action: Action
    private let template: RouteTemplate

    private init(_ name: String, isOpen: Bool, _ action: Action) {
        self.name = name
        self.isOpen = isOpen
        self.action = action
        template = RouteTemplate(name)
    }

    private static func read(
        _ name: String, isOpen: Bool = false,
        _ act: @escaping @Sendable (PlexTVCaller, HouseholdWorld) throws -> PlexAnswer
    ) -> PlexTVRoute { PlexTVRoute(name, isOpen: isOpen, .read(act)) }

    private static func write(
        _ name: String, _ act: @escaping @Sendable (PlexTVCaller, inout HouseholdWorld) throws -> PlexAnswer
    ) -> PlexTVRoute { PlexTVRoute(name, isOpen: false, .write(act)) }

    private static func gone(_ name: String) -> PlexTVRoute { read(name) { _, _ in throw PlexTVRefusal.gone } }

    static func find(_ call: PlexCall) -> (route: PlexTVRoute, parameters: [String])? {
        for route in all {
            if let parameters = route.template.match(call.method, call.path) { return (route, parameters) }
        }
        return nil
    }

    static let all: [PlexTVRoute] = [
        .read("GET /api/v2/user") { $0.account($1) },
        .read("GET /api/v2/ping") { caller, _ in caller.answer(["pong": ""], PlexElement("pong")) },
        .read("GET /api/users") { $0.users($1) },
        .read("GET /api/home/users") { $0.homeUsers($1) },
        .read("GET /api/v2/resources") { $0.resources($1) },
        .read("GET /api/servers/{}") { try $0.oldServer($1) },
        .read("GET /api/v2/servers/{}") { try $0.newServer($1) },

        .read("GET /api/servers/{}/shared_servers") { try $0.oldShares($1) },
        .read("GET /api/servers/{}/shared_servers/{}") { try $0.oldShare($1) },
        .write("POST /api/servers/{}/shared_servers") { try $0.inviteOld(&$1) },
        .write("PUT /api/servers/{}/shared_servers/{}") { try $0.changeOld(&$1) },
        .write("DELETE /api/servers/{}/shared_servers/{}") { try $0.removeShare(&$1) },
        .read("GET /api/v2/shared_servers/owned/accepted") { try $0.newShares($1, isPending: false) },
        .read("GET /api/v2/shared_servers/owned/pending") { try $0.newShares($1, isPending: true) },
        .read("GET /api/v2/shared_servers/invites/owned/pending") { try $0.newShares($1, isPending: true) },
        .read("GET /api/v2/shared_servers/invites/received/pending") { $0.received($1) },
        .write("POST /api/v2/shared_servers") { try $0.inviteNew(&$1) },
        .write("POST /api/v2/shared_servers/{}") { try $0.changeNew(&$1) },
        .write("POST /api/v2/shared_servers/{}/accept") { try $0.accept(&$1) },
        .write("PUT /api/v2/sharings/{}") { try $0.changeSharing(&$1) },
        .write("DELETE /api/v2/sharings/{}") { try $0.unfriend(&$1) },
        .write("DELETE /api/home/users/{}") { try $0.removeFromHome(&$1) },

        .read("POST /api/v2/pins", isOpen: true) { caller, _ in caller.makePin() },
        .read("GET /api/v2/pins/{}", isOpen: true) { caller, _ in try caller.pollPin() },
        .read("GET /api/v2/user/webhooks") { caller, _ in try caller.webhooks() },
        .read("POST /api/v2/user/webhooks") { caller, _ in try caller.setWebhooks() },

        // Gone, one after the other (sheet plex.md §8).
        .gone("GET /api/v2/friends"), .gone("DELETE /api/friends/{}"), .gone("GET /api/invites/requested"),
        .gone("GET /api/invites/requests"), .gone("DELETE /api/invites/requested/{}"),
    ]
}
