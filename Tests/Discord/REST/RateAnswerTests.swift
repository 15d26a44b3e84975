// What the limiter reads out of an answer.

import HTTP
import Testing

@testable import Discord

private func response(
    _ status: Int, _ headers: [(name: String, value: String)] = [], _ body: String = ""
) -> HTTPResponse {
    HTTPResponse(status: status, headers: HTTPHeaders(headers), body: [UInt8](body.utf8))
}

private let via = (name: "via", value: "1.1 google")

@Suite struct RateAnswerTests {
    @Test func `the headers are read whatever their case, and the reset never too early`() {
        let answer = RateAnswer(
            response(
                200,
                [
                    ("x-ratelimit-limit", "5"), ("X-RateLimit-Remaining", "3"), ("X-RATELIMIT-RESET-AFTER", "1.2341"),
                    ("x-ratelimit-bucket", "abcd"), ("x-ratelimit-reset", "1470173023.123"),
                ]))
        #expect(answer.hash == "abcd")
        #expect(answer.headers == .init(limit: 5, remaining: 3, resetAfter: .milliseconds(1235)))
        #expect(answer.kind == .fine)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var status: Int
        var headers: [(name: String, value: String)] = []
        var body = ""
        var kind: RateAnswer.Kind
    }

    static let cases = [
        Case(
            testDescription: "user", status: 429, headers: [via, ("X-RateLimit-Scope", "user"), ("Retry-After", "65")],
            body: #"{"message":"You are being rate limited.","retry_after":64.57,"global":false}"#,
            kind: .limited(.bucket, .milliseconds(64570))),
        Case(
            testDescription: "shared", status: 429,
            headers: [via, ("X-RateLimit-Scope", "shared"), ("Retry-After", "1337")],
            body: #"{"message":"The resource is being rate limited.","retry_after":1336.57,"global":false}"#,
            kind: .limited(.bucket, .milliseconds(1_336_570))),
        Case(
            testDescription: "global", status: 429, headers: [via],
            body: #"{"message":"You are being rate limited.","retry_after":0.5,"global":true}"#,
            kind: .limited(.global, .milliseconds(500))),
        Case(
            testDescription: "global by header", status: 429, headers: [via, ("X-RateLimit-Global", "true")],
            body: #"{"retry_after":2}"#, kind: .limited(.global, .seconds(2))),
        Case(
            testDescription: "no retry_after", status: 429, headers: [via, ("Retry-After", "3")], body: "{}",
            kind: .limited(.bucket, .seconds(3))),
        Case(
            testDescription: "a page", status: 429, headers: [via], body: "<html>error 1015</html>",
            kind: .banned(.seconds(900))),
        Case(
            testDescription: "no Via", status: 429, headers: [("Retry-After", "600")], body: #"{"retry_after":1}"#,
            kind: .banned(.seconds(600))),
        Case(
            testDescription: "a day's ban", status: 429, headers: [("Retry-After", "86400")],
            kind: .banned(.seconds(3600))),
        Case(
            testDescription: "token", status: 401, body: #"{"message":"401: Unauthorized","code":0}"#,
            kind: .refused(isTokenUnknown: true)),
        Case(
            testDescription: "a proxy's 401", status: 401, body: "<html>log in</html>",
            kind: .refused(isTokenUnknown: false)),
        Case(
            testDescription: "permission", status: 403, body: #"{"message":"Missing Access","code":50001}"#,
            kind: .refused(isTokenUnknown: false)),
        Case(
            testDescription: "webhook", status: 404, body: #"{"message":"Unknown Webhook","code":10015}"#,
            kind: .deadToken),
        Case(
            testDescription: "late", status: 404, body: #"{"message":"Unknown interaction","code":10062}"#,
            kind: .deadToken),
        Case(
            testDescription: "message", status: 404, body: #"{"message":"Unknown Message","code":10008}"#, kind: .fine),
        Case(testDescription: "bad gateway", status: 502, body: "<html>", kind: .fine),
    ]

    @Test(arguments: cases) func `an answer is understood`(example: Case) {
        #expect(RateAnswer(response(example.status, example.headers, example.body)).kind == example.kind)
    }

    @Test func `a page of the machines before Discord does not count as a route without limits`() {
        #expect(!RateAnswer(response(502, [], "<html>")).isFromDiscord)
        #expect(RateAnswer(response(204)).isFromDiscord)
    }
}
