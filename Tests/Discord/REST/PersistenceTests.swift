// When a request is tried again.

import HTTP
import Testing

@testable import Discord

private func response(_ status: Int, _ body: String = "{}") -> Result<HTTPResponse, HTTPError> {
    .success(HTTPResponse(status: status, headers: HTTPHeaders(), body: [UInt8](body.utf8)))
}

private let lostLine = Result<HTTPResponse, HTTPError>.failure(.unreachable("the connection was lost"))

private func endpoint(_ method: String, _ repetition: Endpoint.Repetition = .harmless) -> Endpoint {
    var endpoint = Endpoint(method, "/channels/{}/messages", [Snowflake(1)], purpose: "write")
    endpoint.repetition = repetition
    return endpoint
}

@Suite struct PersistenceTests {
    @Test(arguments: [500, 502, 504, 524])
    func `a passing fault is tried five times, after 1, 3, 5 and 7 seconds`(status: Int) {
        var persistence = Persistence(endpoint("POST"))
        for seconds in [1, 3, 5, 7] {
            #expect(persistence.next(after: response(status), chance: 0) == .again(after: .seconds(seconds)))
        }
        #expect(persistence.next(after: response(status), chance: 0) == .giveUp)
    }

    @Test func `many that failed together return apart`() {
        var persistence = Persistence(endpoint("GET"))
        #expect(persistence.next(after: lostLine, chance: 0.5) == .again(after: .milliseconds(1250)))
    }

    @Test(arguments: [HTTPError.unreachable("x"), .timedOut("x"), .failed("x")])
    func `a lost line is tried again where that does no harm`(error: HTTPError) {
        var safe = Persistence(endpoint("POST"))
        #expect(safe.next(after: .failure(error), chance: 0) == .again(after: .seconds(1)))
        var unsafe = Persistence(endpoint("POST", .harmful))
        #expect(unsafe.next(after: .failure(error), chance: 0) == .giveUp)
    }

    @Test(arguments: [HTTPError.cancelled, .tls("x"), .badAddress("x"), .tooLarge(host: "x", limit: 1)])
    func `what would end the same way is not tried again`(error: HTTPError) {
        var persistence = Persistence(endpoint("GET"))
        #expect(persistence.next(after: .failure(error), chance: 0) == .giveUp)
    }

    @Test(arguments: [301, 400, 401, 403, 404, 503])
    func `a clear no is not asked again`(status: Int) {
        var persistence = Persistence(endpoint("GET"))
        #expect(persistence.next(after: response(status), chance: 0) == .giveUp)
    }

    @Test func `the limiter waits for 429, and five are enough`() {
        var persistence = Persistence(endpoint("POST", .harmful))
        for _ in 1...4 { #expect(persistence.next(after: response(429), chance: 0) == .again(after: .zero)) }
        #expect(persistence.next(after: response(429), chance: 0) == .giveUp)
    }

    @Test func `a truncated answer is asked for again`() {
        var persistence = Persistence(endpoint("GET"))
        #expect(
            persistence.next(after: response(200, "{\"id"), isReadable: false, chance: 0) == .again(after: .seconds(1)))
        #expect(persistence.next(after: response(200), chance: 0) == .done)
    }

    @Test func `a message that is gone after a lost answer was deleted by us`() {
        var persistence = Persistence(endpoint("DELETE"))
        #expect(persistence.next(after: response(404), chance: 0) == .giveUp)
        _ = persistence.next(after: lostLine, chance: 0)
        #expect(persistence.next(after: response(404), chance: 0) == .done)
    }

    @Test func `an interaction that is answered already after a lost answer was answered by us`() {
        let refusal = response(400, #"{"message":"Interaction has already been acknowledged.","code":40060}"#)
        var first = Persistence(endpoint("POST", .refused))
        #expect(first.next(after: refusal, chance: 0) == .giveUp)
        var second = Persistence(endpoint("POST", .refused))
        _ = second.next(after: lostLine, chance: 0)
        #expect(second.next(after: refusal, chance: 0) == .done)
    }
}
