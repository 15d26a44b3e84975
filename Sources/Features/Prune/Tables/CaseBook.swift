// Removals from the question to the end. A claim is the last look at everything we know ourselves, and the mark that it
// has begun, in one step: what is said a moment later comes too late, what was said a moment before holds.

internal import Domain
internal import FoundationEssentials
internal import Runtime
package import Storage

extension PruneBook {
    /// What the tables know against a removal, or nil once it is claimed.
    enum Claim: Sendable, Hashable {
        case claimed
        case refused(String)
    }

    func removal(_ id: Int64) async throws(StorageError) -> PruneCase? {
        try await database.read { db in
            try db.row("SELECT * FROM prune_cases WHERE id = $1", id, decode: PruneState.removal)
        }
    }

    /// Asks, or asks again. Nil: there is an open one that does not wait to be asked again.
    func ask(
        _ standing: PruneStanding, evidence: String, _ wishes: PruneWishes
    ) async throws(StorageError) -> PruneCase? {
        let now = database.clock.now
        guard let plexID = standing.person.plexID, let share = standing.person.shareID else { return nil }
        let decidedBy = wishes.wantsApproval ? nil : PruneCase.settings
        let state: PruneCase.State = decidedBy == nil ? .asked : .approved
        return try await database.write { db in
            let open = try db.row(
                """
                SELECT * FROM prune_cases
                WHERE person = $1 AND state IN ('asked', 'approved', 'ignored', 'removing', 'failed')
                ORDER BY id DESC LIMIT 1
                """, standing.person.id, decode: PruneState.removal)
            let id: Int64
            if let open {
                let isAgain = open.state == .ignored && (open.ignoredUntil ?? now) <= now
                let isDecided = open.state == .asked && decidedBy != nil
                // The settings said yes before, or somebody did too long ago.
                let isOver = (open.state == .approved || open.state == .failed) && !open.isApproved(wishes, at: now)
                guard isAgain || isDecided || isOver else { return nil }
                try db.run(
                    """
                    UPDATE prune_cases SET state = $2, asked = asked + 1, asked_at = $3, evidence = $4, decided_by = $5,
                        decided_at = $6, ignored_until = NULL
                    WHERE id = $1
                    """, open.id, state.rawValue, now, evidence, decidedBy ?? "", decidedBy == nil ? nil : now)
                id = open.id
            } else {
                id = try db.insert(
                    """
                    INSERT INTO prune_cases (person, plex_id, share_id, stamp, state, why, evidence, asked_at, asked,
                        decided_by, decided_at, tries, claimed_by, is_closed, invitations)
                    VALUES ($1, $2, $3, $4, $5, '', $6, $7, 1, $8, $9, 0, '', 0, 0) RETURNING id
                    """, standing.person.id, plexID, share, standing.stamp, state.rawValue, evidence, now,
                    decidedBy ?? "", decidedBy == nil ? nil : now)
            }
            return try db.row("SELECT * FROM prune_cases WHERE id = $1", id, decode: PruneState.removal)
        }
    }

