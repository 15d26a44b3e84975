// The outside services an owner may configure, and the one harmless question each is asked to learn whether it is there,
// is what it should be, and takes our key. Used by `autoplex check` and by the job behind `!plex status`. What each
// service answers is from its own manual; the sentences are for the owner.

internal import FoundationEssentials
internal import HTTP
internal import MusicBrainz
internal import Runtime

/// What a look at a service found. A service that cannot be asked is unreachable, not absent.
struct Finding: Equatable, Sendable {
    let isFine: Bool
    let text: String

    static func fine(_ text: String) -> Finding { Finding(isFine: true, text: text) }
    static func wrong(_ text: String) -> Finding { Finding(isFine: false, text: text) }
}

struct Service: Sendable {
    /// One request, and what its answer means.
    struct Question: Sendable {
        /// Nil when the owner did not configure it.
        let request: @Sendable (Configuration) -> HTTPRequest?
        let judge: @Sendable (HTTPResponse) -> Finding
    }

    enum Way: Sendable {
        case question(Question)
        /// The service's own client asks; nil when the owner did not configure it.
        case client(@Sendable (Configuration) -> (@Sendable (HTTPClient) async -> Finding)?)
    }

    let name: String
    let way: Way

    init(
        name: String, request: @escaping @Sendable (Configuration) -> HTTPRequest?,
        judge: @escaping @Sendable (HTTPResponse) -> Finding
    ) {
        self.name = name
        way = .question(Question(request: request, judge: judge))
    }

    init(
        name: String, client: @escaping @Sendable (Configuration) -> (@Sendable (HTTPClient) async -> Finding)?
    ) {
        self.name = name
        way = .client(client)
    }

    func isConfigured(_ configuration: Configuration) -> Bool {
        switch way {
        case .question(let question): question.request(configuration) != nil
        case .client(let client): client(configuration) != nil
        }
    }

    func look(with configuration: Configuration, http: HTTPClient) async -> Finding? {
        switch way {
        case .client(let client): return await client(configuration)?(http)
        case .question(let question):
            guard var request = question.request(configuration) else { return nil }
            request.limits = HTTPLimits(
                connect: .seconds(5), total: .seconds(15), stall: .seconds(10), maxBody: 4 << 20)
            do {
                return question.judge(try await http.send(request))
            } catch {
                return .wrong("\(error)")
            }
        }
    }
}

extension Service {
    static func all(for settings: Configuration) -> [Service] {
        [plex, plexTV, tautulli, musicBrainz, discogs, jellyfin, jellystat] + radarrs(of: settings)
            + [prowlarr, tmdb, tvmaze, model]
    }

    private static let json = (name: "Accept", value: "application/json")

    static let plex = Service(name: "Plex") { settings in
        guard let url = settings.address("PLEX_URL") else { return nil }
        guard let token = settings.key("PLEX_TOKEN") else {
            return HTTPRequest("GET", "\(url)/identity", headers: [json])
        }
        return HTTPRequest("GET", "\(url)/", headers: [json, ("X-Plex-Token", token.reveal())])
    } judge: { response in
        struct Answer: Decodable {
            struct Container: Decodable {
                var friendlyName: String?
                var version: String?
                var machineIdentifier: String?
                var claimed: Bool?
            }
            var MediaContainer: Container
        }
        if response.status == 401 { return .wrong("Plex answered 401: check PLEX_TOKEN") }
        guard let server = response.decoded(as: Answer.self)?.MediaContainer, server.machineIdentifier != nil else {
            return .unexpected(response, from: "Plex", at: "PLEX_URL")
        }
        if server.claimed == false { return .wrong("this Plex server belongs to nobody yet: sign in on it first") }
        return .fine([server.friendlyName, server.version].compactMap { $0 }.joined(separator: " "))
    }

    static let plexTV = Service(name: "plex.tv") { settings in
        // Asked only by owners who use Plex; the address always has a default.
        guard settings.key("PLEX_TOKEN") != nil, let url = settings.address("PLEX_TV_URL") else { return nil }
        return HTTPRequest("GET", "\(url)/api/v2/ping", headers: [json])
    } judge: { response in
        // Without a token it may answer 401; that it answers is what we want to know.
        response.status < 500 ? .fine("reachable") : .wrong("plex.tv answered \(response.status)")
    }

    static let tautulli = Service(name: "Tautulli") { settings in
        guard let url = settings.address("TAUTULLI_URL") else { return nil }
        let key = settings.key("TAUTULLI_API_KEY")?.reveal() ?? ""
        // POST keeps the key, which has full power, out of the address and of every log on the way.
        return HTTPRequest("POST", "\(url)/api/v2", body: .form([("apikey", key), ("cmd", "arnold")]))
    } judge: { response in
        struct Answer: Decodable {
            struct Response: Decodable {
                var result: String
                var message: String?
            }
            var response: Response
        }
        guard let answer = response.decoded(as: Answer.self)?.response else {
            return .unexpected(response, from: "Tautulli", at: "TAUTULLI_URL")
        }
        if answer.result == "success" { return .fine("answers") }
        if response.status == 401 || answer.message?.lowercased().contains("apikey") == true {
            return .wrong("Tautulli refused the key: check TAUTULLI_API_KEY")
        }
        return .wrong("Tautulli answered an error: is its API switched on?")
    }

