// What the door needs from behind it. It does not know whose downloads these are.

package import Domain

package struct HookSource: Sendable {
    /// Why a playback is of no use to anybody here, such as "guest"; nil: it is. Asked of what is in memory, never upstream.
    package var indifference: @Sendable (Playback) async -> String?
    /// Keeps it for good; false: it had come before. What is kept may be acknowledged.
    package var accept: @Sendable (_ key: String, _ payload: [UInt8]) async throws -> Bool
    /// What was understood and is not kept, and why.
    package var note: @Sendable (Playback, String) async -> Void

    package init(
        indifference: @escaping @Sendable (Playback) async -> String? = { _ in nil },
        accept: @escaping @Sendable (_ key: String, _ payload: [UInt8]) async throws -> Bool,
        note: @escaping @Sendable (Playback, String) async -> Void = { _, _ in }
    ) {
        self.indifference = indifference
        self.accept = accept
        self.note = note
    }
}

package struct HookCount: Hashable, Sendable {
    /// "jellyfin", "plex", "tautulli", "radarr"
    package var sender: String
    /// "accepted", "duplicate", "ignored", "test", "refused", "stranger", "unkept"
    package var outcome: String
}
