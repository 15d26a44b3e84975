// The services besides Discord, all of one household: what `--services` names.

import Runtime
import Sockets
import StandIns

struct OtherServices {
    /// What the line of JSON says of each.
    private(set) var addresses: [(name: String, address: JSON)] = []
    private var endings: [@Sendable () async -> Void] = []
    private var counts: [(name: String, count: @Sendable () -> Int)] = []

    static func start(_ options: Options, loop: EventLoop) async throws -> OtherServices {
        var started = OtherServices()
        guard !options.services.isEmpty else { return started }
        let clock = SystemClock()
        let world: HouseholdWorld =
            options.people > 0
            ? .crowd(of: options.people, now: clock.now)
            : options.tracks > 0 ? .measured(tracks: options.tracks, now: clock.now) : .lived(now: clock.now)
        let household = Household(world)
        var plexURL = "http://127.0.0.1:32400"
        if options.services.contains("plex") {
            let plex = try await PlexStandIn.start(loop: loop, clock: clock, household: household)
            started.addresses.append(
                (
                    "plex",
                    [
                        "url": .string(plex.url), "token": .string(plex.token), "machine": .string(world.machineID),
                        "tokens": .object(
                            JSON.Fields(
                                world.people.map { (key: $0.title.lowercased(), value: .string($0.token)) })),
                    ]
                ))
            started.endings.append { await plex.stop() }
            started.counts.append(("plex", { plex.requests.entries.count }))
            plexURL = plex.url
        }
        if options.services.contains("plextv") {
            let plexTV = try await PlexTVStandIn.start(loop: loop, clock: clock, household: household, plex: plexURL)
            started.addresses.append(("plextv", ["url": .string(plexTV.url), "token": .string(plexTV.token)]))
            started.endings.append { await plexTV.stop() }
            started.counts.append(("plextv", { plexTV.requests.entries.count }))
        }
        if options.services.contains("tautulli") {
            var rules = TautulliRules.standard
            // As the real one, which asks plex.tv now and then and not at every question.
            rules.noticesPeopleAtOnce = options.people == 0
            let tautulli = try await TautulliStandIn.start(
                loop: loop, clock: clock, household: household, rules: rules)
            started.addresses.append(("tautulli", ["url": .string(tautulli.url), "key": .string(tautulli.apiKey)]))
            started.endings.append { await tautulli.stop() }
            started.counts.append(("tautulli", { tautulli.requests.entries.count }))
        }
        if options.services.contains("jellyfin") {
            let jellyfin = try await JellyfinStandIn.start(loop: loop, clock: clock, household: household)
            let accounts = world.jellyfin.map { account in
                (
                    key: account.name.lowercased(),
                    value: ["id": .string(account.id), "password": .string(account.password)] as JSON
                )
            }
            started.addresses.append(
                (
                    "jellyfin",
                    [
                        "url": .string(jellyfin.url), "key": .string(jellyfin.apiKey),
                        "people": .object(JSON.Fields(accounts)),
                    ]
                ))
            started.endings.append { await jellyfin.stop() }
        }
        try await started.startFilms(options, loop: loop, clock: clock, household: household)
        try await started.startShows(options, loop: loop, clock: clock, world: world)
        if options.services.contains("musicbrainz") {
            let musicBrainz = try await MusicBrainzStandIn.start(
                loop: loop, clock: clock, rules: options.isUnlimited ? .mirror : .standard)
            started.addresses.append(("musicbrainz", ["url": .string(musicBrainz.url)]))
            started.endings.append { await musicBrainz.stop() }
        }
        if options.services.contains("discogs") {
            let discogs = try await DiscogsStandIn.start(loop: loop, clock: clock)
            started.addresses.append(("discogs", ["url": .string(discogs.url), "token": .string(discogs.token)]))
            started.endings.append { await discogs.stop() }
        }
        if options.services.contains("mail") { try started.startMail(for: world) }
        if options.services.contains("wordsmith") {
            let wordsmith = try await WordsmithStandIn.start(loop: loop, clock: clock)
            started.addresses.append(
                ("wordsmith", ["url": .string(wordsmith.url), "key": .text(wordsmith.apiKey)]))
            started.endings.append { await wordsmith.stop() }
        }
        if options.services.contains("heralds") { try await started.startHeralds(loop: loop, clock: clock) }
        if options.people > 0 {
            let hour = HouseholdWorld.hourOfCrowd(clock.now).seconds
            let first = Int64(HouseholdWorld.firstOfCrowd)
            started.addresses.append(("crowd", ["first": .int(first), "hour": .int(hour)]))
            try await started.count(on: loop)
        }
        return started
    }

