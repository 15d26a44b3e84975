// The control API over HTTP: what the chat page and scripts (discord.py in `make conformance`, benchmarks) use to act as
// people. Loopback only and without a password, as it is a toy for whoever sits at the machine; JSON as the one content
// type keeps foreign pages in the same browser from posting to it.

import Runtime
import Sockets

struct ControlRoutes: Sendable {
    let core: DiscordCore
    var extras = ChatExtras()

    func routes(under prefix: String) -> [Route] {
        let api = prefix + "/api"
        return ChatPage.routes(under: prefix) + [
            .get(api + "/household") { request in await reply { try await household(request) } },
            .get(api + "/channels/{channel}/messages") { request in await reply { try await messages(request) } },
            .get(api + "/channels/{channel}/commands") { request in await reply { try await commands(request) } },
            .get(api + "/requests") { request in await reply { requests(request) } },
            .get(api + "/interactions/{id}/answer") { request in await reply { try await answer(request) } },
            .get(prefix + "/files/{id}/{name}") { request in await file(request) },
            act(api + "/say") { form, world in
                [
                    "id": .id(
                        try world.say(
                            text(form, "text"), as: id(form, "as"), in: id(form, "channel"),
                            replyingTo: form["replying_to"]?.id))
                ]
            },
            act(api + "/typing") { form, world in
                try world.type(as: id(form, "as"), in: id(form, "channel"))
                return [:]
            },
            act(api + "/delete") { form, world in
                try world.delete(id(form, "message"), as: id(form, "as"))
                return [:]
            },
            act(api + "/react") { form, world in
                world.react(try id(form, "as"), try text(form, "emoji"), on: try id(form, "message"))
                return [:]
            },
            act(api + "/slash") { form, world in
                [
                    "id": .id(
                        try world.slash(
                            text(form, "path"), options: values(form["options"]), as: id(form, "as"),
                            in: id(form, "channel")))
                ]
            },
            act(api + "/press") { form, world in
                ["id": .id(try world.press(text(form, "custom_id"), on: id(form, "message"), as: id(form, "as")))]
            },
            act(api + "/choose") { form, world in
                let values = (form["values"]?.array ?? []).compactMap(\.string)
                return [
                    "id": .id(
                        try world.choose(
                            values, in: text(form, "custom_id"), on: id(form, "message"),
                            as: id(form, "as")))
                ]
            },
            act(api + "/submit") { form, world in
                let values = values(form["values"]).compactMapValues(\.string)
                return ["id": .id(try world.submit(values, modalOf: id(form, "interaction"), as: id(form, "as")))]
            },
            .post(api + "/control", accepts: ["application/json"]) { request in
                await reply { try await control(request) }
            },
            .post(api + "/flood", accepts: ["application/json"]) { request in await reply { try await flood(request) }
            },
            .post(api + "/complete", accepts: ["application/json"]) { request in
                await reply { try await complete(request) }
            },
            .post(api + "/trouble", accepts: ["application/json"]) { request in
                await reply { try await trouble(request) }
            },
            .webSocket(api + "/feed") { request, socket in feed(request, socket) },
        ]
    }

    // MARK: Reading

    /// As whom: by id, by name, or else the owner.
    private func household(_ request: ServerRequest) async throws -> JSON {
        let id = request.queryValue("as").flatMap { DiscordID($0) }
        let name = request.queryValue("name")?.lowercased()
        return try await core.change { api throws(ControlError) in
            let owner = api.world.guilds.values.min { $0.id < $1.id }?.owner
            let named = api.world.users.values.first { $0.name == name && !$0.isBot }?.id
            guard let viewer = id ?? named ?? owner else { throw .unknown("person to be") }
            _ = try api.world.user(viewer)
            let direct = api.world.directChannel(with: viewer)
            return api.world.household(seenBy: viewer, direct: direct)
                .with("examples", .array((extras.examples ?? ChatPage.examples).map(JSON.string)))
                .with("controls", .array(extras.controls.map(\.json)))
                .with("tour", .array(extras.tour.map(\.json)))
                .with("pages", .array(extras.pages.map(\.json)))
                .with("served", .array(extras.served.map { ["from": .string($0.from), "to": .string($0.to)] }))
                .with("now", .int(core.clock.now.milliseconds))
        }
    }

    private func messages(_ request: ServerRequest) async throws -> JSON {
        let viewer = try viewer(request)
        let channel = try parameter(request, "channel")
        let world = await core.api.world
        return .array(world.history(of: channel, seenBy: viewer).suffix(200).map(world.view(of:)))
    }

    private func commands(_ request: ServerRequest) async throws -> JSON {
        let world = await core.api.world
        return .array(world.commandViews(for: try viewer(request), in: try parameter(request, "channel")))
    }

    private func requests(_ request: ServerRequest) -> JSON {
        let route = request.queryValue("route")
        return .array(
            core.requests.entries.filter { route == nil || $0.route == route }.map { entry in
                [
                    "route": .string(entry.route), "path": .string(entry.path), "form": entry.form ?? .null,
                    "status": entry.status.map { .int(Int64($0)) } ?? .null,
                ]
            })
    }

    /// Waits for the whole answer, as long as its token lasts.
    private func answer(_ request: ServerRequest) async throws -> JSON {
        let id = try parameter(request, "id")
        return try await core.wait { world in
            guard let message = world.interactions[id]?.original.flatMap({ world.message($0) }), !message.isThinking
            else { return nil }
            return world.view(of: message)
        }
    }

