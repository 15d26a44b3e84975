// What holds at every step, judged by what is true and never by what prune thinks. A violation is one sentence.

import Domain
import Prune
import Runtime

extension Truth {
    // MARK: Time that may count

    /// A look that answered well in all it asked: what lies between it and the one before was seen, if that was near.
    mutating func looked(at moment: Instant) {
        looks.append(moment)
        guard let last = seen.last, moment - last.to <= wishes.tolerance else {
            seen.append(Span(moment, moment))
            return
        }
        seen[seen.count - 1].to = max(last.to, moment)
    }

    /// How much of it could be seen at best, without their pauses.
    func seenTime(of person: Resident, from: Instant, to: Instant) -> Duration {
        guard to > from else { return .zero }
        let seen = ObservedTime(seen)
        return seen.length(from: from, to: to, without: ObservedTime(person.pauses))
    }

    /// A wall clock that was a little ahead, or moved while the program was down, cannot be known to be so. One that is
    /// further ahead than a history may be old stops everything.
    func slack(since moment: Instant) -> Duration {
        var (most, before) = (Duration.zero, Duration.zero)
        for (from, offset) in offsets {
            if from < moment { before = offset } else if offset <= wishes.stale + .days(1) { most = max(most, offset) }
        }
        if before <= wishes.stale + .days(1) { most = max(most, before) }
        return offsets.isEmpty ? .zero : max(most + wishes.tolerance, slackOfPromises())
    }

    /// So much sooner than promised something may end by a clock that was a little behind, or ahead when it was said.
    func slackOfPromises() -> Duration {
        let small = offsets.map { $0.offset < .zero ? .zero - $0.offset : $0.offset }
            .filter { $0 <= wishes.stale + .days(2) }
        return offsets.isEmpty ? .zero : (small.max() ?? .zero) + wishes.tolerance
    }

    private func holds(_ promise: Promise?) -> Bool {
        let slack = slackOfPromises()
        return promise?.holds(wall + slack, now + slack) ?? false
    }

    private func isPaused(_ person: Resident) -> Bool {
        let later = now + slackOfPromises()
        return person.pauses.contains { $0.from <= now && later < $0.to }
    }

    /// The newest true sign of life that prune was shown, or what counts as one.
    func lastSign(of person: Resident, _ shown: Instant?, afterHold slack: Duration = .zero) -> Instant {
        var moments = [person.acceptedAt + wishes.grace]
        if let sign = person.shown { moments.append(sign) }
        if let shown { moments.append(shown) }
        if let held = person.held, !held.holds(wall, now) { moments.append(min(held.end, held.wall - offset) - slack) }
        return moments.max() ?? person.acceptedAt
    }

    // MARK: A removal

    /// Just before a share is taken. `evidence`: when each source was asked last in this task, and whether it answered.
    mutating func judgeRemoval(_ snapshot: ShareSnapshot, _ task: TaskNotes) {
        guard snapshot.machine == Self.machine else { return violated("a share of another server is removed") }
        if removals.contains(where: { $0.share == snapshot.shareID }) {
            return violated("share \(snapshot.shareID) is removed twice")
        }
        guard let person = residents.first(where: { $0.share == snapshot.shareID }) else { return }
        let who = "\(person.id) (\(person.name))"
        if person.plexID != snapshot.account { violated("\(who): the share is another account's") }
        if snapshot != self.snapshot(person) { violated("\(who): the snapshot is not what they had") }
        judgeImmunity(person, who)
        if isStopped || stopFile { violated("\(who) is removed while prune is stopped") }
        if holds(person.held) { violated("\(who) is removed while held") }
        if isPaused(person) { violated("\(who) is removed in a pause") }
        if now < person.acceptedAt + wishes.grace - slack(since: person.acceptedAt) {
            violated("\(who) is removed in their grace")
        }
        if holds(person.promised) {
            violated("\(who) is removed before the day \"here\" gave them")
        }
        if person.running != nil, task.newest[.streams].map({ now - $0 > .minutes(30) }) ?? true {
            violated("\(who) is removed while they watch")
        }
        for source in Source.looks + [.share] where task.newest[source].map({ now - $0 > .minutes(60) }) ?? true {
            violated("\(who) is removed on evidence without \(source), or an old one")
        }
        let sign = lastSign(of: person, task.shown[person.id])
        let slack = slack(since: sign)
        let idle = seenTime(of: person, from: sign, to: now)
        if idle + slack < wishes.kick {
            violated("\(who) is removed after \(idle.inHours) h, last seen \(sign.inDays)")
        }
        if !looks.contains(where: { look in
            look >= sign && now - look + slack >= wishes.agreement
                && seenTime(of: person, from: sign, to: look) + slack >= wishes.kick
        }) {
            violated("\(who) is removed without two looks that agree")
        }
        // A hold ends by the clock of the wall, the warning may have come by one that was ahead.
        judgeWarning(person, who, lastSign(of: person, task.shown[person.id], afterHold: slackOfPromises()), slack)
        judgeCaps(who)
        if task.wantsApproval, person.approvedAt.map({ $0 < sign }) ?? true {
            violated("\(who) is removed and nobody said yes")
        }
    }

