// Every route the stand-in knows, one line each. A route's name (method and template) is also its key for rate limits
// and faults.

package struct Endpoint: Sendable {
    typealias Perform = @Sendable (inout DiscordAPI, DiscordAPI.Call) throws(APIError) -> APIAnswer

    /// Such as "POST /channels/{}/messages".
    package let name: String
    let method: String
    let template: [Substring]
    let needsToken: Bool
    let perform: Perform

    /// Interaction answers and webhooks: the token in the path is the right to use them.
    var isTokenRoute: Bool { template.first == "webhooks" || template.first == "interactions" }

    init(_ name: String, open: Bool = false, _ perform: @escaping Perform) {
        let words = name.split(separator: " ")
        self.name = name
        self.perform = perform
        method = String(words[0])
        template = words[1].split(separator: "/")
        needsToken = !open
    }

    private func places(in path: [Substring]) -> [String]? {
        guard path.count == template.count else { return nil }
        var places: [String] = []
        for (word, given) in zip(template, path) {
            if word == "{}" { places.append(String(given)) } else if word != given { return nil }
        }
        return places
    }

    package static func find(_ method: String, _ path: String) -> (Endpoint, places: [String])? {
        let words = path.split(separator: "/")
        for endpoint in all where endpoint.method == method {
            if let places = endpoint.places(in: words) { return (endpoint, places) }
        }
        return nil
    }

    static func knows(path: String) -> Bool {
        let words = path.split(separator: "/")
        return all.contains { $0.places(in: words) != nil }
    }

    /// Fixed words stand before places of the same position, as the first match wins.
    static let all: [Endpoint] = [
        Endpoint("GET /gateway", open: true) { api, _ in .ok(["url": .string(api.gatewayURL)]) },
        Endpoint("GET /gateway/bot") { api, call in api.gatewayBot(call) },

        Endpoint("GET /users/@me") { api, _ in .ok(api.world.ownPayload) },
        Endpoint("GET /users/@me/guilds") { api, _ in api.ownGuilds() },
        Endpoint("POST /users/@me/channels") { api, call throws(APIError) in try api.openDirectChannel(call) },
        Endpoint("GET /users/{}") { api, call throws(APIError) in try api.user(call) },
        Endpoint("GET /applications/@me") { api, _ in .ok(api.applicationPayload) },
        Endpoint("GET /oauth2/applications/@me") { api, _ in .ok(api.applicationPayload) },

        Endpoint("GET /guilds/{}") { api, call throws(APIError) in try api.guild(call) },
        Endpoint("GET /guilds/{}/channels") { api, call throws(APIError) in try api.guildChannels(call) },
        Endpoint("GET /guilds/{}/roles") { api, call throws(APIError) in try api.guildRoles(call) },
        Endpoint("GET /guilds/{}/members") { api, call throws(APIError) in try api.guildMembers(call) },
        Endpoint("GET /guilds/{}/members/{}") { api, call throws(APIError) in try api.guildMember(call) },

        Endpoint("GET /channels/{}") { api, call throws(APIError) in try api.channel(call) },
        Endpoint("POST /channels/{}/typing") { api, call throws(APIError) in try api.typing(call) },
        Endpoint("GET /channels/{}/messages/pins") { api, call throws(APIError) in try api.pins(call) },
        Endpoint("PUT /channels/{}/messages/pins/{}") { api, call throws(APIError) in try api.pin(call, true) },
        Endpoint("DELETE /channels/{}/messages/pins/{}") { api, call throws(APIError) in try api.pin(call, false) },
        Endpoint("PUT /channels/{}/pins/{}") { api, call throws(APIError) in try api.pin(call, true) },
        Endpoint("DELETE /channels/{}/pins/{}") { api, call throws(APIError) in try api.pin(call, false) },
        Endpoint("POST /channels/{}/messages/bulk-delete") { api, call throws(APIError) in try api.bulkDelete(call) },
        Endpoint("GET /channels/{}/messages") { api, call throws(APIError) in try api.messages(call) },
        Endpoint("POST /channels/{}/messages") { api, call throws(APIError) in try api.createMessage(call) },
        Endpoint("GET /channels/{}/messages/{}") { api, call throws(APIError) in try api.message(call) },
        Endpoint("PATCH /channels/{}/messages/{}") { api, call throws(APIError) in try api.editMessage(call) },
        Endpoint("DELETE /channels/{}/messages/{}") { api, call throws(APIError) in try api.deleteMessage(call) },
        Endpoint("PUT /channels/{}/messages/{}/reactions/{}/@me") { api, call throws(APIError) in
            try api.react(call)
        },
        Endpoint("DELETE /channels/{}/messages/{}/reactions/{}/{}") { api, call throws(APIError) in
            try api.unreact(call)
        },
        Endpoint("GET /channels/{}/messages/{}/reactions/{}") { api, call throws(APIError) in
            try api.reactions(call)
        },
        Endpoint("POST /channels/{}/webhooks") { api, call throws(APIError) in try api.createWebhook(call) },

        Endpoint("GET /applications/{}/commands") { api, call throws(APIError) in try api.commands(call) },
        Endpoint("PUT /applications/{}/commands") { api, call throws(APIError) in try api.replaceCommands(call) },
        Endpoint("POST /applications/{}/commands") { api, call throws(APIError) in try api.upsertCommand(call) },
        Endpoint("DELETE /applications/{}/commands/{}") { api, call throws(APIError) in try api.removeCommand(call) },
        Endpoint("GET /applications/{}/guilds/{}/commands") { api, call throws(APIError) in try api.commands(call) },
        Endpoint("PUT /applications/{}/guilds/{}/commands") { api, call throws(APIError) in
            try api.replaceCommands(call)
        },
        Endpoint("POST /applications/{}/guilds/{}/commands") { api, call throws(APIError) in
            try api.upsertCommand(call)
        },
        Endpoint("DELETE /applications/{}/guilds/{}/commands/{}") { api, call throws(APIError) in
            try api.removeCommand(call)
        },

        Endpoint("POST /interactions/{}/{}/callback", open: true) { api, call throws(APIError) in
            try api.respond(call)
        },
        Endpoint("GET /webhooks/{}", open: false) { api, call throws(APIError) in try api.webhook(call) },
        Endpoint("POST /webhooks/{}/{}", open: true) { api, call throws(APIError) in try api.executeWebhook(call) },
        Endpoint("GET /webhooks/{}/{}", open: true) { api, call throws(APIError) in try api.webhook(call) },
        Endpoint("GET /webhooks/{}/{}/messages/{}", open: true) { api, call throws(APIError) in
            try api.webhookMessage(call)
        },
        Endpoint("PATCH /webhooks/{}/{}/messages/{}", open: true) { api, call throws(APIError) in
            try api.editWebhookMessage(call)
        },
        Endpoint("DELETE /webhooks/{}/{}/messages/{}", open: true) { api, call throws(APIError) in
            try api.deleteWebhookMessage(call)
        },
    ]
}
