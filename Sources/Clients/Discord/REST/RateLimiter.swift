// Which request may leave, and when (sheet §3, Rate limits). A pure machine: requests join, ask, and are answered, each
// time with `now` on the monotonic clock, because Discord's and this machine's wall clocks do not agree. Its owner
// sleeps and wakes as it is told.

struct RateLimiter: Sendable {
    typealias Ticket = UInt64

    /// What Discord counts separately within one route.
    enum Major: Hashable, Sendable {
        case channel(Snowflake)
        case guild(Snowflake)
        /// An interaction's token: its routes need no bot token and are exempt from the global limit.
        case interaction(String)
    }

    struct Route: Hashable, Sendable {
        var method: String
        /// With the ids left out: "/channels/{}/messages".
        var template: String
        var major: Major?

        var name: String { "\(method) \(template)" }
        var isInteraction: Bool { if case .interaction = major { true } else { false } }
    }

    enum Verdict: Equatable, Sendable {
        /// It counts as sent from now on, until `answered`.
        case go
        /// Ask again after this long.
        case wait(Duration)
        /// Ask again when woken: others are before it, or an answer decides.
        case queue
        case refused(Refusal)
    }

    enum Refusal: Hashable, Sendable {
        /// Discord does not know the bot's token: every further request would be one step towards a ban.
        case unauthorized
        case tooManyInvalid(for: Duration)
        case banned(for: Duration)
        case deadToken
    }

    private struct Place: Sendable {
        var route: Route
        var key: BucketKey
        var startedAt: Duration?
    }

    private var nextTicket: Ticket = 1
    private var places: [Ticket: Place] = [:]
    private var buckets: [BucketKey: RateBucket] = [:]
    /// Route name to bucket hash. As many as there are routes.
    private var hashes: [String: String] = [:]
    private var global = GlobalBudget()
    private var invalid = InvalidBudget()
    private var globalUntil: Duration = .zero
    private var bannedUntil: Duration = .zero
    private var isUnauthorized = false
    /// Tokens Discord no longer knows, and when that was found out.
    private var dead: [Major: Duration] = [:]
    private var woken: [Ticket] = []
    private var sweptAt: Duration = .zero

    private static let idleBucketsLast: Duration = .seconds(60)
    /// A little over an interaction token's life.
    private static let deadTokensLast: Duration = .seconds(20 * 60)

    /// Takes a place at the end of its bucket's queue; a request that is tried again goes before the others.
    mutating func join(_ route: Route, again: Bool = false, now: Duration) -> Ticket {
        sweep(now)
        let ticket = nextTicket
        nextTicket += 1
        let key = key(of: route)
        places[ticket] = Place(route: route, key: key, startedAt: nil)
        buckets[key, default: RateBucket(now)].enqueue(ticket, first: again)
        return ticket
    }

    mutating func next(_ ticket: Ticket, now: Duration) -> Verdict {
        guard let place = places[ticket], place.startedAt == nil, var bucket = buckets[place.key] else { return .queue }
        if let refusal = refusal(for: place.route, now) {
            leave(ticket)
            return .refused(refusal)
        }
        guard bucket.waiting.first == ticket else { return .queue }
        switch bucket.readiness(now) {
        case .wait(let pause): return keep(bucket, at: place.key, .wait(pause))
        case .afterAnswer: return keep(bucket, at: place.key, .queue)
        case .ready: break
        }
        // The first answer to an interaction must not wait behind fifty others: it dies after three seconds.
        if !place.route.isInteraction {
            if globalUntil > now { return keep(bucket, at: place.key, .wait(globalUntil - now)) }
            if let pause = global.pause(now) { return keep(bucket, at: place.key, .wait(pause)) }
            global.note(now)
        }
        bucket.start(now)
        places[ticket]?.startedAt = now
        if let head = bucket.waiting.first { woken.append(head) }
        return keep(bucket, at: place.key, .go)
    }

    private mutating func keep(_ bucket: RateBucket, at key: BucketKey, _ verdict: Verdict) -> Verdict {
        buckets[key] = bucket
        return verdict
    }

