// The answers of `!plex tracker` about one's own list.

import Bot
import Discord
import Domain
import People
import Runtime
import Tracker

struct TrackerList: Sendable {
    let source: TrackerSource
    let call: Call
    let person: Person

    init(source: TrackerSource, call: Call) async throws {
        self.source = source
        self.call = call
        var found = try await source.people.person(discord: call.caller.id.rawValue)
        // The server's owner need not sign in to be known to their own admins.
        if found == nil, call.caller.level == .admin { found = try await source.people.owner() }
        guard let person = found else {
            throw Complaint(
                "I do not know who you are on Plex.",
                advice: ["\(code: call.spelling("link")) lets you sign in and tells me."])
        }
        self.person = person
    }

    private var tracker: Tracker { source.tracker }
    private var lists: ListBook { tracker.lists }

    private func known() async throws -> KnownShow {
        try await TrackerNaming.show(call.arguments.text("show") ?? "", source, outside: false)
    }

    // MARK: Looking

    func next() async throws -> Report {
        TrackerReports.nextUp(try await lists.progress(of: person.id, today: source.today), today: source.today)
    }

    func progress() async throws -> [Report] {
        TrackerReports.progress(try await lists.progress(of: person.id, today: source.today))
    }

    func season() async throws -> [Report] {
        let show = try await known()
        return TrackerReports.season(
            show, call.arguments.number("season") ?? 1, try await lists.episodes(of: show.id, for: person.id),
            today: source.today)
    }

    func show() async throws -> Report {
        let show = try await known()
        let mappings = call.caller.level == .admin ? try await tracker.mappings.all().filter { $0.show == show.id } : []
        return TrackerReports.show(
            show, try await lists.progress(of: person.id, today: source.today, show: show.id).first,
            try await lists.episodes(of: show.id, for: person.id), mappings: mappings, today: source.today)
    }

    func history() async throws -> [Report] {
        let show = call.arguments.has("show") ? try await known().id : nil
        return TrackerReports.history(try await lists.history(of: person.id, show: show, most: 100))
    }

    func stats() async throws -> Report {
        let numbers = try await lists.numbers(of: person.id, place: source.zone)
        return TrackerReports.numbers(numbers, picture: await source.picture(numbers))
    }

    func calendar() async throws -> [Report] {
        let days = call.arguments.number("days") ?? 30
        return TrackerReports.calendar(
            try await lists.calendar(of: person.id, from: source.today, to: source.today + days), today: source.today)
    }

    // MARK: Changing

    func add() async throws -> Report {
        let show = try await TrackerNaming.show(call.arguments.text("name") ?? "", source, outside: true)
        let marked = try await tracker.add(show, for: person.id)
        let found: Prose = marked > 0 ? " \(marked) episodes you had watched were marked." : ""
        return Report("\(strong: show.title) is on your list", lines: found.isEmpty ? [] : [found], tone: .good)
    }

    func turn(_ isOn: Bool) async throws -> Report {
        let show = try await known()
        try await tracker.turn(show, isOn, for: person.id)
        return Report(
            isOn ? "\(strong: show.title) is tracked" : "\(strong: show.title) is not tracked any more",
            lines: isOn ? [] : ["What is marked stays."], tone: .good)
    }

    func watched() async throws -> Report {
        let show = try await known()
        let (season, number) = numbers
        var at = call.clock.now
        if let typed = call.arguments.text("date") {
            guard let day = Day(typed), day <= source.today else {
                throw Complaint("“\(typed)” is no day of the past.", advice: ["Such as 2026-01-31."])
            }
            at = day == source.today ? at : day.begins(in: source.zone) + .hours(20)
        }
        guard
            let episode = try await tracker.watched(show, season: season, number: number, at: at, by: person.id)
        else { throw missing(show, season, number) }
        return Report(
            "\(strong: show.title) \(episode.code) is marked as watched",
            lines: ["\(episode.title), \(time: at, .date)."], tone: .good)
    }

