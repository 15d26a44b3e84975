// What the owner set about welcoming, warning and removing. The defaults touch nobody.

internal import Runtime

package struct PruneWishes: Sendable, Hashable {
    package enum Mode: String, Sendable, Hashable, CaseIterable {
        /// Nobody is looked at.
        case off
        /// Everything is looked at and nothing is done: the door sees to that, see `PruneKind.dryPrefixes`.
        case dry
        case on
    }

    package var mode: Mode
    package var welcomes: Bool
    /// Whether a removal waits for an admin's word.
    package var wantsApproval: Bool
    package var warnDays: Int
    package var kickDays: Int
    /// Idle days, before or after the warning.
    package var reminderDays: [Int]
    package var newEvery: Duration
    package var lookEvery: Duration
    package var grace: Duration
    /// Between a delivered warning and the removal.
    package var notice: Duration
    /// Between two looks that must agree.
    package var agreement: Duration
    package var perDay: Int
    /// Of the members, in a day; and how many may be due at once before an admin is asked.
    package var percent: Int
    /// A history whose newest play is older is not believed.
    package var stale: Duration
    package var hereDays: Int
    package var hereMost: Int
    package var holdDays: Int
    /// At most, at once.
    package var pauseDays: Int
    /// After an approval card was answered with "ignore".
    package var ignoreDays: Int
    /// After which the names of people who are gone are taken out of the ledger; 0: never.
    package var forgetDays: Int
    package var adminEmail: String
    /// Usernames, addresses or plex.tv numbers.
    package var vipNames: [String]
    /// Of Discord.
    package var vipRoles: [UInt64]
    /// Also forgets them in Tautulli, with all they ever played: whoever comes back starts from nothing there.
    package var deletesInTautulli: Bool
    /// Whether letters can be sent at all.
    package var hasMail: Bool

    package init(
        mode: Mode = .off, welcomes: Bool = false, wantsApproval: Bool = true, warnDays: Int = 27, kickDays: Int = 30,
        reminderDays: [Int] = [], newEvery: Duration = .seconds(120), lookEvery: Duration = .seconds(1800),
        grace: Duration = .hours(24), notice: Duration = .hours(72), agreement: Duration = .hours(24),
        perDay: Int = 1, percent: Int = 10, stale: Duration = .hours(72), hereDays: Int = 14, hereMost: Int = 2,
        holdDays: Int = 30, pauseDays: Int = 90, ignoreDays: Int = 7, forgetDays: Int = 0, adminEmail: String = "",
        vipNames: [String] = [], vipRoles: [UInt64] = [], deletesInTautulli: Bool = false, hasMail: Bool = true
    ) {
        self.mode = mode
        self.welcomes = welcomes
        self.wantsApproval = wantsApproval
        self.warnDays = warnDays
        self.kickDays = kickDays
        self.reminderDays = reminderDays
        self.newEvery = newEvery
        self.lookEvery = lookEvery
        self.grace = grace
        self.notice = notice
        self.agreement = agreement
        self.perDay = perDay
        self.percent = percent
        self.stale = stale
        self.hereDays = hereDays
        self.hereMost = hereMost
        self.holdDays = holdDays
        self.pauseDays = pauseDays
        self.ignoreDays = ignoreDays
        self.forgetDays = forgetDays
        self.adminEmail = adminEmail
        self.vipNames = vipNames
        self.vipRoles = vipRoles
        self.deletesInTautulli = deletesInTautulli
        self.hasMail = hasMail
    }

    /// What cannot be meant so; the engine does nothing with wishes that have any.
    package var faults: [String] {
        var faults: [String] = []
        func need(_ holds: Bool, _ words: String) {
            if !holds { faults.append(words) }
        }
        need(warnDays > 0, "WARN_DAYS is \(warnDays): it must be at least 1")
        need(warnDays < kickDays, "WARN_DAYS (\(warnDays)) must be less than KICK_DAYS (\(kickDays))")
        need(reminderDays.allSatisfy { $0 > 0 && $0 < kickDays }, "PRUNE_REMINDER_DAYS must lie before KICK_DAYS")
        need(newEvery >= .seconds(10), "CHECK_NEW_USERS_SECS must be at least 10")
        need(lookEvery >= .seconds(60), "CHECK_INACTIVITY_SECS must be at least 60")
        need(grace >= .zero, "PRUNE_GRACE_HOURS must not be below 0")
        need(notice >= .hours(24), "PRUNE_NOTICE_HOURS must be at least 24")
        need(agreement >= .hours(1), "two looks that agree must be an hour apart or more")
        need(perDay >= 1, "PRUNE_PER_DAY must be at least 1")
        need((1...100).contains(percent), "PRUNE_PERCENT must be from 1 to 100")
        need(stale >= .hours(1), "PRUNE_STALE_HOURS must be at least 1")
        need(hereDays >= 1 && hereMost >= 0, "PRUNE_HERE_DAYS must be at least 1 and PRUNE_HERE_MOST at least 0")
        need(holdDays >= 1 && pauseDays >= 1, "PRUNE_HOLD_DAYS and PRUNE_PAUSE_DAYS must be at least 1")
        need(forgetDays >= 0, "PRUNE_FORGET_DAYS must not be below 0")
        return faults
    }

    /// Two good looks that lie further apart say nothing about the time between them.
    package var tolerance: Duration { max(lookEvery * 3, .minutes(90)) }
    package var kick: Duration { .days(Int64(kickDays)) }
    package var warn: Duration { .days(Int64(warnDays)) }

    /// Of so many members, in a day.
    package func most(of members: Int) -> Int { min(perDay, share(of: members)) }
    /// How many may be due at once before an admin is asked.
    package func share(of members: Int) -> Int { max(1, members * percent / 100) }
}
