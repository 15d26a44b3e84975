// Every setting Autoplex knows, once: its meaning, form, default and an example. The parser, `autoplex check`,
// `.env.example`, the README's table and the notice of a mistyped name all read this table, so they cannot disagree.

internal import Music

struct Variable: Sendable {
    enum Form: Sendable, Equatable {
        case text
        /// Masked everywhere; may also be given as NAME_FILE, the path of a file that holds it.
        case secret
        /// Likewise, and may hold blanks.
        case password
        case url(schemes: [String])
        case flag
        case number(ClosedRange<Int>)
        case choice([String])
        case ids
        case id
        case zone
        case schedule
        /// Or "off".
        case scheduleOrOff
        case playlists
        case folder
    }

    enum Group: String, Sendable, CaseIterable {
        case discord = "Discord"
        case people = "Who may do what"
        case services = "Services"
        case commands = "Commands"
        case newsletter = "Newsletter"
        case prune = "Welcome and prune"
        case downloads = "Downloads"
        case tracker = "Tracker"
        case mail = "Mail"
        case notices = "Notices elsewhere"
        case web = "The web server"
        case program = "The program"
        case container = "The container"
    }

    let name: String
    let group: Group
    let form: Form
    let standard: String
    let example: String
    let summary: String
    /// One of a row of equals: read, and told of at the first of them only.
    let isRepeated: Bool

    init(
        _ name: String, _ group: Group, _ form: Form, standard: String = "", example: String, _ summary: String,
        isRepeated: Bool = false
    ) {
        self.name = name
        self.group = group
        self.form = form
        self.standard = standard
        self.example = example
        self.summary = summary
        self.isRepeated = isRepeated
    }

    var isSecret: Bool { form == .secret || form == .password }
}

extension Variable {
    static func named(_ name: String) -> Variable? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    static let all: [Variable] =
        discord + people + services + furtherRadarrs + commands + newsletter + prune + downloads + tracker + mail
        + notices + webServer + program
        + container

    static let web = Form.url(schemes: ["http", "https"])

    private static let discord: [Variable] = [
        Variable(
            "DISCORD_TOKEN", .discord, .secret, example: "MTE4…",
            "The bot's token: Developer Portal → your application → Bot → Reset Token. Needed by `autoplex run`."),
        Variable(
            "COMMAND_PREFIX", .discord, .text, standard: "!plex", example: "!plex",
            "What a typed command begins with. Mentioning the bot and /plex work besides."),
        Variable(
            "DISCORD_ADMIN_CHANNEL", .discord, .id, example: "1180000000000000001",
            "Channel for notices to the admins: failed jobs, services that went down, restarts."),
        Variable(
            "DISCORD_CHANNELS", .discord, .ids, example: "1180000000000000002,1180000000000000003",
            "Channels in which commands are answered. Empty: every channel the bot can read."),
        Variable(
            "DISCORD_ALLOW_DMS", .discord, .flag, standard: "true", example: "false",
            "Whether commands are answered in direct messages."),
        Variable(
            "DISCORD_GUILD", .discord, .id, example: "1180000000000000000",
            "Register the slash commands in this server only. Empty: in every server the bot is in."),
        Variable(
            "DISCORD_MESSAGE_CONTENT", .discord, .flag, standard: "true", example: "false",
            "Ask for the Message Content intent, which typed !plex commands need. Off: mention and slash only."),
        Variable(
            "DISCORD_COMPRESSION", .discord, .choice(["zlib-stream", "zstd-stream", "none"]), standard: "zlib-stream",
            example: "zstd-stream", "How Discord packs what it sends."),
        Variable(
            "DISCORD_API_URL", .discord, web, standard: "https://discord.com/api/v10",
            example: "http://127.0.0.1:9000/api/v10",
            "Discord's API; the gateway's address is asked from it. Change it only to test against a stand-in."),
    ]

    private static let people: [Variable] = [
        Variable(
            "ADMIN_USERS", .people, .ids, example: "180000000000000001",
            "Discord users who are admins of the bot, by id. Server owners, Administrators and Manage Server are too."),
        Variable(
            "ADMIN_ROLES", .people, .ids, example: "1180000000000000010", "Roles whose members are admins of the bot."),
        Variable(
            "TRUSTED_ROLES", .people, .ids, example: "1180000000000000011",
            "Roles whose members may use the commands for trusted people."),
        Variable(
            "COMMAND_COOLDOWN", .people, .number(0...3600), standard: "2", example: "5",
            "Seconds a person waits before using the same command again. Admins do not wait."),
    ]

