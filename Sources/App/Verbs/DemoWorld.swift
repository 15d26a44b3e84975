// What may happen in the demo's household besides time: somebody watches, somebody rates, a service goes down. Every button
// does what would happen in a real house, with what the services there would tell of it.

internal import Runtime
internal import StandIns
internal import Synchronization

struct DemoWorld: Sendable {
    typealias Option = WorldControl.Option

    let street: Street
    let discord: DiscordStandIn
    let clock: any Clock
    let days: DemoDays
    let journal: StreetJournal
    let hooks = DemoHooks()

    var controls: [WorldControl] {
        days.time + [
            WorldControl(
                "film", "Watch it to the end", in: .watching,
                choosing: [
                    .init("who", "Who") { viewers }, .init("film", "Film") { films },
                ]
            ) { try await watch(film: $0["film"] ?? "", by: $0["who"] ?? "") },
            WorldControl(
                "episode", "Watch the next episode", in: .watching,
                choosing: [.init("who", "Who") { people }, .init("show", "Show") { shows }]
            ) { try await watchNext(of: Int($0["show"] ?? ""), by: Int($0["who"] ?? "")) },
            WorldControl(
                "rate", "Rate it", in: .music,
                choosing: [
                    .init("track", "Track") { tracks },
                    .init("stars", "Stars") {
                        [Option("10", "★★★★★"), Option("8", "★★★★"), Option("6", "★★★"), Option("2", "★")]
                    },
                ]
            ) { rate(Int($0["track"] ?? ""), Double($0["stars"] ?? "")) },
            days.newcomer,
            WorldControl(
                "service", "Do it", in: .services,
                choosing: [
                    .init("service", "Service") { DemoService.allCases.map { Option($0.rawValue, $0.rawValue) } },
                    .init("deed", "What happens") { [Option("down", "goes down"), Option("up", "comes back")] },
                ]
            ) { try await turn(DemoService(rawValue: $0["service"] ?? ""), isDown: $0["deed"] == "down") },
        ]
    }

    // MARK: Watching

    /// People in Jellyfin, whose films the downloads hear of, and in Plex, whose evenings prune counts.
    private var viewers: [Option] {
        street.household.read { world in
            let there = world.jellyfin.filter { !$0.isDisabled }
                .sorted {
                    ($0.id != HouseholdWorld.JellyfinPeople.robin ? 1 : 0, $0.name)
                        < ($1.id != HouseholdWorld.JellyfinPeople.robin ? 1 : 0, $1.name)
                }
                .map { Option("jellyfin \($0.id)", "\($0.name), in Jellyfin") }
            return there + guests(world).map { Option("plex \($0.id)", "\($0.title), in Plex") }
        }
    }

    private var people: [Option] {
        street.household.read { world in guests(world).map { Option("\($0.id)", $0.title) } }
    }

    private func guests(_ world: HouseholdWorld) -> [HouseholdWorld.Person] {
        world.people.filter { $0.isOwner || $0.hasAccess }
    }

    /// Those that have a story to tell come first.
    private var films: [Option] {
        typealias Films = HouseholdWorld.Films
        let told = [
            Films.rare, Films.edition, Films.old, Films.fewSeeders, Films.tagged, Films.never, Films.unknownToRadarr,
            Films.unrated, Films.upgradable, Films.atCutoff,
        ]
        return street.household.read { world in
            let others = world.films.filter { !$0.jellyfinID.isEmpty }.map(\.title).filter { !told.contains($0) }
            return (told + others.sorted()).map { Option($0, $0) }
        }
    }

    private func watch(film title: String, by viewer: String) async throws -> String {
        let words = viewer.split(separator: " ").map(String.init)
        guard let film = street.household.read({ $0.film(titled: title) }), words.count == 2 else {
            return "There is no \(title)."
        }
        if words[0] == "jellyfin" {
            let name = street.household.read { $0.jellyfinAccount(words[1])?.name } ?? "Somebody"
            street.jellyfin.watch(film, by: words[1], share: 0.97)
            return "\(name) has watched \(title) to its end in Jellyfin, whose plugin told Autoplex. "
                + "What the downloads make of it is in #admin, or ask: !plex downloads why \(title)."
        }
        guard let person = Int(words[1]), let who = street.household.read({ $0.person(person)?.title }) else {
            return "There is nobody like that."
        }
        guard let key = film.ratingKey else { return "\(title) is not in Plex, only in Jellyfin." }
        journal.note(await street.plex.watch(key, by: person))
        try await days.run("history")
        return
            "\(who) has watched \(title) to its end in Plex, whose webhook told Autoplex. Tautulli’s history has it, "
            + "and prune will count it. What the downloads make of it: !plex downloads why \(title)."
    }

    // MARK: The next episode

    private var shows: [Option] {
        street.household.read { world in
            let shows = world.items(of: .show, in: HouseholdWorld.Sections.shows)
            let first = "Meridian Hospital"
            return shows.sorted { ($0.title == first ? 0 : 1, $0.title) < ($1.title == first ? 0 : 1, $1.title) }
                .map { Option("\($0.ratingKey)", $0.title) }
        }
    }

