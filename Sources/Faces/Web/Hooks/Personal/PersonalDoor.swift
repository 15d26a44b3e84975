// Where Plex, Tautulli or anybody's script tells what somebody watched: an address of each person's own, for nobody signs
// what they send and Plex can be given nothing but an address (sheet tracker.md §1). Whatever comes by a good address is on
// the disk before it is acknowledged, understood or not, and can be looked up in the log; what is to be done about it is
// somebody else's business, later. Nobody sends anything twice, so nothing may be refused that could be of use.

internal import Crypto
package import Domain
internal import LooseJSON
internal import Plex
package import Runtime
package import Sockets
internal import Synchronization
internal import Tautulli

package final class PersonalDoor: Sendable {
    /// Of what is kept of a hook; a real one has 3 to 8 kB. Posters pass by.
    static let longest = 2 << 20
    package static let path = "/api/plex/webhook"

    private let source: PersonalSource
    private let clock: any Clock
    private let log: Log
    private let trip: SharedTrip<PersonalHook, Bool>
    private let memory: Mutex<Memory>

    private struct Memory {
        var pace: PersonalPace
        var counts: [HookCount: Int] = [:]
        var said: Set<String> = []
    }

    /// - Parameter mostPerMinute: of one door, worked off; above it they are kept for later
    package init(source: PersonalSource, mostPerMinute: Int = 100, clock: any Clock, log: Log) {
        self.source = source
        self.clock = clock
        self.log = log.labelled("hooks")
        trip = SharedTrip(source.accept)
        memory = Mutex(Memory(pace: PersonalPace(most: mostPerMinute)))
    }

    package var routes: [Route] {
        [Self.path, Self.path + "/{secret}"].map { pattern in
            Route.sifting(pattern, keeping: ["payload"], maxBody: Self.longest) { [self] request in
                await answer(request)
            }
        }
    }

    /// How often each came to what, for `/metrics`.
    package var counts: [HookCount: Int] { memory.withLock { $0.counts } }

    // MARK: Secrets

    /// What a person's address ends with, and what is kept of it.
    package static func newSecret() -> (secret: String, hash: [UInt8]) {
        let secret = RandomBytes.word(bytes: 24)
        return (secret, hash(secret))
    }

    package static func hash(_ secret: String) -> [UInt8] { Digest.sha256([UInt8](secret.utf8)) }

    /// All doors are looked at, whether one has fitted or not.
    private func person(_ request: ServerRequest) async throws -> Int64? {
        let offered = [request.parameters["secret"], request.queryValue("secret")].compactMap { $0 }.map(Self.hash)
        guard !offered.isEmpty else { return nil }
        var found: Int64?
        for door in try await source.doors() {
            for hash in offered where areEqualInConstantTime(hash, door.hash) { found = found ?? door.person }
        }
        return found
    }

    // MARK: At the door

    private enum Outcome {
        case accepted, duplicate, test, tooLarge, stranger, unkept
        case ignored(String)
        case refused(String)
    }

    private func answer(_ request: ServerRequest) async -> ServerResponse {
        let arrival = clock.now
        do {
            guard let person = try await person(request) else { return tell("unknown", .stranger) }
            let payload: [UInt8]
            switch Self.body(of: request) {
            case .success(let body): payload = body
            case .failure(let fault): return tell("unknown", fault.isTooLarge ? .tooLarge : .refused(fault.why))
            }
            let hook = Self.hear(payload, arrival: arrival)
            return tell(hook.source.rawValue, try await keep(hook, payload, of: person, arrival))
        } catch {
            log.error("a hook could not be kept", ["why": "\(error)"])
            return tell("unknown", .unkept)
        }
    }

    private func keep(
        _ hook: EpisodeHook, _ payload: [UInt8], of person: Int64, _ arrival: Instant
    ) async throws -> Outcome {
        if case .test = hook.reading { return .test }
        let turn = memory.withLock { $0.pace.turn(person, now: arrival) }
        // What cannot be known by what it says is known by what it is.
        let key =
            hook.key(arrival: arrival)
            ?? "\(hook.source.rawValue):\(Digest.sha256(payload).hexadecimal):about \(arrival.seconds / 300)"
        let isNew = try await trip.take(
            PersonalHook(person: person, hook: hook, key: key, payload: payload, arrival: arrival, turn: turn))
        switch hook.reading {
        case .refused(let why): return .refused(why)
        case _ where !isNew: return .duplicate
        case .ignored(let why, _): return .ignored(why)
        case .event, .test: return .accepted
        }
    }

    // MARK: Bodies

    private struct Fault: Error {
        var why: String
        var isTooLarge = false
    }

    private static func body(of request: ServerRequest) -> Result<[UInt8], Fault> {
        switch request.sifted {
        case .parts(let parts)?:
            guard let payload = parts.first else { return .failure(Fault(why: "the form has no part named payload")) }
            return .success(payload.bytes)
        case .tooLarge?: return .failure(Fault(why: "the payload is too long", isTooLarge: true))
        case .malformed(let why)?: return .failure(Fault(why: why))
        case nil: break
        }
        switch request.contentType {
        case "multipart/form-data":
            // Without a length it could not be sifted on the way.
            do throws(MultipartForm.Malformed) {
                guard let payload = try request.multipart()["payload"] else {
                    return .failure(Fault(why: "the form has no part named payload"))
                }
                return .success(payload.bytes)
            } catch { return .failure(Fault(why: error.description)) }
        case "application/x-www-form-urlencoded":
            let fields = request.formFields
            if let payload = fields.first(where: { $0.name == "payload" }) {
                return .success([UInt8](payload.value.utf8))
            }
            // Without one it is somebody's script: kept as what its fields say, so that it can be read again.
            do throws(Loose.Refusal) { return .success(JSONText(try Loose.hook(form: fields)).bytes) } catch {
                return .failure(Fault(why: error.why))
            }
        default: return .success(request.body)
        }
    }

    /// All that the readers ask for; of a payload's hundred and more fields the others need not be made into values.
    private static let names = LooseNames([
        "event", "user", "Account", "id", "title", "Server", "uuid", "Metadata", "librarySectionType", "type",
        "subtype", "extraType", "ratingKey", "grandparentRatingKey", "guid", "parentGuid", "grandparentGuid", "Guid",
        "grandparentTitle", "index", "parentIndex", "year", "originallyAvailableAt", "duration", "viewCount",
        "lastViewedAt", "action", "user_id", "media_type", "show_name", "show_year", "season_num", "episode_num",
        "episode_name", "air_date", "tmdb_id", "tvdb_id", "imdb_id", "rating_key", "grandparent_rating_key",
        "server_id", "duration_ms", "unixtime", "tmdb", "tvdb", "imdb", "season", "episode", "episode_title", "aired",
        "watched_at",
    ])

    /// Of whom it is, by what it says. Also for what was kept and not understood, once we understand more.
    package static func hear(_ payload: [UInt8], arrival: Instant) -> EpisodeHook {
        let json: Loose
        do throws(Loose.Refusal) { json = try .hook(payload, wanting: names) } catch {
            return EpisodeHook(source: .plex, event: "", reading: .refused(error.why))
        }
        if json["Metadata"] != nil || json["Account"] != nil || json.text("event")?.contains(".") == true,
            json.text("title") == nil
        {
            return PlexEpisodeHook.hear(json, arrival: arrival)
        }
        if json["action"] != nil { return TautulliEpisodeHook.hear(json, arrival: arrival) }
        return SmallPlay.hear(json, arrival: arrival)
    }

    // MARK: Answers

    private func tell(_ sender: String, _ outcome: Outcome) -> ServerResponse {
        let word: String
        var complaint: String?
        var status = 200
        switch outcome {
        case .accepted: word = "accepted"
        case .duplicate: word = "duplicate"
        case .test: word = "test"
        case .ignored: word = "ignored"
        case .refused(let why): (word, complaint, status) = ("refused", why, 400)
        case .tooLarge: (word, complaint, status) = ("refused", "the payload is longer than two megabytes", 413)
        case .stranger:
            (word, complaint, status) = ("stranger", "an address that is nobody's, or nobody's any more", 401)
        case .unkept: (word, status) = ("unkept", 503)
        }
        let isNews = memory.withLock { memory in
            memory.counts[HookCount(sender: sender, outcome: word), default: 0] += 1
            guard let complaint, memory.said.count < 200 else { return false }
            return memory.said.insert(complaint).inserted
        }
        if isNews, let complaint { log.warning("a hook is refused", ["from": sender, "why": complaint]) }
        var reason = complaint
        if case .ignored(let why) = outcome { reason = why }
        if case .unkept = outcome { reason = "it could not be kept; see Autoplex's log" }
        var response = ServerResponse.json(
            JSONText.fields([
                "status": .text(word), "reason": reason.map { .text($0) },
            ]).bytes, status: status)
        response.headers.append(("Cache-Control", "no-store"))
        return response
    }
}
