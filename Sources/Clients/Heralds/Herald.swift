// Who carries a notice to where the owner looks: a channel's webhook of Discord, ntfy, Gotify, an Apprise API, or anything
// that takes a POST. Five small APIs of one kind, so they share a room. An address of these is a password: whoever has it
// may post, so it never stands in a log or an error.

package import HTTP
package import Runtime

package struct Herald: Sendable {
    package enum Way: Sendable {
        /// https://discord.com/api/webhooks/ID/TOKEN
        case discord(Secret)
        /// https://ntfy.example/topic, with an access token where the topic is closed.
        case ntfy(Secret, token: Secret?)
        /// The server's address and an application's token.
        case gotify(Secret, token: Secret)
        /// http://apprise.example:8000/notify/KEY
        case apprise(Secret)
        /// Takes JSON by POST, and what it should be known by.
        case webhook(Secret, token: Secret?)
    }

    /// "ntfy", as NOTIFY_EVENTS and the log call it.
    package let name: String
    package let way: Way

    package init(_ way: Way) {
        self.way = way
        name =
            switch way {
            case .discord: "discord"
            case .ntfy: "ntfy"
            case .gotify: "gotify"
            case .apprise: "apprise"
            case .webhook: "webhook"
            }
    }

    /// Returns when the other side has it.
    package func carry(_ notice: HeraldNotice, by http: HTTPClient, clock: any Clock) async throws(HeraldError) {
        var request = try request(for: notice)
        request.limits = HTTPLimits(connect: .seconds(10), total: .seconds(20), stall: .seconds(20), maxBody: 64 << 10)
        // Told twice is worse than told late: the next try is ours.
        request.mayBeRepeated = false
        let response: HTTPResponse
        do throws(HTTPError) { response = try await http.send(request) } catch {
            throw HeraldError(error)
        }
        try judge(response, now: clock.now)
    }

    private func judge(_ response: HTTPResponse, now: Instant) throws(HeraldError) {
        switch response.status {
        // Apprise has nobody under that key, and says so with an empty answer.
        case 204:
            if case .apprise = way { throw .refused("Apprise knows nothing under that key (204)") }
        case 200..<300: return
        case 401, 403: throw .refused("it does not let us in (\(response.status)): check its address and token")
        case 404: throw .refused("there is nothing at its address (404)")
        case 429: throw .busy(response.retryAfter(now: now))
        // Apprise could not pass it on to everybody.
        case 424, 500...: throw .busy(nil)
        default: throw .refused("it answered \(response.status)")
        }
    }
}

/// What is told.
package struct HeraldNotice: Hashable, Sendable {
    package enum Weight: String, Hashable, Sendable { case plain, good, warning, bad }

    /// Which kind of thing happened: "service".
    package var event: String
    package var title: String
    package var text: String
    package var weight: Weight
    package var at: Instant
    /// Where more is to be seen; nil without a public address.
    package var link: String?

    package init(
        event: String, title: String, text: String, weight: Weight = .plain, at: Instant, link: String? = nil
    ) {
        self.event = event
        self.title = title
        self.text = text
        self.weight = weight
        self.at = at
        self.link = link
    }
}

package enum HeraldError: Error, Hashable, Sendable, CustomStringConvertible {
    case unreachable(String)
    /// Not now; perhaps after that time.
    case busy(Duration?)
    /// Again would be the same.
    case refused(String)
    case cancelled

    init(_ error: HTTPError) {
        switch error {
        case .cancelled: self = .cancelled
        case .badAddress: self = .refused("its address is none")
        default: self = .unreachable("\(error)")
        }
    }

    package var description: String {
        switch self {
        case .unreachable(let why): why
        case .busy: "it is busy"
        case .refused(let why): why
        case .cancelled: "cancelled"
        }
    }
}
