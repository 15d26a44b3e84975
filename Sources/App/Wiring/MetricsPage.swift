// The numbers of `/metrics`, read from their owners when somebody asks. No person, channel or server is named in them.

internal import Bot
internal import Discord
internal import Downloads
internal import Jobs
internal import Newsletter
internal import Prune
internal import Runtime
internal import Storage
internal import Tracker
internal import Web

struct MetricsPage: Sendable {
    let gateway: Gateway
    let router: Router
    let runner: JobRunner
    let watch: ServiceWatch
    let post: Configured<NewsletterPost>
    let prune: Configured<Prune>
    let hooks: DownloadOffice?
    let shows: TrackerOffice
    let database: Database
    let desk: Desk
    let effects: Effects
    /// The folder of the backups.
    let backups: String
    let times: RequestTimes
    let started: Instant

    func families() async -> [MetricFamily] {
        var about = MetricFamily("info", .gauge, "The version, as a label of the number 1.")
        about.add(1, ["version": Version.number])
        return [about, MetricFamily("start_time_seconds", .gauge, "When the program started.", seconds(started))]
            + discord() + (await commands()) + (await services()) + (await jobs()) + (await newsletter())
            + (await pruning()) + (await downloads()) + (await tracking()) + (await tables()) + times.families()
    }

    private func discord() -> [MetricFamily] {
        let health = gateway.health
        var latency = MetricFamily("gateway_latency_seconds", .gauge, "From heartbeat to its answer.")
        if let measured = health.latency { latency.add(measured.inSeconds) }
        return [
            latency,
            MetricFamily("gateway_up", .gauge, "1 while the line to Discord is live.", health.isLive ? 1 : 0),
            MetricFamily("gateway_received_bytes_total", .counter, "Bytes received, compressed.", Double(health.bytes)),
            MetricFamily("gateway_frames_total", .counter, "Frames received.", Double(health.frames)),
            MetricFamily("gateway_events_total", .counter, "Events somebody listened to.", Double(health.events)),
            MetricFamily("gateway_connections_total", .counter, "Connections made.", Double(health.connections)),
            MetricFamily("gateway_identifies_total", .counter, "New sessions asked for.", Double(health.identifies)),
            MetricFamily("gateway_resumes_total", .counter, "Sessions taken up again.", Double(health.resumes)),
        ]
    }

    private func commands() async -> [MetricFamily] {
        let health = await router.health
        var calls = MetricFamily("commands_total", .counter, "Commands, buttons and menus by outcome.")
        calls.add(Double(health.answered), ["outcome": "answered"])
        calls.add(Double(health.misunderstood), ["outcome": "misunderstood"])
        calls.add(Double(health.failed), ["outcome": "failed"])
        calls.add(Double(health.turnedAway), ["outcome": "turned_away"])
        let open = Double(await router.openCalls)
        return [calls, MetricFamily("commands_open", .gauge, "Commands at work or waiting.", open)]
    }

    private func services() async -> [MetricFamily] {
        var up = MetricFamily("service_up", .gauge, "1 while a configured service answers as it should.")
        for entry in await watch.found { up.add(entry.finding.isFine ? 1 : 0, ["service": entry.name]) }
        return [up]
    }