    private func complete(_ request: ServerRequest) async throws -> JSON {
        let form = try JSON(parsing: request.body)
        let choices = try await core.complete(
            try text(form, "path"), option: try text(form, "option"), typed: form["typed"]?.string ?? "",
            others: values(form["options"]), as: try id(form, "as"), in: try id(form, "channel"))
        return ["choices": .array(choices)]
    }

    /// The same file as at the CDN's address, from the page's own origin.
    private func file(_ request: ServerRequest) async -> ServerResponse {
        guard let id = request.parameters["id"].flatMap({ DiscordID($0) }), let file = await core.api.world.files[id]
        else { return .text("no such file", status: 404) }
        return DiscordCore.response(of: file)
    }

    private func feed(_ request: ServerRequest, _ socket: WebSocket) -> WebSocketHandlers {
        let number = LineNumber()
        let viewer = request.queryValue("as").flatMap { DiscordID($0) } ?? 0
        // A page of another origin may open a WebSocket to us, but cannot hide where it comes from.
        let origin = request.headers["origin"].map { $0.split(separator: "/").last.map(String.init) ?? "" }
        let isForeign = origin != nil && origin != request.headers["host"]
        return WebSocketHandlers(
            opened: {
                if isForeign { return socket.close(code: 1008, reason: "another page's origin") }
                number.set(core.feeds.open(socket, viewer: viewer))
            },
            closed: { _ in core.feeds.close(number.value) })
    }

    // MARK: Acting

    private func act(
        _ path: String, _ body: @escaping @Sendable (JSON, inout DiscordWorld) throws -> JSON
    ) -> Route {
        .post(path, accepts: ["application/json"]) { request in
            await reply {
                let form = try JSON(parsing: request.body)
                return try await core.change { api in try body(form, &api.world) }
            }
        }
    }

    private func control(_ request: ServerRequest) async throws -> JSON {
        let form = try JSON(parsing: request.body)
        let name = try text(form, "name")
        guard let control = extras.controls.first(where: { $0.name == name }) else {
            throw ControlError.unknown("control")
        }
        return ["said": .string(try await control.act(values(form["chosen"]).compactMapValues(\.string)))]
    }

    /// Many messages, for measuring. Numbered, so that none is like another; in batches, so that the loop can send
    /// meanwhile.
    private func flood(_ request: ServerRequest) async throws -> JSON {
        let form = try JSON(parsing: request.body)
        let count = min(1_000_000, form["count"]?.int ?? 1)
        let words = try text(form, "text")
        let author = try id(form, "as")
        let channel = try id(form, "channel")
        for start in stride(from: 0, to: count, by: 100) {
            try await core.change { api throws(ControlError) in
                for number in start..<min(count, start + 100) {
                    _ = try api.world.say("\(words) \(number)", as: author, in: channel)
                }
            }
        }
        return ["count": .int(Int64(count))]
    }

    private func trouble(_ request: ServerRequest) async throws -> JSON {
        let form = try JSON(parsing: request.body)
        let route = form["route"]?.string ?? ""
        let times = form["times"]?.int ?? 1
        switch form["kind"]?.string {
        case "drop": await core.dropConnections()
        case "mute": await core.muteConnections()
        case "forget": await core.forgetSessions()
        case "invalidate": await core.invalidateSessions(isResumable: form["resumable"]?.bool ?? false)
        case "reconnect": await core.sendRaw(Array(#"{"t":null,"s":null,"op":7,"d":null}"#.utf8))
        case "heartbeat": await core.sendRaw(Array(#"{"t":null,"s":null,"op":1,"d":null}"#.utf8))
        case "close": await core.closeConnections(UInt16(form["code"]?.int ?? 4000), "")
        case "split": await core.splitFrames(at: form["size"]?.int)
        case "html502": core.troubles.order(.html502, on: route, times: times)
        case "garbage": core.troubles.order(.garbage, on: route, times: times)
        case "refuse": core.troubles.order(.refuse, on: route, times: times)
        case "limit":
            let scope = form["scope"]?.string.flatMap(RateLimitBook.Scope.init(rawValue:)) ?? .user
            let retryAfter = Duration.milliseconds(Int64((form["retry_after"]?.number ?? 0.5) * 1000))
            await core.change { api in api.limits.force(scope, on: route, retryAfter: retryAfter, times: times) }
        default: throw ControlError.unknown("trouble '\(form["kind"]?.string ?? "")'")
        }
        return [:]
    }

    // MARK: Small print

    private func reply(_ body: @Sendable () async throws -> JSON) async -> ServerResponse {
        do {
            return .json(try await body().bytes)
        } catch {
            return .json((["error": .string("\(error)")] as JSON).bytes, status: 400)
        }
    }

    private func viewer(_ request: ServerRequest) throws(ControlError) -> DiscordID {
        guard let id = request.queryValue("as").flatMap({ DiscordID($0) }) else {
            throw .refused("the query must say as whom: ?as=<id>")
        }
        return id
    }

    private func parameter(_ request: ServerRequest, _ name: String) throws(ControlError) -> DiscordID {
        guard let id = request.parameters[name].flatMap({ DiscordID($0) }) else { throw .unknown(name) }
        return id
    }
}

private func id(_ form: JSON, _ key: String) throws(ControlError) -> DiscordID {
    guard let id = form[key]?.id else { throw .refused("'\(key)' must be an id") }
    return id
}

private func text(_ form: JSON, _ key: String) throws(ControlError) -> String {
    guard let text = form[key]?.string else { throw .refused("'\(key)' must be a text") }
    return text
}

private func values(_ json: JSON?) -> [String: JSON] {
    Dictionary((json?.fields?.members ?? []).map { ($0.key, $0.value) }) { $1 }
}
