// The words of the door: a status and one short object of JSON, for whoever looks into the sender's log.

internal import LooseJSON
internal import Sockets

enum HookAnswer {
    case accepted
    case duplicate
    case ignored(String)
    case test
    case refused(String)
    case stranger
    /// Our own fault: not on the disk, so not acknowledged.
    case unkept
    case health

    var outcome: String {
        switch self {
        case .accepted: "accepted"
        case .duplicate: "duplicate"
        case .ignored: "ignored"
        case .test: "test"
        case .refused: "refused"
        case .stranger: "stranger"
        case .unkept: "unkept"
        case .health: "health"
        }
    }

    /// What the owner should hear of once.
    var complaint: String? {
        switch self {
        case .refused(let why): why
        case .stranger: "no secret, or the wrong one"
        case .accepted, .duplicate, .ignored, .test, .unkept, .health: nil
        }
    }

    var response: ServerResponse {
        switch self {
        case .accepted: answer(202, ["status": .text("accepted")])
        case .duplicate: answer(200, ["status": .text("duplicate")])
        case .ignored(let why): answer(200, ["status": .text("ignored"), "reason": .text(why)])
        case .test: answer(200, ["status": .text("ok"), "reason": .text("a test; nothing was kept")])
        case .refused(let why): answer(400, ["error": .text(why)])
        case .stranger:
            answer(
                401, ["error": .text("the secret is missing or wrong")],
                [("WWW-Authenticate", "Basic realm=\"Autoplex\", charset=\"UTF-8\"")])
        case .unkept: answer(503, ["error": .text("it could not be kept; see Autoplex's log")])
        case .health: answer(200, ["status": .text("ok")])
        }
    }

    private func answer(
        _ status: Int, _ fields: KeyValuePairs<String, JSONText?>, _ headers: [(String, String)] = []
    ) -> ServerResponse {
        var response = ServerResponse.json(JSONText.fields(fields).bytes, status: status)
        response.headers += [("Cache-Control", "no-store")] + headers
        return response
    }
}
