// What OpenAI answers to what it does not take: {"error": {"message", "type", "param", "code"}}.

import Sockets

struct WordsmithRefusal: Error {
    var status: Int
    var message: String
    var kind = "invalid_request_error"
    var parameter: String?
    var code: String?
    var headers: [(String, String)] = []

    var response: ServerResponse {
        let json: JSON = [
            "error": [
                "message": .string(message), "type": .string(kind), "param": .text(parameter), "code": .text(code),
            ]
        ]
        var response = ServerResponse.json(json.bytes, status: status)
        response.headers += headers
        return response
    }

    static let noKey = WordsmithRefusal(
        status: 401,
        message: "You didn't provide an API key. You need to provide your API key in an Authorization header using "
            + "Bearer auth (i.e. Authorization: Bearer YOUR_KEY).")
    /// It repeats the key, as some servers do: nobody should show it further.
    static func wrongKey(_ key: String) -> WordsmithRefusal {
        WordsmithRefusal(status: 401, message: "Incorrect API key provided: \(key).", code: "invalid_api_key")
    }
    static func tooMany(_ seconds: Int?) -> WordsmithRefusal {
        WordsmithRefusal(
            status: 429, message: "Rate limit reached for requests per min. Please try again later.", kind: "requests",
            code: "rate_limit_exceeded", headers: seconds.map { [("Retry-After", "\($0)")] } ?? [])
    }
    static func address(_ request: ServerRequest) -> WordsmithRefusal {
        WordsmithRefusal(status: 404, message: "Invalid URL (\(request.method) \(request.path))")
    }
    static func method(_ request: ServerRequest) -> WordsmithRefusal {
        WordsmithRefusal(
            status: 405, message: "Not allowed to \(request.method) on \(request.path).", code: "method_not_supported")
    }
    static func contentType(_ given: String?) -> WordsmithRefusal {
        WordsmithRefusal(
            status: 400,
            message: "Unsupported content type: '\(given ?? "")'. This API method only accepts 'application/json' "
                + "requests, but you specified the header 'Content-Type: \(given ?? "")'.",
            code: "unsupported_content_type")
    }
    static let notJSON = WordsmithRefusal(
        status: 400, message: "We could not parse the JSON body of your request. The OpenAI API expects a JSON payload."
    )
    static func missing(_ name: String) -> WordsmithRefusal {
        WordsmithRefusal(
            status: 400, message: "Missing required parameter: '\(name)'.", parameter: name,
            code: "missing_required_parameter")
    }
    static func unknown(_ name: String) -> WordsmithRefusal {
        WordsmithRefusal(
            status: 400, message: "Unknown parameter: '\(name)'.", parameter: name, code: "unknown_parameter")
    }
    static func unsupported(_ name: String, instead: String) -> WordsmithRefusal {
        WordsmithRefusal(
            status: 400,
            message: "Unsupported parameter: '\(name)' is not supported with this model. Use '\(instead)' instead.",
            parameter: name, code: "unsupported_parameter")
    }
    static func invalid(_ name: String, _ why: String) -> WordsmithRefusal {
        WordsmithRefusal(
            status: 400, message: "Invalid value for '\(name)': \(why).", parameter: name, code: "invalid_value")
    }
    static func noModel(_ name: String) -> WordsmithRefusal {
        WordsmithRefusal(
            status: 404, message: "The model `\(name)` does not exist or you do not have access to it.",
            code: "model_not_found")
    }
}

/// The parameters of a request, each asked for by its kind.
struct WordsmithBody {
    let fields: JSON.Fields

    subscript(name: String) -> JSON? {
        guard let value = fields[name], !value.isNull else { return nil }
        return value
    }

    func text(_ name: String) throws(WordsmithRefusal) -> String {
        guard let value = self[name] else { throw .missing(name) }
        guard let text = value.string, !text.isEmpty else { throw .invalid(name, "expected a text") }
        return text
    }

    func number(_ name: String, _ range: ClosedRange<Int>) throws(WordsmithRefusal) -> Int? {
        guard let value = self[name] else { return nil }
        guard let number = value.int, range ~= number else { throw .invalid(name, "expected a whole number") }
        return number
    }

    /// Only these may be there.
    func allow(_ names: Set<String>) throws(WordsmithRefusal) {
        for (key, _) in fields.members where !names.contains(key) { throw .unknown(key) }
    }
}
