// The tracker from the hook to the mark and nothing else of the program: what `Bench/run tracker` measures. The rooms are
// the program's own; what is asked of others is answered from memory, as it is most of the time.

internal import Domain
internal import FoundationEssentials
internal import Runtime
internal import Sockets
internal import Storage
internal import Synchronization
internal import Tracker
internal import Web

@main struct TrackerDoorProgram {
    private static let shows = 400
    private static let episodes = 50

    static func main() async throws {
        Memory.beThrifty()
        Signals.catchStops()
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 2 || words.count == 3, let port = Int(words[1]), 0...65_535 ~= port else {
            StandardOutput.writeLine(
                "usage: tracker-door DATABASE PORT (0: any) [PLAYS]; prints the port it listens on, or with PLAYS how long "
                    + "so many of a history take")
            Program.exit(64)
        }
        let clock = SystemClock()
        let database = try await Database.open(
            path: words[0], clock: clock, schemas: [.trackerCatalogue, .trackerMarks, .tracker, .trackerKeys])
        let plays = words.count == 3 ? Int(words[2]) ?? 0 : 0
        let tracker = Tracker(
            database, effects: Effects(database, isDryRun: false),
            wishes: TrackerWishes(isOn: true, isForEverybody: true), sources: sources(plays: plays),
            acts: TrackerActs(tell: { _ in }), log: log)
        try await fill(tracker)
        if plays > 0 {
            try await backfill(tracker, clock)
        } else {
            try await serve(tracker, clock, port: port)
        }
        await database.close()
    }

    /// A line for each play would be measured too: only who sets LOG_LEVEL reads them.
    private static var log: Log {
        let level = ProcessInfo.processInfo.environment["LOG_LEVEL"].flatMap(Log.Level.init)
        return level.map { Log(level: $0) } ?? .silent
    }

    private static func serve(_ tracker: Tracker, _ clock: any Clock, port: Int) async throws {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let hash = PersonalDoor.hash("bench")
        let door = PersonalDoor(
            source: PersonalSource(
                doors: { [(person: Int64(1), hash: hash)] },
                accept: { hooks in
                    let receipts = try await tracker.take(
                        hooks.map { hook in
                            Told(
                                key: hook.key, source: hook.hook.source, event: hook.hook.event, door: hook.person,
                                payload: hook.payload, reading: hook.hook.reading, receivedAt: hook.arrival)
                        })
                    signal.yield()
                    return receipts.map { $0 != .known }
                }), mostPerMinute: 10_000_000, clock: clock, log: .silent)
        let loop = try EventLoop(name: "tracker", log: .silent)
        let server = try await HTTPServer.start(on: loop, port: port, routes: door.routes, log: .silent)
        StandardOutput.writeLine("{\"port\":\(server.port)}")
        // What a life before this one has left.
        signal.yield()
        await withTaskGroup { group in
            group.addTask {
                for await _ in signals {
                    do { try await tracker.work() } catch { Program.complain("\(error)") }
                }
            }
            group.addTask { for await _ in Signals.stream() { break } }
            await group.next()
            group.cancelAll()
        }
        await server.stop()
        await loop.stop()
    }

    private static func backfill(_ tracker: Tracker, _ clock: any Clock) async throws {
        let start = clock.uptime
        let read = try await tracker.readHistory()
        try await tracker.work()
        let seconds = (clock.uptime - start).inSeconds
        let tally = try await tracker.logBook.tally()
        let marked = (tally[.marked] ?? 0) + (tally[.duplicate] ?? 0)
        StandardOutput.writeLine("{\"plays\":\(read),\"marked\":\(marked),\"seconds\":\(seconds)}")
    }

    // MARK: The house

    private static func fill(_ tracker: Tracker) async throws {
        for show in 1...shows {
            let list = (1...episodes).map { number in
                KnownEpisode(
                    season: 1 + number / 11, number: number % 11, title: "Part \(number)",
                    ids: ShowIDs(tvdb: show * 1000 + number))
            }
            _ = try await tracker.catalogue.put(
                CatalogueEntry("Show Number \(show)", year: 2000, ids: ShowIDs(tvdb: show), episodes: list), dueAt: nil)
        }
    }

    private static func sources(plays: Int) -> TrackerSources {
        TrackerSources(
            person: { _, _, door in .known(door ?? 1) },
            history: TrackerHistory("bench") { since, use in
                for start in stride(from: 0, to: plays, by: 1000) {
                    let some = (start..<min(start + 1000, plays)).map(play).filter { $0.at >= since ?? $0.at }
                    guard let last = some.last else { continue }
                    try await use(some, last.at, Double(start + some.count) / Double(plays))
                }
            })
    }

    private static func play(_ number: Int) -> EpisodePlay {
        let (show, episode) = (1 + number % shows, 1 + number / shows % episodes)
        return EpisodePlay(
            source: .history, account: .init(id: "1"),
            place: .init(server: "bench", episode: "\(show)-\(episode)", show: "\(show)"),
            showTitle: "Show Number \(show)", season: 1 + episode / 11, number: episode % 11, title: "Part \(episode)",
            guids: ["tvdb://\(show * 1000 + episode)"], showGuids: ["tvdb://\(show)"],
            at: Instant(seconds: 1_600_000_000 + Int64(number) * 600))
    }
}