    private static let services: [Variable] = [
        Variable(
            "PLEX_URL", .services, web, example: "http://192.168.1.10:32400", "Your Plex Media Server."),
        Variable(
            "PLEX_TOKEN", .services, .secret, example: "xxxxxxxxxxxxxxxxxxxx",
            "The server owner's X-Plex-Token (Plex's support article 204059436 shows where to find it)."),
        Variable(
            "PLEX_TV_URL", .services, web, standard: "https://plex.tv", example: "https://plex.tv",
            "Plex's account service."),
        Variable(
            "PEOPLE_SCHEDULE", .services, .schedule, standard: "@hourly", example: "*/30 * * * *",
            "When plex.tv, Tautulli and Jellyfin are asked who uses the server."),
        Variable(
            "HISTORY_SCHEDULE", .services, .schedule, standard: "@hourly", example: "*/15 * * * *",
            "When what was newly played is copied from Tautulli."),
        Variable(
            "HISTORY_ANEW_SCHEDULE", .services, .schedule, standard: "20 4 * * 1", example: "@monthly",
            "When all of Tautulli's history is copied again, so that what was deleted there goes here too."),
        Variable("TAUTULLI_URL", .services, web, example: "http://192.168.1.10:8181", "Your Tautulli."),
        Variable(
            "TAUTULLI_API_KEY", .services, .secret, example: "0123456789abcdef0123456789abcdef",
            "Tautulli → Settings → Web Interface → API key."),
        Variable(
            "MUSICBRAINZ_URL", .services, web, standard: "https://musicbrainz.org",
            example: "http://192.168.1.10:5000",
            "MusicBrainz, or your mirror of it."),
        Variable(
            "MUSICBRAINZ_USER_AGENT", .services, .text, example: "my-autoplex/1.0 ( me@example.org )",
            "Sent to MusicBrainz instead of Autoplex's own name; say how to reach you."),
        Variable(
            "DISCOGS_URL", .services, web, standard: "https://api.discogs.com",
            example: "https://api.discogs.com",
            "Discogs, the second source of album credits."),
        Variable(
            "DISCOGS_TOKEN", .services, .secret, example: "xxxxxxxxxxxxxxxxxxxx",
            "Discogs → Settings → Developers → personal access token. Without it Discogs is not asked."),
        Variable("JELLYFIN_URL", .services, web, example: "http://192.168.1.10:8096", "Your Jellyfin."),
        Variable(
            "JELLYFIN_API_KEY", .services, .secret, example: "0123456789abcdef0123456789abcdef",
            "Jellyfin → Dashboard → API Keys."),
        Variable("JELLYSTAT_URL", .services, web, example: "http://192.168.1.10:3000", "Your Jellystat."),
        Variable(
            "JELLYSTAT_API_KEY", .services, .secret, example: "00000000-0000-0000-0000-000000000000",
            "Jellystat → Settings → API Key."),
        Variable("RADARR_URL", .services, web, example: "http://192.168.1.10:7878", "Your Radarr."),
        Variable(
            "RADARR_API_KEY", .services, .secret, example: "0123456789abcdef0123456789abcdef",
            "Radarr → Settings → General → API Key."),
        Variable(
            "RADARR_NAME", .services, .text, standard: "Radarr", example: "Radarr HD",
            "What it is called in answers and in DOWNLOADS_RADARR."),
        Variable(
            "RADARR_ROOT", .services, .text, example: "/movies",
            "Its root folder for films on disk, where that is not DOWNLOADS_ROOT."),
        Variable(
            "RADARR_PROFILE", .services, .text, example: "HD-1080p",
            "The quality profile of films it is given by DOWNLOADS_PREPARE=second. Empty: the only one it has."),
        Variable("PROWLARR_URL", .services, web, example: "http://192.168.1.10:9696", "Your Prowlarr."),
        Variable(
            "PROWLARR_API_KEY", .services, .secret, example: "0123456789abcdef0123456789abcdef",
            "Prowlarr → Settings → General → API Key."),
        Variable(
            "TMDB_URL", .services, web, standard: "https://api.themoviedb.org/3",
            example: "https://api.themoviedb.org/3", "The Movie Database."),
        Variable(
            "TMDB_API_KEY", .services, .secret, example: "0123456789abcdef0123456789abcdef",
            "themoviedb.org → Settings → API: the v3 key or the read access token."),
        Variable(
            "TVMAZE_URL", .services, web, standard: "https://api.tvmaze.com", example: "https://api.tvmaze.com",
            "TVmaze, used where there is no TMDB key."),
        Variable(
            "AI_BASE_URL", .services, web, example: "http://192.168.1.10:11434/v1",
            "A model's endpoint that speaks OpenAI's API, at home or not, for words in the newsletter. Empty: none."),
        Variable(
            "AI_API_KEY", .services, .secret, example: "sk-…", "Its key. Servers at home mostly need none."),
        Variable(
            "AI_TEXT_MODEL", .services, .text, example: "llama3.2",
            "The model that writes each issue's introduction. Empty: none is written."),
        Variable(
            "AI_IMAGE_MODEL", .services, .text, example: "gpt-image-1",
            "The model that paints each issue's banner. Empty: none is painted."),
        Variable(
            "AI_TEXT_SECONDS", .services, .number(5...1800), standard: "60", example: "300",
            "How long the introduction may take."),
        Variable(
            "AI_IMAGE_SECONDS", .services, .number(5...1800), standard: "180", example: "600",
            "How long the banner may take."),
    ]