    private mutating func startHeralds(loop: EventLoop, clock: any Clock) async throws {
        for (name, herald) in [
            ("ntfy", try await HeraldStandIn.ntfy(loop: loop, clock: clock)),
            ("gotify", try await HeraldStandIn.gotify(loop: loop, clock: clock)),
            ("apprise", try await HeraldStandIn.apprise(loop: loop, clock: clock)),
        ] {
            addresses.append(
                (
                    name,
                    ["home": .string(herald.home), "url": .string(herald.url), "token": .text(herald.token)]
                ))
            endings.append { await herald.stop() }
        }
    }

    private mutating func startFilms(
        _ options: Options, loop: EventLoop, clock: any Clock, household: Household
    ) async throws {
        if options.services.contains("jellystat") {
            let jellystat = try await JellystatStandIn.start(loop: loop, clock: clock, household: household)
            addresses.append(("jellystat", ["url": .string(jellystat.url), "key": .string(jellystat.apiKey)]))
            endings.append { await jellystat.stop() }
        }
        if options.services.contains("radarr") {
            var rules = RadarrRules.standard
            // Whoever waits for it is a program.
            if options.isQuick { rules.downloadTime = .seconds(1) }
            let radarr = try await RadarrStandIn.start(loop: loop, clock: clock, household: household, rules: rules)
            addresses.append(("radarr", ["url": .string(radarr.url), "key": .string(radarr.apiKey)]))
            endings.append { await radarr.stop() }
        }
        if options.services.contains("prowlarr") {
            let prowlarr = try await ProwlarrStandIn.start(loop: loop, clock: clock, household: household)
            addresses.append(("prowlarr", ["url": .string(prowlarr.url), "key": .string(prowlarr.apiKey)]))
            endings.append { await prowlarr.stop() }
        }
    }

    private mutating func startShows(
        _ options: Options, loop: EventLoop, clock: any Clock, world: HouseholdWorld
    ) async throws {
        let television = Television.standard(of: world, now: clock.now)
        if options.services.contains("tmdb") {
            let tmdb = try await TMDBStandIn.start(loop: loop, clock: clock, television: television)
            addresses.append(
                ("tmdb", ["url": .string(tmdb.url), "key": .string(tmdb.apiKey), "token": .string(tmdb.readToken)]))
            endings.append { await tmdb.stop() }
        }
        if options.services.contains("tvmaze") {
            let tvmaze = try await TVmazeStandIn.start(loop: loop, clock: clock, television: television)
            addresses.append(("tvmaze", ["url": .string(tvmaze.url)]))
            endings.append { await tvmaze.stop() }
        }
    }

    /// How many requests each has had, for who compares.
    private mutating func count(on loop: EventLoop) async throws {
        let counts = counts
        let server = try await HTTPServer.start(
            on: loop, port: 0,
            routes: [
                .immediate("/") { _ in
                    .json(JSON.object(JSON.Fields(counts.map { (key: $0.name, value: .int(Int64($0.count()))) })).bytes)
                }
            ], log: .silent)
        addresses.append(("counts", .string("http://127.0.0.1:\(server.port)/")))
        endings.append { await server.stop() }
    }

    /// Twice: with STARTTLS, and with TLS from the start. Who is of the household has a mailbox.
    private mutating func startMail(for world: HouseholdWorld) throws {
        var rules = MailRules.standard
        rules.mailboxes = Set(world.people.map(\.email).filter { !$0.isEmpty })
        rules.size = 1 << 20
        for (name, encryption) in [("mail", MailStandIn.Encryption.startTLS), ("mails", .implicit)] {
            let mail = try MailStandIn.start(encryption: encryption, rules: rules)
            let login = rules.logins.first
            addresses.append(
                (
                    name,
                    [
                        "url": .string(mail.url),
                        "certificate": .string(String(decoding: mail.certificate, as: UTF8.self)),
                        "user": .string(login?.key ?? ""), "password": .string(login?.value ?? ""),
                        "mailbox": .string(rules.mailboxes?.min() ?? ""),
                    ]
                ))
            endings.append { await mail.stop() }
        }
        let mailbox = try MailboxStandIn.start()
        mailbox.receive("unsubscribe me")
        mailbox.receive("Dinner on Friday", isRead: true)
        mailbox.receive("Re: Unsubscribe")
        addresses.append(
            (
                "mailbox",
                [
                    "port": .int(Int64(mailbox.port)), "user": .string(mailbox.user),
                    "password": .string("app password of nobody"),
                    "certificate": .string(String(decoding: mailbox.certificate, as: UTF8.self)),
                ]
            ))
        endings.append { await mailbox.stop() }
    }

    func stop() async { for end in endings { await end() } }
}
