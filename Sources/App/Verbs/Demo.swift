// `autoplex demo`: the real program against a stand-in of Discord inside the same process, with a page on which one can
// chat as several people. No settings, no network, nothing left behind.

internal import FoundationEssentials
internal import Runtime
internal import Sockets
internal import StandIns

enum Demo {
    static func perform(_ arguments: [String]) async -> ExitCode {
        guard arguments.isEmpty else {
            Program.complain("autoplex: demo takes no words after it")
            return .usage
        }
        let folder = FileManager.default.temporaryDirectory.path + "/autoplex-demo-\(UInt32.random(in: .min ... .max))"
        let environment = ProcessInfo.processInfo.environment
        let log = Log(
            level: environment["LOG_LEVEL"].flatMap(Log.Level.init(rawValue:)) ?? .info,
            format: environment["LOG_FORMAT"].flatMap(Log.Format.init(rawValue:)) ?? .text)
        let clock = TravelClock()
        var rules = DiscordRules.standard
        // A month may pass between two heartbeats: those are counted in real seconds, the month is not.
        rules.endsSilentSessions = false
        rules.resumeWindow = .days(400)
        do {
            let loop = try EventLoop(name: "discord", log: log)
            let discord = try await DiscordStandIn.start(
                loop: loop, clock: clock, rules: rules, log: log.labelled("stand-in"))
            let street = try await Street.start(
                loop: loop, clock: clock, world: .watching(now: clock.now), log: log.labelled("stand-in"))
            let settings = try Configuration(settings(for: discord, street, in: folder, environment))
            let secret = settings.key("WEBHOOK_SECRET")?.reveal() ?? ""
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let days = DemoDays(clock, street)
            let journal = StreetJournal(street, discord: discord, clock: clock)
            let world = DemoWorld(street: street, discord: discord, clock: clock, days: days, journal: journal)
            async let films: Void = filmEvening(street, secret, ports, world)
            let writing = Task { await journal.follow() }
            let application = Application(
                settings: settings, token: Secret(discord.token), clock: clock, lineClock: SystemClock(), log: log,
                extraRoutes: routes(discord, world) + pages(street, journal),
                meeting: { await days.meet($0) }
            ) { number in
                port.yield(number)
                print("\nThe demo is ready: http://127.0.0.1:\(number)")
                let codes = JellyfinStandIn.quickConnectAddress
                print("Codes for Jellyfin are typed at http://127.0.0.1:\(number)\(codes)\nStop it with Ctrl-C.\n")
            }
            let code = await Run.serve(application, log: log)
            port.finish()
            await films
            writing.cancel()
            await writing.value
            await street.stop()
            await discord.stop()
            await loop.stop()
            try? FileManager.default.removeItem(atPath: folder)
            return code
        } catch {
            Program.complain("\(error)")
            return Run.code(for: error)
        }
    }

    /// The real settings' reader is used, so that the demo runs what an owner would run.
    static func settings(
        for discord: DiscordStandIn, _ street: Street, in folder: String, _ environment: [String: String]
    ) -> Environment {
        var values = street.settings
        values.merge([
            "DISCORD_API_URL": discord.apiURL, "DISCORD_TOKEN": discord.token, "CONFIG_DIR": folder,
            "DISCORD_ADMIN_CHANNEL": "\(DiscordWorld.Household.admin)",
            "TRUSTED_ROLES": "\(DiscordWorld.Household.trustedRole)",
            "ADMIN_USERS": "\(DiscordWorld.Household.robin)",
            // What it changes is the stand-ins', so that a button may do what it says.
            "DRY_RUN": "false",
            "NEWSLETTER_CONSENT": "opt-out",
            "PRUNE": "on", "WELCOME": "true",
            "DASHBOARD_PASSWORD": "open-sesame-demo",
            "DOWNLOADS": "on", "TRACKED_USER_NAME": "robin", "WEBHOOK_SECRET": "open-sesame",
            "DOWNLOADS_PREPARE": "move", "DOWNLOADS_TAG": "hdd", "DOWNLOADS_ASK": "family",
            "TRACKER": "on", "TRACKER_PEOPLE": "everybody", "TRACKER_CHANNEL": "\(DiscordWorld.Household.media)",
            // As often as a step of the days that somebody skips.
            "CHECK_INACTIVITY_SECS": "\(DemoDays.step.milliseconds / 1000)",
            "ADMIN_EMAIL": "robin@mail.example",
            "WELCOME_ABOUT": "Films, series and music for friends and family.",
            "WELCOME_RULES": "Be kind to the upload | One stream at a time",
            "WELCOME_LINKS": "Ask for a film=https://requests.household.example",
            "WELCOME_CONTACT": "Robin <robin@mail.example>",
            // To the telephone: what needs somebody by one app, what is good to know by the other.
            "NOTIFY_EVENTS": "approval=ntfy, service=ntfy, failure=ntfy, start=none, update=none, job=none, *=gotify",
            "PUBLIC_URL": "http://127.0.0.1:\(environment["HTTP_PORT"] ?? "8642")",
        ]) { $1 }
        for name in ["HTTP_HOST", "HTTP_PORT", "TZ"] { values[name] = environment[name] }
        return Environment(process: values, dotEnvPaths: [])
    }

    /// Somebody has watched a few films, so that there is something to decide.
    private static func filmEvening(
        _ street: Street, _ secret: String, _ ports: AsyncStream<Int>, _ world: DemoWorld
    ) async {
        typealias Films = HouseholdWorld.Films
        typealias People = HouseholdWorld.JellyfinPeople
        for await port in ports {
            await world.hooks.listens(on: port)
            // Nobody wants to wait an hour before they are known.
            try? await world.days.run("people")
            await street.tell("http://127.0.0.1:\(port)", secret: secret)
            for (title, person, share) in [
                (Films.classic, People.robin, 0.98), (Films.poor, People.robin, 0.97), (Films.rare, People.ann, 0.99),
                (Films.family, People.robin, 0.95), (Films.local, People.robin, 0.96),
                (Films.ordinary, People.robin, 1),
                (Films.upgradable, People.robin, 0.5),
            ] {
                guard let film = street.household.read({ $0.film(titled: title) }) else { continue }
                street.jellyfin.watch(film, by: person, share: share)
            }
        }
    }

    private static let examples = [
        "!plex usage", "!plex completion The Lantern Quintet", "!plex enrich Lanterns at Low Tide", "!plex link",
        "/plex sync_playlists run", "!plex newsletter preview", "!plex newsletter test", "!plex prune",
        "!plex prune simulate", "!plex downloads", "!plex downloads why Salt Road", "!plex tracker",
        "!plex tracker progress", "!plex tracker conflicts 1", "!plex why", "!plex dashboard",
        "!plex help", "/plex ",
    ]

    /// Those beside the chat.
    static func pages(_ street: Street, _ journal: StreetJournal) -> [Route] {
        street.mail.mailboxRoutes() + street.phoneRoutes + street.jellyfin.quickConnectRoutes
            + street.plexTV.signInRoutes + journal.routes
            + DemoPages.routes
    }

    private static func routes(_ discord: DiscordStandIn, _ world: DemoWorld) -> [Route] {
        let home = Route.immediate("/") { _ in ServerResponse(status: 302, headers: [("Location", "/chat/")]) }
        let extras = ChatExtras(
            examples: examples, controls: world.controls, tour: DemoTour.steps, pages: DemoPage.all,
            served: [(from: world.street.plexTV.url + "/auth", to: PlexTVStandIn.signInAddress)])
        return [home] + discord.chatRoutes(under: "/chat", with: extras)
    }
}
