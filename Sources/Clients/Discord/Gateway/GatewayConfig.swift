// What a gateway connection is told at its start.

package import Compression
package import Runtime
package import Sockets

package struct GatewayConfig: Sendable {
    package var token: Secret
    package var intents: Intents
    package var shard: Shard
    package var compression: TransportCompression
    package var presence: Presence?
    /// Which messages are worth decoding; the rest never leave the loop's thread.
    package var messages: MessageScreen
    /// Which events are listened to at all.
    package var listensTo: Set<GatewayEvent.Name>
    /// When Discord refuses MESSAGE_CONTENT (4014): go on without it, by slash and mention. False: stop.
    package var goesOnWithoutContent: Bool
    /// Discord's `large_threshold`: above this many members a guild comes without those who are offline.
    package var largeThreshold: Int
    package var trusting: TLSTrust

    package init(
        token: Secret, intents: Intents = .textCommands, shard: Shard = .only,
        compression: TransportCompression = .zlib, presence: Presence? = nil, messages: MessageScreen = .all,
        listensTo: Set<GatewayEvent.Name> = Set(GatewayEvent.Name.allCases), goesOnWithoutContent: Bool = true,
        largeThreshold: Int = 50, trusting: TLSTrust = .system
    ) {
        self.token = token
        self.intents = intents
        self.shard = shard
        self.compression = compression
        self.presence = presence
        self.messages = messages
        self.listensTo = listensTo
        self.goesOnWithoutContent = goesOnWithoutContent
        self.largeThreshold = largeThreshold
        self.trusting = trusting
    }
}