    private mutating func judgeImmunity(_ person: Resident, _ who: String) {
        if person.kind != .guest { violated("\(who) is removed: \(person.kind)") }
        if person.isInvited { violated("\(who) is removed: has not accepted yet") }
        if person.isVIP { violated("\(who) is removed: VIP by an admin's word") }
        let names = [person.username, person.email, "\(person.plexID)"]
        if !Set(names).isDisjoint(with: wishes.vipNames) { violated("\(who) is removed: VIP by the settings") }
        if person.hasRole, !person.discord.isEmpty, !wishes.vipRoles.isEmpty {
            violated("\(who) is removed: VIP by role")
        }
    }

    private mutating func judgeWarning(_ person: Resident, _ who: String, _ sign: Instant, _ slack: Duration) {
        var warned = letters.contains { letter in
            letter.notice.person == person.id && letter.notice.kind == .warning && letter.isAccepted
                && letter.at >= sign
                && now - letter.at + slack >= wishes.notice
        }
        if let told = person.toldAt, told >= sign, now - told + slack >= wishes.notice { warned = true }
        if !warned { violated("\(who) is removed without a warning that was delivered in time") }
        for letter in letters
        where letter.notice.person == person.id && letter.notice.kind == .warning && letter.at >= sign {
            guard letter.isAccepted || letter.hasCome, let date = letter.notice.removalAt, date > wall,
                date - wall < .days(300)
            else { continue }
            violated("\(who) is removed before the day their warning says (\(date.inDays))")
        }
    }

    private mutating func judgeCaps(_ who: String) {
        let members = residents.count { $0.isMember || $0.kind == .managed }
        let slack = slack(since: now - .days(1))
        let today = removals.count { now - $0.at + slack < .days(1) }
        let most = min(wishes.perDay, max(1, (members + today) * wishes.percent / 100))
        if today >= most { violated("\(who) is removed, the number \(today + 1) of \(most) in a day") }
    }

    // MARK: Everything else

    mutating func judgeAct(_ what: String, _ task: TaskNotes, isWelcome: Bool) {
        // PRUNE=dry says nothing about welcomes.
        if task.isDry || isDry, !(isWelcome && plan.isDryByMode) { violated("\(what) in a dry run") }
        if task.isLook { violated("\(what) by a look that only looks") }
        if isStopped || stopFile { violated("\(what) while prune is stopped") }
    }

    /// Before a letter goes. `hasCome`: to whom it is addressed; `isAccepted`: as prune is told.
    mutating func judgeLetter(_ notice: PruneNotice, _ way: String, isAccepted: Bool, hasCome: Bool, _ task: TaskNotes)
    {
        let person = self[notice.person]
        let who = "\(person.id) (\(person.name))"
        if hasCome, letters.contains(where: { $0.hasCome && $0.notice.key == notice.key && $0.way == way }) {
            violated("\(who) gets the letter \(notice.key) twice by \(way)")
        }
        switch notice.kind {
        case .welcome:
            if person.wasThere || person.isFormer { violated("\(who) is welcomed and was there before") }
            // Whoever leaves while the list is on its way was a member when it was made; and it may be an old one.
            let hasJustLeft = person.leftAt.map { now - $0 < .days(1) } ?? false
            if !person.isMember, !hasJustLeft { violated("\(who) is welcomed and is no member") }
            if hasCome,
                letters.contains(where: {
                    $0.hasCome && $0.notice.kind == .welcome && $0.notice.person == person.id && $0.way == way
                })
            {
                violated("\(who) is welcomed twice by \(way)")
            }
        case .warning: judgeWarningLetter(notice, person, who, way, task)
        case .reminder, .removal, .invitation: break
        }
        letters.append(Letter(notice: notice, way: way, at: now, wall: wall, isAccepted: isAccepted, hasCome: hasCome))
    }

    private mutating func judgeWarningLetter(
        _ notice: PruneNotice, _ person: Resident, _ who: String, _ way: String, _ task: TaskNotes
    ) {
        let sign = lastSign(of: person, task.shown[person.id])
        let slack = slack(since: sign)
        if seenTime(of: person, from: sign, to: now) + slack < wishes.warn {
            let idle = seenTime(of: person, from: sign, to: now)
            violated("\(who) is warned after \(idle.inHours) h, last seen \(sign.inDays)")
        }
        if holds(person.held) { violated("\(who) is warned while held") }
        if isPaused(person) { violated("\(who) is warned in a pause") }
        if person.kind != .guest || person.isVIP { violated("\(who) is warned and immune") }
        guard let date = notice.removalAt else { return violated("\(who): a warning without a date") }
        // The removal itself is held to the whole of it; a letter may take its time on the way out.
        if date - wall < wishes.notice - .hours(6) { violated("\(who): the warning leaves less than it must") }
        if let last = letters.last(where: {
            $0.notice.person == person.id && $0.notice.kind == .warning && $0.way == way && $0.hasCome
        }), last.notice.stampOfKey == notice.stampOfKey, now - last.at + slack < .hours(24) - .minutes(1) {
            violated("\(who) is warned twice within a day by \(way)")
        }
    }
}

extension PruneNotice {
    /// "prune.mail:warning:7:1767000000000:1" without the number of the letter.
    var stampOfKey: String { key.split(separator: ":").prefix(4).joined(separator: ":") }
}

extension Duration {
    var inHours: Int64 { milliseconds / 3_600_000 }
}

extension Instant {
    var inDays: String {
        let hours = (self - Truth.beginning).milliseconds / 3_600_000
        return "day \(hours / 24) \(hours % 24) h"
    }
}
