// The answers of `!plex tracker` to admins: which show is which, and what arrived.

import Bot
import Domain
import Tracker

struct TrackerDesk: Sendable {
    let source: TrackerSource
    let call: Call

    private var tracker: Tracker { source.tracker }
    private var number: Int64 { Int64(call.arguments.number("number") ?? 0) }

    func conflicts() async throws -> Answer {
        guard call.arguments.has("number") else {
            return .pages(
                TrackerReports.conflicts(
                    try await tracker.conflicts.all(.open) + tracker.conflicts.all(.ignored)))
        }
        guard let conflict = try await tracker.conflicts.one(number) else {
            throw Complaint("I have no such question.", advice: ["\(code: call.spelling("tracker conflicts"))"])
        }
        guard conflict.state != .solved else { return .report(TrackerReports.answered(conflict)) }
        var card = TrackerCards.conflict(conflict)
        card.report.picture = await source.posters(conflict)
        return .card(card)
    }

    func map() async throws -> Report {
        let show = try await TrackerNaming.show(call.arguments.text("name") ?? "", source, outside: true)
        return try await tracker.map(conflict: number, to: show.id, by: call.caller.actor).report
    }

    func unmap() async throws -> Report { try await tracker.unmap(number, by: call.caller.actor).report }

    func mappings() async throws -> [Report] {
        var all: [(mapping: ShowMapping, show: String)] = []
        for mapping in try await tracker.mappings.all(200) {
            all.append((mapping, try await tracker.catalogue.show(mapping.show)?.title ?? "?"))
        }
        return TrackerReports.mappings(all)
    }

    func log() async throws -> [Report] {
        let status = call.arguments.text("status").flatMap { LogRow.Status(rawValue: $0) }
        return TrackerReports.log(try await tracker.logBook.latest(100, status: status))
    }

    func replay() async throws -> Report { try await tracker.replay(number, by: call.caller.actor).report }
}

/// A show as somebody names it, or a question back.
enum TrackerNaming {
    static func show(_ typed: String, _ source: TrackerSource, outside: Bool) async throws -> KnownShow {
        switch try await source.tracker.guess(typed, outside: outside) {
        case .one(let show): return show
        case .several(let candidates):
            let names = candidates.map { one -> Prose in
                let ids = one.ids.words
                return "\(strong: one.name)" + (ids.isEmpty ? "" : " \(code: String(ids.prefix { $0 != " " }))")
            }
            throw Complaint(
                "More than one show is called so: \(names.joined(by: ", ")).",
                advice: ["Say its year in brackets, or its number."])
        case .none:
            throw Complaint(
                "I know no show called “\(typed)”.",
                advice: outside
                    ? ["\(code: "tmdb:603"), \(code: "tvdb:78") or \(code: "tt0133093") say it exactly."] : [])
        case .unknown(let why): throw Complaint("The catalogue could not be asked: \(why)")
        }
    }
}