    static let musicBrainz = Service(name: "MusicBrainz") { settings in
        guard settings.isSet("MUSICBRAINZ_URL") || settings.isSet("MUSICBRAINZ_USER_AGENT"),
            let url = settings.address("MUSICBRAINZ_URL")
        else { return nil }
        // "Various Artists" is always there.
        return HTTPRequest(
            "GET", "\(MusicBrainzClient.base(url))/artist/89ad4ac3-39f7-470e-963a-56509c546377?fmt=json",
            headers: [("User-Agent", settings.musicBrainzUserAgent)])
    } judge: { response in
        switch response.status {
        case 200 where response.text.contains("\"id\""): .fine("answers")
        case 503: .fine("busy just now")
        default: .unexpected(response, from: "MusicBrainz", at: "MUSICBRAINZ_URL")
        }
    }

    static let discogs = Service(name: "Discogs") { settings in
        guard let token = settings.key("DISCOGS_TOKEN"), let url = settings.address("DISCOGS_URL") else { return nil }
        return HTTPRequest(
            "GET", "\(url)/oauth/identity", headers: [json, ("Authorization", "Discogs token=\(token.reveal())")])
    } judge: { response in
        switch response.status {
        case 200: .fine("answers")
        case 401, 403: .wrong("Discogs refused the token: check DISCOGS_TOKEN")
        case 429: .fine("busy just now")
        default: .unexpected(response, from: "Discogs", at: "DISCOGS_URL")
        }
    }

    static let jellystat = Service(name: "Jellystat") { settings in
        guard let url = settings.address("JELLYSTAT_URL") else { return nil }
        // The history of nothing: the question that is asked in earnest, and costs nothing.
        return HTTPRequest(
            "POST", "\(url)/api/getItemHistory?size=1",
            headers: [json, ("x-api-token", settings.key("JELLYSTAT_API_KEY")?.reveal() ?? "")],
            body: .json([UInt8](#"{"itemid":"none"}"#.utf8)))
    } judge: { response in
        switch response.status {
        case 200 where response.body.first == UInt8(ascii: "{") || response.body.first == UInt8(ascii: "["):
            .fine("answers")
        case 401, 403: .wrong("Jellystat refused the key: check JELLYSTAT_API_KEY")
        case 404 where response.text.contains("API keys"):
            .wrong("Jellystat has no API key yet: make one in its settings")
        default: .unexpected(response, from: "Jellystat", at: "JELLYSTAT_URL")
        }
    }

    static let prowlarr = servarr("Prowlarr", api: "v1", address: "PROWLARR_URL", key: "PROWLARR_API_KEY")

    private static func servarr(
        _ name: String, api: String, address: String, key: String
    ) -> Service {
        Service(name: name) { settings in
            guard let url = settings.address(address) else { return nil }
            return HTTPRequest(
                "GET", "\(url)/api/\(api)/system/status",
                headers: [json, ("X-Api-Key", settings.key(key)?.reveal() ?? "")])
        } judge: { response in
            struct Answer: Decodable {
                var appName: String
                var version: String
            }
            if response.status == 401 { return .wrong("\(name) answered 401: check \(key)") }
            guard let answer = response.decoded(as: Answer.self) else {
                return .unexpected(response, from: name, at: address)
            }
            guard answer.appName == name else {
                return .wrong("\(address) leads to \(answer.appName), not to \(name)")
            }
            return .fine(answer.version)
        }
    }

    static let tmdb = Service(name: "TMDB") { settings in
        guard let key = settings.key("TMDB_API_KEY")?.reveal(), let url = settings.address("TMDB_URL") else {
            return nil
        }
        // The read access token is a JWT, with dots; the old key goes into the query.
        return key.contains(".")
            ? HTTPRequest("GET", "\(url)/configuration", headers: [json, ("Authorization", "Bearer \(key)")])
            : HTTPRequest("GET", "\(url)/configuration?api_key=\(key.percentEncoded())", headers: [json])
    } judge: { response in
        switch response.status {
        case 200 where response.text.contains("images"): .fine("answers")
        case 401: .wrong("TMDB refused the key: check TMDB_API_KEY")
        case 429: .fine("busy just now")
        default: .unexpected(response, from: "TMDB", at: "TMDB_URL")
        }
    }

    static let tvmaze = Service(name: "TVmaze") { settings in
        guard settings.isSet("TVMAZE_URL"), let url = settings.address("TVMAZE_URL") else { return nil }
        return HTTPRequest("GET", "\(url)/shows/1", headers: [json])
    } judge: { response in
        switch response.status {
        case 200 where response.text.contains("\"id\""): .fine("answers")
        // A mirror or a stand-in need not have that show; nobody else says no in these words.
        case 404 where response.text.contains("Page not found."): .fine("answers")
        case 429: .fine("busy just now")
        default: .unexpected(response, from: "TVmaze", at: "TVMAZE_URL")
        }
    }
}

extension Finding {
    /// An answer that the named service would not give: most often a wrong address.
    fileprivate static func unexpected(_ response: HTTPResponse, from name: String, at variable: String) -> Finding {
        switch response.status {
        case 200: .wrong("what answers there is not \(name): check \(variable)")
        case 300..<400: .wrong("\(name) sends us elsewhere (\(response.status)): check \(variable), and http or https")
        case 404: .wrong("\(name) is not at that address (404): check \(variable) and its base path")
        default: .wrong("\(name) answered \(response.status)")
        }
    }
}

extension HTTPResponse {
    /// Nil when the status is not a success or the body is not what was expected.
    fileprivate func decoded<Value: Decodable>(as type: Value.Type) -> Value? {
        isSuccess || status == 400 || status == 401 ? try? JSONDecoder().decode(type, from: Data(body)) : nil
    }
}
