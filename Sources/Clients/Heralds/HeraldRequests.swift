// What each way wants to be sent. Texts are cut to what it takes, and on Discord they are escaped: a film's name must not
// ping anybody.

internal import FoundationEssentials
internal import HTTP
internal import Runtime

extension Herald {
    func request(for notice: HeraldNotice) throws(HeraldError) -> HTTPRequest {
        switch way {
        case .discord(let address): post(discord(notice), to: address.reveal())
        case .ntfy(let address, let token):
            try ntfy(notice, to: address.reveal(), token)
        case .gotify(let address, let token):
            post(
                gotify(notice), to: Self.trimmed(address.reveal()) + "/message",
                headers: [("X-Gotify-Key", token.reveal())])
        case .apprise(let address): post(apprise(notice), to: address.reveal())
        case .webhook(let address, let token):
            post(
                webhook(notice), to: address.reveal(),
                headers: token.map { [("Authorization", "Bearer \($0.reveal())")] } ?? [])
        }
    }

    // MARK: Bodies

    private struct DiscordBody: Encodable {
        struct Embed: Encodable {
            var title: String
            var description: String
            var color: Int
            var url: String?
            var timestamp: String
        }
        struct Mentions: Encodable { var parse: [String] = [] }
        var username = "Autoplex"
        var embeds: [Embed]
        var allowed_mentions = Mentions()
    }

    private func discord(_ notice: HeraldNotice) -> DiscordBody {
        let color =
            switch notice.weight {
            case .plain: 0x5C6773
            case .good: 0x2F9E66
            case .warning: 0xE5A00D
            case .bad: 0xD64545
            }
        return DiscordBody(embeds: [
            DiscordBody.Embed(
                title: Self.cut(Self.escaped(notice.title), 256),
                description: Self.cut(Self.escaped(notice.text), 3900),
                color: color, url: notice.link, timestamp: LocalTime.utc.iso8601(notice.at))
        ])
    }

    private struct NtfyBody: Encodable {
        var topic: String
        var title: String
        var message: String
        var priority: Int
        var tags: [String]
        var click: String?
    }

    /// As JSON to the server's root, for headers cannot carry every name.
    private func ntfy(_ notice: HeraldNotice, to address: String, _ token: Secret?) throws(HeraldError) -> HTTPRequest {
        let address = Self.trimmed(address)
        guard let slash = address.lastIndex(of: "/"), let scheme = address.firstRange(of: "://"),
            slash > scheme.upperBound
        else { throw .refused("its address has no topic: https://ntfy.example/topic") }
        var body = NtfyBody(
            topic: String(address[address.index(after: slash)...]), title: Self.cut(notice.title, bytes: 400),
            message: "", priority: priority(notice), tags: [tag(notice), notice.event], click: notice.link)
        // A message of 4096 bytes would be a file, and is refused by most; all of the JSON may be 8192.
        var most = 4000
        while true {
            body.message = Self.cut(notice.text.isEmpty ? notice.title : notice.text, bytes: most)
            if Self.json(body).count <= 8192 || most < 100 { break }
            most = most * 3 / 4
        }
        return post(
            body, to: String(address[..<slash]),
            headers: token.map { [("Authorization", "Bearer \($0.reveal())")] } ?? [])
    }

    private func tag(_ notice: HeraldNotice) -> String {
        switch notice.weight {
        case .plain: "information_source"
        case .good: "white_check_mark"
        case .warning: "warning"
        case .bad: "rotating_light"
        }
    }

    /// Of 1 to 5, 3 is the usual.
    private func priority(_ notice: HeraldNotice) -> Int {
        switch notice.weight {
        case .plain, .good: 3
        case .warning: 4
        case .bad: 5
        }
    }

    private struct GotifyBody: Encodable {
        struct Extras: Encodable {
            struct Display: Encodable { var contentType = "text/plain" }
            struct Notification: Encodable {
                struct Click: Encodable { var url: String }
                var click: Click
            }
            enum CodingKeys: String, CodingKey {
                case display = "client::display"
                case notification = "client::notification"
            }
            var display = Display()
            var notification: Notification?
        }
        var title: String
        var message: String
        var priority: Int
        var extras = Extras()
    }

    private func gotify(_ notice: HeraldNotice) -> GotifyBody {
        GotifyBody(
            title: Self.cut(notice.title, 250), message: Self.cut(words(notice), 3900),
            // Of 0 to 10, 5 is the usual.
            priority: priority(notice) * 2 - 1,
            extras: GotifyBody.Extras(
                notification: notice.link.map { GotifyBody.Extras.Notification(click: .init(url: $0)) }))
    }

    private struct AppriseBody: Encodable {
        var title: String
        var body: String
        var type: String
        var format = "text"
    }

    private func apprise(_ notice: HeraldNotice) -> AppriseBody {
        let type =
            switch notice.weight {
            case .plain: "info"
            case .good: "success"
            case .warning: "warning"
            case .bad: "failure"
            }
        return AppriseBody(title: Self.cut(notice.title, 250), body: Self.cut(words(notice), 3900), type: type)
    }

    private struct WebhookBody: Encodable {
        var event: String
        var weight: String
        var title: String
        var text: String
        var at: String
        var link: String?
    }

    private func webhook(_ notice: HeraldNotice) -> WebhookBody {
        WebhookBody(
            event: notice.event, weight: notice.weight.rawValue, title: notice.title,
            text: Self.cut(notice.text, 20_000), at: LocalTime.utc.iso8601(notice.at), link: notice.link)
    }

    // MARK: What they have in common

    /// These refuse an empty message.
    private func words(_ notice: HeraldNotice) -> String {
        let text = notice.text.isEmpty ? notice.title : notice.text
        return notice.link.map { "\(text)\n\($0)" } ?? text
    }

    private func post(_ body: some Encodable, to address: String, headers: [(String, String)] = []) -> HTTPRequest {
        HTTPRequest(
            "POST", address, headers: headers.map { (name: $0.0, value: $0.1) }, body: .json(Self.json(body)))
    }

    private static func json(_ body: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(body)).map { [UInt8]($0) } ?? []
    }

    static func cut(_ text: String, _ most: Int) -> String {
        text.unicodeScalars.count <= most
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(most - 1))) + "…"
    }

    static func cut(_ text: String, bytes most: Int) -> String {
        guard text.utf8.count > most else { return text }
        var kept = String.UnicodeScalarView()
        var count = "…".utf8.count
        for scalar in text.unicodeScalars {
            count += UTF8.width(scalar)
            if count > most { break }
            kept.append(scalar)
        }
        return String(kept) + "…"
    }

    /// Discord's markdown, and what begins a mention.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\*_~|`>#[]()<@".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    private static func trimmed(_ address: String) -> String {
        var address = Substring(address)
        while address.hasSuffix("/") { address = address.dropLast() }
        return String(address)
    }
}
