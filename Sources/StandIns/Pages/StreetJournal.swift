// Everything that is asked of the stand-ins, in one list as it happens: which service, what, and what it answered. Paths are
// shown as their patterns and queries not at all, so that no key and no token of an address comes along.

package import Runtime
internal import Synchronization

package struct JournalLine: Sendable, Equatable {
    package let service: String
    package let method: String
    package let path: String
    /// Nil: no answer was given.
    package let status: Int?
    package let at: Instant

    /// - Parameter route: "GET /library/sections/{}/all"
    init(_ service: String, _ route: String, _ status: Int?, _ at: Instant) {
        let words = route.split(separator: " ", maxSplits: 1)
        self.service = service
        method = words.count == 2 ? String(words[0]) : ""
        path = String(String(words.last ?? "").prefix { $0 != "?" })
        self.status = status
        self.at = at
    }

    var json: JSON {
        [
            "service": .string(service), "method": .string(method), "path": .string(path),
            "status": status.map { .int(Int64($0)) } ?? .null, "at": .int(at.milliseconds),
        ]
    }
}

package final class StreetJournal: Sendable {
    private struct State: Sendable {
        var last = 0
        var readers: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
    }

    /// As many as are kept, and shown.
    static let most = 400
    /// Each line as it is written, for who waits for one.
    package let written = Chronicle<JournalLine>(limit: most)
    private let state = Mutex(State())
    private let clock: any Clock
    private let sources: [@Sendable (StreetJournal) async -> Void]

    /// Listens from here on; what it hears is written down while `follow` runs.
    package init(_ street: Street, discord: DiscordStandIn, clock: any Clock) {
        self.clock = clock
        func source<Entry: Sendable>(
            _ chronicle: Chronicle<Entry>, _ service: String, _ read: @escaping @Sendable (Entry) -> (String, Int?)
        ) -> @Sendable (StreetJournal) async -> Void {
            let entries = chronicle.stream()
            return { journal in
                for await entry in entries {
                    let (route, status) = read(entry)
                    journal.write(JournalLine(service, route, status, journal.clock.now))
                }
            }
        }
        let records: @Sendable (RecordEntry) -> (String, Int?) = { ($0.route, $0.status) }
        let servarr: @Sendable (ServarrEntry) -> (String, Int?) = { ($0.route, $0.status) }
        let plex: @Sendable (PlexEntry) -> (String, Int?) = { ($0.route, $0.status) }
        let heralds: @Sendable (HeraldEntry) -> (String, Int?) = { ($0.route, $0.status) }
        let hooks: @Sendable (HookPost) -> (String, Int?) = { (Self.route(of: $0), $0.status) }
        sources = [
            source(discord.requests, "Discord") { ($0.route, $0.status) },
            source(street.plex.requests, "Plex", plex), source(street.plexTV.requests, "plex.tv", plex),
            source(street.tautulli.requests, "Tautulli") { ("\($0.method) \($0.command)", $0.status) },
            source(street.jellyfin.requests, "Jellyfin") { ($0.route, $0.status) },
            source(street.jellystat.requests, "Jellystat", servarr),
            source(street.radarr.requests, "Radarr", servarr), source(street.prowlarr.requests, "Prowlarr", servarr),
            source(street.musicBrainz.requests, "MusicBrainz", records),
            source(street.discogs.requests, "Discogs", records), source(street.tmdb.requests, "TMDB", records),
            source(street.tvmaze.requests, "TVmaze", records),
            source(street.wordsmith.requests, "Model") { ($0.route, $0.status) },
            source(street.ntfy.requests, "ntfy", heralds), source(street.gotify.requests, "Gotify", heralds),
            // Only the verb: what follows may be a login or somebody's address.
            source(street.mail.requests, "Mail") { entry in
                (
                    entry.command.hasPrefix("(") ? "SMTP connect" : "SMTP \(entry.command.prefix { $0 != " " })",
                    entry.code
                )
            },
            source(street.jellyfin.posted, "Autoplex", hooks), source(street.radarr.posted, "Autoplex", hooks),
        ]
    }

    /// The other way about: a service tells Autoplex. Its address may end with a secret.
    private static func route(of post: HookPost) -> String {
        var path = post.url.split(separator: "/").dropFirst(2).map { $0.count > 24 ? "{}" : String($0) }
        // What follows the door of a hook is the word that opens it.
        if let door = path.lastIndex(where: { $0 == "hook" || $0 == "webhook" }), door + 1 < path.count {
            path[door + 1] = "{}"
        }
        return "POST /" + path.joined(separator: "/")
    }

    /// Until the task is cancelled.
    package func follow() async {
        await withDiscardingTaskGroup { group in
            for source in sources { group.addTask { await source(self) } }
        }
        let readers = state.withLock { state in
            defer { state.readers = [:] }
            return state.readers.values
        }
        for reader in readers { reader.finish() }
    }

    /// Newest last.
    package var lines: [JournalLine] { Array(written.entries.suffix(Self.most)) }

    /// For posts that go another way than the stand-ins' own.
    package func note(_ posts: [HookPost]) {
        for post in posts { write(JournalLine("Autoplex", Self.route(of: post), post.status, clock.now)) }
    }

    private func write(_ line: JournalLine) {
        // Under the lock, so that a reader who begins meanwhile has the line once.
        let readers = state.withLock { state in
            written.append(line)
            return Array(state.readers.values)
        }
        for reader in readers { reader.yield(ServerEvent.bytes("line", line.json)) }
    }

    /// What there is, then what comes, as server-sent events. A page that does not keep up misses the oldest.
    func events() -> AsyncStream<[UInt8]> {
        let (stream, reader) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingNewest(Self.most))
        let number = state.withLock { state in
            reader.yield(ServerEvent.bytes("all", .array(lines.map(\.json))))
            state.last += 1
            state.readers[state.last] = reader
            return state.last
        }
        reader.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.readers.removeValue(forKey: number) }
        }
        return stream
    }
}
