// Everything Jellyfin is asked here, in one list. Paths are found whatever their case, as ASP.NET does.

struct JellyfinRoute: Sendable {
    let name: String
    /// Without a token.
    let isOpen: Bool
    let action: @Sendable (JellyfinCaller) -> JellyfinAnswer
    private let template: RouteTemplate

    private static func open(
        _ name: String, _ act: @escaping @Sendable (JellyfinCaller) -> JellyfinAnswer
    ) -> JellyfinRoute { JellyfinRoute(name: name, isOpen: true, action: act, template: lowered(name)) }

    private static func closed(
        _ name: String, _ act: @escaping @Sendable (JellyfinCaller) -> JellyfinAnswer
    ) -> JellyfinRoute { JellyfinRoute(name: name, isOpen: false, action: act, template: lowered(name)) }

    private static func lowered(_ name: String) -> RouteTemplate {
        let halves = name.split(separator: " ")
        return RouteTemplate("\(halves[0]) \(halves[1].lowercased())")
    }

    static func find(_ call: JellyfinCall) -> (route: JellyfinRoute, parameters: [String])? {
        for route in all {
            if let found = route.template.match(call.method, call.path.lowercased()) { return (route, found) }
        }
        return nil
    }

    /// Under another method.
    static func knows(_ path: String) -> Bool {
        all.contains { $0.template.match("GET", path.lowercased()) != nil }
            || all.contains { $0.template.match("POST", path.lowercased()) != nil }
            || all.contains { $0.template.match("DELETE", path.lowercased()) != nil }
    }

    static let all: [JellyfinRoute] = [
        .open("GET /System/Ping") { _ in .json("Jellyfin Server") },
        .open("POST /System/Ping") { _ in .json("Jellyfin Server") },
        .open("GET /System/Info/Public") { $0.publicInfo() },
        .closed("GET /System/Info") { $0.systemInfo() },

        // Before `/Users/{}`, which would take them for ids.
        .open("GET /Users/Public") { $0.publicUsers() },
        .closed("GET /Users/Me") { $0.me() },
        .closed("GET /Users") { $0.users() },
        .closed("GET /Users/{}") { $0.oneUser() },
        .open("POST /Users/AuthenticateByName") { $0.signInByName() },
        .open("POST /Users/AuthenticateWithQuickConnect") { $0.signInByQuickConnect() },
        .closed("POST /Sessions/Logout") { $0.logout() },
        .closed("POST /Sessions/Capabilities/Full") { _ in .empty(status: 204) },

        .closed("GET /Items") { $0.items(of: $0.call["userId"]) },
        .closed("GET /Items/{}") { $0.item($0.call.parameters[0], for: $0.call["userId"]) },
        .closed("GET /UserItems/{}/UserData") { $0.playState($0.call.parameters[0]) },
        // Obsolete since 10.9, served up to 12.0: other people's clients ask so.
        .closed("GET /Users/{}/Items") { $0.items(of: $0.call.parameters[0]) },
        .closed("GET /Users/{}/Items/{}") { $0.item($0.call.parameters[1], for: $0.call.parameters[0]) },
        .closed("POST /Users/{}/FavoriteItems/{}") { $0.setFavourite(true) },
        .closed("DELETE /Users/{}/FavoriteItems/{}") { $0.setFavourite(false) },
        .closed("POST /Users/{}/PlayedItems/{}") { $0.setPlayed(true) },
        .closed("DELETE /Users/{}/PlayedItems/{}") { $0.setPlayed(false) },
        .closed("GET /Sessions") { $0.sessions() },
        .closed("POST /Sessions/Playing") { $0.report(.began) },
        .closed("POST /Sessions/Playing/Progress") { $0.report(.goesOn) },
        .closed("POST /Sessions/Playing/Stopped") { $0.report(.stopped) },

        .open("GET /QuickConnect/Enabled") { .json(.bool($0.desk.rules.hasQuickConnect)) },
        .open("POST /QuickConnect/Initiate") { $0.initiate() },
        .open("GET /QuickConnect/Connect") { $0.connect() },
        .closed("POST /QuickConnect/Authorize") { $0.authorize() },
    ]
}