    private func watchNext(of show: Int?, by person: Int?) async throws -> String {
        guard let show, let person,
            let (who, title) = street.household.read({ world in
                world.person(person).flatMap { who in world.items[show].map { (who.title, $0.title) } }
            })
        else { return "There is no such show, or nobody like that." }
        let next = street.household.read { world -> (key: Int, name: String)? in
            let seen = Set(world.plays.filter { $0.person == person && $0.percent >= 85 }.map(\.ratingKey))
            guard let key = world.leafKeys(of: show).first(where: { !seen.contains($0) }), let item = world.items[key]
            else { return nil }
            let season = world.parent(of: item)?.index.map { "season \($0)" }
            let number = item.index.map { "episode \($0)" }
            return (key, [season, number].compactMap(\.self).joined(separator: ", "))
        }
        guard let next else { return "\(who) has seen all there is of \(title)." }
        try await hooks.set(up: street, discord)
        journal.note(await street.plex.watch(next.key, by: person))
        return
            "\(who) has watched \(title), \(next.name), in Plex. Its webhook told Autoplex, Tautulli’s history has it, "
            + "and the tracker marks it: !plex tracker."
    }

    // MARK: Stars

    /// Some that Robin has not rated, from many albums.
    private var tracks: [Option] {
        street.household.read { world in
            var albums: [Int: Int] = [:]
            var found: [Option] = []
            for key in world.keys(of: .track, in: HouseholdWorld.Sections.music) {
                guard found.count < 24, let item = world.items[key], let album = item.parent,
                    item.ratings[HouseholdWorld.People.robin] == nil, albums[album, default: 0] < 2
                else { continue }
                albums[album, default: 0] += 1
                let artist = world.grandparent(of: item)?.title ?? ""
                found.append(Option("\(key)", "\(item.title) – \(artist)"))
            }
            return found
        }
    }

    private func rate(_ key: Int?, _ rating: Double?) -> String {
        let robin = HouseholdWorld.People.robin
        let now = clock.now
        guard let key, let rating, let title = street.household.read({ $0.items[key]?.title }) else {
            return "There is no such track."
        }
        street.household.change { world in
            world.change(key) { item in
                item.ratings[robin] = rating
                item.ratedAt[robin] = now
            }
        }
        let stars = Int(rating / 2)
        return
            "Robin gave \(title) \(stars) star\(stars == 1 ? "" : "s") in Plex. The playlists change at their next look, "
            + "or now: /plex sync_playlists run."
    }

    // MARK: Services

    private func turn(_ service: DemoService?, isDown: Bool) async throws -> String {
        guard let service else { return "There is no such service." }
        try await service.turn(isDown: isDown, in: street)
        // It would be noticed within five minutes.
        try await days.run("services")
        return isDown
            ? "\(service.rawValue) is down: nobody gets an answer from it. Autoplex has looked; see #admin and !plex status."
            : "\(service.rawValue) is back. Autoplex has looked, and says so in #admin."
    }
}

/// What can go down, and how.
enum DemoService: String, CaseIterable, Sendable {
    case tautulli = "Tautulli"
    case plex = "Plex"
    case plexTV = "plex.tv"
    case jellyfin = "Jellyfin"
    case radarr = "Radarr"
    case prowlarr = "Prowlarr"
    case jellystat = "Jellystat"
    case discogs = "Discogs"
    case tmdb = "TMDB"
    case mail = "Mail"

    func turn(isDown: Bool, in street: Street) async throws {
        // Being told twice is no other than once.
        switch self {
        case .tautulli: await street.tautulli.endFaults()
        case .plex: await street.plex.endFaults()
        case .plexTV: await street.plexTV.endFaults()
        case .jellyfin: await street.jellyfin.endFaults()
        case .radarr: await street.radarr.endFaults()
        case .prowlarr: await street.prowlarr.endFaults()
        case .jellystat: await street.jellystat.endFaults()
        case .discogs: await street.discogs.endFaults()
        case .tmdb: await street.tmdb.endFaults()
        case .mail:
            await street.mail.goAway()
            if !isDown { try street.mail.comeBack() }
        }
        guard isDown else { return }
        let always = Int.max
        switch self {
        case .tautulli: await street.tautulli.fail("", with: .refuse, times: always)
        case .plex: await street.plex.fail(with: .refuse, times: always)
        case .plexTV: await street.plexTV.fail(with: .refuse, times: always)
        case .jellyfin: await street.jellyfin.fail(with: .refuse, times: always)
        case .radarr: await street.radarr.fail(with: .refuse, times: always)
        case .prowlarr: await street.prowlarr.fail(with: .refuse, times: always)
        case .jellystat: await street.jellystat.fail(with: .refuse, times: always)
        case .discogs: await street.discogs.fail(with: .refuse, times: always)
        case .tmdb: await street.tmdb.fail(with: .refuse, times: always)
        case .mail: break
        }
    }
}

/// Plex tells of what is watched to an address that the bot gives: Robin asks for it and types it into Plex, once.
actor DemoHooks {
    private var port: Int?
    private var isSetUp = false

    func listens(on port: Int) { self.port = port }

    func set(up street: Street, _ discord: DiscordStandIn) async throws {
        guard !isSetUp, let port else { return }
        typealias House = DiscordWorld.Household
        let asked = try await discord.slash("plex tracker url", as: House.robin, in: House.media)
        let answer = try await discord.answer(to: asked)
        let parts = answer.allText.split(separator: "/api/plex/webhook/")
        guard parts.count > 1 else { return }
        let secret = parts[1].prefix { $0.isLetter || $0.isNumber }
        await street.plex.changeRules { rules in
            rules.webhooks.append(
                PlexWebhook(
                    url: "http://127.0.0.1:\(port)/api/plex/webhook/\(secret)", person: HouseholdWorld.People.robin))
        }
        isSetUp = true
    }
}