    func unwatched() async throws -> Report {
        let show = try await known()
        let (season, number) = numbers
        guard let episode = try await tracker.unwatched(show, season: season, number: number, by: person.id) else {
            throw missing(show, season, number)
        }
        return Report("\(strong: show.title) \(episode.code) is not marked any more", tone: .good)
    }

    private var numbers: (season: Int, number: Int) {
        (call.arguments.number("season") ?? 1, call.arguments.number("episode") ?? 1)
    }

    private func missing(_ show: KnownShow, _ season: Int, _ number: Int) -> Complaint {
        Complaint("\(strong: show.title) has no episode \(number) in season \(season), as far as I know.")
    }

    func settings() async throws -> Report {
        func flag(_ name: String) -> Bool? { call.arguments.text(name).map { $0 == "yes" } }
        let (add, watch) = (flag("auto-add"), flag("auto-watch"))
        let now =
            add == nil && watch == nil
            ? try await tracker.settings(of: person.id)
            : try await tracker.set(person.id, autoAdd: add, autoWatch: watch)
        func word(_ value: Bool?) -> Prose { value == true ? "yes" : "no" }
        return Report(
            "Your tracker",
            fields: [
                Report.Field("Shows you watch come onto your list", word(now.autoAdd), short: true),
                Report.Field("What you watch is marked", word(now.autoWatch), short: true),
                Report.Field("Your own address", now.doorAt.map { "since \(time: $0)" } ?? "none", short: true),
            ])
    }

    // MARK: Addresses

    func url() async throws -> Report {
        guard let addresses = source.addresses else {
            throw Complaint("It is not known where others reach me.", advice: ["Set PUBLIC_WEBHOOK_URL."])
        }
        let what = call.arguments.text("what") ?? "webhook"
        let kind = TrackerKeyKind(rawValue: what)
        let before =
            if let kind { try await tracker.keys.madeAt(person.id, kind) } else {
                try await tracker.viewers.one(person.id)?.doorAt
            }
        if let before, !call.arguments.flag("rotate") {
            return Report(
                "You have it already", lines: ["It was made \(time: before), and I keep only what proves it."],
                footer: "With --rotate you get another, and the one before is void.")
        }
        _ = try await tracker.join(person.id)
        let secret = source.secret()
        if let kind {
            try await tracker.keys.set(person.id, kind, hash: secret.hash)
        } else {
            try await tracker.viewers.setDoor(person.id, hash: secret.hash)
        }
        return Report(
            "Yours alone", lines: words(kind, addresses, secret.word) + ["It is shown only now."],
            footer: before == nil ? "" : "The one before is void.", tone: .good)
    }

    private func words(_ kind: TrackerKeyKind?, _ addresses: TrackerSource.Addresses, _ secret: String) -> [Prose] {
        switch kind {
        case nil:
            [
                "\(code: "\(addresses.webhook)/\(secret)")",
                "Plex: Settings, Webhooks, Add Webhook (needs Plex Pass). Tautulli: a webhook agent, on Watched.",
                "Whoever has it can mark episodes as watched by you.",
            ]
        case .calendar:
            [
                "\(code: "\(addresses.calendar)/\(secret).ics")",
                "Subscribe to it in your calendar. Whoever has it sees which shows you follow.",
            ]
        case .api:
            [
                "\(code: secret)",
                "For programs, at \(code: addresses.api), as \(code: "Authorization: Bearer …"). It may change your list.",
            ]
        }
    }

    func export() async throws -> Report {
        let form = call.arguments.text("form") ?? "csv"
        let rows = try await tracker.seen.rows(of: person.id)
        let text = form == "json" ? try SeenFile.json(rows) : SeenFile.csv(rows)
        var report = Report("Everything you watched", lines: ["\(rows.count) plays."], tone: .good)
        report.attachments = [
            Report.Attachment(
                name: "watched.\(form)", type: form == "json" ? "application/json" : "text/csv", bytes: Array(text.utf8)
            )
        ]
        return report
    }
}
