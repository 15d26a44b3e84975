// One call from the moment it is accepted to its answer: a task for the work, one for the signs of life, and the
// exchange between them. Lives as a child of the Router's hall.

import Discord
import Domain
import Runtime

struct OpenCall: Sendable {
    enum Signal: Sendable {
        case step(Exchange.Step)
        /// The program ends: say so, and let go of the work.
        case restarting
    }

    typealias Work = @Sendable (_ progress: @escaping @Sendable (Report) async -> Void) async -> Exchange.Ending

    let ticket: Int
    let way: Exchange.Way
    let isSlow: Bool
    let clock: any Clock
    let log: Log
    let feed: AsyncStream<Signal>.Continuation
    private let signals: AsyncStream<Signal>

    init(ticket: Int, way: Exchange.Way, isSlow: Bool, clock: any Clock, log: Log) {
        self.ticket = ticket
        self.way = way
        self.isSlow = isSlow
        self.clock = clock
        self.log = log
        (signals, feed) = AsyncStream.makeStream(of: Signal.self)
    }

    /// Returns when the answer has been given, or could not be.
    func serve(_ start: Exchange, work: @escaping Work) async {
        var exchange = start
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.giveSignsOfLife() }
            group.addTask {
                let gate = ProgressGate(clock: self.clock, feed: self.feed)
                let ending = await work { report in gate.pass(report) }
                self.feed.yield(.step(.finished(ending)))
            }
            for await signal in signals {
                let step: Exchange.Step =
                    switch signal {
                    case .step(let step): step
                    case .restarting: .finished(.whisper(Self.restarting))
                    }
                await take(step, &exchange)
                if case .finished = step { break }
            }
            feed.finish()
            group.cancelAll()
        }
    }

    private func take(_ step: Exchange.Step, _ exchange: inout Exchange) async {
        do {
            try await exchange.take(step)
        } catch {
            switch step {
            case .finished: log.error("an answer could not be given", ["why": "\(error)"])
            // Whatever is wrong, the answer will say it again.
            case .progress, .stillWorking: log.debug("no sign of life could be given", ["why": "\(error)"])
            }
        }
    }

    /// Typing lasts ten seconds at Discord; "thinking" until the answer.
    private func giveSignsOfLife() async {
        do {
            switch way {
            case .text:
                if !isSlow { try await clock.sleep(for: .milliseconds(500)) }
                while !Task.isCancelled {
                    feed.yield(.step(.stillWorking))
                    try await clock.sleep(for: .seconds(8))
                }
            case .slash(let interaction), .press(let interaction):
                // Three seconds are counted from the id's moment, and some may have passed on the way here.
                let late = clock.now - interaction.id.instant
                if !isSlow, late < .seconds(1) { try await clock.sleep(for: .seconds(1) - max(late, .zero)) }
                feed.yield(.step(.stillWorking))
            }
        } catch {
            // Cancelled: the answer was quicker.
        }
    }

    private static let restarting = Report(
        "The bot is restarting.", lines: ["This could not be finished. Please ask again in a minute."], tone: .warning)
}

/// Lets a progress report through every so often: each one is an edit, and edits are rationed.
private struct ProgressGate: Sendable {
    let clock: any Clock
    let feed: AsyncStream<OpenCall.Signal>.Continuation
    private let last = LastPassed()

    init(clock: any Clock, feed: AsyncStream<OpenCall.Signal>.Continuation) {
        self.clock = clock
        self.feed = feed
    }

    func pass(_ report: Report) {
        if last.mayPass(clock.uptime) { feed.yield(.step(.progress(report))) }
    }
}
