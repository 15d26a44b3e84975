// What the commands about watched shows ask of the rest of the house.

package import Domain
package import People
package import Runtime
package import Tracker

package struct TrackerSource: Sendable {
    package var tracker: Tracker
    package var people: People
    package var clock: any Clock
    package var zone: LocalTime
    /// Without the secrets at their ends, and without a slash.
    package struct Addresses: Sendable {
        package var webhook: String
        package var calendar: String
        package var api: String

        package init(webhook: String, calendar: String, api: String) {
            self.webhook = webhook
            self.calendar = calendar
            self.api = api
        }
    }

    /// Where others reach this program; nil: nobody said.
    package var addresses: Addresses?
    /// A word nobody can guess, and what is kept of it.
    package var secret: @Sendable () -> (word: String, hash: [UInt8])
    /// Of what a question is about, where there are any.
    package var posters: @Sendable (TrackerConflict) async -> Report.Picture?
    /// Episodes by month.
    package var picture: @Sendable (TrackerNumbers) async -> Report.Picture?

    package init(
        tracker: Tracker, people: People, clock: any Clock, zone: LocalTime, addresses: Addresses?,
        secret: @escaping @Sendable () -> (word: String, hash: [UInt8]),
        posters: @escaping @Sendable (TrackerConflict) async -> Report.Picture?,
        picture: @escaping @Sendable (TrackerNumbers) async -> Report.Picture?
    ) {
        self.tracker = tracker
        self.people = people
        self.clock = clock
        self.zone = zone
        self.addresses = addresses
        self.secret = secret
        self.posters = posters
        self.picture = picture
    }

    var today: Day { Day(of: clock.now, in: zone) }
}
