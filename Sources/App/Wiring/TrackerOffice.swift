// Between the door of the hooks and the tracker: what was acknowledged is worked off here, at once and, where somebody did
// not answer, again later. Nothing is decided.

internal import Domain
internal import People
internal import Runtime
internal import Sockets
internal import Storage
internal import Tracker
internal import Web

final class TrackerOffice: Sendable {
    let tracker: Tracker
    let outside: TrackerOutside
    let settings: TrackerSettings
    let door: PersonalDoor
    private let clock: any Clock
    private let log: Log
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    init(tracker: Tracker, outside: TrackerOutside, settings: TrackerSettings, clock: any Clock, log: Log) {
        self.tracker = tracker
        self.outside = outside
        self.settings = settings
        self.clock = clock
        self.log = log.labelled("tracker")
        // One is enough: whoever wakes looks at all there is.
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        (self.signals, self.signal) = (signals, signal)
        door = PersonalDoor(
            source: PersonalSource(
                doors: { try await tracker.viewers.doors() },
                accept: { hooks in
                    let receipts = try await tracker.take(hooks.map(Told.init))
                    signal.yield()
                    return receipts.map { $0 != .known }
                }), mostPerMinute: settings.perMinute, clock: clock, log: log)
    }

    /// Something is due.
    func wake() { signal.yield() }

    var routes: [Route] { settings.wishes.isOn ? door.routes : [] }

    /// Until the task is cancelled.
    func run() async {
        if !settings.wishes.isOn { return }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.tick() }
            group.addTask {
                for await _ in self.signals { await self.workOff() }
            }
            group.addTask { await self.firstLook() }
        }
    }

    /// What is due by time, not by a hook.
    private func tick() async {
        signal.yield()
        var rounds = 0
        while !Task.isCancelled {
            guard (try? await clock.sleep(for: .seconds(5))) != nil else { break }
            rounds += 1
            let owes = await tracker.owesWords
            let due = try? await tracker.logBook.nextDue()
            if due.flatMap({ $0 }).map({ $0 <= clock.now }) == true || owes || rounds.isMultiple(of: 12) {
                signal.yield()
            }
        }
        signal.finish()
    }

    /// Everything that was played before, once and as soon as it is known whose it was; the nightly job goes on from there.
    private func firstLook() async {
        do {
            while try await outside.people.all().isEmpty { try await clock.sleep(for: .seconds(2)) }
            if let name = outside.sources.history?.name,
                try await tracker.histories.one(name)?.firstEndedAt == nil
            {
                let plays = try await tracker.readHistory()
                log.info("the history is read", ["plays": "\(plays)"])
            }
        } catch {
            if !Task.isCancelled { log.warning("the history was not read to its end: \(error)") }
        }
    }

    func workOff() async {
        do { try await tracker.work() } catch {
            if !Task.isCancelled { log.error("the tracker stopped: \(error)") }
        }
    }
}

extension Told {
    fileprivate init(_ hook: PersonalHook) {
        self.init(
            key: hook.key, source: hook.hook.source, event: hook.hook.event, door: hook.person, payload: hook.payload,
            reading: hook.hook.reading, receivedAt: hook.arrival, dueAt: hook.turn)
    }
}
