// The settings of welcoming and pruning, as their parts want them.

internal import Letters
internal import Prune
internal import Runtime

struct PruneSettings: Sendable {
    var wishes: PruneWishes
    /// What this server is, a paragraph each.
    var about: [String]
    var rules: [String]
    var links: [NoticeLink]
    /// Whom people turn to.
    var contact: NoticeContact?
    var adminEmail: String?

    /// `text` gives a setting or its default; forms were checked before.
    init(_ text: (String) -> String, hasMail: Bool, _ problems: inout [ConfigProblem]) {
        func number(_ name: String) -> Int { Int(text(name)) ?? 0 }
        func flag(_ name: String) -> Bool { Variable.flag(text(name)) ?? false }
        func hours(_ name: String) -> Duration { .hours(Int64(number(name))) }
        func complain(_ name: String, _ why: String) {
            problems.append(ConfigProblem(name, "\(why). Example: \(name)=\(Variable.named(name)?.example ?? "")"))
        }

        let days = text("PRUNE_REMINDER_DAYS").split(whereSeparator: { $0 == "," || $0 == " " })
        if days.contains(where: { Int($0) == nil }) {
            complain("PRUNE_REMINDER_DAYS", "\"\(text("PRUNE_REMINDER_DAYS"))\" is not numbers with commas")
        }
        wishes = PruneWishes(
            mode: PruneWishes.Mode(rawValue: text("PRUNE")) ?? .off, welcomes: flag("WELCOME"),
            wantsApproval: flag("PRUNE_APPROVAL"), warnDays: number("WARN_DAYS"), kickDays: number("KICK_DAYS"),
            reminderDays: days.compactMap { Int($0) }, newEvery: .seconds(Int64(number("CHECK_NEW_USERS_SECS"))),
            lookEvery: .seconds(Int64(number("CHECK_INACTIVITY_SECS"))), grace: hours("PRUNE_GRACE_HOURS"),
            notice: hours("PRUNE_NOTICE_HOURS"), perDay: number("PRUNE_PER_DAY"), percent: number("PRUNE_PERCENT"),
            stale: hours("PRUNE_STALE_HOURS"), hereDays: number("PRUNE_HERE_DAYS"),
            hereMost: number("PRUNE_HERE_MOST"), holdDays: number("PRUNE_HOLD_DAYS"),
            pauseDays: number("PRUNE_PAUSE_DAYS"), forgetDays: number("PRUNE_FORGET_DAYS"),
            adminEmail: text("ADMIN_EMAIL"),
            vipNames: text("VIP_NAMES").split(separator: ",").map(Self.trimmed).filter { !$0.isEmpty },
            vipRoles: Variable.list(text("VIP_ROLES")).compactMap(UInt64.init),
            deletesInTautulli: flag("PRUNE_DELETE_TAUTULLI"), hasMail: hasMail)
        adminEmail = text("ADMIN_EMAIL").isEmpty ? nil : text("ADMIN_EMAIL")
        about = NoticeSettings.list(text("WELCOME_ABOUT"))
        rules = NoticeSettings.list(text("WELCOME_RULES"))
        do throws(NoticeLink.Mistake) { links = try NoticeLink.read(text("WELCOME_LINKS")) } catch {
            links = []
            complain("WELCOME_LINKS", error.description)
        }
        do throws(NoticeLink.Mistake) {
            contact = text("WELCOME_CONTACT").isEmpty ? nil : try NoticeContact(text("WELCOME_CONTACT"))
        } catch {
            complain("WELCOME_CONTACT", error.description)
        }
        // Each says which setting it is about.
        for fault in wishes.faults {
            let name = fault.split(separator: " ").first.map(String.init) ?? "PRUNE"
            problems.append(ConfigProblem(Variable.named(name) == nil ? "PRUNE" : name, fault))
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
