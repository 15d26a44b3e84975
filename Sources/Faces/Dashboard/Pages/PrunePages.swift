// Everybody by how they stand with prune's rules, each with the evidence it stands on, and what an admin may say about
// them: the same words as `!plex prune`.

package import Domain
package import Prune
internal import Runtime

package struct PrunePages: Sendable {
    package var prune: Prune
    /// Everybody by days left, as a picture.
    package var picture: @Sendable ([PruneStanding]) async -> Report.Picture?

    package init(prune: Prune, picture: @escaping @Sendable ([PruneStanding]) async -> Report.Picture?) {
        self.prune = prune
        self.picture = picture
    }

    package var pages: [Page] {
        [
            Page("prune", in: .prune, title: "Prune") { _ in try await list() },
            Page("prune/settings", in: .prune, title: "Prune’s numbers", live: false) { _ in
                [views("settings"), .report(PruneReports.settings(prune.wishes))]
            },
            Page("prune/chart", in: .prune, title: "Days left", live: false) { _ in
                let status = try await prune.status()
                return [views("chart"), .report(Report("", picture: await picture(status.standings)))]
            },
            // Discord is asked for their roles.
            Page("prune/{person}", in: .prune, title: "How somebody stands", every: .seconds(30)) { visit in
                guard let id = visit.parameters["person"].flatMap({ Int64($0) }),
                    let standing = try await prune.standing(of: id)
                else { return nil }
                return [
                    .report(try await prune.why(id)),
                    .form(Self.form(standing, wasRemoved: try await prune.canGiveBack(id))),
                    .views([.init("All about \(standing.person.name)", path: "people/\(id)", isShown: false)]),
                ]
            },
        ]
    }

    package var deeds: [Deed] {
        [
            Deed(
                "prune/say",
                question: { visit in
                    switch visit.fields["choice"] {
                    case "undo": "Give their access back as it was?"
                    default: nil
                    }
                },
                perform: { visit in
                    guard let id = visit.fields["person"].flatMap({ Int64($0) }) else {
                        throw Refusal("Nobody is known by that number.")
                    }
                    let actor = visit.visitor.actor
                    let answer =
                        switch visit.fields["choice"] {
                        case "vip": try await prune.vip(id, true, by: actor)
                        case "novip": try await prune.vip(id, false, by: actor)
                        case "hold": try await prune.hold(id, by: actor)
                        case "told": try await prune.told(id, by: actor)
                        case "undo": try await prune.undo(id, by: actor)
                        default: throw Refusal("That cannot be said here.")
                        }
                    return Self.told(answer)
                }),
            Deed("prune/stop") { visit in Self.told(try await prune.stop(by: visit.visitor.actor)) },
            Deed("prune/start", question: { _ in "Let prune act again?" }) { visit in
                Self.told(try await prune.start(by: visit.visitor.actor))
            },
        ]
    }

    private static func told(_ answer: PruneAnswer) -> Deed.Answer {
        let tone: Report.Tone =
            switch answer.end {
            case .done, .alreadySo, .dryRun: .good
            case .refused, .unclear: .warning
            case .failed: .bad
            }
        return Deed.Answer(ApprovalPages.words(answer.report), tone: tone)
    }

    private func views(_ shown: String) -> Block {
        .views([
            .init("Everybody", path: "prune", isShown: shown == "list"),
            .init("As a chart", path: "prune/chart", isShown: shown == "chart"),
            .init("The numbers", path: "prune/settings", isShown: shown == "settings"),
        ])
    }

    private func list() async throws -> [Block] {
        let status = try await prune.status()
        var head = status.head
        head.fields = []
        let people = status.standings
        func count(_ isOne: (PruneVerdict) -> Bool) -> String { "\(people.count { isOne($0.verdict) })" }
        return [
            views("list"),
            .figures([
                .init("Active", count { $0 == .active }, tone: .good),
                .init(
                    "Inactive", count { $0 == .inactive },
                    tone: people.contains { $0.verdict == .inactive } ? .warning : .plain),
                .init("New", count { if case .new = $0 { true } else { false } }),
                .init("Safe", count { if case .immune = $0 { true } else { false } }),
                .init(
                    "Unknown", count { if case .unknown = $0 { true } else { false } }, "they stay",
                    tone: people.contains { if case .unknown = $0.verdict { true } else { false } } ? .warning : .plain),
            ]),
        ] + (head.lines.isEmpty ? [status.line].compactMap(\.self).map { .words($0) } : [.report(head)]) + [
            .form(
                status.stopped == nil
                    ? Block.Form("prune/stop", buttons: [.init("Stop everything", weight: .danger)])
                    : Block.Form("prune/start", buttons: [.init("Let it go on", weight: .main)])),
            .table(
                Block.Table(
                    "Everybody, the least days left first",
                    [
                        .init("Name"), .init("Stands"), .init("Last seen"), .init("Idle", number: true),
                        .init("Days left", number: true), .init("Told"),
                    ],
                    rows: people.map { standing in row(standing, status) },
                    empty: "Nobody is known yet: the first look comes with the job prune.")),
        ]
    }

    private func row(_ standing: PruneStanding, _ status: PruneStatus) -> Block.Table.Row {
        let (words, tone) = Self.words(standing.verdict)
        let told = (status.told[standing.person.id] ?? []).last { $0.state == .sent }
        return .init([
            .init("\(strong: standing.person.name)", path: "prune/\(standing.person.id)"),
            .init(words, tone: tone),
            .init(standing.lastSighting.map { "\(time: $0.at)" } ?? "not seen yet"),
            .init(standing.counts ? "\(standing.idleDays)" : ""),
            .init(
                standing.counts ? "\(standing.daysLeft)" : "",
                tone: standing.counts && standing.idleDays >= prune.wishes.warnDays ? .warning : .plain),
            .init(told.map { "\(time: $0.at)" } ?? ""),
        ])
    }

    private static func words(_ verdict: PruneVerdict) -> (Prose, Report.Tone) {
        switch verdict {
        case .immune(let why): ("safe: \(why.words)", .good)
        case .new(let until): ("new until \(time: until, .date)", .plain)
        case .paused(let until): ("away until \(time: until, .date)", .plain)
        case .held(let until): ("held until \(time: until, .date)", .plain)
        case .active: ("active", .good)
        case .inactive: ("inactive", .warning)
        case .unknown(let why): ("unknown: \(why)", .warning)
        }
    }

    private static func form(_ standing: PruneStanding, wasRemoved: Bool) -> Block.Form {
        let isVIP = if case .immune(.vip) = standing.verdict { true } else { false }
        return Block.Form(
            "prune/say", [.hidden(name: "person", value: "\(standing.person.id)")],
            buttons: [
                isVIP ? .init("No VIP any more", value: "novip") : .init("Make a VIP", value: "vip"),
                .init("Hold", value: "hold"), .init("I have told them myself", value: "told"),
            ] + (wasRemoved ? [.init("Give access back", value: "undo", weight: .danger)] : []))
    }
}
