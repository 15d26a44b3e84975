// The dashboard put together: its door, and what each page is shown of the rest of the house.

internal import Bot
internal import Commands
internal import Dashboard
internal import Discord
internal import Domain
internal import HTTP
internal import Jobs
internal import Newsletter
internal import People
internal import Prune
internal import Runtime
internal import Sockets
internal import StandIns
internal import Storage
internal import Tracker
internal import Usage
internal import Web

extension Application {
    /// Nil: DASHBOARD=off.
    func dashboardDoor(_ features: Features) -> DashboardDoor? {
        guard settings.dashboard.isOn, let proxies = settings.dashboard.proxies else { return nil }
        return DashboardDoor(
            database: features.database, key: features.outside.key, password: settings.dashboard.password,
            proxies: proxies, base: settings.dashboard.base,
            isPublicSecure: settings.newsletter.home?.hasPrefix("https://") ?? false, clock: lineClock, log: log)
    }

    func dashboardSource(_ door: DashboardDoor?) -> Configured<DashboardSource> {
        guard let door else { return .missing(["DASHBOARD"]) }
        let home = settings.newsletter.home
        let origin = home.map(Self.origin) ?? "http://127.0.0.1:\(settings.port)"
        return .ready(
            DashboardSource(
                link: { discord, name in origin + (try await door.link(for: Visitor(name: name, discord: discord))) },
                isLocal: home == nil))
    }

    /// What stands before the path: BASE_URL says the path, PUBLIC_URL may say it too.
    private static func origin(_ home: String) -> String {
        guard let scheme = home.firstRange(of: "://") else { return home }
        return String(home[..<scheme.upperBound]) + home[scheme.upperBound...].prefix { $0 != "/" }
    }

    func dashboardRoutes(
        _ door: DashboardDoor?, _ gateway: Gateway, _ desk: Desk, _ watch: ServiceWatch, _ runner: JobRunner,
        _ features: Features, _ usage: Configured<Usage>, _ newsletter: Configured<NewsletterSource>,
        _ prune: Configured<PruneSource>,
        _ downloads: Configured<DownloadsSource>, _ tracker: Configured<TrackerSource>,
        wake: @escaping @Sendable () -> Void, _ started: Instant
    ) throws -> [Route] {
        guard let door else { return [] }
        let ledger = Ledger(features.database)
        let overview = OverviewPages(
            version: Version.number, started: started,
            line: {
                let health = gateway.health
                let words =
                    health.latency.map { "heartbeat \($0.inWords)" } ?? (health.isLive ? "" : health.state.rawValue)
                return (health.isLive, words)
            },
            services: { await Self.lines(watch) }, usage: usage.value, runner: runner, ledger: ledger,
            storage: { Self.size(of: settings.databasePath) },
            notes: { await notes(features, prune, downloads, tracker) })
        let approvals = ApprovalPages(
            waiting: {
                try await desk.openCards().map {
                    WaitingCard(id: $0.id, report: $0.report, choices: $0.choices, since: $0.since, ends: $0.ends)
                }
            },
            decide: { card, choice, visitor in
                try await desk.decide(card, choice, by: caller(visitor), log: log)
            })
        let pruning = prune.value.map { PrunePages(prune: $0.prune, picture: $0.picture) }
        let letters = features.post.and(newsletter).map { post, source in
            NewsletterPages(
                post: post, archive: IssueArchive(features.database), people: features.people, links: source.links,
                next: source.next, base: settings.dashboard.base)
        }.value
        let films = downloads.value.map {
            DownloadPages(
                downloads: $0.downloads, people: $0.people, source: $0.source,
                picture: { [picture = $0.picture] in await picture($0, .space) })
        }
        let shows = tracker.value.map {
            TrackerPages(
                tracker: $0.tracker, people: $0.people, zone: $0.zone, database: features.database, wake: wake,
                picture: $0.picture)
        }
        let people = PeoplePages(
            people: features.people,
            about: { person in
                var views = [Block.View("What was done", path: "ledger?about=person:\(person.id)", isShown: false)]
                if let prune = prune.value?.prune, prune.wishes.mode != .off,
                    try await prune.standing(of: person.id) != nil
                {
                    views.append(.init("How they stand", path: "prune/\(person.id)", isShown: false))
                }
                if let tracker = tracker.value?.tracker, try await tracker.viewers.withMarks().contains(person.id) {
                    views.append(.init("What they watch", path: "tracker/person/\(person.id)", isShown: false))
                }
                if letters != nil, person.plexID != nil {
                    views.append(
                        .init("Their letter as of now", path: "newsletter/letter/0/\(person.id)", isShown: false))
                }
                return [.heading("More about them", id: "more"), .views(views)]
            })
        let ledgers = LedgerPages(
            ledger: ledger,
            undoings: undoings(features, prune.value?.prune, downloads.value?.downloads, tracker.value?.tracker, runner)
        )
        let room = SettingsPages(settings: { settingLines() }, check: { await checkLines(features, $0) })
        return try Dashboard(
            door: door,
            pages: overview.pages + approvals.pages + (letters?.pages ?? []) + (pruning?.pages ?? [])
                + (films?.pages ?? []) + (shows?.pages ?? []) + people.pages + ledgers.pages
                + room.pages,
            deeds: overview.deeds + approvals.deeds + (letters?.deeds ?? []) + (pruning?.deeds ?? [])
                + (films?.deeds ?? []) + (shows?.deeds ?? []) + people.deeds + ledgers.deeds,
            papers: ledgers.papers + (shows?.papers ?? []),
            // Only a demo has pages of its own, and its chat is the first of them.
            neighbour: extraRoutes.isEmpty ? nil : (DemoPage.chat.name, DemoPage.chat.address),
            waiting: { (try? await desk.openCards().count) ?? 0 },
            place: settings.zone,
            now: { clock.now }, clock: lineClock, log: log
        ).routes
    }

