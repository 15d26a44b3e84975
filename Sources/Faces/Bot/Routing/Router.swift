// The owner of everything that runs because somebody asked. It reads the gateway's events one after another, decides at
// once what is meant and allowed, and lets the work run as child tasks of its own hall: bounded in number, told when the
// program has to stop, never lost.

package import Discord
import Domain
package import Runtime
import Storage

package actor Router {
    private typealias Job = @Sendable () async -> Void

    let commands: CommandList
    let desk: Desk
    let manners: Manners
    let clock: any Clock
    let log: Log

    var address: Address
    var botName = "Autoplex"
    var guilds: GuildBook
    var cooldowns = Cooldowns()
    package private(set) var health = RouterHealth()

    private var intake: AsyncStream<Job>.Continuation?
    private var open: [Int: OpenCall] = [:]
    private var openPerPerson: [Snowflake: Int] = [:]
    private var lastTicket = 0
    private var turns: Turns
    private var turnBells: [Int: AsyncStream<Void>.Continuation] = [:]
    private var busyNotes = BusyNotes()
    private var refusalsUnderWay = 0

    package init(commands: CommandList, desk: Desk, manners: Manners, clock: any Clock, log: Log) {
        self.commands = commands
        self.desk = desk
        self.manners = manners
        self.clock = clock
        self.log = log.labelled("bot")
        address = Address(prefix: manners.prefix)
        guilds = GuildBook(keepsThreads: !manners.access.channels.isEmpty)
        turns = Turns(mostAtOnce: manners.mostAtOnce)
    }

    /// Until the events end or the task is cancelled. Then running commands get the grace, and who still waits is told.
    package func run<Events: AsyncSequence & Sendable>(_ events: Events) async
    where Events.Element == GatewayEvent, Events.Failure == Never {
        let (jobs, intake) = AsyncStream.makeStream(of: Job.self)
        self.intake = intake
        // Not a child of this task, whose cancellation would cut off answers in mid-sentence; awaited below.
        let hall = Task {
            await withDiscardingTaskGroup { group in
                for await job in jobs { group.addTask { await job() } }
            }
        }
        let (desk, log, clock) = (desk, log, clock)
        // Read before the first event: what is pressed from now on is under way, not left over.
        let interrupted = await desk.interrupted(log: log)
        intake.yield { await desk.settle(interrupted, log: log) }

        for await event in events { take(event) }

        self.intake = nil
        intake.finish()
        let grace = Task { [grace = manners.grace] in
            try await clock.sleep(for: grace)
            self.tellRestarting()
        }
        await hall.value
        grace.cancel()
        _ = await grace.result
    }

    private func tellRestarting() {
        turns.close()
        if !open.isEmpty { log.info("stopping with commands unfinished", ["commands": "\(open.count)"]) }
        for call in open.values { call.feed.yield(.restarting) }
    }

    func take(_ event: GatewayEvent) {
        switch event {
        case .ready(let ready):
            address.ownID = ready.user.id.rawValue
            botName = ready.user.name
        case .messageCreate(let message): hear(message)
        case .interactionCreate(let interaction): answer(interaction)
        case .guildCreate(let guild): guilds.enter(guild)
        case .guildUpdate(let guild): guilds.enter(guild)
        case .guildDelete(let guild): if !guild.isUnavailable { guilds.forget(guild.id) }
        case .roleSaved(let role, let guild): guilds.enter(role, in: guild)
        case .roleDeleted(let role, let guild): guilds.forget(role: role, in: guild)
        case .contentIntentRefused: contentIsWithheld()
        case .resumed, .disconnected: break
        }
    }

    // MARK: Without the text of messages

    /// Without the MESSAGE CONTENT intent `!plex …` arrives empty: the owner must hear of it, once and clearly.
    private func contentIsWithheld() {
        guard health.seesMessageTexts else { return }
        health.seesMessageTexts = false
        log.warning(
            """
            Discord withholds the text of messages: \(manners.prefix) does not work, only mentions and slash commands do. \
            Switch on MESSAGE CONTENT INTENT in the developer portal (Bot) and restart
            """)
        guard let channel = manners.adminChannel, let intake else { return }
        let report = Report(
            "\(manners.prefix) does not work at the moment.",
            lines: [
                "Discord does not let me read messages. I answer to \(code: "/\(manners.slashName)") and to \(code: "@\(botName)").",
                "To change that, switch on MESSAGE CONTENT INTENT in the developer portal, under Bot, and restart me.",
            ], tone: .warning)
        intake.yield { [desk, log] in
            do { try await desk.post(.report(report), in: channel) } catch {
                log.warning("the admin channel could not be told", ["why": "\(error)"])
            }
        }
    }

    // MARK: Taking a call in

    /// Starts `work` as a child of the hall, or tells that there is no room.
    func begin(
        _ way: Exchange.Way, _ caller: Caller, isPrivate: Bool = false, privateSpelling: String = "",
        isSlow: Bool = false,
        label: String,
        work: @escaping @Sendable (Router, Int, @escaping @Sendable (Report) async -> Void) async -> Exchange.Ending
    ) {
        let theirs = openPerPerson[caller.id, default: 0]
        guard let intake, open.count < manners.mostOpen, caller.level == .admin || theirs < manners.mostPerPerson else {
            refuse(way, caller)
            return
        }
        lastTicket += 1
        let ticket = lastTicket
        let call = OpenCall(ticket: ticket, way: way, isSlow: isSlow, clock: clock, log: log.labelled(label))
        open[ticket] = call
        openPerPerson[caller.id] = theirs + 1
        health.asked += 1
        let exchange = Exchange(
            way: way, caller: caller, isPrivate: isPrivate, privateSpelling: privateSpelling, voice: desk.voice,
            writer: desk.writer, clock: clock)
        intake.yield {
            await call.serve(exchange) { progress in await work(self, ticket, progress) }
            await self.close(ticket, caller.id)
        }
    }

    private func close(_ ticket: Int, _ caller: Snowflake) {
        open[ticket] = nil
        openPerPerson[caller] = openPerPerson[caller].flatMap { $0 > 1 ? $0 - 1 : nil }
    }

    // MARK: Taking turns

    /// Returns when it is this call's turn.
    func enter(_ ticket: Int) async throws {
        if turns.enter(ticket) { return }
        let (bell, ring) = AsyncStream.makeStream(of: Void.self)
        turnBells[ticket] = ring
        for await _ in bell { return }
        throw CancellationError()
    }

    func leave(_ ticket: Int) {
        turnBells[ticket] = nil
        if let next = turns.leave(ticket) {
            turnBells[next]?.yield()
            turnBells[next]?.finish()
        }
    }

    // MARK: No room

    private func refuse(_ way: Exchange.Way, _ caller: Caller) {
        health.turnedAway += 1
        // Stopping: the gateway is closed already, and the next start will not know of this.
        guard let intake else { return }
        switch way {
        case .text(let channel, _, _):
            guard busyNotes.add(caller.id, in: channel) else { return }
            // A moment's wait gathers the whole flood in one note.
            intake.yield { [clock] in
                try? await clock.sleep(for: .seconds(1))
                await self.postBusyNote(in: channel)
            }
        case .slash(let interaction), .press(let interaction):
            guard refusalsUnderWay < manners.mostOpen else {
                log.warning("a command was not even refused: far too many at once")
                return
            }
            refusalsUnderWay += 1
            intake.yield { await self.refuse(interaction) }
        }
    }

    private func postBusyNote(in channel: Snowflake) async {
        guard let note = busyNotes.take(channel) else { return }
        do {
            try await desk.post(.report(note.report), in: channel, calling: note.people)
        } catch {
            log.warning("could not tell a channel that there is too much to do", ["why": "\(error)"])
        }
    }

    private func refuse(_ interaction: Interaction) async {
        let report = Report(
            "More was asked than I can answer at once.", lines: ["Please ask again in a minute."], tone: .warning)
        do {
            try await desk.voice.say(Speech(report: report, isEphemeral: true), desk.writer) { [voice = desk.voice] in
                try await voice.respond(interaction, .message($0))
            }
        } catch {
            log.warning("could not tell somebody that there is too much to do", ["why": "\(error)"])
        }
        refusalsUnderWay -= 1
    }

    /// For work that answers nobody with words, such as completions.
    func beginQuietly(_ job: @escaping @Sendable () async -> Void) {
        guard quietJobs < manners.mostOpen, let intake else { return }
        quietJobs += 1
        intake.yield {
            await job()
            await self.endQuietly()
        }
    }
    private var quietJobs = 0
    private func endQuietly() { quietJobs -= 1 }

    // MARK: Counting

    func count(_ outcome: RouterHealth.Outcome) {
        switch outcome {
        case .answered: health.answered += 1
        case .misunderstood: health.misunderstood += 1
        case .failed(let why):
            health.failed += 1
            health.lastFailure = why
        }
    }

    package var openCalls: Int { open.count }
    package var waitingCalls: Int { turns.waitingCount }
}

/// For `status` and `/metrics`.
package struct RouterHealth: Hashable, Sendable {
    enum Outcome { case answered, misunderstood, failed(String) }

    package var asked = 0
    package var answered = 0
    package var misunderstood = 0
    package var failed = 0
    package var turnedAway = 0
    package var lastFailure: String?
    /// False: Discord withholds MESSAGE_CONTENT; only mentions and slash commands work.
    package var seesMessageTexts = true
}
