// Between the door of the hooks and the engine: what was acknowledged lies in the inbox, and is worked off here, as often
// as it takes. Nothing is decided.

internal import Domain
internal import Downloads
internal import FoundationEssentials
internal import Jellyfin
internal import Runtime
internal import Sockets
internal import Storage
internal import Web

final class DownloadOffice: Sendable {
    let downloads: Downloads
    let outside: DownloadOutside
    let door: HookDoor
    private let inbox: Inbox
    private let remembered: Remembered
    private let clock: any Clock
    private let log: Log
    private let notes: PlainNotes
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let decisions: AsyncStream<Void>
    private let decision: AsyncStream<Void>.Continuation

    static let inboxSource = "downloads"

    init(
        downloads: Downloads, outside: DownloadOutside, secret: Secret?, database: Database, clock: any Clock, log: Log
    ) {
        self.downloads = downloads
        self.outside = outside
        self.clock = clock
        self.log = log.labelled("hooks")
        let inbox = Inbox(database)
        self.inbox = inbox
        remembered = Remembered(database)
        // One is enough: whoever wakes looks at all there is.
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        (self.signals, self.signal) = (signals, signal)
        (decisions, decision) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let notes = PlainNotes()
        self.notes = notes
        let source = HookSource(
            indifference: { playback in
                downloads.indifference(playback, users: outside.knownUsers(of: playback.source))
            },
            accept: { key, payload in
                let receipt = try await inbox.accept(source: Self.inboxSource, key: key, payload: payload)
                signal.yield()
                return receipt != .duplicate
            },
            note: { playback, _ in
                // A guest's or a series' evening is written down, not judged; losing one in a crash loses nothing.
                guard playback.kind == .stop else { return }
                if notes.add(playback) { signal.yield() }
            })
        door = HookDoor(secret: secret, source: source, clock: clock, log: log)
    }

    var routes: [Route] { downloads.wishes.mode == .off ? [] : door.routes }
    func waiting() async throws -> Int { try await inbox.waiting(source: Self.inboxSource) }

    // MARK: Working off

    /// Until the task is cancelled.
    func run() async {
        if downloads.wishes.mode == .off { return }
        for source in Playback.Source.allCases { _ = await outside.users(of: source) }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.tick() }
            group.addTask {
                for await _ in self.signals { await self.workOff() }
            }
            // A Radarr may take a minute and a half to say why it took nothing; no verdict waits for that.
            group.addTask {
                for await _ in self.decisions { await self.followUp() }
            }
            group.addTask { await self.seeders() }
        }
    }

    /// What is due by time, not by a hook.
    private func tick() async {
        var minutes = 0
        signal.yield()
        while !Task.isCancelled {
            guard (try? await clock.sleep(for: .seconds(5))) != nil else { break }
            minutes += 1
            let due = try? await downloads.book.nextDue()
            let kept = try? await inbox.nextDue(source: Self.inboxSource)
            let isDue = [due, kept].contains { $0.flatMap { $0 }.map { $0 <= clock.now } ?? false }
            if isDue || minutes.isMultiple(of: 12) { signal.yield() }
        }
        signal.finish()
        decision.finish()
    }

    func workOff() async {
        do {
            var goesOn = true
            while goesOn {
                var taken = 0
                while let item = try await inbox.next(source: Self.inboxSource, now: clock.now) {
                    try await workOff(item)
                    if Task.isCancelled { return }
                    taken += 1
                    // As long as hooks come in faster than they are taken here, nothing else would be done.
                    if taken.isMultiple(of: 16) { try await decide() }
                }
                try await decide()
                goesOn = try await writeDownSome()
            }
        } catch {
            if !Task.isCancelled { log.error("downloads stopped: \(error)") }
        }
    }

    private func decide() async throws {
        try await downloads.judgeDue()
        decision.yield()
    }

    private func followUp() async {
        do { try await downloads.work() } catch {
            if !Task.isCancelled { log.error("downloads stopped: \(error)") }
        }
    }

    /// Few at a time: nobody waits for them, and what counts may have come meanwhile. True: there are more.
    private func writeDownSome() async throws -> Bool {
        let some = notes.take(16)
        for playback in some where !Task.isCancelled {
            do { _ = try await downloads.take(playback) } catch let error as StorageError {
                throw error
            } catch { log.debug("not noted: \(error)") }
        }
        return !some.isEmpty && !Task.isCancelled
    }

    private func workOff(_ item: InboxItem) async throws {
        do {
            switch try JSONDecoder().decode(HookEvent.self, from: Data(item.payload)) {
            case .playback(let playback): _ = try await downloads.take(playback)
            case .notice(let notice): try await downloads.take(notice)
            }
            try await inbox.done(item.id)
            log.debug("a hook is worked off", ["inbox": "\(item.id)"])
        } catch let error as StorageError {
            throw error
        } catch {
            // Stopping is no failure of the item.
            if Task.isCancelled { return }
            log.warning("a hook could not be worked off: \(error)")
            let pause = Duration.minutes(min(60, 1 << Int64(min(6, item.attempts))))
            try await inbox.failed(item.id, "\(error)", retryAt: clock.now + pause)
        }
    }

    private func seeders() async {
        while !Task.isCancelled {
            do { try await downloads.askSeeders() } catch {
                if !Task.isCancelled { log.error("the indexers were not asked: \(error)") }
            }
            guard (try? await clock.sleep(for: .seconds(2))) != nil else { return }
        }
    }

    // MARK: What no hook told

    /// Finished films since the last look, as Jellyfin remembers them.
    func poll() async throws {
        guard let jellyfin = outside.jellyfin else { return }
        let key = "downloads.polled"
        let now = clock.now
        let last = try await remembered.get(key).flatMap { Int64($0) }.map { Instant(milliseconds: $0) }
        // The first look only begins to look: what was watched before is nobody's news.
        if let last {
            let users = await outside.users(of: .jellyfin)
            if case .unknown(let why) = users { throw Unanswered(why: why) }
            for user in users.known ?? [] where downloads.isTracked(user) {
                guard let id = user.id else { continue }
                for item in try await jellyfin.playedFilms(of: id, most: 50) {
                    // In the middle of it again, or nobody knows when.
                    guard let state = item.state, let began = state.lastPlayed, state.isPlayed,
                        state.position ?? .zero == .zero
                    else { continue }
                    let playback = Playback(
                        source: .jellyfin, user: user, film: item.ids, itemID: item.id, runtime: item.runtime,
                        saidWatched: true, at: began, client: "poll")
                    _ = try await downloads.takeMissed(playback, began: began, since: last - .days(1))
                }
            }
            signal.yield()
        }
        try await remembered.set(key, "\(now.milliseconds)")
    }

    struct Unanswered: Error, CustomStringConvertible {
        let why: String
        var description: String { why }
    }
}
