// One removal that is asked for, on its way, or done: what was judged, who decided, and what it takes to undo it.

package import Runtime

package struct PruneCase: Hashable, Sendable, Identifiable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// A card waits for an admin's word.
        case asked
        /// An admin, or the settings, said yes.
        case approved
        /// Asked again later.
        case ignored
        /// They came back, are held or immune, or left: nothing is to be done.
        case withdrawn
        /// On its way, or it was when the program ended.
        case removing
        /// Tried and not done; tried again.
        case failed
        case removed
        /// Not ours: somebody else removed the share, or they left.
        case gone

        /// Whether it may still lead to a removal.
        package var isOpen: Bool {
            switch self {
            case .asked, .approved, .ignored, .removing, .failed: true
            case .withdrawn, .removed, .gone: false
            }
        }
    }

    package var id: Int64
    package var person: Int64
    package var plexID: Int
    package var shareID: Int
    package var stamp: Instant
    package var state: State
    package var why: String
    /// JSON.
    package var evidence: String
    package var askedAt: Instant
    package var asked: Int
    package var decidedBy: String
    package var decidedAt: Instant?
    package var ignoredUntil: Instant?
    package var snapshot: ShareSnapshot?
    package var tries: Int
    package var claimedBy: String
    package var begunAt: Instant?
    package var removedAt: Instant?
    package var isClosed: Bool
    package var invitations: Int
    package var undoneAt: Instant?

    package init(
        id: Int64, person: Int64, plexID: Int, shareID: Int, stamp: Instant, state: State, why: String,
        evidence: String, askedAt: Instant, asked: Int, decidedBy: String, decidedAt: Instant? = nil,
        ignoredUntil: Instant? = nil, snapshot: ShareSnapshot? = nil, tries: Int, claimedBy: String,
        begunAt: Instant? = nil, removedAt: Instant? = nil, isClosed: Bool, invitations: Int, undoneAt: Instant? = nil
    ) {
        self.id = id
        self.person = person
        self.plexID = plexID
        self.shareID = shareID
        self.stamp = stamp
        self.state = state
        self.why = why
        self.evidence = evidence
        self.askedAt = askedAt
        self.asked = asked
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.ignoredUntil = ignoredUntil
        self.snapshot = snapshot
        self.tries = tries
        self.claimedBy = claimedBy
        self.begunAt = begunAt
        self.removedAt = removedAt
        self.isClosed = isClosed
        self.invitations = invitations
        self.undoneAt = undoneAt
    }

    /// Who decides where PRUNE_APPROVAL is off.
    package static let settings = "settings"
    /// So long a yes holds; what was not done by then is asked again.
    static let yesLasts = Duration.days(7)

    /// Whether the yes it has is one that counts now.
    package func isApproved(_ wishes: PruneWishes, at now: Instant) -> Bool {
        guard state == .approved || state == .failed, let decidedAt, !decidedBy.isEmpty else { return false }
        if decidedBy == Self.settings { return !wishes.wantsApproval }
        let age = now - decidedAt
        return !wishes.wantsApproval || (age <= Self.yesLasts && age >= .days(-1))
    }

    /// With the number of this removal: a share that was said to be gone and is on the list again is another one.
    package var effectKey: String { "\(PruneKind.remove):\(person):\(shareID):\(id)" }
    package var subject: String { "person:\(person)" }
}