    /// The request will not be sent after all.
    mutating func leave(_ ticket: Ticket) {
        guard let place = places.removeValue(forKey: ticket) else { return }
        buckets[place.key]?.dequeue(ticket)
        if let head = buckets[place.key]?.waiting.first { woken.append(head) }
    }

    mutating func answered(_ ticket: Ticket, _ answer: RateAnswer, now: Duration) {
        guard let place = places.removeValue(forKey: ticket), let startedAt = place.startedAt else { return }
        buckets[place.key]?.finish(now)
        let key = learn(answer.hash, for: place)
        buckets[key, default: RateBucket(now)].learn(answer, startedAt: startedAt, now: now)
        if let head = buckets[key]?.waiting.first { woken.append(head) }
        if key != place.key, let head = buckets[place.key]?.waiting.first { woken.append(head) }

        switch answer.kind {
        case .fine: break
        case .refused(let isTokenUnknown):
            invalid.note(now)
            if isTokenUnknown, place.route.isInteraction {
                // Only this token has expired, after its fifteen minutes.
                if let major = place.route.major { dead[major] = now }
            } else if isTokenUnknown {
                isUnauthorized = true
                woken += buckets.values.flatMap(\.waiting)
            }
        case .limited(.bucket, _):
            invalid.note(now)
        case .limited(.global, let pause):
            invalid.note(now)
            globalUntil = max(globalUntil, now + pause)
        case .banned(let pause):
            invalid.note(now)
            bannedUntil = max(bannedUntil, now + pause)
            woken += buckets.values.flatMap(\.waiting)
        case .deadToken:
            if place.route.isInteraction, let major = place.route.major { dead[major] = now }
        }
    }

    /// Those who should ask again because of what happened since the last call.
    mutating func takeWoken() -> [Ticket] {
        defer { woken = [] }
        return woken
    }

    var bucketCount: Int { buckets.count }

    private mutating func refusal(for route: Route, _ now: Duration) -> Refusal? {
        if bannedUntil > now { return .banned(for: bannedUntil - now) }
        if let pause = invalid.pause(now) { return .tooManyInvalid(for: pause) }
        if isUnauthorized && !route.isInteraction { return .unauthorized }
        if let major = route.major, dead[major] != nil { return .deadToken }
        return nil
    }

    private func key(of route: Route) -> BucketKey {
        BucketKey(name: hashes[route.name].map(BucketKey.Name.hash) ?? .route(route.name), major: route.major)
    }

    /// Files the bucket under the hash Discord gave it and returns the key under which it now stands.
    private mutating func learn(_ hash: String?, for place: Place) -> BucketKey {
        guard let hash else { return place.key }
        let key = BucketKey(name: .hash(hash), major: place.route.major)
        guard hashes.updateValue(hash, forKey: place.route.name) != hash else { return key }
        // Everything that waits under the route's own name, whatever its channel, belongs under the hash.
        for old in buckets.keys where old.name == .route(place.route.name) {
            guard let bucket = buckets.removeValue(forKey: old) else { continue }
            let new = BucketKey(name: .hash(hash), major: old.major)
            for ticket in places.keys where places[ticket]?.key == old { places[ticket]?.key = new }
            buckets[new] = buckets[new].map { $0.merged(with: bucket) } ?? bucket
        }
        // A hash that changed (some routes alternate between two) only redirects what comes later.
        return key
    }

    /// Memory stays bounded: what has been idle is learned anew when it is needed.
    private mutating func sweep(_ now: Duration) {
        guard now - sweptAt >= Self.idleBucketsLast else { return }
        sweptAt = now
        buckets = buckets.filter { !$0.value.isIdle(now, for: Self.idleBucketsLast) }
        dead = dead.filter { now - $0.value < Self.deadTokensLast }
    }
}

/// Discord's bucket hashes lack the channel, guild or token; together they name what is really counted.
struct BucketKey: Hashable, Sendable {
    enum Name: Hashable, Sendable {
        case hash(String)
        /// Until the hash is known.
        case route(String)
    }
    var name: Name
    var major: RateLimiter.Major?
}
