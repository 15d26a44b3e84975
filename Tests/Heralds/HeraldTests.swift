// What each way is sent, on servers that take only what the real ones take; and what their answers mean.

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@testable import Heralds

/// Every way there is, each with its service.
private struct Street: Sendable {
    let ntfy: HeraldStandIn
    let gotify: HeraldStandIn
    let apprise: HeraldStandIn
    let discord: DiscordStandIn
    let channelHook: String
    /// Anything that takes JSON.
    let hook: String
    let hooked: Chronicle<JSON>
    let http: HTTPClient

    var all: [Herald] {
        [
            Herald(.discord(Secret(channelHook))),
            Herald(.ntfy(Secret(ntfy.url + "/"), token: ntfy.token.map { Secret($0) })),
            Herald(.gotify(Secret(gotify.url + "/"), token: Secret(gotify.token ?? ""))),
            Herald(.apprise(Secret(apprise.url))),
            Herald(.webhook(Secret(hook), token: Secret("long-word"))),
        ]
    }

    func carry(_ notice: HeraldNotice, by herald: Herald) async throws(HeraldError) {
        try await herald.carry(notice, by: http, clock: SystemClock())
    }

    static func live(_ body: (Street) async throws -> Void) async throws {
        let loop = try EventLoop(name: "heralds", log: .silent)
        let clock = SystemClock()
        let discord = try await DiscordStandIn.start(loop: loop, clock: clock)
        await discord.changeLimits { $0.isOn = false }
        let taken = Chronicle<JSON>()
        let server = try await HTTPServer.start(
            on: loop, port: 0,
            routes: [
                .post("/hook", accepts: ["application/json"]) { request in
                    guard request.headers["authorization"] == "Bearer long-word",
                        let json = try? JSON(parsing: request.body)
                    else { return ServerResponse(status: 401) }
                    taken.append(json)
                    return ServerResponse(status: 204)
                }
            ], log: .silent)
        let street = Street(
            ntfy: try await .ntfy(loop: loop, clock: clock), gotify: try await .gotify(loop: loop, clock: clock),
            apprise: try await .apprise(loop: loop, clock: clock), discord: discord,
            channelHook: await discord.makeWebhook(named: "Notices", in: DiscordWorld.Household.admin),
            hook: "http://127.0.0.1:\(server.port)/hook", hooked: taken, http: try HTTPClient(userAgent: "test"))
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(street)) } catch { outcome = .failure(error) }
        await street.http.stop()
        await server.stop()
        await street.ntfy.stop()
        await street.gotify.stop()
        await street.apprise.stop()
        await discord.stop()
        await loop.stop()
        try outcome.get()
    }

    private init(
        ntfy: HeraldStandIn, gotify: HeraldStandIn, apprise: HeraldStandIn, discord: DiscordStandIn,
        channelHook: String, hook: String, hooked: Chronicle<JSON>, http: HTTPClient
    ) {
        self.ntfy = ntfy
        self.gotify = gotify
        self.apprise = apprise
        self.discord = discord
        self.channelHook = channelHook
        self.hook = hook
        self.hooked = hooked
        self.http = http
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A herald` {
    private static let notice = HeraldNotice(
        event: "service", title: "A service needs a look", text: "Plex: @everyone **down** <@1>", weight: .warning,
        at: Instant(seconds: 1_800_000_000), link: "https://plex.example")

    @Test func `tells every service what happened, as that service wants it`() async throws {
        try await Street.live { street in
            for herald in street.all { try await street.carry(Self.notice, by: herald) }
            let message = try #require(await street.discord.messages(in: DiscordWorld.Household.admin).last)
            #expect(message.allText.contains("Plex: \\@everyone \\*\\*down\\*\\* \\<\\@1\\>"), "\(message.allText)")
            let pushed = try #require(street.ntfy.notices.entries.last)
            #expect(pushed.title == "A service needs a look" && pushed.text == Self.notice.text)
            #expect(pushed.weight == "4" && pushed.isUrgent && pushed.link == "https://plex.example")
            #expect(pushed.tags == ["warning", "service"] && pushed.place == "household")
            let gotify = try #require(street.gotify.notices.entries.last)
            #expect(gotify.text == "Plex: @everyone **down** <@1>\nhttps://plex.example")
            #expect(gotify.weight == "7" && gotify.link == "https://plex.example" && gotify.place == "Autoplex")
            let apprise = try #require(street.apprise.notices.entries.last)
            #expect(apprise.weight == "warning" && apprise.title == pushed.title && apprise.text == gotify.text)
            let hooked = try #require(street.hooked.entries.last)
            #expect(hooked["event"]?.string == "service" && hooked["weight"]?.string == "warning")
        }
    }

    /// Letters of two bytes, marks that Discord wants escaped, and what takes two or six bytes in JSON.
    @Test(arguments: ["*ü", "\"\n", "\u{1}", "🎬", "a"])
    func `cuts what is too long for each service, by that service's measure`(_ part: String) async throws {
        try await Street.live { street in
            let long = HeraldNotice(
                event: "job", title: String(repeating: part + "_", count: 400),
                text: String(repeating: part, count: 9000), at: Instant(seconds: 0))
            for herald in street.all { try await street.carry(long, by: herald) }
            #expect(street.ntfy.notices.entries.last?.text.utf8.count ?? 0 > 500)
            #expect(street.gotify.notices.entries.count == 1 && street.apprise.notices.entries.count == 1)
        }
    }

    @Test func `has something to say even where there is only a title`() async throws {
        try await Street.live { street in
            let bare = HeraldNotice(event: "job", title: "backup is done", text: "", at: Instant(seconds: 0))
            for herald in street.all { try await street.carry(bare, by: herald) }
            for service in [street.ntfy, street.gotify, street.apprise] {
                #expect(service.notices.entries.last?.text == "backup is done")
            }
        }
    }

    @Test func `tells what is wrong with an address or a token, and that again would be the same`() async throws {
        try await Street.live { street in
            let wrong: [(Herald, String)] = [
                (Herald(.ntfy(Secret("\(street.ntfy.home)/household"), token: Secret("tk_wrong"))), "401"),
                (Herald(.ntfy(Secret("\(street.ntfy.home)/household"), token: nil)), "403"),
                (
                    Herald(.ntfy(Secret("\(street.ntfy.home)/neighbours"), token: Secret(street.ntfy.token ?? ""))),
                    "403"
                ),
                (Herald(.ntfy(Secret("\(street.ntfy.home)/v1"), token: Secret(street.ntfy.token ?? ""))), "400"),
                (Herald(.ntfy(Secret(street.ntfy.home), token: nil)), "no topic: https://ntfy.example/topic"),
                (Herald(.gotify(Secret(street.gotify.home), token: Secret("Awrong"))), "401"),
                (Herald(.gotify(Secret("\(street.gotify.home)/elsewhere"), token: Secret("x"))), "404"),
                (Herald(.apprise(Secret("\(street.apprise.home)/notify/stranger"))), "nothing under that key (204)"),
                (Herald(.discord(Secret("\(street.channelHook)x"))), "401"),
                (Herald(.discord(Secret("http://127.0.0.1:\(street.discord.port)/api/webhooks/1/x"))), "404"),
            ]
            for (herald, words) in wrong {
                do throws(HeraldError) {
                    try await street.carry(Self.notice, by: herald)
                    Issue.record("\(herald.name) took it: \(words)")
                } catch {
                    guard case .refused(let why) = error else { Issue.record("\(error)"); continue }
                    #expect(why.contains(words), "\(herald.name): \(why)")
                }
            }
        }
    }

    @Test func `knows what is worth another try`() async throws {
        try await Street.live { street in
            let herald = Herald(.gotify(Secret(street.gotify.url), token: Secret(street.gotify.token ?? "")))
            func said(_ fault: HTTPFault) async -> HeraldError? {
                street.gotify.fail(with: fault)
                do throws(HeraldError) {
                    try await street.carry(Self.notice, by: herald)
                    return nil
                } catch { return error }
            }
            #expect(await said(.tooMany(retryAfter: 7)) == .busy(.seconds(7)))
            #expect(await said(.html502) == .busy(nil))
            #expect(await said(.status(424, [:])) == .busy(nil))
            if case .unreachable = await said(.refuse) {} else { Issue.record("nobody answered") }
            #expect(street.gotify.notices.entries.isEmpty)
            for status in [400, 403, 410] {
                guard case .refused = await said(.status(status, [:])) else { Issue.record("\(status)"); continue }
            }
            let holiday = Herald(.apprise(Secret("\(street.apprise.home)/notify/holiday")))
            await #expect(throws: HeraldError.busy(nil)) { try await street.carry(Self.notice, by: holiday) }
            await street.discord.changeLimits {
                $0.force(.user, on: "POST /webhooks/{}/{}", retryAfter: .seconds(3), times: 1)
            }
            let hook = Herald(.discord(Secret(street.channelHook)))
            do throws(HeraldError) {
                try await street.carry(Self.notice, by: hook)
                Issue.record("it was not limited")
            } catch {
                guard case .busy(let wait?) = error else { Issue.record("\(error)"); return }
                #expect(wait >= .seconds(3))
            }
        }
    }

    @Test func `never says its address in an error`() async throws {
        let http = try HTTPClient(userAgent: "test")
        for address in ["http://127.0.0.1:1/notify/s3cret", "nonsense s3cret"] {
            do throws(HeraldError) {
                try await Herald(.apprise(Secret(address))).carry(Self.notice, by: http, clock: SystemClock())
                Issue.record("nobody is there")
            } catch { #expect(!"\(error)".contains("s3cret")) }
        }
        await http.stop()
    }
}
