// Between the door of the hooks and the tracker: what was acknowledged is worked off here, at once and, where somebody did
// not answer, again later. Nothing is decided.

internal import Domain
internal import Runtime
internal import Storage
internal import Tracker

final class TrackerOffice: Sendable {
    let tracker: Tracker
    let outside: TrackerOutside
    let settings: TrackerSettings
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
        (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Something has arrived.
    func wake() { signal.yield() }

    /// Until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.tick() }
            group.addTask {
                for await _ in self.signals { await self.workOff() }
            }
        }
    }

    /// What is due by time, not by a hook.
    private func tick() async {
        signal.yield()
        var rounds = 0
        while !Task.isCancelled {
            guard (try? await clock.sleep(for: .seconds(5))) != nil else { break }
            rounds += 1
            let due = try? await tracker.logBook.nextDue()
            if due.flatMap({ $0 }).map({ $0 <= clock.now }) == true || rounds.isMultiple(of: 12) { signal.yield() }
        }
        signal.finish()
    }

    func workOff() async {
        do { try await tracker.work() } catch {
            if !Task.isCancelled { log.error("the tracker stopped: \(error)") }
        }
    }
}
