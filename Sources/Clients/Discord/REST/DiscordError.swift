// Why Discord did not do it, by what the caller can do about it, in words for the owner of the bot (codes: sheet §3,
// Errors). Paths are never named: those of interactions hold a token.

internal import HTTP
internal import Runtime

package enum DiscordError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The bot's token is wrong or was reset. Nothing works until it is replaced.
    case unauthorized
    /// A permission is missing, or a person does not want it. The sentence says which.
    case forbidden(String)
    case notFound(String)
    /// The request itself is wrong: our mistake, or text that Discord does not take.
    case invalid(String)
    /// Discord asks to wait longer than the request was worth.
    case rateLimited(for: Duration)
    /// Too many refused requests; asking on would get this address banned.
    case tooManyInvalid(for: Duration)
    /// Discord's front door (Cloudflare) has shut out this address.
    case banned(for: Duration)
    /// Answered after three seconds, or edited after fifteen minutes.
    case expiredInteraction
    case alreadyAnswered
    /// No answer, or none that makes sense, after every try that was safe.
    case unavailable(String)
    case cancelled

    package var description: String {
        switch self {
        case .unauthorized:
            "Discord does not know this bot token: copy a new one from the developer portal (Bot, Reset Token) into "
                + "DISCORD_TOKEN"
        case .forbidden(let why), .notFound(let why), .invalid(let why): why
        case .rateLimited(let wait): "Discord asks to wait \(Self.words(wait)) before this is tried again"
        case .tooManyInvalid(let wait):
            "Discord has refused so many requests that the bot stops asking for \(Self.words(wait)): see the log for "
                + "what is refused"
        case .banned(let wait):
            "Discord has shut out this internet address for sending too much; the bot asks again in "
                + "\(Self.words(wait)). Other bots behind the same address may be the cause"
        case .expiredInteraction: "this command or button is too old to be answered: use it again"
        case .alreadyAnswered: "this command or button has been answered already"
        case .unavailable(let why): "Discord cannot be reached: \(why)"
        case .cancelled: "the request to Discord was cancelled"
        }
    }

    private static func words(_ wait: Duration) -> String {
        let seconds = Int(wait.inSeconds.rounded(.up))
        return seconds < 120 ? "\(seconds) s" : "\((seconds + 59) / 60) minutes"
    }
}

extension DiscordError {
    init(_ error: HTTPError) {
        self = error == .cancelled ? .cancelled : .unavailable("\(error)")
    }

    init(_ refusal: RateLimiter.Refusal) {
        self =
            switch refusal {
            case .unauthorized: .unauthorized
            case .tooManyInvalid(let wait): .tooManyInvalid(for: wait)
            case .banned(let wait): .banned(for: wait)
            case .deadToken: .expiredInteraction
            }
    }

    /// What an answer other than success means for `endpoint`; `place` is the channel's name where it is known.
    init(_ response: HTTPResponse, to endpoint: Endpoint, place: String) {
        guard let body = ErrorBody(response.body) else {
            self = .unavailable("it answered \(response.status) without saying why")
            return
        }
        self = Self.known(body, endpoint, place) ?? Self.byStatus(response.status, body, endpoint, place)
    }

    private static func known(_ body: ErrorBody, _ endpoint: Endpoint, _ place: String) -> DiscordError? {
        switch body.code {
        case 10003: .notFound("the channel \(place) does not exist any more, or the bot cannot see it")
        case 10004: .notFound("the bot is not in that server")
        case 10007: .notFound("that person is not in the server")
        case 10008: .notFound("the message does not exist any more")
        case 10013: .notFound("Discord knows nobody with that id")
        case 10015, 10062, 50027: .expiredInteraction
        case 40060: .alreadyAnswered
        case 50001, 50013:
            .forbidden(
                "Discord does not let the bot \(endpoint.purpose) in \(place): give it \(endpoint.needs.inWords) there")
        case 160002: .forbidden("Discord does not let the bot reply in \(place): give it Read Message History there")
        case 50007, 50278:
            .forbidden(
                "this person does not accept messages from the bot: they must allow direct messages from members")
        case 40003: .forbidden("the bot opened too many direct messages at once: try again in some minutes")
        case 50005: .forbidden("only messages of the bot itself can be edited")
        case 50083: .forbidden("the thread \(place) is archived: open it again to let the bot write there")
        case 200000, 200001: .forbidden("the server's AutoMod rules refuse this text in \(place)")
        case 20016: .forbidden("\(place) is in slow mode: try again a little later")
        case 30034: .forbidden("Discord takes no more new commands from this bot today: try again tomorrow")
        case 30046: .forbidden("Discord takes no more edits of that old message for a while")
        case 40005: .invalid("the files are too large for Discord")
        case 40333: .unavailable("it does not like how the bot introduces itself (User-Agent)")
        case 50006: .invalid("Discord refuses an empty message")
        case 130000: .unavailable("it is overloaded; try again later")
        default: nil
        }
    }

    private static func byStatus(
        _ status: Int, _ body: ErrorBody, _ endpoint: Endpoint, _ place: String
    ) -> DiscordError {
        let details = body.details.isEmpty ? body.message : body.details.prefix(5).joined(separator: "; ")
        return switch status {
        case 401: endpoint.route.isInteraction ? .expiredInteraction : .unauthorized
        case 403: .forbidden("Discord does not let the bot \(endpoint.purpose) in \(place): \(details)")
        case 404: .notFound("Discord does not find it: \(details)")
        case 400..<500: .invalid("Discord refuses to let the bot \(endpoint.purpose): \(details) (\(body.code))")
        default: .unavailable("it answered \(status): \(details)")
        }
    }
}
