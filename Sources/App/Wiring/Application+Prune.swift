// Prune put together: its jobs, its cards, its page, and what the commands get of it.

internal import Bot
internal import Canvas
internal import Commands
internal import Discord
internal import Domain
internal import Downloads
internal import History
internal import Jobs
internal import People
internal import Pictures
internal import Prune
internal import Runtime
internal import Sockets
internal import Storage
internal import Web

extension Application {
    /// The door as prune wants it: its caps, its approvals, and shut for prune alone while it only tries.
    func effects(_ database: Database) -> Effects {
        let wishes = settings.prune.wishes
        let approvals = PruneApprovals(database)
        let downloads = DownloadApprovals(database)
        let dryKinds =
            (wishes.mode == .dry ? PruneKind.dryPrefixes : [])
            + (settings.downloads.mode == .dry ? DownloadKind.dryPrefixes : [])
        return Effects(
            database, isDryRun: settings.isDryRun, dryKinds: dryKinds, caps: wishes.caps,
            isApproved: { effect in
                if await approvals.isApproved(effect) { return true }
                return await downloads.isApproved(effect)
            })
    }

    func pruneOffice(_ features: Features, _ late: LateDesk, _ rest: DiscordREST) -> Configured<PruneOffice> {
        let outside = features.outside
        return outside.plex.and(outside.plexTV).and(outside.tautulli).and(features.history).map {
            others, history in
            let ((plex, plexTV), tautulli) = others
            return PruneOffice(
                settings: settings,
                outside: PruneOutside(
                    plex: plex, plexTV: plexTV, tautulli: tautulli, history: history, people: features.people,
                    scan: features.census, clock: clock),
                people: features.people, links: PruneLinks(outside.key, home: settings.newsletter.home), late: late,
                rest: rest, serverName: { await features.newsletter.value?.knownName() ?? "Plex" }, clock: clock,
                log: log)
        }
    }

    func prune(_ office: Configured<PruneOffice>, _ features: Features) -> Configured<Prune> {
        office.map { office in
            Prune(
                features.database, effects: features.effects, wishes: settings.prune.wishes, sources: office.sources,
                acts: office.effects, log: log)
        }
    }

    // MARK: Jobs

    func pruneJobs(
        _ prune: Configured<Prune>, _ office: Configured<PruneOffice>, _ database: Database
    ) -> [Job] {
        guard let prune = prune.value, let office = office.value else { return [] }
        let wishes = prune.wishes
        var jobs: [Job] = []
        if wishes.welcomes || wishes.mode != .off {
            jobs.append(
                Job(
                    "prune-new", "looks for new people, welcomes them, and sees what runs",
                    schedule: .every(seconds: Int(wishes.newEvery.milliseconds / 1000)), catchesUp: false
                ) { _ in
                    _ = try await prune.lookForNew()
                    return nil
                })
        }
        guard wishes.mode != .off else { return jobs }
        jobs.append(
            Job(
                "prune", "looks at who watches; warns, asks and removes",
                schedule: .every(seconds: Int(wishes.lookEvery.milliseconds / 1000)),
                catchesUp: false
            ) { _ in try await pruneRun(prune, office, database) })
        jobs.append(
            Job(
                "prune-forget", "takes the names of those who left long ago out of the ledger",
                schedule: .daily(at: 5, 20)
            ) { _ in
                try await prune.anonymise()
                return nil
            })
        return jobs
    }

    /// What a look did is told once: a dry run finds the same every half hour.
    private func pruneRun(
        _ prune: Prune, _ office: PruneOffice, _ database: Database
    ) async throws -> Report? {
        let scan = try await prune.scan()
        let remembered = Remembered(database)
        // A doubt is told by prune itself, once.
        guard case .whole = scan.end else { return nil }
        guard scan.isWorthTelling else {
            try await remembered.set("prune.told", nil)
            return nil
        }
        let report = scan.report
        let mark = report.lines.map(\.plainText).joined(separator: "\n")
        guard try await remembered.get("prune.told") != mark else { return nil }
        try await remembered.set("prune.told", mark)
        await office.mailAdmins(PruneWord(.report(report), about: "look"))
        return report
    }

