// How quickly the tracker finds a show among a hundred thousand, works off hooks, and reads a hundred thousand plays of
// the past: `make tracker-pace`. Everything is on a disk as in earnest; what is outside is on paper.

internal import Domain
internal import Runtime
internal import Storage
internal import Tracker

@main struct TrackerPace {
    static func main() async {
        let words = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let (shows, plays) = (words.first ?? 100_000, words.dropFirst().first ?? 100_000)
        do { try await measure(shows: shows, plays: plays) } catch {
            StandardOutput.writeLine("\(error)")
            Program.exit(1)
        }
    }

    private static func measure(shows: Int, plays: Int) async throws {
        let folder = ".build/tracker-pace"
        try Files.makeFolder(folder)
        for end in ["", "-wal", "-shm"] { try? Files.remove("\(folder)/pace.db\(end)") }
        let clock = SystemClock()
        let database = try await Database.open(
            path: "\(folder)/pace.db", schemas: [.trackerCatalogue, .trackerMarks, .tracker])
        let book = CatalogueBook(database)
        var invented = Shows()
        var entries: [CatalogueEntry] = []
        var begun = clock.uptime
        for number in 1...shows {
            let entry = invented.entry(number)
            entries.append(entry)
            _ = try await book.put(entry, dueAt: nil)
        }
        say("catalogue", "\(shows) shows put in", clock.uptime - begun, shows)

        var exact: [Duration] = []
        var slips: [Duration] = []
        var found = 0
        for step in 0..<1000 {
            let entry = entries[(step * 7919) % shows]
            begun = clock.uptime
            _ = try await book.candidates(for: ShowClaim([entry.title]))
            exact.append(clock.uptime - begun)
            let slip = invented.slip(entry.title)
            begun = clock.uptime
            let near = try await book.candidates(for: ShowClaim([slip]))
            slips.append(clock.uptime - begun)
            if near.contains(where: { $0.title == entry.title }) { found += 1 }
        }
        StandardOutput.writeLine("candidates by name      \(spread(exact))")
        StandardOutput.writeLine("candidates by a slip    \(spread(slips)), \(found / 10) % found")

        try await hooks(database, Array(entries.prefix(1000)), plays: min(plays, 20_000))
        try await history(database, Array(entries.prefix(1000)), plays: plays)
        await database.close()
    }

    private static func tracker(_ database: Database, _ past: TrackerHistory?) -> Tracker {
        Tracker(
            database, effects: Effects(database, isDryRun: true),
            wishes: TrackerWishes(isOn: true, isForEverybody: true),
            sources: TrackerSources(
                person: { account, _, _ in .known(Int64(account.id ?? "") ?? 1) }, history: past),
            acts: TrackerActs(tell: { _ in }))
    }

    private static func play(
        _ number: Int, _ entries: [CatalogueEntry], at: Instant, source: EpisodePlay.Source
    ) -> EpisodePlay {
        let entry = entries[number % entries.count]
        let episode = (number / entries.count) % 20 + 1
        return EpisodePlay(
            source: source, account: .init(id: "\(1 + number % 8)"),
            place: .init(server: "pace", episode: "\(number)", show: "\(entry.ids.tmdb ?? 0)"), showTitle: entry.title,
            showYear: entry.year, season: 1, number: episode, title: "Part \(episode)",
            showGuids: ["tmdb://\(entry.ids.tmdb ?? 0)"], at: at)
    }

    /// Each one on the disk before the next is told, as the door does for a single sender.
    private static func hooks(_ database: Database, _ entries: [CatalogueEntry], plays: Int) async throws {
        let tracker = tracker(database, nil)
        let now = SystemClock().now
        let clock = SystemClock()
        var begun = clock.uptime
        var slowest: [Duration] = []
        for number in 0..<500 {
            let one = clock.uptime
            _ = try await tracker.take(
                Told(
                    play(number, entries, at: now - .days(Int64(900 - number / 2)), source: .plex), receivedAt: now))
            try await tracker.work()
            slowest.append(clock.uptime - one)
        }
        StandardOutput.writeLine("a hook, to its mark     \(spread(slowest))")
        begun = clock.uptime
        for start in stride(from: 500, to: plays, by: 50) {
            _ = try await tracker.take(
                (start..<min(plays, start + 50)).map { number in
                    Told(play(number, entries, at: now - .minutes(Int64(number) * 30), source: .plex), receivedAt: now)
                })
        }
        say("hooks", "\(plays) taken", clock.uptime - begun, plays - 500)
        begun = clock.uptime
        try await tracker.work()
        say("hooks", "\(plays) worked off", clock.uptime - begun, plays - 500)
    }

    private static func history(_ database: Database, _ entries: [CatalogueEntry], plays: Int) async throws {
        let clock = SystemClock()
        let now = clock.now
        let past = TrackerHistory("pace") { _, use in
            for start in stride(from: 0, to: plays, by: 500) {
                let page = (start..<min(plays, start + 500)).map { number in
                    play(
                        number, entries, at: now - .days(3000) + .minutes(Int64(number) * 40), source: .history)
                }
                try await use(page, page.last?.at ?? now, Double(start + page.count) / Double(plays))
            }
        }
        let tracker = tracker(database, past)
        let begun = clock.uptime
        let new = try await tracker.readHistory()
        say("history", "\(new) plays of the past", clock.uptime - begun, new)
    }

    // MARK: Words

    private static func say(_ part: String, _ what: String, _ took: Duration, _ count: Int) {
        let seconds = took.inSeconds
        let rate = seconds > 0 ? Int(Double(count) / seconds) : 0
        StandardOutput.writeLine("\(part): \(what) in \(tenths(seconds)) s, \(rate) a second")
    }

    private static func spread(_ durations: [Duration]) -> String {
        let sorted = durations.map { $0.inSeconds * 1000 }.sorted()
        func at(_ share: Double) -> String { tenths(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) }
        return "median \(at(0.5)) ms, 99 % \(at(0.99)) ms, slowest \(at(1)) ms"
    }

    private static func tenths(_ number: Double) -> String {
        let tens = Int((number * 10).rounded())
        return "\(tens / 10).\(tens % 10)"
    }
}
