// What the commands about pruning ask of the rest of the house.

package import Domain
package import People
package import Prune
package import Runtime

package struct PruneSource: Sendable {
    package var prune: Prune
    package var people: People
    package var clock: any Clock
    package var zone: LocalTime
    /// The past under other numbers.
    package var simulate: @Sendable (_ warnDays: Int, _ kickDays: Int, _ days: Int) async throws -> Report
    /// Everybody by days left, as a picture.
    package var picture: @Sendable ([PruneStanding]) async -> Report.Picture?

    package init(
        prune: Prune, people: People, clock: any Clock, zone: LocalTime,
        simulate: @escaping @Sendable (Int, Int, Int) async throws -> Report,
        picture: @escaping @Sendable ([PruneStanding]) async -> Report.Picture?
    ) {
        self.prune = prune
        self.people = people
        self.clock = clock
        self.zone = zone
        self.simulate = simulate
        self.picture = picture
    }
}