    // MARK: Faces

    func pruneSource(
        _ prune: Configured<Prune>, _ features: Features
    ) -> Configured<PruneSource> {
        prune.and(features.history).map { prune, history in
            PruneSource(
                prune: prune, people: features.people, clock: clock, zone: settings.zone,
                simulate: { warn, kick, days in
                    try await simulate(warn, kick, days, history, features, prune.wishes)
                },
                picture: { [studio = features.outside.studio] standings in
                    await picture(PruneChart(standings, prune.wishes), studio)
                })
        }
    }

    private func simulate(
        _ warn: Int, _ kick: Int, _ days: Int, _ history: History, _ features: Features, _ wishes: PruneWishes
    ) async throws -> Report {
        var plays = PlayDays()
        try await history.plays(before: clock.now) { plays.add($0) }
        let members = try await features.people.all().compactMap { person -> PruneSimulation.Member? in
            guard let account = person.plexID, person.access == .member else { return nil }
            return PruneSimulation.Member(
                account: account, name: person.name, joined: person.joinedAt.map { Day(of: $0, in: settings.zone) },
                isImmune: ImmunityRules.immunity(of: person, nil, wishes) != nil)
        }
        let simulation = PruneSimulation(
            members: members, plays: plays, last: Day(of: clock.now, in: settings.zone), days: days)
        var report = simulation.outcome(warnDays: warn, kickDays: kick).report
        let lengths = Set([30, 45, 60, 90, 120, 180].filter { $0 < days } + [kick]).sorted()
        report.picture = await picture(simulation.comparison(of: lengths), features.outside.studio)
        return report
    }

    /// What other numbers would have done, side by side.
    private func picture(_ comparison: [PruneSimulation.Comparison], _ studio: Studio) async -> Report.Picture? {
        guard comparison.contains(where: { $0.removed > 0 }) else { return nil }
        defer { Memory.giveBack() }
        let drawing = ColumnChart(
            title: "Who would have been removed", subtitle: "after so many days without watching",
            columns: comparison.map { ColumnChart.Column("\($0.kickDays)", Double($0.removed)) },
            measure: .count(one: "person", many: "people"), previous: comparison.map { Double($0.wrong) },
            name: "Removed", previousName: "Came back later")
        return await picture(studio) { try drawing.picture(named: "simulation.png") }
    }

    private func picture(_ chart: PruneChart, _ studio: Studio) async -> Report.Picture? {
        guard !chart.bars.isEmpty else { return nil }
        defer { Memory.giveBack() }
        let drawing = BarChart(
            title: "Days left", subtitle: "of \(chart.kickDays)",
            bars: chart.bars.map { BarChart.Bar($0.label, Double($0.days), detail: $0.isWarned ? "warned" : nil) },
            measure: .count(one: "day", many: "days"))
        return await picture(studio) { try drawing.picture(named: "prune.png") }
    }

    private func picture(
        _ studio: Studio, _ draw: @Sendable () throws -> Picture
    ) async -> Report.Picture? {
        guard let picture = try? await studio.draw(draw) else { return nil }
        return Report.Picture(name: picture.name, bytes: picture.bytes, alternative: picture.alternativeText)
    }

    func pruneRoutes(_ office: Configured<PruneOffice>, _ prune: Configured<Prune>) -> [Route] {
        guard let office = office.value, let prune = prune.value else { return [] }
        return PruneSite(
            links: office.links, serverName: office.serverName, place: settings.zone,
            hereDays: prune.wishes.hereDays, standing: { try await prune.standing(of: $0) },
            say: { try await prune.here($0, way: "link") }, clock: clock, log: log
        ).routes
    }
}
