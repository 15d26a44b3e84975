// The program, put together: settings in, one throwing task group of services out. Cancelling it is shutdown. Nothing is
// decided here; this file only says who talks to whom.

internal import Bot
internal import Commands
internal import Dashboard
internal import Discord
internal import Domain
internal import Downloads
internal import HTTP
internal import Jobs
internal import Prune
internal import Runtime
internal import Sockets
internal import Storage
internal import Tracker
internal import Usage
internal import Web

struct Application: Sendable {
    let settings: Configuration
    let token: Secret
    let clock: any Clock
    /// Of the line to Discord: beats and silences are real ones, whatever day it is.
    let lineClock: any Clock
    let log: Log
    let chance: @Sendable () -> Double
    /// The settings as another start would read them; nil: nothing is read anew.
    let settingsAnew: @Sendable () -> Environment?
    /// Pages that only the demo has.
    let extraRoutes: [Route]
    /// Whoever moves the clock waits for them: the demo.
    let meeting: @Sendable (JobRunner) async -> Void
    /// Told once the web server listens, with its port.
    let listening: @Sendable (Int) -> Void

    init(
        settings: Configuration, token: Secret, clock: any Clock, lineClock: (any Clock)? = nil, log: Log,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        settingsAnew: @escaping @Sendable () -> Environment? = { nil },
        extraRoutes: [Route] = [],
        meeting: @escaping @Sendable (JobRunner) async -> Void = { _ in },
        listening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.settings = settings
        self.token = token
        self.clock = clock
        self.lineClock = lineClock ?? clock
        self.log = log
        self.chance = chance
        self.settingsAnew = settingsAnew
        self.extraRoutes = extraRoutes
        self.meeting = meeting
        self.listening = listening
    }

