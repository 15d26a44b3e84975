// How a question is asked: within its time, a second time after a passing fault, and again in other words where the server
// does not know a parameter. Newer models of OpenAI refuse `max_tokens`, older servers do not know
// `max_completion_tokens`; `response_format` and `size` of pictures differ likewise, so a server is believed when it
// complains of one.

internal import FoundationEssentials
internal import HTTP
internal import Runtime

/// What is sent, and what may be sent instead.
protocol WordsmithQuestion: Encodable, Sendable {
    static var path: String { get }
    var model: String { get }
    /// The same question without what the server complains of; nil where it is as small as it gets.
    func without(_ fault: WordsmithFault) -> Self?
}

extension Wordsmith {
    private static let retry = RetryPolicy(attempts: 2, firstDelay: .seconds(2), longestRetryAfter: .seconds(20))
    /// A server that complains of everything in turn is left.
    private static let mostWordings = 4

    func ask<Question: WordsmithQuestion>(
        _ question: Question, within limit: Duration, mostBytes: Int
    ) async throws(WordsmithError) -> [UInt8] {
        let ends = clock.uptime + limit
        var question = question
        var wordings = 1
        var attempt = 1
        while true {
            let left = ends - clock.uptime
            guard left > .zero else { throw .timedOut(after: limit) }
            let response = try await post(question, within: left, of: limit, mostBytes: mostBytes)
            if response.isSuccess { return response.body }
            let fault = WordsmithFault(response.body)
            if [400, 422].contains(response.status), wordings < Self.mostWordings,
                let other = question.without(fault)
            {
                log.debug("asked in other words", ["because": fault.words(without: key)])
                question = other
                wordings += 1
                continue
            }
            let error = judge(response, fault, model: question.model)
            guard error != .outOfCredit,
                let wait = Self.retry.delay(after: attempt, .success(response), chance: chance()),
                clock.uptime + wait < ends
            else { throw error }
            log.info("no answer yet", ["why": "\(error)", "again in": "\(Int(wait.inSeconds.rounded(.up))) s"])
            do { try await clock.sleep(for: wait) } catch { throw .cancelled }
            attempt += 1
        }
    }

    private func post(
        _ question: some WordsmithQuestion, within left: Duration, of limit: Duration, mostBytes: Int
    ) async throws(WordsmithError) -> HTTPResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(question) else { throw .unreadable("the question cannot be written") }
        var request = HTTPRequest(
            "POST", base + type(of: question).path, headers: headers, body: .json([UInt8](body)))
        // Nothing moves on the line until the model is done, so a still line is no sign of trouble.
        request.limits = HTTPLimits(connect: .seconds(10), total: left, stall: left, maxBody: mostBytes)
        // It costs money or minutes.
        request.mayBeRepeated = false
        do throws(HTTPError) { return try await http.send(request) } catch {
            throw WordsmithError(error, limit: limit, mostBytes: mostBytes)
        }
    }

    var headers: [(name: String, value: String)] {
        var headers = [(name: "Accept", value: "application/json")]
        if let key { headers.append(("Authorization", "Bearer \(key.reveal())")) }
        return headers
    }

    func judge(_ response: HTTPResponse, _ fault: WordsmithFault, model: String) -> WordsmithError {
        let words = fault.words(without: key)
        switch response.status {
        // What it says may hold the key, in whole or in part.
        case 401: return .rejectedKey(hadKey: key != nil)
        case 403: return .forbidden(words)
        case 402: return .outOfCredit
        case 404:
            let isAboutModel = !model.isEmpty && (fault.code == "model_not_found" || words.contains(model))
            return isAboutModel ? .noSuchModel(model) : .notFound
        case 400 where fault.code == "model_not_found": return .noSuchModel(model)
        case 400 where ["content_policy_violation", "moderation_blocked", "content_filter"].contains(fault.code):
            return .declined(words)
        case 429:
            return fault.code == "insufficient_quota"
                ? .outOfCredit : .tooMany(retryAfter: response.retryAfter(now: clock.now))
        case 300..<400: return .refused(status: response.status, "it points elsewhere, check AI_BASE_URL")
        case 500..<600: return .busy(status: response.status)
        default:
            return fault.message == nil
                ? .unreadable("it answered \(response.status), \(Self.portrait(of: response.body))")
                : .refused(status: response.status, words)
        }
    }

    /// For the owner: what kind of thing came, not what stands in it.
    static func portrait(of body: [UInt8]) -> String {
        let start = body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return switch start {
        case nil: "nothing"
        case UInt8(ascii: "<"): "a web page"
        default: "\(body.count) bytes of something else"
        }
    }
}
