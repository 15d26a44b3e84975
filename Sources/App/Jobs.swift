// What runs by itself. A job is a row here; what it does stands where it belongs.

internal import Bot
internal import Domain
internal import History
internal import Jobs
internal import Music
internal import People
internal import Runtime
internal import Storage

extension Application {
    func jobs(_ features: Features, _ watch: ServiceWatch, _ desk: Desk) -> [Job] {
        let database = features.database
        return [
            Job(
                "services", "looks at the configured services", schedule: settings.servicesSchedule,
                jitter: .seconds(10), catchesUp: false
            ) { _ in await watch.look() },
            Job(
                "people", "asks plex.tv, Tautulli and Jellyfin who is there", schedule: settings.peopleSchedule,
                jitter: .seconds(60)
            ) { _ in try await features.census.run() },
            Job(
                "history", "copies what was newly played from Tautulli", schedule: settings.historySchedule,
                jitter: .seconds(60)
            ) { _ in
                try await features.history.value?.catchUp()
                return nil
            },
            Job(
                "history-anew", "copies all of Tautulli's history again, without what was deleted there",
                schedule: settings.historyAnewSchedule, jitter: .minutes(10)
            ) { _ in
                try await features.history.value?.catchUp(fully: true)
                return nil
            },
            Job("backup", "copies the database to CONFIG_DIR/backups", schedule: settings.backupSchedule) { _ in
                try await Backup.make(database, into: settings.backupFolder, keep: settings.backupKeep)
                return nil
            },
            Job("tidy", "forgets what is old: finished hooks, runs of jobs", schedule: .daily(at: 5, 10)) { context in
                try await Inbox(database).forgetDone(before: context.clock.now - .days(30))
                try await JobRuns(database).forget(before: context.clock.now - .days(90))
                return nil
            },
        ] + [updateJob(features), enrichJob(features), playlistsJob(features)].compactMap { $0 }
            + newsletterJobs(features, desk)
    }

    private func updateJob(_ features: Features) -> Job? {
        guard let address = settings.updateURL else { return nil }
        let check = UpdateCheck(
            address: address, running: Version.number, http: features.outside.http, database: features.database,
            log: log.labelled("update"))
        return Job(
            "update", "asks whether there is a newer version", schedule: .daily(at: 11, 40), jitter: .minutes(50),
            catchesUp: false
        ) { _ in try await check.look() }
    }

    private func playlistsJob(_ features: Features) -> Job? {
        guard let schedule = settings.playlistsSchedule, let playlists = features.playlists.value else { return nil }
        return Job(
            "playlists", "brings the playlists made of rated tracks up to date", schedule: schedule,
            jitter: .minutes(2)
        ) { _ in try await playlists.scheduledRun() }
    }
}
