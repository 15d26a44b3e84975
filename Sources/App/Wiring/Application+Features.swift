// The features, each made of the clients it asks, and what the commands, jobs and cards get of them.

internal import Bot
internal import Commands
internal import Discord
internal import Domain
internal import History
internal import Jobs
internal import Music
internal import Newsletter
internal import People
internal import Runtime
internal import Storage

/// What the wiring has in its hands when it makes the features.
struct Features: Sendable {
    let outside: Outside
    let database: Database
    let effects: Effects
    let people: People
    let census: PeopleScan
    let signIn: Configured<PlexSignIn>
    let jellyfinSignIn: Configured<JellyfinSignIn>
    let history: Configured<History>
    let completion: Configured<CompletionSource>
    let enrich: Configured<Enrichment>
    let playlists: Configured<Playlists>
    let newsletter: Configured<NewsletterOffice>
    let post: Configured<NewsletterPost>

    init(outside: Outside, database: Database, effects: Effects, settings: Configuration, log: Log) {
        self.outside = outside
        self.database = database
        self.effects = effects
        let people = People(database, key: outside.key) { alone, person, actor in
            await Self.keepNo(of: alone, for: person, by: actor, database, log)
        }
        let census = PeopleScan(
            people: people, plex: outside.plex.value, plexTV: outside.plexTV.value, tautulli: outside.tautulli.value,
            jellyfin: outside.jellyfin.value, clock: database.clock)
        self.people = people
        self.census = census
        let signIn = outside.plexTV.and(outside.plex).map { plexTV, plex in
            PlexSignIn(people: people, plexTV: plexTV, plex: plex, census: census)
        }
        self.signIn = signIn
        jellyfinSignIn = outside.jellyfin.map { jellyfin in
            JellyfinSignIn(people: people, jellyfin: jellyfin, clock: database.clock, log: log)
        }
        let history = outside.tautulli.map { History(database, tautulli: $0) }
        self.history = history
        completion = outside.plex.map { [studio = outside.studio] plex in
            let completion = Completion(plex: plex) { person in
                try await HeardBy(person, history: history.value, plex: plex, clock: database.clock).read()
            }
            return CompletionSource(completion: completion, people: people, census: census) {
                verdict, listener, doubt, linkHint in
                // Pictures are large while they are drawn.
                defer { Memory.giveBack() }
                let covers = await completion.covers(of: verdict.albums, most: 24)
                return await CompletionReport.pages(
                    verdict, for: listener, covers: covers, doubt: doubt, studio: studio, linkHint: linkHint)
            }
        }
        enrich = Self.enrichment(outside, database, effects, settings, log)
        playlists = outside.plex.map { plex in
            Playlists(
                plex: plex, wishes: settings.playlists, database: database, effects: effects, clock: database.clock,
                log: log, tokenOf: { discord in try await signIn.value?.serverToken(of: discord) })
        }
        newsletter = Self.newsletter(outside, database, people, history, outside.smith, settings, log)
        post = newsletter.map { $0.post(effects) }
    }

    /// Whoever said no to the newsletter before they became one with somebody has said it for both.
    private static func keepNo(
        of alone: Int64, for person: Person, by actor: String, _ database: Database, _ log: Log
    ) async {
        // How others are counted makes no difference to a no.
        let consent = NewsletterConsent(database, mode: .optIn)
        do {
            guard try await consent.choice(of: alone)?.wish == .unsubscribed,
                try await consent.choice(of: person.id)?.wish == nil
            else { return }
            try await consent.unsubscribe(person.id, known: person, way: .admin, by: actor)
        } catch { log.error("a no to the newsletter was not kept: \(error)", ["person": "\(person.id)"]) }
    }

    var peopleSource: PeopleSource { PeopleSource(people: people, signIn: signIn, jellyfin: jellyfinSignIn) }
}

extension Application {
    /// Whoever answers the buttons and menus of the features' cards.
    func cards(_ features: Features, _ newsletter: Configured<NewsletterSource>) -> [CardHandler] {
        LinkCards.handlers(features.peopleSource)
            + CompletionCards.handlers(features.completion, Spelling(settings.prefix))
            + (features.enrich.value.map(CommandList.enrichCards) ?? [])
            + NewsletterCards.handlers(newsletter)
            + [.playlists(features.playlists.map { PlaylistsSource($0) })]
    }

    /// A new installation knows nobody and nothing that was played: its first hour would be full of wrong answers. From
    /// then on the jobs keep both true; what fails here they make up for.
    func lookAround(_ features: Features, _ notices: Notices) async {
        do {
            if try await features.people.all().isEmpty {
                let report = try await features.census.run()
                log.info("who is there is known")
                await notices.tell(report, as: .people)
            }
            if let history = features.history.value, try await history.readThrough() == nil {
                try await history.catchUp()
                log.info("what was played before is known")
            }
        } catch {
            if !Task.isCancelled { log.warning("the first look did not end: \(error)") }
        }
    }
}
