// The settings turned into what each room wants to know.

internal import Bot
internal import Commands
internal import Compression
internal import Dashboard
internal import Discord
internal import Domain
internal import Downloads
internal import History
internal import Jobs
internal import Music
internal import Newsletter
internal import People
internal import Prune
internal import Runtime
internal import Storage
internal import Tracker
internal import Usage
internal import Web

extension Application {
    /// Every room's own tables.
    static let schemas: [Schema] = [
        .bot, .people, .history, .music, .enrich, .playlists, .newsletter, .newsletterSending, .newsletterWords,
        .prune, .downloads, .trackerCatalogue, .trackerMarks, .tracker, .trackerKeys, .dashboard,
    ]

    var gatewayConfig: GatewayConfig {
        GatewayConfig(
            token: token,
            intents: settings.wantsMessageContent ? .textCommands : .textCommands.subtracting(.messageContent),
            compression: TransportCompression(rawValue: settings.compression) ?? .zlib,
            presence: Presence(.online, .saying("\(settings.prefix) help")),
            // Whatever is not addressed to the bot is dropped where it arrives, undecoded.
            messages: .addressed(prefixes: [settings.prefix]))
    }

    var manners: Manners {
        Manners(
            prefix: settings.prefix,
            access: AccessRules(
                adminUsers: ids(settings.adminUsers), adminRoles: ids(settings.adminRoles),
                trustedRoles: ids(settings.trustedRoles), allowsDirectMessages: settings.allowsDirectMessages,
                channels: ids(settings.channels)),
            adminChannel: settings.adminChannel.map { Snowflake($0) }, cooldown: settings.cooldown)
    }

    private func ids(_ numbers: [UInt64]) -> Set<Snowflake> { Set(numbers.map { Snowflake($0) }) }

    func house(
        gateway: Gateway, rest: DiscordREST, watch: ServiceWatch, runner: JobRunner, features: Features,
        usage: Configured<Usage>, newsletter: Configured<NewsletterSource>,
        prune: Configured<PruneSource>, downloads: Configured<DownloadsSource>,
        tracker: Configured<TrackerSource>, dashboard: Configured<DashboardSource>, started: Instant
    ) -> House {
        let database = features.database
        return House(
            ping: PingSource(
                latency: { gateway.health.latency }, touch: { _ = try await rest.currentUser() }),
            status: StatusSource(
                version: Version.number, started: started,
                line: {
                    let health = gateway.health
                    let trouble = await rest.lastError.map { "\($0.error)" } ?? health.lastError
                    return StatusSource.Line(
                        isLive: health.isLive, state: health.state.rawValue, latency: health.latency,
                        lastError: trouble, readsContent: health.readsContent || !settings.wantsMessageContent)
                },
                services: { await Self.services(watch) }, jobs: { try await runner.list() },
                storage: { Self.size(of: settings.databasePath) },
                notes: { await notes(features, prune, downloads, tracker) }),
            jobs: JobsSource(
                names: { runner.names }, list: { try await runner.list() },
                run: { name, person in
                    let answer = await runner.runNow(name, by: person)
                    if answer == .started { await note("jobs.run", name, person, database) }
                    return answer
                },
                pause: { name, person in
                    let isKnown = try await runner.pause(name)
                    if isKnown { await note("jobs.pause", name, person, database) }
                    return isKnown
                },
                resume: { name, person in
                    let isKnown = try await runner.resume(name)
                    if isKnown { await note("jobs.resume", name, person, database) }
                    return isKnown
                }), people: .ready(features.peopleSource), completion: features.completion,
            usage: usage, enrich: features.enrich,
            playlists: features.playlists.map { PlaylistsSource($0) }, newsletter: newsletter,
            prune: prune, downloads: downloads, tracker: tracker,
            why: .ready(
                WhySource { filter, most in try await Ledger(database).entries(matching: filter, limit: most) }),
            dashboard: dashboard
        )
    }