    private func jobs() async -> [MetricFamily] {
        var runs = MetricFamily("job_runs_total", .counter, "Runs of each job since the start, by outcome.")
        for (job, outcomes) in await runner.tally.sorted(by: { $0.key < $1.key }) {
            for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) {
                runs.add(Double(count), ["job": job, "outcome": outcome])
            }
        }
        var last = MetricFamily("job_last_end_timestamp_seconds", .gauge, "When each job last ended.")
        for status in (try? await runner.list()) ?? [] {
            if let finished = status.last?.finished { last.add(seconds(finished), ["job": status.name]) }
        }
        var success = MetricFamily("job_last_success_timestamp_seconds", .gauge, "When each job last ended well.")
        for (job, at) in (try? await JobRuns(database).lastSuccesses().sorted(by: { $0.key < $1.key })) ?? []
        where runner.names.contains(job) { success.add(seconds(at), ["job": job]) }
        return [runs, last, success]
    }

    private func newsletter() async -> [MetricFamily] {
        guard let tally = try? await post.value?.tally() else { return [] }
        var letters = MetricFamily("newsletter_letters_total", .counter, "Letters of all issues that are settled.")
        for (state, outcome) in [
            (NewsletterLetter.State.sent, "sent"), (.unclear, "unclear"), (.none, "none"),
        ] { letters.add(Double(tally.letters[state, default: 0]), ["outcome": outcome]) }
        var issues = MetricFamily("newsletter_issues", .gauge, "Issues by how far they are.")
        for state in [IssueSending.State.approval, .sending, .held, .sent, .skipped, .abandoned] {
            issues.add(Double(tally.issues[state, default: 0]), ["state": state.rawValue])
        }
        var last = MetricFamily("newsletter_last_sent_timestamp_seconds", .gauge, "When an issue was last sent.")
        if let at = tally.lastSentAt { last.add(seconds(at)) }
        return [
            MetricFamily("newsletter_readers", .gauge, "People who would get an issue now.", Double(tally.readers)),
            MetricFamily(
                "newsletter_letters_waiting", .gauge, "Letters still to be sent.",
                Double(tally.letters[.waiting, default: 0])), letters, issues, last,
        ]
    }

    private func downloads() async -> [MetricFamily] {
        guard let hooks, let states = try? await hooks.downloads.book.tally() else { return [] }
        var taken = MetricFamily("hooks_total", .counter, "Hooks since the start, by sender and answer.")
        for (count, number) in hooks.door.counts {
            taken.add(Double(number), ["sender": count.sender, "outcome": count.outcome])
        }
        var cases = MetricFamily("downloads_cases", .gauge, "Playings that were judged, by how they stand.")
        for (state, number) in states.sorted(by: { $0.key < $1.key }) { cases.add(Double(number), ["state": state]) }
        let waiting = (try? await hooks.waiting()) ?? 0
        return [taken, cases, MetricFamily("hooks_waiting", .gauge, "Kept and not worked off.", Double(waiting))]
    }

    private func tracking() async -> [MetricFamily] {
        let tracker = shows.tracker
        guard tracker.wishes.isOn, let tally = try? await tracker.logBook.tally() else { return [] }
        var plays = MetricFamily("tracker_plays", .gauge, "Plays that were told, by what became of them.")
        for status in LogRow.Status.allCases {
            plays.add(Double(tally[status, default: 0]), ["status": status.rawValue])
        }
        let open = (try? await tracker.conflicts.count(.open)) ?? 0
        var taken = MetricFamily("tracker_hooks_total", .counter, "Hooks since the start, by sender and answer.")
        for (count, number) in shows.door.counts {
            taken.add(Double(number), ["sender": count.sender, "outcome": count.outcome])
        }
        return [taken, plays, MetricFamily("tracker_questions", .gauge, "Shows that are in question.", Double(open))]
    }

    private func pruning() async -> [MetricFamily] {
        guard let prune = prune.value, prune.wishes.mode != .off, let tally = try? await prune.tally() else {
            return []
        }
        var people = MetricFamily("prune_people", .gauge, "People by how they stand with prune's rules.")
        for (verdict, count) in tally.people.sorted(by: { $0.key < $1.key }) {
            people.add(Double(count), ["verdict": verdict])
        }
        var looks = MetricFamily(
            "prune_looks_total", .counter, "Looks since the start; unknown: not believed, so nobody was judged.")
        looks.add(Double(tally.goodLooks), ["outcome": "good"])
        looks.add(Double(tally.unknownLooks), ["outcome": "unknown"])
        var last = MetricFamily("prune_last_good_look_timestamp_seconds", .gauge, "When all was last seen good.")
        if let at = tally.lastGoodLook { last.add(seconds(at)) }
        return [
            people,
            MetricFamily("prune_warnings_total", .counter, "Warnings that arrived.", Double(tally.warnings)),
            MetricFamily("prune_removals_total", .counter, "Shares that were removed.", Double(tally.removals)),
            looks, last,
        ]
    }
}
