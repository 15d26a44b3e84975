// Keeps one message in a channel true for as long as the program runs, and over restarts: its id is remembered. At a stop
// it says that nobody looks after it any more.

package import Domain
package import Runtime
package import Storage

package struct StatusMessage: Sendable {
    /// Everything it can do to the world; wiring fills it.
    package struct Voice: Sendable {
        /// The new message's id.
        package var post: @Sendable (Report) async throws(Refused) -> UInt64
        package var edit: @Sendable (_ message: UInt64, Report) async throws(Refused) -> Void
        /// To the admins.
        package var tell: @Sendable (Report) async -> Void

        package init(
            post: @escaping @Sendable (Report) async throws(Refused) -> UInt64,
            edit: @escaping @Sendable (UInt64, Report) async throws(Refused) -> Void,
            tell: @escaping @Sendable (Report) async -> Void
        ) {
            self.post = post
            self.edit = edit
            self.tell = tell
        }
    }

    package struct Refused: Error, Sendable {
        package var why: StatusMessageRules.Refusal
        package init(_ why: StatusMessageRules.Refusal) { self.why = why }
    }

    /// How long a stop waits for what is being said.
    static let stopLimit = Duration.seconds(3)

    private let channel: UInt64
    private let every: Duration
    private let remembered: Remembered
    private let voice: Voice
    private let clock: any Clock
    private let log: Log
    private let look: @Sendable () async -> Report

    /// - Parameter look: what the message shall say now
    package init(
        channel: UInt64, every: Duration, database: Database, voice: Voice, clock: any Clock, log: Log,
        look: @escaping @Sendable () async -> Report
    ) {
        self.channel = channel
        self.every = every
        remembered = Remembered(database)
        self.voice = voice
        self.clock = clock
        self.log = log.labelled("usage")
        self.look = look
    }

    /// Until the task is cancelled.
    package func run() async {
        var rules = StatusMessageRules(message: await rememberedMessage())
        while !Task.isCancelled {
            let report = await look()
            // What was asked while the program was told to stop says nothing about the streams.
            if Task.isCancelled { break }
            await show(report, &rules)
            do { try await clock.sleep(for: every) } catch { break }
        }
        if let message = rules.message { await sayFarewell(in: message) }
    }

    private func show(_ report: Report, _ rules: inout StatusMessageRules) async {
        // Twice at most: a message that turns out to be gone is posted anew at once.
        for _ in 0..<2 {
            let step = rules.next(showing: report)
            if step == .nothing { return }
            // A stop in the middle would leave a message that nobody remembers.
            let outcome = await finishing(within: Self.stopLimit, on: clock) { await perform(step, report) }
            switch outcome {
            case .success(let message): return rules.wasShown(report, in: message)
            case .failure(let error):
                await refused(error.why, &rules)
                guard error.why == .gone else { return }
            }
        }
    }

    /// The message that shows it now.
    private func perform(_ step: StatusMessageRules.Step, _ report: Report) async -> Result<UInt64, Refused> {
        do throws(Refused) {
            guard case .edit(let message) = step else {
                let message = try await voice.post(report)
                await remember(message)
                return .success(message)
            }
            try await voice.edit(message, report)
            return .success(message)
        } catch {
            return .failure(error)
        }
    }

    private func refused(_ refusal: StatusMessageRules.Refusal, _ rules: inout StatusMessageRules) async {
        if Task.isCancelled { return }
        log.warning("the status message could not be shown: \(refusal)")
        guard let why = rules.wasRefused(refusal) else { return }
        await voice.tell(
            Report(
                "The status message cannot be kept up to date", lines: ["\(why)"],
                footer: "It is tried again, more and more seldom; this is said once.", tone: .warning))
    }

    private func sayFarewell(in message: UInt64) async {
        let report = Report(
            "Offline", lines: ["Autoplex was stopped \(time: clock.now). What plays is not told until it is back."])
        let outcome = await finishing(within: Self.stopLimit, on: clock) {
            await perform(.edit(message: message), report)
        }
        if case .failure(let error) = outcome {
            log.warning("the status message still says what it said: \(error.why)")
        }
    }

    // MARK: Over restarts

    private static let key = "usage.status"

    private func rememberedMessage() async -> UInt64? {
        do throws(StorageError) {
            // In another channel a new one is posted.
            let parts = try await remembered.get(Self.key)?.split(separator: "/").compactMap { UInt64($0) } ?? []
            return parts.count == 2 && parts[0] == channel ? parts[1] : nil
        } catch {
            log.error("the status message's id could not be read: \(error)")
            return nil
        }
    }

    private func remember(_ message: UInt64) async {
        do throws(StorageError) { try await remembered.set(Self.key, "\(channel)/\(message)") } catch {
            log.error("the status message's id could not be kept, so a restart posts another: \(error)")
        }
    }
}