    /// A line of each feature that is on.
    func notes(
        _ features: Features, _ prune: Configured<PruneSource>, _ downloads: Configured<DownloadsSource>,
        _ tracker: Configured<TrackerSource>
    ) async -> [Prose] {
        let dry: [Prose] = settings.isDryRun ? ["Dry run: nothing outside is changed that could hurt"] : []
        let lines = [
            await Self.line(of: features.post.value), await Self.line(of: prune.value?.prune),
            await Self.line(of: downloads.value), await Self.line(of: tracker.value),
        ]
        return dry + lines.compactMap(\.self)
    }

    private static func line(of prune: Prune?) async -> Prose? {
        (try? await prune?.status())?.line
    }

    private static func line(of post: NewsletterPost?) async -> Prose? {
        guard let post else { return nil }
        do { return try await post.status().line } catch { return "Newsletter: \("\(error)")" }
    }

    private static func line(of downloads: DownloadsSource?) async -> Prose? {
        guard let downloads, downloads.downloads.wishes.mode != .off else { return nil }
        do { return try await downloads.downloads.line() } catch { return "Downloads: \("\(error)")" }
    }

    private static func line(of tracker: TrackerSource?) async -> Prose? {
        guard let tracker, tracker.tracker.wishes.isOn else { return nil }
        do { return try await tracker.tracker.line() } catch { return "Tracker: \("\(error)")" }
    }

    private static func services(_ watch: ServiceWatch) async -> [StatusSource.Service] {
        let found = await watch.found
        return watch.configured.map { name in
            guard let entry = found.first(where: { $0.name == name }) else {
                return StatusSource.Service(name, .notAskedYet)
            }
            let finding = entry.finding
            return StatusSource.Service(
                name, finding.isFine ? .works : .fails(finding.text), detail: finding.isFine ? finding.text : "",
                checked: entry.checked)
        }
    }

    static func size(of path: String) -> Reading<Int64> {
        do {
            var bytes = try Files.size(path)
            // The log of the database is part of it, and missing when nothing is open.
            if let log = try? Files.size(path + "-wal") { bytes += log }
            return .known(bytes)
        } catch {
            return error.isMissing ? .absent : .unknown(why: "\(error)")
        }
    }

    private func note(_ action: String, _ job: String, _ person: String, _ database: Database) async {
        let undo = ["jobs.pause": "jobs resume \(job)", "jobs.resume": "jobs pause \(job)"][action]
        let entry = LedgerEntry(
            at: clock.now, actor: person, action: action, subject: "job:\(job)", outcome: .done, undo: undo)
        do { try await Ledger(database).append(entry) } catch {
            log.error("the ledger could not be written: \(error)", ["action": action])
        }
    }

    func readiness(_ database: Database, _ gateway: Gateway) -> [ReadinessCheck] {
        [
            // Strangers may read this: what is wrong, not where.
            ReadinessCheck("storage") { await database.check() == nil ? nil : "not usable" },
            ReadinessCheck("discord") { gateway.health.isLive ? nil : gateway.health.state.rawValue },
        ]
    }

    /// Nil when there is nothing an admin has to know.
    func startNotice(_ unsettled: [Effects.Settlement]) -> Report? {
        var lines = settings.warnings.map { Prose(text: "⚠️ \($0)") }
        for settlement in unsettled {
            // A letter that may have arrived stays so for good, and `newsletter status` tells it.
            guard case .unknown(let why) = settlement.finding, !settlement.effect.kind.hasPrefix("newsletter.") else {
                continue
            }
            let what = settlement.effect.summary
            lines.append("⚠️ It is not known whether this happened before the last stop: \(what) (\(why))")
        }
        guard !lines.isEmpty else { return nil }
        return Report("Autoplex \(Version.number) started", lines: lines, tone: .warning)
    }
}

extension Configuration {
    var databasePath: String { "\(folder)/autoplex.db" }
    var backupFolder: String { "\(folder)/backups" }
}