    /// For widgets of start pages.
    func summaryRoutes(
        _ features: Features, _ watch: ServiceWatch, _ runner: JobRunner, _ desk: Desk
    ) -> [Route] {
        SummaryRoutes.routes(token: settings.key("API_TOKEN")) {
            let found = await watch.found
            let jobs = (try? await runner.list()) ?? []
            var numbers = [
                "services": found.count, "servicesDown": found.count { !$0.finding.isFine },
                "jobsFailed": jobs.count { if case .failed = $0.last?.outcome { true } else { false } },
            ]
            // What cannot be read is left out: a number would be a lie.
            if let open = try? await desk.openCards() { numbers["approvals"] = open.count }
            if let people = try? await features.people.all() {
                numbers["people"] = people.count { $0.access == .member || $0.isOwner }
            }
            if let readers = try? await features.post.value?.tally() { numbers["newsletterReaders"] = readers.readers }
            return numbers
        }
    }

    /// Whoever decides a card on the dashboard: an admin, as everybody there is.
    private func caller(_ visitor: Visitor) -> Caller {
        Caller(
            id: Snowflake(visitor.discord ?? 0), name: visitor.name, level: .admin, guild: nil,
            channel: Snowflake(settings.adminChannel ?? 0))
    }

    private static func lines(_ watch: ServiceWatch) async -> [ServiceLine] {
        let found = await watch.found
        return watch.configured.map { name in
            guard let entry = found.first(where: { $0.name == name }) else {
                return ServiceLine(name, isFine: nil, words: "", since: nil)
            }
            return ServiceLine(name, isFine: entry.finding.isFine, words: entry.finding.text, since: entry.since)
        }
    }

    // MARK: Settings

    private func settingLines() -> [SettingLine] {
        let next = settingsAnew()
        let hiding = Log(secrets: settings.secrets, write: { _ in })
        func shown(_ variable: Variable, _ value: String?) -> String {
            guard let value else { return variable.standard.isEmpty ? "not set" : variable.standard }
            return variable.isSecret ? "••••••" : hiding.masked(value)
        }
        return Variable.all.map { variable in
            let value = settings.given[variable.name]?.reveal()
            var then: String?
            if let next, next.values[variable.name] != value {
                // A secret that changes is not shown either.
                then =
                    variable.isSecret && next.values[variable.name] != nil
                    ? "another one" : shown(variable, next.values[variable.name])
            }
            return SettingLine(
                name: variable.name, group: variable.group.rawValue, value: shown(variable, value),
                standard: variable.standard, isSet: value != nil, summary: variable.summary, next: then)
        }
    }

    private func checkLines(_ features: Features, _ service: String?) async -> [CheckLine] {
        let hiding = Log(secrets: settings.secrets, write: { _ in })
        let services = Set(Service.names(for: settings))
        let found = await Check.lines(settings, http: features.outside.http, clock: SystemClock(), only: service)
        return found.map { line in
            let tone: Report.Tone =
                switch line.state {
                case .ok: .good
                case .warning: .warning
                case .wrong: .bad
                case .off: .plain
                }
            return CheckLine(
                line.name, hiding.masked(line.text), tone: tone,
                service: line.state != .off && services.contains(line.name) ? line.name : nil)
        }
    }
}
