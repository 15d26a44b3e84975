// The long answers: a look, everybody's standing, one's own, why.

package import Domain
internal import Runtime
package import Storage

extension PruneScan {
    package var report: Report {
        switch end {
        case .idle(let why): return Report("Prune does nothing", lines: [PruneWords.naming(why)], tone: .warning)
        case .busy: return Report("Prune is at it already", tone: .plain)
        case .doubted: return PruneWords.doubts(doubts)
        case .whole: break
        }
        var report = Report(isLook ? "Prune, looking only" : "Prune")
        report.lines = deeds.map(\.line) + troubles
        if let breaker {
            report.lines.insert("\(breaker) are due at once: nobody is removed until an admin says so.", at: 0)
        }
        if report.lines.isEmpty { report.lines = ["Nothing is to be done for anybody."] }
        let counted = standings.filter { !$0.isImmune }
        let inactive = counted.count { $0.verdict == .inactive }
        report.fields = [
            Report.Field("Counted", "\(counted.count)", short: true),
            Report.Field("Immune", "\(standings.count - counted.count)", short: true),
            Report.Field("Inactive", "\(inactive)", short: true),
        ]
        if waiting > 0 { report.fields.append(Report.Field("Wait for another day", "\(waiting)", short: true)) }
        if isDryRun { report.footer = "A dry run: nothing happens to anybody." }
        report.tone = breaker != nil || !troubles.isEmpty || deeds.contains(where: \.isTrouble) ? .warning : .plain
        return report
    }

    /// Whether somebody should read it unasked: what has a card of its own is not said twice.
    package var isWorthTelling: Bool {
        if case .whole = end {
            return deeds.contains { !$0.hasItsCard } || !troubles.isEmpty || (breaker != nil && isDryRun)
        }
        return end == .doubted
    }
}

extension PruneDeed {
    fileprivate var hasItsCard: Bool { (what == .ask || what == .unreachable) && end == .done }

    var isTrouble: Bool {
        switch end {
        case .not, .unclear: true
        case .done, .dryRun, .would: false
        }
    }
}

extension PruneArrivals {
    /// Nil: nothing to say.
    package var report: Report? {
        welcomed.isEmpty ? nil : Report("Somebody came", lines: welcomed.map(\.line))
    }
}

extension PruneStatus {
    /// In a sentence, for those who asked about something else; nil: it is off.
    package var line: Prose? {
        if mode == .off { return nil }
        if stopped != nil { return "Prune: stopped" }
        if let doubt { return "Prune: nobody is judged. \(doubt)" }
        let counted = standings.filter(\.counts)
        let warned = counted.count { standing in
            told[standing.person.id]?.contains {
                $0.kind == .warning && $0.stamp == standing.stamp && $0.state == .sent
            } == true
        }
        let word: Prose = counted.count == 1 ? "person counts" : "people count"
        let people: Prose = "\(counted.count) " + word + ", \(warned) warned"
        let mode: Prose = isDryRun ? "Prune, a dry run: " : "Prune: "
        return mode + people + (lastGoodLook.map { ", last good look \(time: $0)" } ?? ", no good look yet")
    }

    /// What concerns everybody.
    package var head: Report {
        var report = Report("Prune")
        var lines: [Prose] = []
        if let stopped { lines.append("\(strong: "Stopped"): " + PruneWords.naming(stopped)) }
        lines += faults.map { "\($0)" }
        if let doubt, let doubtSince { lines.append("In doubt since \(time: doubtSince): \(doubt)") }
        if let breaker { lines.append("\(breaker) were due at once: an admin must say that this is right.") }
        report.lines = lines
        report.fields.append(
            Report.Field("Mode", mode == .on && isDryRun ? "on, a dry run" : "\(mode.rawValue)", short: true))
        if let lastGoodLook {
            report.fields.append(Report.Field("Last good look", "\(time: lastGoodLook)", short: true))
        }
        if let installedAt {
            report.fields.append(Report.Field("Counts since", "\(time: installedAt, .date)", short: true))
        }
        let open = cases.count { $0.state == .asked }
        if open > 0 { report.fields.append(Report.Field("Wait for an answer", "\(open)", short: true)) }
        report.tone = lines.isEmpty ? .plain : .warning
        return report
    }