    private static let commands: [Variable] = [
        Variable(
            "USAGE_ANONYMOUS_CHANNELS", .commands, .ids, example: "1180000000000000004,1180000000000000005",
            "Channels in which `usage` names nobody: people are Viewer 1, Viewer 2 … and devices go by their kind."),
        Variable(
            "USAGE_STATUS_CHANNEL", .commands, .id, example: "1180000000000000006",
            "A channel with one message that always shows what plays; it is edited, not posted again."),
        Variable(
            "USAGE_STATUS_SECONDS", .commands, .number(15...3600), standard: "60", example: "120",
            "How often that message is looked after."),
        Variable(
            "ENRICH_PLACE", .commands, .choice(["top", "bottom"]), standard: "bottom", example: "top",
            "Where the performers go in an album's summary: above or below your text."),
        Variable(
            "ENRICH_CREDITS_MOST", .commands, .number(1...200), standard: "20", example: "12",
            "How many performers the line names; the others are counted."),
        Variable(
            "ENRICH_SCHEDULE", .commands, .schedule, example: "0 3 * * sun",
            "When whole libraries are enriched, slowly. Empty: only when asked."),
        Variable(
            "ENRICH_SECTIONS", .commands, .text, example: "Jazz, Vinyl",
            "The libraries of that schedule, by name or number. Empty: every music library."),
        Variable(
            "ENRICH_AGAIN_AFTER", .commands, .number(1...3650), standard: "90", example: "365",
            "Days until that schedule asks again about an album it has settled."),
        Variable(
            "PLAYLISTS", .commands, .playlists, standard: PlaylistWishes.standard, example: PlaylistWishes.example,
            "The playlists made of rated tracks: name, colon, stars; then, with commas, best first, newest first or "
                + "keep order, in and a library, limit and a number."),
        Variable(
            "PLAYLISTS_SCHEDULE", .commands, .scheduleOrOff, standard: "40 4 * * *", example: "@hourly",
            "When these playlists are brought up to date by themselves; off: never."),
    ]

    private static let program: [Variable] = [
        Variable(
            "CONFIG_DIR", .program, .folder, standard: "./config", example: "/config",
            "Where everything that lasts is kept: the database, backups, keys. /config in the container."),
        Variable(
            "ENCRYPTION_KEY", .program, .secret, example: "5f2c…",
            """
            Seals the tokens people entrust to the bot: 64 hexadecimal digits (openssl rand -hex 32). Empty: a key is made \
            and kept in CONFIG_DIR/autoplex.key.
            """),
        Variable(
            "TZ", .program, .zone, standard: "UTC", example: "Europe/Berlin",
            "Time zone of schedules and of dates in messages."),
        Variable(
            "LOG_LEVEL", .program, .choice(["debug", "info", "warning", "error"]), standard: "info", example: "debug",
            "How much is logged."),
        Variable(
            "LOG_FORMAT", .program, .choice(["text", "json"]), standard: "text", example: "json",
            "Log lines for people or for machines."),
        Variable(
            "DRY_RUN", .program, .flag, standard: "true", example: "false",
            "While true nothing outside is changed that could hurt; the ledger says what would have been done."),
        Variable(
            "BACKUP_SCHEDULE", .program, .schedule, standard: "30 4 * * *", example: "@daily",
            "When the database is backed up (cron form or @daily, @weekly …)."),
        Variable(
            "BACKUP_KEEP", .program, .number(1...365), standard: "7", example: "14",
            "How many backups are kept in CONFIG_DIR/backups."),
        Variable(
            "UPDATE_CHECK", .program, .flag, standard: "true", example: "false",
            "Asks once a day whether there is a newer version, and says so in the admin channel. Nothing is sent."),
        Variable(
            "UPDATE_URL", .program, .url(schemes: ["https", "http"]), standard: "\(Version.home)/latest.json",
            example: "https://git.example.org/api/releases/latest", "Who knows of newer versions."),
        Variable(
            "SERVICES_SCHEDULE", .program, .schedule, standard: "*/5 * * * *", example: "@every 2m",
            "When the configured services are looked at; a change is told in the admin channel."),
    ]

    private static let container: [Variable] = [
        Variable(
            "PUID", .container, .number(0...2_147_483_647), standard: "99", example: "1000",
            "User id the program runs as when the container starts as root (Unraid: 99)."),
        Variable(
            "PGID", .container, .number(0...2_147_483_647), standard: "100", example: "1000",
            "Group id, likewise (Unraid: 100)."),
        Variable("UMASK", .container, .text, standard: "077", example: "027", "Rights taken away from new files."),
    ]
}
