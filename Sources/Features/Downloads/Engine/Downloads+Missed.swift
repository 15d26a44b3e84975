// What no hook told: somebody's finished films as the media server remembers them. It knows when a playing began and not
// when it ended, so it is only taken for a new one where nothing we know of this film ended after that.

package import Domain
package import Runtime
internal import Storage

extension Downloads {
    /// `began`: as the server says. False: it is known, it may still run, or it was long before we looked.
    package func takeMissed(_ playback: Playback, began: Instant, since: Instant) async throws -> Bool {
        let length = playback.runtime ?? .hours(3)
        // Whoever pauses for supper is given the time for it.
        guard began >= since, clock.now - began > length + .minutes(30) else { return false }
        let viewer = await viewer(of: playback, Patience(on: clock))
        guard case .tracked = viewer else { return false }
        let key = Self.userKey(playback, viewer)
        if try await book.isKnown(playback.film, userKey: key, after: began - .minutes(1)) { return false }
        var missed = playback
        missed.at = min(clock.now, began + length)
        guard case .taken = try await take(missed) else { return false }
        log.info("a playing that no hook told", ["film": playback.film.key])
        return true
    }

    /// Whose finished films are worth asking for.
    package nonisolated func isTracked(_ user: Playback.User) -> Bool {
        if case .tracked = ViewerRules.viewer(user, wishes, users: [user]) { true } else { false }
    }

    /// "guest", where what is known without asking anybody says so. For the door, which must be quick.
    package nonisolated func indifference(_ playback: Playback, users: [Playback.User]?) -> String? {
        if case .other(let word) = playback.kind { return word }
        guard playback.itemKind == .film else { return "not a film" }
        // Without the list of people a name may be a tracked person's new one.
        guard let users else { return nil }
        return ViewerRules.viewer(playback.user, wishes, users: users) == .guest ? "guest" : nil
    }
}