    /// Everybody by days left, the first page with what concerns all.
    package func pages(of size: Int = 15) -> [Report] {
        let lines = standings.map {
            PruneWords.line($0, blocks[$0.person.id] ?? []) + Self.warned(told[$0.person.id], $0)
        }
        var pages: [Report] = []
        for start in stride(from: 0, to: max(1, lines.count), by: max(1, size)) {
            var page = start == 0 ? head : Report("Prune")
            page.lines += lines.dropFirst(start).prefix(size)
            pages.append(page)
        }
        for index in pages.indices where pages.count > 1 {
            pages[index].footer = "Page \(index + 1) of \(pages.count), \(standings.count) people"
        }
        return pages
    }

    private static func warned(_ told: [PruneTold]?, _ standing: PruneStanding) -> Prose {
        let warning = told?.last { $0.kind == .warning && $0.stamp == standing.stamp && $0.state == .sent }
        guard standing.counts, let date = warning?.removalAt else { return "" }
        return ", warned for \(time: date, .date)"
    }
}

package enum PruneReports {
    /// To the person.
    package static func own(_ standing: PruneStanding, warning: PruneTold?, _ wishes: PruneWishes) -> Report {
        var report = Report("Your place on this server")
        switch standing.verdict {
        case .immune: report.lines = ["Your place is safe, however long you are away."]
        case .new(let until): report.lines = ["Welcome. Your days begin to count \(time: until)."]
        case .held(let until), .paused(let until):
            report.lines = ["Your days do not count until \(time: until, .date)."]
        case .unknown: report.lines = ["Your place is safe for now."]
        case .active, .inactive:
            let word: Prose = standing.daysLeft == 1 ? "day" : "days"
            report.lines = ["\(strong: "\(standing.daysLeft)") " + word + " left: play anything and they begin anew."]
            report.fields.append(
                Report.Field("Without a sign of you", "\(standing.idleDays) of \(wishes.kickDays) days", short: true))
            report.tone = standing.idle >= wishes.warn ? .warning : .good
        }
        if let sighting = standing.lastSighting {
            let title: Prose = sighting.title.isEmpty ? "" : " with \(sighting.title)"
            report.fields.append(Report.Field("Last seen", "\(time: sighting.at)" + title, short: true))
        }
        if let date = warning?.removalAt {
            report.fields.append(Report.Field("Your place ends", "\(time: date, .dateAndTime)", short: true))
        }
        if PruneNotice.mayStay(standing, wishes) {
            let times: Prose = standing.heresLeft == 1 ? "once" : "\(standing.heresLeft) times"
            report.footer = "“I’m still here” gives you at least \(wishes.hereDays) days, " + times + "."
        }
        return report
    }

    package static func why(
        _ standing: PruneStanding?, _ blocks: [PruneBlock], _ told: [PruneTold], _ cases: [PruneCase],
        _ entries: [LedgerEntry]
    ) -> Report {
        var report = Report(standing.map { "Why \(strong: $0.person.name)" } ?? "Why")
        if let standing {
            report.lines.append(PruneWords.line(standing, blocks))
            if standing.verdict == .inactive {
                for case .noticeRuns(let until) in blocks {
                    report.lines.append("The warning runs until \(time: until).")
                }
                for case .oneLook(let until) in blocks {
                    report.lines.append("A second look must agree, from \(time: until) on.")
                }
            }
        }
        for told in told.sorted(by: { $0.at > $1.at }).prefix(6) {
            let date: Prose = told.removalAt.map { ", says \(time: $0, .date)" } ?? ""
            report.lines.append(
                "\(told.kind.rawValue) by \(PruneCards.way(told.way)) \(time: told.at, .date): \(told.state.rawValue)"
                    + date)
        }
        for removal in cases.suffix(3) {
            let by: Prose = removal.decidedBy.isEmpty ? "" : ", " + PruneWords.who(removal.decidedBy)
            let why: Prose = removal.why.isEmpty ? "" : ": \(removal.why)"
            report.lines.append("Removal, asked \(time: removal.askedAt, .date), \(removal.state.rawValue)" + by + why)
        }
        let history = entries.prefix(10).map { entry -> Prose in
            "\(time: entry.at, .date) \(entry.action) by " + PruneWords.who(entry.actor)
                + ": \(entry.reason) (\(entry.outcome.word))"
        }
        if !history.isEmpty { report.fields.append(Report.Field("Ledger", history.joined(by: "\n"))) }
        return report
    }

    package static func vips(_ standings: [PruneStanding]) -> Report {
        let lines = standings.compactMap { standing -> Prose? in
            switch standing.verdict {
            case .immune(.vip), .immune(.named), .immune(.role), .immune(.admin): PruneWords.line(standing)
            default: nil
            }
        }
        return Report("VIPs", lines: lines.isEmpty ? ["Nobody."] : lines)
    }

    package static func settings(_ wishes: PruneWishes) -> Report {
        func days(_ number: Int) -> Prose { "\(number) days" }
        var report = Report("Prune: settings")
        report.fields = [
            Report.Field("PRUNE", "\(wishes.mode.rawValue)", short: true),
            Report.Field("WELCOME", wishes.welcomes ? "yes" : "no", short: true),
            Report.Field("Warned after", days(wishes.warnDays), short: true),
            Report.Field("Removed after", days(wishes.kickDays), short: true),
            Report.Field(
                "Reminded after",
                wishes.reminderDays.isEmpty ? "never" : days(wishes.reminderDays[0]), short: true),
            Report.Field("Approval", wishes.wantsApproval ? "a card for each" : "none", short: true),
            Report.Field("A day at most", "\(wishes.perDay), and \(wishes.percent) % of the members", short: true),
            Report.Field("Still here", "\(wishes.hereMost) times, \(wishes.hereDays) days each", short: true),
            Report.Field("VIP names", "\(wishes.vipNames.count)", short: true),
            Report.Field("VIP roles", "\(wishes.vipRoles.count)", short: true),
        ]
        if wishes.reminderDays.count > 1 {
            report.fields[4].value = days(wishes.reminderDays[0]) + " and more"
        }
        report.lines = wishes.faults.map { "\($0)" }
        if wishes.deletesInTautulli {
            report.lines.append("PRUNE_DELETE_TAUTULLI: whoever is removed loses their history in Tautulli for good.")
        }
        report.tone = report.lines.isEmpty ? .plain : .warning
        return report
    }
}

extension LedgerEntry.Outcome {
    fileprivate var word: String {
        switch self {
        case .intended: "begun"
        case .done: "done"
        case .failed(let why): "failed: \(why)"
        case .refused(let why): "refused: \(why)"
        case .interrupted: "nobody knows"
        case .dryRun: "a dry run"
        }
    }
}

/// Plain values for a chart of who has how many days left.
package struct PruneChart: Hashable, Sendable {
    package struct Bar: Hashable, Sendable {
        package var label: String
        package var days: Int
        package var isWarned: Bool
    }
    package var bars: [Bar]
    package var kickDays: Int

    package init(_ standings: [PruneStanding], _ wishes: PruneWishes, most: Int = 20) {
        bars = standings.filter(\.counts).prefix(most).map { standing in
            Bar(label: standing.person.name, days: standing.daysLeft, isWarned: standing.idle >= wishes.warn)
        }
        kickDays = wishes.kickDays
    }
}
