// The settings as the program uses them: typed, complete, checked. Built once at start from an Environment.

internal import Downloads
internal import Mail
internal import Music
internal import Prune
internal import Runtime
internal import Tracker
internal import Wordsmith

struct Configuration: Sendable {
    var token: Secret?
    var prefix: String
    var adminChannel: UInt64?
    var channels: [UInt64]
    var allowsDirectMessages: Bool
    var guild: UInt64?
    var wantsMessageContent: Bool
    var compression: String
    var discordURL: String

    var adminUsers: [UInt64]
    var adminRoles: [UInt64]
    var trustedRoles: [UInt64]
    var cooldown: Duration

    /// Addresses and keys of the services, by variable name.
    private var addresses: [String: String]
    private var keys: [String: Secret]

    var usageAnonymousChannels: [UInt64]
    var usageStatusChannel: UInt64?
    var usageStatusPause: Duration

    var folder: String
    var host: String
    var port: Int
    var zone: LocalTime
    var zoneName: String
    var logLevel: Log.Level
    var logFormat: Log.Format
    var isDryRun: Bool
    var backupSchedule: CronExpression
    var backupKeep: Int
    var servicesSchedule: CronExpression
    /// Nil: nobody is asked for newer versions.
    var updateURL: String?
    var peopleSchedule: CronExpression
    var historySchedule: CronExpression
    var historyAnewSchedule: CronExpression
    var enrich: EnrichSettings
    /// Nil: never by itself.
    var enrichSchedule: CronExpression?
    /// Nil: only on demand.
    var playlistsSchedule: CronExpression?
    var playlists: [PlaylistWish]

    var models: ModelSettings
    var newsletter: NewsletterSettings
    var prune: PruneSettings
    var downloads: DownloadWishes
    var tracker: TrackerSettings
    var dashboard: DashboardSettings
    var notices: HeraldSettings
    /// Nil: no mail server is set.
    var mail: MailSettings?
    /// Nil: nobody's mailbox is read.
    var letterBox: LetterBox?

    /// As they were given, by name; some are secrets.
    let given: [String: Secret]

    /// What is only worth a warning: a name that looks mistyped, a key without an address.
    let warnings: [ConfigProblem]

