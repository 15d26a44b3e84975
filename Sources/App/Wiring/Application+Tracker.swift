// The tracker put together: the engine, its jobs, and what the commands get of it.

internal import Bot
internal import Canvas
internal import Commands
internal import Discord
internal import Domain
internal import Jobs
internal import People
internal import Pictures
internal import Runtime
internal import Sockets
internal import Storage
internal import TVData
internal import Tracker
internal import Web

extension Application {
    func trackerOffice(_ features: Features, _ late: LateDesk, _ posters: CandidatePosters) -> TrackerOffice {
        let outside = features.outside
        let asked = TrackerOutside(
            plex: outside.plex.value, tautulli: outside.tautulli.value, people: features.people, tmdb: outside.tmdb,
            tvmaze: outside.tvmaze, keeper: settings.tracker.history, database: features.database)
        let channel = settings.tracker.channel.map { Snowflake($0) }
        let people = features.people
        let tracker = Tracker(
            features.database, effects: features.effects, wishes: settings.tracker.wishes, sources: asked.sources,
            acts: TrackerActs(
                tell: { try await Self.tell($0, late, channel, posters) },
                name: { id in (try? await people.person(id))?.name ?? "Somebody" }), place: settings.zone, log: log)
        return TrackerOffice(tracker: tracker, outside: asked, settings: settings.tracker, clock: clock, log: log)
    }

    private static func tell(
        _ word: TrackerWord, _ late: LateDesk, _ channel: Snowflake?, _ posters: CandidatePosters
    ) async throws {
        do {
            switch word {
            case .question(let conflict):
                let notices = try late.notices()
                var card = TrackerCards.conflict(conflict)
                card.report.picture = await posters.picture(conflict)
                try await notices.say(.card(card), as: .tracker)
            // Without a channel for it nobody wants to hear it.
            case .report(let report):
                if let channel { try await late.desk().post(.report(report), in: channel) }
            }
        } catch let error as DiscordError {
            switch error {
            case .unavailable, .cancelled: throw Uncertain("\(error)")
            default: throw error
            }
        }
    }

    /// The pages for programs and calendars.
    func trackerRoutes(_ office: TrackerOffice, _ features: Features) -> [Route] {
        guard settings.tracker.wishes.isOn else { return [] }
        let (people, admins) = (features.people, Set(settings.adminUsers))
        return TrackerAPI(
            tracker: office.tracker, database: features.database,
            isAdmin: { id in
                if (try? await people.person(id))?.isOwner == true { return true }
                return !admins.isDisjoint(with: (try? await people.discordIDs(of: id)) ?? [])
            }, address: settings.tracker.address, wake: { office.wake() }, place: settings.zone, log: log
        ).routes
    }

    func trackerJobs(_ office: TrackerOffice) -> [Job] {
        guard settings.tracker.wishes.isOn else { return [] }
        let tracker = office.tracker
        let keepDays = Int64(settings.tracker.wishes.keepDays)
        return [
            Job(
                "tracker-history", "reads what hooks missed; the first time everything that was ever played",
                schedule: .daily(at: 3, 10), jitter: .minutes(10)
            ) { _ in
                _ = try await tracker.readHistory()
                return nil
            },
            Job(
                "tracker-library", "compares the lists with what the library says was seen",
                schedule: .daily(at: 5, 10), jitter: .minutes(10)
            ) { _ in TrackerReports.reconciled(try await tracker.lookAround()) },
            Job(
                "tracker-shows", "reads shows anew: those on the air often, those that ended seldom",
                schedule: .every(seconds: 3600), jitter: .minutes(2), catchesUp: false
            ) { _ in
                let tally = try await tracker.refreshDue()
                guard tally.failed == 0 || tally.read > 0 else { throw Unread(count: tally.failed) }
                return nil
            },
            Job(
                "tracker-tidy", "forgets hooks as they came, and after a year those that told nothing",
                schedule: .daily(at: 5, 45)
            ) { context in
                let now = context.clock.now
                try await tracker.logBook.forget(payloads: now - .days(keepDays), rows: now - .days(365))
                return nil
            },
        ]
    }

    struct Unread: Error, CustomStringConvertible {
        let count: Int
        var description: String { "none of \(count) shows could be read anew" }
    }

    func trackerSource(
        _ office: TrackerOffice, _ features: Features, _ posters: CandidatePosters
    ) -> Configured<TrackerSource> {
        .ready(
            TrackerSource(
                tracker: office.tracker, people: features.people, clock: clock, zone: settings.zone,
                addresses: settings.tracker.address.map { address in
                    TrackerSource.Addresses(
                        webhook: address + PersonalDoor.path, calendar: address + TrackerAPI.path + "/calendar",
                        api: address + TrackerAPI.path)
                },
                secret: {
                    let new = PersonalDoor.newSecret()
                    return (new.secret, new.hash)
                }, posters: { await posters.picture($0) }
            ) { [studio = features.outside.studio] numbers in await Self.picture(numbers, studio) })
    }

    private static func picture(_ numbers: TrackerNumbers, _ studio: Studio) async -> Report.Picture? {
        guard numbers.byMonth.count > 1 else { return nil }
        defer { Memory.giveBack() }
        let drawing = BarChart(
            title: "Episodes", subtitle: "by month",
            bars: numbers.byMonth.map { BarChart.Bar($0.label, Double($0.count)) },
            measure: .count(one: "episode", many: "episodes"))
        guard let picture = try? await studio.draw({ try drawing.picture(named: "episodes.png") }) else { return nil }
        return Report.Picture(name: picture.name, bytes: picture.bytes, alternative: picture.alternativeText)
    }
}