    /// An admin's yes or no. False: it is not so any more that this could be said.
    func decide(
        _ removal: PruneCase, _ state: PruneCase.State, by actor: String, ignoredUntil: Instant? = nil
    ) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            let changed = try db.run(
                """
                UPDATE prune_cases SET state = $2, decided_by = $3, decided_at = $4, ignored_until = $5
                WHERE id = $1 AND state IN ('asked', 'approved', 'ignored', 'failed')
                """, removal.id, state.rawValue, actor, now, ignoredUntil)
            guard changed > 0 else { return false }
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: actor, action: "prune.\(state.rawValue)", subject: removal.subject,
                    summary: state == .approved ? "Approves the removal" : "Leaves the removal for later",
                    reason: "an admin's word", evidence: removal.evidence), db)
            return true
        }
    }

    /// Nothing is to be done any more.
    func withdraw(_ id: Int64, _ state: PruneCase.State = .withdrawn, why: String) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            let before = try db.row("SELECT * FROM prune_cases WHERE id = $1", id, decode: PruneState.removal)
            let changed = try db.run(
                """
                UPDATE prune_cases SET state = $2, why = $3, is_closed = 1
                WHERE id = $1 AND state IN ('asked', 'approved', 'ignored', 'failed')
                """, id, state.rawValue, why)
            guard changed > 0, let before else { return }
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: "autoplex", action: "prune.withdrawn", subject: before.subject,
                    summary: "The removal is off", reason: why, evidence: before.evidence), db)
        }
    }

    /// `judge`: whether, by what the tables say at this very moment, they are still to be removed: nil, or why not.
    func claim(
        _ removal: PruneCase, _ wishes: PruneWishes, snapshot: ShareSnapshot, by engine: String,
        judge: @Sendable (PruneState) -> String?
    ) async throws -> Claim {
        let now = database.clock.now
        let text = String(decoding: try JSONEncoder().encode(snapshot), as: UTF8.self)
        return try await database.write { db in
            let state = try PruneState.all(of: removal.person, db)
            guard let current = state.cases.first(where: { $0.id == removal.id }),
                current.isApproved(wishes, at: now)
            else { return .refused("it is not approved any more") }
            // A day's room is counted here, where two cannot both find it.
            if let why = judge(state) { return .refused(why) }
            try db.run(
                """
                UPDATE prune_cases SET state = 'removing', snapshot = $2, claimed_by = $3, begun_at = $4,
                    tries = tries + 1, why = ''
                WHERE id = $1
                """, removal.id, text, engine, now)
            return .claimed
        }
    }

    /// It did not happen.
    func failed(_ id: Int64, why: String) async throws(StorageError) {
        try await database.write { db in
            try db.run(
                "UPDATE prune_cases SET state = 'failed', why = $2 WHERE id = $1 AND state = 'removing'", id, why)
        }
    }

    /// Nobody knows; it stays under way until the outside says.
    func unclear(_ id: Int64, why: String) async throws(StorageError) {
        try await database.write { db in
            try db.run("UPDATE prune_cases SET why = $2 WHERE id = $1 AND state = 'removing'", id, why)
        }
    }

    /// It happened: there is one less on the list, and that is right so.
    func removed(_ id: Int64) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            let person = try db.row("SELECT person FROM prune_cases WHERE id = $1", id) { row in try row.int64(0) }
            let changed = try db.run(
                """
                UPDATE prune_cases SET state = 'removed', removed_at = $2, why = ''
                WHERE id = $1 AND state IN ('removing', 'failed')
                """, id, now)
            guard changed > 0 else { return }
            try db.run(
                """
                UPDATE prune_people SET gone_at = $2, looked_at = NULL, look_stamp = NULL
                WHERE person = $1 AND gone_at IS NULL
                """, person, now)
            if let good = try PruneMarks.text(.goodPeople, db).flatMap({ Int($0) }) {
                try PruneMarks.set(.goodPeople, "\(max(0, good - 1))", at: now, db)
            }
        }
    }

    func closed(_ id: Int64) async throws(StorageError) {
        try await database.write { db in try db.run("UPDATE prune_cases SET is_closed = 1 WHERE id = $1", id) }
    }

    func invited(_ id: Int64) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run(
                "UPDATE prune_cases SET invitations = invitations + 1, undone_at = $2 WHERE id = $1", id, now)
        }
    }
}

// MARK: Asking

extension PruneBook {
    func openCases() async throws(StorageError) -> [PruneCase] {
        try await database.read { db in
            try db.rows(
                """
                SELECT * FROM prune_cases WHERE state IN ('asked', 'approved', 'ignored', 'removing', 'failed')
                ORDER BY id
                """, decode: PruneState.removal)
        }
    }

    /// Removed, with something left to do.
    func unclosed() async throws(StorageError) -> [PruneCase] {
        try await database.read { db in
            try db.rows(
                "SELECT * FROM prune_cases WHERE state = 'removed' AND is_closed = 0 ORDER BY id",
                decode: PruneState.removal)
        }
    }

    package func cases(of person: Int64) async throws(StorageError) -> [PruneCase] {
        try await database.read { db in
            try db.rows("SELECT * FROM prune_cases WHERE person = $1 ORDER BY id", person, decode: PruneState.removal)
        }
    }

    // MARK: The breaker

    /// Since when it has been tripped: the same as long as no more are due than then.
    func tripBreaker(_ count: Int) async throws(StorageError) -> Instant {
        let now = database.clock.now
        return try await database.write { db in
            let marks = try PruneMarks.all(db)
            if let before = marks.all[.breaker], let most = Int(before.value), count <= most { return before.at }
            try PruneMarks.set(.breaker, "\(count)", at: now, db)
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: "autoplex", action: "prune.breaker", subject: "prune",
                    summary: "\(count) are due at once: nothing is removed until an admin says so",
                    evidence: "{\"due\":\(count)}"), db)
            return now
        }
    }

    /// `released`: what an admin said about so many at once is over, too, once there are no more than usual.
    func clearBreaker(_ marks: PruneMarks, released: Bool) async throws(StorageError) {
        var keys: [PruneMarks.Key] = marks.text(.breaker) == nil ? [] : [.breaker]
        if released, marks.text(.released) != nil { keys.append(.released) }
        if keys.isEmpty { return }
        let now = database.clock.now
        try await database.write { [keys] db in
            for key in keys { try PruneMarks.set(key, nil, at: now, db) }
        }
    }
}
