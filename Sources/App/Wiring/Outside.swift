// The clients of the outside services, made from the settings once for the whole program: what two features ask, they ask
// through one queue and with one identity.

internal import Bot
internal import Canvas
internal import Crypto
internal import Discogs
internal import HTTP
internal import Downloads
internal import Jellyfin
internal import Jellystat
internal import MusicBrainz
internal import Music
internal import Plex
internal import PlexTV
internal import Prowlarr
internal import Radarr
internal import Runtime
internal import Storage
internal import TVData
internal import Tautulli
internal import Wordsmith

struct Outside: Sendable {
    let plex: Configured<Plex>
    /// With the owner's token: who shares the server. Its `makePIN` needs none.
    let plexTV: Configured<PlexTV>
    let tautulli: Configured<Tautulli>
    let jellyfin: Configured<Jellyfin>
    let jellystat: Configured<Jellystat>
    /// In the order of the settings.
    let radarrs: Configured<[(name: String, client: Radarr)]>
    let prowlarr: Configured<Prowlarr>
    let musicBrainz: MusicBrainzClient
    let discogs: DiscogsClient
    /// Nil: there is no key.
    let tmdb: TMDB?
    let tvmaze: TVmaze
    /// Nil: nobody is asked for words.
    let smith: Wordsmith?
    let studio: Studio
    let http: HTTPClient
    /// Opens what is kept sealed: other people's tokens.
    let key: SealingKey

    static func make(
        _ settings: Configuration, _ database: Database, http: HTTPClient, clock: any Clock, log: Log,
        chance: @escaping @Sendable () -> Double
    ) async throws -> Outside {
        let identity = try await clientIdentity(database)
        func plexClient(_ url: String, _ token: Secret) -> Plex {
            Plex(
                url: url, token: token, clientIdentifier: identity, version: Version.number, http: http, clock: clock,
                log: log.labelled("plex"), chance: chance)
        }
        func plexTVClient(_ token: Secret) -> PlexTV {
            PlexTV(
                url: settings.address("PLEX_TV_URL") ?? "https://plex.tv", token: token, clientIdentifier: identity,
                version: Version.number, http: http, clock: clock, log: log.labelled("plex.tv"), chance: chance)
        }
        let plexToken = needed("PLEX_TOKEN", settings.key("PLEX_TOKEN"))
        let cache = AnswerTable(database).cache
        return Outside(
            plex: needed("PLEX_URL", settings.address("PLEX_URL")).and(plexToken).map(plexClient),
            plexTV: plexToken.map(plexTVClient),
            tautulli: needed("TAUTULLI_URL", settings.address("TAUTULLI_URL"))
                .and(needed("TAUTULLI_API_KEY", settings.key("TAUTULLI_API_KEY")))
                .map { url, key in
                    Tautulli(
                        url: url, apiKey: key, http: http, clock: clock, log: log.labelled("tautulli"), chance: chance)
                },
            jellyfin: needed("JELLYFIN_URL", settings.address("JELLYFIN_URL"))
                .and(needed("JELLYFIN_API_KEY", settings.key("JELLYFIN_API_KEY")))
                .map { url, key in
                    Jellyfin(
                        url: url, apiKey: key,
                        identity: JellyfinIdentity(deviceID: identity, version: Version.number), http: http,
                        clock: clock, log: log, chance: chance)
                },
            jellystat: needed("JELLYSTAT_URL", settings.address("JELLYSTAT_URL"))
                .and(needed("JELLYSTAT_API_KEY", settings.key("JELLYSTAT_API_KEY")))
                .map { url, key in
                    Jellystat(url: url, apiKey: key, http: http, clock: clock, log: log, chance: chance)
                },
            radarrs: needed("RADARR_URL", settings.address("RADARR_URL"))
                .and(needed("RADARR_API_KEY", settings.key("RADARR_API_KEY")))
                .map { _, _ in
                    settings.downloads.houses.compactMap { house in
                        guard let url = settings.address("\(house.setting)_URL"),
                            let key = settings.key("\(house.setting)_API_KEY")
                        else { return nil }
                        return (
                            house.name,
                            Radarr(
                                url: url, apiKey: key, name: house.name, setting: house.setting, http: http,
                                clock: clock, log: log, chance: chance)
                        )
                    }
                },
            prowlarr: needed("PROWLARR_URL", settings.address("PROWLARR_URL"))
                .and(needed("PROWLARR_API_KEY", settings.key("PROWLARR_API_KEY")))
                .map { url, key in
                    Prowlarr(url: url, apiKey: key, http: http, clock: clock, log: log, chance: chance)
                },
            musicBrainz: MusicBrainzClient(
                address: settings.address("MUSICBRAINZ_URL") ?? MusicBrainzClient.home,
                userAgent: settings.musicBrainzUserAgent, http: http, clock: clock, log: log, cache: cache),
            discogs: DiscogsClient(
                address: settings.address("DISCOGS_URL") ?? DiscogsClient.home, userAgent: Version.userAgent,
                token: settings.key("DISCOGS_TOKEN"), http: http, clock: clock, log: log, cache: cache),
            tmdb: settings.key("TMDB_API_KEY").map { key in
                TMDB(
                    address: settings.address("TMDB_URL") ?? TMDB.home, key: key, http: http, clock: clock, log: log,
                    cache: cache)
            },
            tvmaze: TVmaze(
                address: settings.address("TVMAZE_URL") ?? TVmaze.home, http: http, clock: clock, log: log,
                cache: cache),
            smith: Wordsmith(settings, http: http, clock: clock, log: log),
            studio: try Studio(), http: http,
            key: try settings.key("ENCRYPTION_KEY").map { secret in try SealingKey(secret) }
                ?? SealingKey.load(orMakeAt: settings.folder + "/autoplex.key"))
    }

    /// Plex and Jellyfin want one name per installation, for ever the same: another would be another device in everybody's
    /// list.
    private static func clientIdentity(_ database: Database) async throws -> String {
        let remembered = Remembered(database)
        if let known = try await remembered.get("plex.client") { return known }
        let new = "autoplex-\(RandomBytes.word(bytes: 16))"
        try await remembered.set("plex.client", new)
        return new
    }

    private static func needed<Value>(_ name: String, _ value: Value?) -> Configured<Value> {
        value.map { .ready($0) } ?? .missing([name])
    }
}