    init(_ environment: Environment) throws(BrokenConfiguration) {
        var problems = environment.problems
        func text(_ name: String) -> String {
            environment.values[name] ?? Variable.named(name)?.standard ?? ""
        }
        func number(_ name: String) -> Int { Int(text(name)) ?? 0 }
        func flag(_ name: String) -> Bool { Variable.flag(text(name)) ?? false }
        func ids(_ name: String) -> [UInt64] { Variable.list(text(name)).compactMap(UInt64.init) }
        func secret(_ name: String) -> Secret? { environment.values[name].map(Secret.init) }
        func address(_ name: String) -> String {
            var address = text(name)
            while address.hasSuffix("/") { address.removeLast() }
            return address
        }
        func schedule(_ name: String) throws(BrokenConfiguration) -> CronExpression {
            do { return try CronExpression(text(name)) } catch {
                throw BrokenConfiguration(problems: problems.filter(\.isFatal))
            }
        }

        given = environment.values.mapValues { Secret($0) }
        token = secret("DISCORD_TOKEN")
        prefix = text("COMMAND_PREFIX")
        adminChannel = UInt64(text("DISCORD_ADMIN_CHANNEL"))
        channels = ids("DISCORD_CHANNELS")
        allowsDirectMessages = flag("DISCORD_ALLOW_DMS")
        guild = UInt64(text("DISCORD_GUILD"))
        wantsMessageContent = flag("DISCORD_MESSAGE_CONTENT")
        compression = text("DISCORD_COMPRESSION")
        discordURL = address("DISCORD_API_URL")
        adminUsers = ids("ADMIN_USERS")
        adminRoles = ids("ADMIN_ROLES")
        trustedRoles = ids("TRUSTED_ROLES")
        cooldown = .seconds(number("COMMAND_COOLDOWN"))

        addresses = [:]
        keys = [:]
        for variable in Variable.all where variable.name != "DISCORD_TOKEN" {
            if variable.group == .services, case .url = variable.form, !address(variable.name).isEmpty {
                addresses[variable.name] = address(variable.name)
            }
        }
        for variable in Variable.all where variable.isSecret && variable.name != "DISCORD_TOKEN" {
            keys[variable.name] = secret(variable.name)
        }
        for (key, needed) in Self.pairs where keys[key] != nil && addresses[needed] == nil {
            problems.append(ConfigProblem(needed, "not set, though \(key) is", fatal: false))
        }
        for (key, needed) in Self.pairs where environment.values[needed] != nil && keys[key] == nil {
            problems.append(ConfigProblem(key, "not set, though \(needed) is", fatal: false))
        }

        let agent = text("MUSICBRAINZ_USER_AGENT")
        musicBrainzUserAgent = agent.isEmpty ? Version.userAgent : agent

        usageAnonymousChannels = ids("USAGE_ANONYMOUS_CHANNELS")
        usageStatusChannel = UInt64(text("USAGE_STATUS_CHANNEL"))
        usageStatusPause = .seconds(number("USAGE_STATUS_SECONDS"))

        folder = text("CONFIG_DIR")
        host = text("HTTP_HOST")
        port = number("HTTP_PORT")
        zoneName = text("TZ")
        zone = LocalTime(zone: zoneName) ?? .utc
        logLevel = Log.Level(rawValue: text("LOG_LEVEL")) ?? .info
        logFormat = Log.Format(rawValue: text("LOG_FORMAT")) ?? .text
        isDryRun = flag("DRY_RUN")
        backupSchedule = try schedule("BACKUP_SCHEDULE")
        backupKeep = number("BACKUP_KEEP")
        servicesSchedule = try schedule("SERVICES_SCHEDULE")
        updateURL = flag("UPDATE_CHECK") ? address("UPDATE_URL") : nil
        historyAnewSchedule = try schedule("HISTORY_ANEW_SCHEDULE")
        historySchedule = try schedule("HISTORY_SCHEDULE")
        peopleSchedule = try schedule("PEOPLE_SCHEDULE")
        enrichSchedule = text("ENRICH_SCHEDULE").isEmpty ? nil : try schedule("ENRICH_SCHEDULE")
        enrich = EnrichSettings(
            place: SummaryBlock.Place(rawValue: text("ENRICH_PLACE")) ?? .bottom, most: number("ENRICH_CREDITS_MOST"),
            sections: text("ENRICH_SECTIONS").split(separator: ",")
                .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty },
            staysFresh: .days(Int64(number("ENRICH_AGAIN_AFTER"))), prefix: prefix)
        playlistsSchedule =
            text("PLAYLISTS_SCHEDULE").lowercased() == "off" ? nil : try schedule("PLAYLISTS_SCHEDULE")
        models = ModelSettings(
            text: environment.values["AI_TEXT_MODEL"], image: environment.values["AI_IMAGE_MODEL"],
            limits: WordsmithLimits(
                text: .seconds(number("AI_TEXT_SECONDS")), image: .seconds(number("AI_IMAGE_SECONDS"))))
        for name in ["AI_API_KEY", "AI_TEXT_MODEL", "AI_IMAGE_MODEL"]
        where environment.values[name] != nil && addresses["AI_BASE_URL"] == nil {
            problems.append(ConfigProblem("AI_BASE_URL", "not set, though \(name) is", fatal: false))
        }
        if addresses["AI_BASE_URL"] != nil, models.text == nil, models.image == nil {
            problems.append(
                ConfigProblem("AI_TEXT_MODEL", "not set, nor AI_IMAGE_MODEL, though AI_BASE_URL is", fatal: false))
        }
        // What is wrong with it stands among the problems already.
        playlists = (try? PlaylistWishes.read(text("PLAYLISTS"))) ?? []
        newsletter = NewsletterSettings(
            text,
            schedule: text("NEWSLETTER_SCHEDULE").lowercased() == "off" ? nil : try schedule("NEWSLETTER_SCHEDULE"))
        do throws(MailSettings.Mistake) {
            (mail, letterBox) = (nil, nil)
            mail = try MailSettings { environment.values[$0] }
            letterBox = try LetterBox { environment.values[$0] }
        } catch {
            let example = Variable.named(error.setting)?.example ?? ""
            problems.append(ConfigProblem(error.setting, "\(error.why). Example: \(error.setting)=\(example)"))
        }
        prune = PruneSettings(text, hasMail: mail != nil, &problems)
        if prune.wishes.mode == .on, prune.wishes.wantsApproval, adminChannel == nil {
            problems.append(
                ConfigProblem(
                    "DISCORD_ADMIN_CHANNEL", "not set, though PRUNE=on asks there before each removal", fatal: false))
        }
        let (addresses, keys) = (addresses, keys)
        let houses = DownloadWishes.houses(
            text, isThere: { addresses["\($0)_URL"] != nil && keys["\($0)_API_KEY"] != nil }, &problems)
        downloads = DownloadWishes(text, houses: houses, &problems)
        if downloads.mode != .off, keys["WEBHOOK_SECRET"] == nil {
            problems.append(
                ConfigProblem("WEBHOOK_SECRET", "not set: whoever reaches the port may send hooks", fatal: false))
        }
        tracker = TrackerSettings(text)
        if tracker.wishes.isOn {
            if tracker.address == nil {
                problems.append(
                    ConfigProblem(
                        "PUBLIC_WEBHOOK_URL", "not set: nobody can be given an address for Plex's webhook", fatal: false
                    ))
            }
            if adminChannel == nil {
                problems.append(
                    ConfigProblem(
                        "DISCORD_ADMIN_CHANNEL", "not set, though TRACKER=on asks there which show is meant",
                        fatal: false))
            }
        }
        notices = HeraldSettings(text, secret, &problems)
        dashboard = DashboardSettings(text, password: keys["DASHBOARD_PASSWORD"], &problems)
        if let home = newsletter.home, !home.hasSuffix(dashboard.base) { newsletter.home = home + dashboard.base }
        warnings = problems.filter { !$0.isFatal }

