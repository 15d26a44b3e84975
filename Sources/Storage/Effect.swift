// One change to the world outside, described before it happens (rule 3). The key says which change it is: the same key
// happens once, so it holds what makes this one different from the next ("prune.remove:person 7:2026-02").

internal import Runtime

package struct Effect: Sendable, Equatable {
    package var key: String
    /// "prune.removeShare": which verify and which caps apply.
    package var kind: String
    /// One line for people.
    package var summary: String
    package var actor: String
    package var subject: String
    package var reason: String
    /// JSON text.
    package var evidence: String
    package var undo: String?
    /// Needs somebody's approval.
    package var isDestructive: Bool

    package init(
        key: String, kind: String, summary: String, actor: String, subject: String, reason: String = "",
        evidence: String = "{}", undo: String? = nil, isDestructive: Bool = false
    ) {
        self.key = key
        self.kind = kind
        self.summary = summary
        self.actor = actor
        self.subject = subject
        self.reason = reason
        self.evidence = evidence
        self.undo = undo
        self.isDestructive = isDestructive
    }
}

package enum EffectResult: Sendable, Equatable {
    case done
    /// The same key was done before, perhaps a moment ago by somebody else.
    case alreadyDone
    case dryRun
    /// By a cap, or for want of an approval.
    case refused(String)
    /// It did not happen and may be tried again.
    case failed(String)
    /// Nobody knows whether it happened. It is not tried again until its kind's `verify`, or a person, has said.
    case interrupted
}

/// Thrown by an act that does not know whether it happened: a timeout after the request went out, a lost connection.
package struct Uncertain: Error, CustomStringConvertible {
    package let description: String
    package init(_ why: String) { description = why }
}

/// At most so many effects of one kind in any period of that length.
package struct EffectCap: Sendable {
    package var kind: String
    package var most: Int
    package var period: Duration

    package init(_ kind: String, atMost most: Int, per period: Duration) {
        self.kind = kind
        self.most = most
        self.period = period
    }

    var sentence: String {
        let seconds = period.milliseconds / 1000
        let units: [(String, Int64)] = [("day", 86400), ("hour", 3600), ("minute", 60)]
        let (unit, length) = units.first { seconds.isMultiple(of: $0.1) } ?? ("second", 1)
        let count = seconds / length
        return "the cap for \(kind) is \(most) per \(count == 1 ? unit : "\(count) \(unit)s") and it is reached"
    }
}
