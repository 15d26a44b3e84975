// Every service of one household at once, for the demo and for journeys: Plex, plex.tv, Tautulli, Jellyfin, Jellystat,
// Radarr, Prowlarr, TMDB, TVmaze, MusicBrainz, Discogs, a mail server, a model, and the ntfy and Gotify of a telephone; and
// the settings that lead a program to them.

package import Runtime
package import Sockets

package struct Street: Sendable {
    package let household: Household
    package let plex: PlexStandIn
    package let plexTV: PlexTVStandIn
    package let tautulli: TautulliStandIn
    package let jellyfin: JellyfinStandIn
    package let jellystat: JellystatStandIn
    package let radarr: RadarrStandIn
    package let prowlarr: ProwlarrStandIn
    package let musicBrainz: MusicBrainzStandIn
    package let discogs: DiscogsStandIn
    package let tmdb: TMDBStandIn
    package let tvmaze: TVmazeStandIn
    package let mail: MailStandIn
    /// Writes and paints for the newsletter.
    package let wordsmith: WordsmithStandIn
    package let ntfy: HeraldStandIn
    package let gotify: HeraldStandIn

    package static func start(
        loop: EventLoop, clock: any Clock, world: HouseholdWorld, log: Log = .silent
    ) async throws -> Street {
        let household = Household(world)
        let television = Television.standard(of: world, now: clock.now)
        let plex = try await PlexStandIn.start(loop: loop, clock: clock, household: household, log: log)
        // Two apps on one telephone.
        let notices = Chronicle<PushedNotice>(limit: 200)
        return Street(
            household: household, plex: plex,
            plexTV: try await PlexTVStandIn.start(
                loop: loop, clock: clock, household: household, plex: plex.url, log: log),
            tautulli: try await TautulliStandIn.start(loop: loop, clock: clock, household: household, log: log),
            jellyfin: try await JellyfinStandIn.start(loop: loop, clock: clock, household: household, log: log),
            jellystat: try await JellystatStandIn.start(loop: loop, clock: clock, household: household, log: log),
            radarr: try await RadarrStandIn.start(loop: loop, clock: clock, household: household, log: log),
            prowlarr: try await ProwlarrStandIn.start(loop: loop, clock: clock, household: household, log: log),
            // As a mirror of one's own answers: without the public one's limit of a question a second.
            musicBrainz: try await MusicBrainzStandIn.start(loop: loop, clock: clock, rules: .mirror, log: log),
            discogs: try await DiscogsStandIn.start(loop: loop, clock: clock, log: log),
            tmdb: try await TMDBStandIn.start(loop: loop, clock: clock, television: television, log: log),
            tvmaze: try await TVmazeStandIn.start(loop: loop, clock: clock, television: television, log: log),
            mail: try MailStandIn.start(encryption: .none, rules: Self.openMail),
            wordsmith: try await WordsmithStandIn.start(loop: loop, clock: clock, rules: .open, log: log),
            ntfy: try await HeraldStandIn.ntfy(loop: loop, clock: clock, notices: notices, log: log),
            gotify: try await HeraldStandIn.gotify(loop: loop, clock: clock, notices: notices, log: log))
    }

    /// What has come to the household's telephone, by whichever app.
    package var pushed: Chronicle<PushedNotice> { ntfy.notices }

    /// Anybody's letters, without a login: it is reached from this machine only.
    private static var openMail: MailRules {
        var rules = MailRules()
        rules.needsLogin = false
        return rules
    }

    package var settings: [String: String] {
        [
            "PLEX_URL": plex.url, "PLEX_TOKEN": plex.token, "PLEX_TV_URL": plexTV.url, "TAUTULLI_URL": tautulli.url,
            "TAUTULLI_API_KEY": tautulli.apiKey, "JELLYFIN_URL": jellyfin.url, "JELLYFIN_API_KEY": jellyfin.apiKey,
            "JELLYSTAT_URL": jellystat.url, "JELLYSTAT_API_KEY": jellystat.apiKey, "RADARR_URL": radarr.url,
            "RADARR_API_KEY": radarr.apiKey, "PROWLARR_URL": prowlarr.url, "PROWLARR_API_KEY": prowlarr.apiKey,
            "MUSICBRAINZ_URL": musicBrainz.url, "DISCOGS_URL": discogs.url, "DISCOGS_TOKEN": discogs.token,
            "TMDB_URL": tmdb.url, "TMDB_API_KEY": tmdb.apiKey, "TVMAZE_URL": tvmaze.url,
            "SMTP_URL": "\(mail.url)?tls=off", "EMAIL_FROM": "autoplex@household.example",
            "EMAIL_FROM_NAME": "The Household", "AI_BASE_URL": wordsmith.url, "AI_TEXT_MODEL": "scribe-small",
            "AI_IMAGE_MODEL": "brush-modern", "NOTIFY_NTFY_URL": ntfy.url, "NOTIFY_NTFY_TOKEN": ntfy.token ?? "",
            "NOTIFY_GOTIFY_URL": gotify.url, "NOTIFY_GOTIFY_TOKEN": gotify.token ?? "",
        ]
    }

    /// Where those that post something post to: the program's address and its secret.
    package func tell(_ address: String, secret: String) async {
        await jellyfin.changeRules { rules in
            rules.hooks = [
                JellyfinHookDestination(
                    url: address + "/jellyfin/playback", headers: [("X-Webhook-Secret", secret)])
            ]
        }
        await radarr.changeRules { rules in
            rules.connect = RadarrRules.Connect(url: address + "/radarr", headers: [("X-Webhook-Secret", secret)])
        }
        let owner = household.read { $0.owner?.id ?? 0 }
        await plex.changeRules { rules in
            rules.webhooks.append(PlexWebhook(url: address + "/plex/hook/" + secret, person: owner))
        }
    }

    package func stop() async {
        await gotify.stop()
        await ntfy.stop()
        await prowlarr.stop()
        await radarr.stop()
        await jellystat.stop()
        await wordsmith.stop()
        await mail.stop()
        await tvmaze.stop()
        await tmdb.stop()
        await discogs.stop()
        await musicBrainz.stop()
        await jellyfin.stop()
        await tautulli.stop()
        await plexTV.stop()
        await plex.stop()
    }
}
