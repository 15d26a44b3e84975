// What a personal door needs from behind it. It does not know what becomes of the plays.

package import Domain
package import Runtime

/// What came by somebody's own address.
package struct PersonalHook: Sendable {
    /// Whose address it was.
    package var person: Int64
    package var hook: EpisodeHook
    /// The same one sent again has the same key.
    package var key: String
    /// As it came, without pictures.
    package var payload: [UInt8]
    package var arrival: Instant
    /// When its turn is: later than its arrival where the door is used more often than it may be.
    package var turn: Instant

    package init(
        person: Int64, hook: EpisodeHook, key: String, payload: [UInt8], arrival: Instant, turn: Instant
    ) {
        self.person = person
        self.hook = hook
        self.key = key
        self.payload = payload
        self.arrival = arrival
        self.turn = turn
    }
}

package struct PersonalSource: Sendable {
    /// The doors that are open, with what their secrets' SHA-256 is. Asked at every knock.
    package var doors: @Sendable () async throws -> [(person: Int64, hash: [UInt8])]
    /// Keeps them for good, whatever they say, and tells of each whether it is new. What is kept may be acknowledged.
    package var accept: @Sendable ([PersonalHook]) async throws -> [Bool]

    package init(
        doors: @escaping @Sendable () async throws -> [(person: Int64, hash: [UInt8])],
        accept: @escaping @Sendable ([PersonalHook]) async throws -> [Bool]
    ) {
        self.doors = doors
        self.accept = accept
    }
}
