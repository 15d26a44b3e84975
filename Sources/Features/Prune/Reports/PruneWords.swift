// Short words to admins, and the sentences that the longer reports share.

package import Domain
package import Runtime
internal import Storage

package enum PruneWords {
    static func short(_ title: Prose, _ line: Prose, tone: Report.Tone = .good) -> Report {
        Report(title, lines: line.isEmpty ? [] : [line], tone: tone)
    }

    /// In UTC: only where a face cannot show it in the reader's own time.
    static func day(_ instant: Instant) -> String { "\(Day(of: instant, in: .utc))" }

    package static func arrival(_ person: Person, at now: Instant) -> Report {
        Report(
            "\(strong: person.name) has joined",
            lines: ["Accepted the invitation \(time: person.joinedAt ?? now)."], tone: .good)
    }

    package static func doubts(_ doubts: [PruneDoubt]) -> Report {
        Report(
            "Nobody is judged: what was read cannot be believed", lines: doubts.map { $0.sentence + "." },
            footer: "Nothing happens to anybody, and this time does not count, until all of it is good again.",
            tone: .warning)
    }

    static func failure(_ person: Person, _ why: String) -> Report {
        Report(
            "The share of \(strong: person.name) could not be removed", lines: ["\(why)"],
            footer: "It is tried again with the next looks.", tone: .bad)
    }

    static func removed(_ removal: PruneCase, _ person: Person) -> Report {
        var report = Report("The share of \(strong: person.name) was removed", tone: .warning)
        if let snapshot = removal.snapshot {
            let libraries =
                snapshot.hasAllLibraries ? "all" : snapshot.libraries.map(\.title).joined(separator: ", ")
            report.fields.append(Report.Field("Libraries", "\(libraries)"))
        }
        report.fields.append(Report.Field("Decided by", who(removal.decidedBy), short: true))
        report.footer = "prune undo \(typed(person)) gives them back what they had. Friendship and history stay."
        return report
    }

    /// A name that finds them when it is typed: usernames are one person's only.
    static func typed(_ person: Person) -> String {
        (person.username.isEmpty ? person.name : person.username).typed
    }

    static func who(_ actor: String) -> Prose {
        if let id = actor.split(separator: ":").last.flatMap({ UInt64($0) }), actor.hasPrefix("discord:") {
            return Prose(parts: [.person(discord: id, name: actor)])
        }
        return actor == "settings" ? "PRUNE_APPROVAL is off" : "\(actor)"
    }

    /// A sentence in which somebody may stand as they do in the ledger: "prune was stopped by discord:1".
    static func naming(_ text: String) -> Prose {
        var words = Prose()
        for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { words += " " }
            words += word.hasPrefix("discord:") ? who(String(word)) : Prose(text: String(word))
        }
        return words
    }

    // MARK: One person's standing

    static func line(_ standing: PruneStanding, _ blocks: [PruneBlock] = []) -> Prose {
        let name: Prose = "\(strong: standing.person.name): "
        switch standing.verdict {
        case .immune(.vip(let by)) where !by.isEmpty: return name + "VIP, said " + who(by)
        case .immune(let immunity): return name + "\(immunity.words)"
        case .new(let until): return name + "new, has time to settle in until \(time: until, .date)"
        case .held(let until): return name + "held until \(time: until, .date)"
        case .paused(let until): return name + "on a break until \(time: until, .date)"
        case .unknown(let why): return name + "stays: \(why)"
        case .active: return name + days(standing) + since(standing)
        case .inactive:
            let rest = blocks.map { Prose(text: $0.words) }.joined(by: ", ")
            return name + "idle for \(standing.idleDays) days" + since(standing)
                + (rest.isEmpty ? ", due for removal" : " (" + rest + ")")
        }
    }

    static func days(_ standing: PruneStanding) -> Prose {
        standing.daysLeft == 1 ? "1 day left" : "\(standing.daysLeft) days left"
    }

    static func since(_ standing: PruneStanding) -> Prose {
        switch standing.baseline.why {
        case .sighting(let sighting):
            let title: Prose = sighting.title.isEmpty ? "" : " (\(sighting.title))"
            return ", last seen \(time: sighting.at)" + title
        case .joined(let at): return ", joined \(time: at), nothing seen since"
        case .firstSeen(let at): return ", first seen \(time: at), nothing seen since"
        case .hold: return ", was held"
        }
    }
}

extension PruneDeed {
    var line: Prose {
        let name: Prose = "\(strong: person.name): "
        let what: Prose =
            switch what {
            case .welcome: "welcome"
            case .reminder(let day): "reminder at \(day) days"
            case .warning(let date): "warning for \(time: date, .date)"
            case .ask: "an admin is asked"
            case .removal: "removal"
            case .unreachable: "cannot be reached, an admin must tell them"
            case .cleared: "came back, the warning no longer holds"
            }
        switch end {
        case .done: return name + what
        case .dryRun: return name + what + " (not done: a dry run)"
        case .would: return name + what + " (would be done)"
        case .not(let why): return name + what + " not done: \(why)"
        case .unclear(let why): return name + what + " not certain: \(why)"
        }
    }
}