        let fatal = problems.filter(\.isFatal)
        if !fatal.isEmpty { throw BrokenConfiguration(problems: fatal) }
    }

    /// A service's address without a slash at its end; nil when it is not configured.
    func address(_ variable: String) -> String? { addresses[variable] }
    /// Everything outside that has a setting of its own, Discord too, by the setting's name.
    var outsideAddresses: [String: String] { addresses.merging(["DISCORD_API_URL": discordURL]) { $1 } }
    func key(_ variable: String) -> Secret? { keys[variable] }

    /// Whether the owner gave this setting, as against its default.
    func isSet(_ variable: String) -> Bool { given[variable] != nil }

    /// MusicBrainz refuses or slows whoever does not say who they are, so there is always one.
    var musicBrainzUserAgent: String

    /// Everything that must never be seen in a log, an error, a metric or a page.
    var secrets: [Secret] { [token, mail?.server.password, letterBox?.password].compactMap { $0 } + keys.values }

    private static let pairs =
        [
            ("PLEX_TOKEN", "PLEX_URL"), ("TAUTULLI_API_KEY", "TAUTULLI_URL"), ("JELLYFIN_API_KEY", "JELLYFIN_URL"),
            ("JELLYSTAT_API_KEY", "JELLYSTAT_URL"), ("PROWLARR_API_KEY", "PROWLARR_URL"),
        ] + Variable.radarrNumbers.map { ("\(Variable.radarrPrefix($0))_API_KEY", "\(Variable.radarrPrefix($0))_URL") }
}
