// The answers of `!plex prune`.

import Bot
import Discord
import Domain
import People
import Prune
import Runtime

struct PruneDesk: Sendable {
    let source: PruneSource
    let call: Call

    private var prune: Prune { source.prune }
    private var actor: String { call.caller.actor }

    private func named() async throws -> Person {
        try await PeopleSearch.person(
            named: call.arguments.text("person") ?? "", on: .plex, in: source.people)
    }

    // MARK: Looking

    func status() async throws -> Answer {
        let status = try await prune.status()
        var pages = status.pages()
        pages[0].picture = await source.picture(status.standings)
        return .pages(pages)
    }

    func why() async throws -> Report { try await prune.why(try await named().id) }

    func look() async throws -> Answer {
        .report(try await prune.scan(isLook: call.arguments.flag("dry")).report)
    }

    func simulate() async throws -> Report {
        let wishes = prune.wishes
        let kick = call.arguments.number("kick") ?? wishes.kickDays
        let warn = call.arguments.number("warn") ?? min(wishes.warnDays, kick - 1)
        guard warn < kick else { throw Complaint("A warning comes before a removal: --warn must be less than --kick.") }
        return try await source.simulate(warn, kick, call.arguments.number("days") ?? 365)
    }

    func settings() -> Report { PruneReports.settings(prune.wishes) }

    // MARK: Keeping somebody

    func vip() async throws -> Report {
        let what = call.arguments.text("what") ?? "list"
        if what == "list" { return PruneReports.vips(try await prune.status().standings) }
        guard call.arguments.text("person") != nil else { throw Complaint("Whom? Say a name on the server.") }
        return try await prune.vip(try await named().id, what == "add", by: actor).report
    }

    func hold() async throws -> Report {
        try await prune.hold(try await named().id, days: call.arguments.number("days"), by: actor).report
    }

    func told() async throws -> Report { try await prune.told(try await named().id, by: actor).report }

    func undo() async throws -> Report { try await prune.undo(try await named().id, by: actor).report }

    func pause() async throws -> Report {
        let person = try await away()
        let typed = call.arguments.text("until") ?? ""
        if typed.lowercased() == "end" { return try await prune.pause(person.id, until: nil, by: actor).report }
        guard let day = Day(typed) else {
            throw Complaint(
                "“\(typed)” is no day.", advice: ["Such as \(code: call.spelling("prune pause 2026-12-24"))."])
        }
        // The last day away, whole.
        return try await prune.pause(person.id, until: (day + 1).begins(in: source.zone), by: actor).report
    }

    private func away() async throws -> Person {
        if call.arguments.text("person") != nil {
            guard call.caller.level == .admin else { throw Complaint("Only admins may do that for somebody else.") }
            return try await named()
        }
        if let own = try await source.people.person(discord: call.caller.id.rawValue) { return own }
        throw Complaint(
            "I do not know who you are on Plex.",
            advice: ["\(code: call.spelling("link")) lets you sign in and tells me."])
    }

    // MARK: Everything

    func stop() async throws -> Report { try await prune.stop(by: actor).report }
    func start() async throws -> Report { try await prune.start(by: actor).report }
    func accept() async throws -> Report { try await prune.accept(by: actor).report }
}