    /// Until the task is cancelled, or something it cannot live without fails.
    func run() async throws {
        try Files.makeFolder(settings.folder)
        let lock = try FileLock.take(folder: settings.folder)
        defer { lock.release() }
        let database = try await Database.open(
            path: settings.databasePath, clock: clock, log: log, schemas: Self.schemas)
        do {
            try await run(with: database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private func run(with database: Database) async throws {
        let times = RequestTimes(settings.outsideAddresses)
        let http = try HTTPClient(userAgent: Version.userAgent) { times.note($0, $1, $2) }
        let gatewayLoop = try EventLoop(name: "gateway", log: log)
        let webLoop = try EventLoop(name: "web", log: log)
        let outcome: Result<Void, any Error>
        do {
            try await serve(database, http, times, gatewayLoop: gatewayLoop, webLoop: webLoop)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        // Only now: until here somebody may still have had words to send.
        await gatewayLoop.stop()
        await webLoop.stop()
        await http.stop()
        try outcome.get()
    }

    private func serve(
        _ database: Database, _ http: HTTPClient, _ times: RequestTimes, gatewayLoop: EventLoop, webLoop: EventLoop
    ) async throws {
        let started = clock.now
        let rest = DiscordREST(
            api: settings.discordURL, token: token, http: http, clock: clock, log: log, version: Version.number,
            home: Version.home,
            chance: chance)
        let gateway = Gateway(
            config: gatewayConfig, loop: gatewayLoop, clock: lineClock, log: log.labelled("gateway"), chance: chance
        ) { try await rest.gatewayBot() }
        let watch = ServiceWatch(settings: settings, http: http, clock: clock)
        let features = Features(
            outside: try await Outside.make(settings, database, http: http, clock: clock, log: log, chance: chance),
            database: database, effects: effects(database), settings: settings, log: log)
        let (requests, request) = AsyncStream.makeStream(of: String.self)
        defer { request.finish() }
        let newsletter = newsletterSource(features) { request.yield($0) }
        let late = LateDesk()
        let office = pruneOffice(features, late, rest)
        let prune = prune(office, features)
        let pruneSource = pruneSource(prune, features)
        let hooks = downloadOffice(features, late)
        let downloadsSource = downloadsSource(hooks, features)
        let posters = CandidatePosters(http: http, studio: features.outside.studio)
        let shows = trackerOffice(features, late, posters)
        let trackerSource = trackerSource(shows, features, posters)
        let desk = Desk(
            voice: BotVoice(rest), database: database,
            cards: cards(features, newsletter) + PruneHandlers.handlers(pruneSource)
                + DownloadsHandlers.handlers(downloadsSource)
                + TrackerHandlers.handlers(trackerSource))
        let crier = Crier(
            settings.notices, link: settings.newsletter.home, place: settings.zone, http: http, clock: lineClock,
            log: log)
        let notices = Notices(
            desk: desk, adminChannel: settings.adminChannel.map { Snowflake($0) }, crier: crier, log: log)
        late.arrive(desk, notices)
        let runner = JobRunner(
            jobs(features, watch, desk) + pruneJobs(prune, office, database) + downloadJobs(hooks)
                + trackerJobs(shows),
            runs: JobRuns(database), clock: clock,
            place: settings.zone, log: log,
            chance: chance
        ) { job, report in await notices.post(report, of: job) }
        await meeting(runner)
        let usage = usage(features, ChannelParents(rest))
        let door = dashboardDoor(features)
        let commands = CommandList.all(
            house(
                gateway: gateway, rest: rest, watch: watch, runner: runner, features: features, usage: usage,
                newsletter: newsletter, prune: pruneSource, downloads: downloadsSource, tracker: trackerSource,
                dashboard: dashboardSource(door), started: started))
        let router = Router(commands: commands, desk: desk, manners: manners, clock: clock, log: log)
        let statusMessage = statusMessage(usage, database, desk, notices)
        let registration = SlashRegistration(
            rest: rest,
            definitions: SlashDefinitions.definitions(
                of: commands, root: manners.slashName, allowsDirectMessages: settings.allowsDirectMessages),
            guild: settings.guild.map { Snowflake($0) }, log: log.labelled("commands"))

        // Before anything new begins: what a crash left open is asked about. What cannot be found out stays
        // interrupted, and the admins are told.
        let unsettled = try await features.effects.settleInterrupted(
            features.verifies.merging(prune.value?.verifies ?? [:]) { $1 }
                .merging(hooks.value?.downloads.verifies ?? [:]) { $1 }
                .merging(shows.tracker.verifies) { $1 })
        await notices.add(startNotice(unsettled), as: .start)

        let metrics = MetricsPage(
            gateway: gateway, router: router, runner: runner, watch: watch, post: features.post, prune: prune,
            hooks: hooks.value, shows: shows, database: database, desk: desk, effects: features.effects,
            backups: settings.backupFolder, times: times, started: started)
        let server = try await HTTPServer.start(
            on: webLoop, host: settings.host, port: settings.port, base: settings.dashboard.base,
            routes: HealthRoutes.routes(checks: readiness(database, gateway), metrics: { await metrics.families() })
                + (features.newsletter.value?.site.routes ?? []) + pruneRoutes(office, prune)
                + (hooks.value?.routes ?? []) + shows.routes + trackerRoutes(shows, features)
                + summaryRoutes(features, watch, runner, desk)
                + (try dashboardRoutes(
                    door, gateway, desk, watch, runner, features, usage, newsletter, pruneSource, downloadsSource,
                    trackerSource, wake: { shows.wake() }, started))
                + extraRoutes,
            headers: HookDoor.headers + Dashboard.headers, limits: HookDoor.limits, log: log.labelled("web"))
        log.info("listening", ["address": "http://\(settings.host):\(server.port)"])
        listening(server.port)

        let (sessions, session) = AsyncStream.makeStream(of: Ready.self)
        let events = gateway.events.map { event in
            if case .ready(let ready) = event { session.yield(ready) }
            return event
        }
        defer { session.finish() }
        do {
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { try await gateway.run() }
                group.addTask { await router.run(events) }
                group.addTask { try await runner.run() }
                group.addTask { await notices.tell(await watch.look(), as: .service) }
                group.addTask { await crier?.run() }
                group.addTask { await statusMessage?.run() }
                group.addTask { await goOnEnriching(features, notices) }
                group.addTask { await hooks.value?.run() }
                group.addTask { await shows.run() }
                group.addTask { await lookAround(features, notices) }
                group.addTask {
                    for await person in requests { _ = await runner.runNow("newsletter-post", by: person) }
                }
                group.addTask {
                    for await ready in sessions {
                        log.info("ready", ["as": ready.user.name, "servers": "\(ready.guilds.count)"])
                        if let id = ready.application?.id { await registration.register(application: id) }
                        await notices.flush()
                    }
                }
            }
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }
}
