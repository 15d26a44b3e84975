// Somebody of the world, with what is true of them, and what prune could know of it.

import Domain
import Prune
import Runtime

package struct Resident: Sendable {
    enum Kind: Sendable { case owner, home, managed, guest }
    /// What plex.tv says when they accepted.
    enum JoinDate: Sendable { case honest, missing, ancient, epoch, future }
    enum Post: Sendable { case works, refuses, none, loses }
    /// How they watch.
    enum Habit: Sendable { case faithful, sporadic, quiet }

    struct Running: Sendable {
        var start: Instant
        var end: Instant
        /// Who logs it when it is over.
        var inTautulli: Bool
        var inPlex: Bool
    }

    let id: Int64
    let plexID: Int
    var kind: Kind
    var name: String
    var username: String
    var email: String
    var post: Post
    var discord: [UInt64]
    var hasRole: Bool
    var joinDate: JoinDate
    var habit: Habit
    var isInvited = false
    var share: Int?
    var libraries: [ShareSnapshot.Library] = []
    var settings: [String: String] = [:]
    var acceptedAt: Instant
    /// Of themselves, last.
    var leftAt: Instant?
    var running: Running?
    /// Counts what they did, for their draws.
    var deeds: UInt64 = 0

    /// What Tautulli and Plex have of them.
    var logged: Instant?
    var ownLogged: Instant?

    // MARK: What prune was told, and what it promised

    /// The newest true sign of life that reached a program which went on.
    var shown: Instant?
    var held: Promise?
    /// In true time; the end of the newest in the program's own.
    var pauses: [Span] = []
    var pausedUntil: Instant?
    var promised: Promise?
    var isVIP = false
    /// The newest word about their removal.
    var approvedAt: Instant?
    var toldAt: Instant?
    /// At the first list that was believed they were there.
    var wasThere = false
    var isFormer = false
    var wasRemovedByUs = false
    var welcomeCame: [String: Int] = [:]
    /// First put on a list that was given to prune.
    var listedAt: Instant?
    var isExpectedWelcome = false

    var isMember: Bool { share != nil && !isInvited }

    func person(_ now: Instant) -> Person {
        let join: Instant? =
            switch joinDate {
            case .honest: acceptedAt
            case .missing: nil
            case .ancient: Instant(seconds: -377_705_116_800)
            case .epoch: Instant(seconds: 0)
            case .future: Instant(seconds: 2_147_483_647)
            }
        return Person(
            id: id, plexID: plexID, name: name, username: username, email: email, isOwner: kind == .owner,
            isHome: kind == .home || kind == .managed, isManaged: kind == .managed,
            access: isInvited ? .invited : .member, shareID: kind == .owner || kind == .managed ? nil : share,
            joinedAt: isInvited || kind != .guest ? nil : join, firstSeen: listedAt ?? now)
    }
}

/// Until when nothing happens, by the clock it was said by, and as long as it was meant: a clock that is set right in
/// between ends it at the sooner of the two.
struct Promise: Sendable {
    var wall: Instant
    var end: Instant

    func holds(_ wall: Instant, _ now: Instant) -> Bool { wall < self.wall && now < end }
}

/// What reached somebody, or was said to have.
struct Letter: Sendable {
    var notice: PruneNotice
    var way: String
    var at: Instant
    var wall: Instant
    var isAccepted: Bool
    var hasCome: Bool
}

struct Removal: Sendable {
    var person: Int64
    var share: Int
    var at: Instant
    var wall: Instant
}
