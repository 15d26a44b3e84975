// What the owner of the bot is told.

import HTTP
import Runtime
import Testing

@testable import Discord

private func failure(
    _ status: Int, _ body: String, _ endpoint: Endpoint, place: String = "#media"
) -> DiscordError {
    DiscordError(
        HTTPResponse(status: status, headers: HTTPHeaders(), body: [UInt8](body.utf8)), to: endpoint, place: place)
}

private let write = Endpoint(
    "POST", "/channels/{}/messages", [Snowflake(1)], major: .channel(1), purpose: "write",
    needs: [.viewChannel, .sendMessages, .embedLinks])

@Suite struct DiscordErrorTests {
    @Test(arguments: [(50001, "Missing Access"), (50013, "Missing Permissions")])
    func `a missing permission is named with the channel and the switches to set`(code: Int, message: String) {
        let error = failure(403, #"{"message":"\#(message)","code":\#(code)}"#, write)
        #expect(
            "\(error)"
                == "Discord does not let the bot write in #media: give it View Channel, Send Messages and Embed Links there"
        )
    }

    @Test func `an invalid form says what is wrong where`() {
        let body = #"""
            {"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"fields":{"2":{"name":{"_errors":
            [{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 256 or fewer in length."}]}}}}},
            "content":{"_errors":[{"code":"X"}]}}}
            """#
        let error = failure(400, body, write)
        #expect("\(error)".contains("embeds[0].fields[2].name: Must be 256 or fewer in length."))
        #expect("\(error)".contains("content: X"))
    }

    @Test func `errors at the root of the tree are found`() {
        let body = #"{"code":50035,"message":"Invalid Form Body","errors":{"_errors":[{"message":"Too many."}]}}"#
        #expect(ErrorBody([UInt8](body.utf8))?.details == ["Too many."])
    }

    @Test(arguments: ["", "<html>502</html>", "{}", "[]", "null", #"{"errors":"#])
    func `what is not Discord's JSON is not taken for its word`(body: String) {
        #expect(ErrorBody([UInt8](body.utf8)) == nil)
        guard case .unavailable = failure(403, body, write) else {
            Issue.record("taken for Discord's word")
            return
        }
    }

    @Test func `codes become cases a caller can act on`() {
        let answer = Endpoint(
            "POST", "/interactions/{}/{}/callback", ["1", "t"], major: .interaction("t"), purpose: "answer")
        #expect(failure(404, #"{"message":"Unknown interaction","code":10062}"#, answer) == .expiredInteraction)
        #expect(failure(401, #"{"message":"Invalid Webhook Token","code":50027}"#, answer) == .expiredInteraction)
        #expect(failure(401, #"{"message":"401: Unauthorized","code":0}"#, answer) == .expiredInteraction)
        #expect(failure(400, #"{"message":"already","code":40060}"#, answer) == .alreadyAnswered)
        #expect(failure(401, #"{"message":"401: Unauthorized","code":0}"#, write) == .unauthorized)
        guard case .notFound = failure(404, #"{"message":"Unknown Channel","code":10003}"#, write),
            case .forbidden = failure(403, #"{"message":"Cannot send","code":50007}"#, write),
            case .forbidden = failure(403, #"{"message":"new one","code":99999}"#, write),
            case .invalid = failure(400, #"{"message":"new one","code":99999}"#, write)
        else {
            Issue.record("other cases")
            return
        }
    }

    @Test func `waiting times are told in words`() {
        #expect("\(DiscordError.rateLimited(for: .milliseconds(1500)))".contains("2 s"))
        #expect("\(DiscordError.rateLimited(for: .seconds(1336)))".contains("23 minutes"))
    }

    @Test func `path parts are encoded and an emoji survives`() {
        let call = Endpoint("PUT", "/channels/{}/x/{}/@me", [Snowflake(7), "a/b?c👍"], purpose: "react")
        #expect(call.path == "/channels/7/x/a%2Fb%3Fc%F0%9F%91%8D/@me")
        #expect(call.route.name == "PUT /channels/{}/x/{}/@me")
    }
}
