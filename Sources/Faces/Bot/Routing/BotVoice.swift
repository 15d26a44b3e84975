// Everything the bot can say or do on Discord, as closures: wiring fills them from the REST client, tests with recorders.
// Nothing else in this room reaches the network.

package import Discord
import Runtime

package struct BotVoice: Sendable {
    /// In a channel; the id of the new message.
    package var post: @Sendable (Snowflake, MessageDraft) async throws -> Snowflake
    package var edit: @Sendable (_ channel: Snowflake, _ message: Snowflake, MessageDraft) async throws -> Void
    package var delete: @Sendable (_ channel: Snowflake, _ message: Snowflake) async throws -> Void
    package var typing: @Sendable (Snowflake) async throws -> Void
    /// The first answer to an interaction.
    package var respond: @Sendable (Interaction, InteractionResponse) async throws -> Void
    package var editOriginal: @Sendable (Interaction, MessageDraft) async throws -> Void
    package var followUp: @Sendable (Interaction, MessageDraft) async throws -> Void
    /// The channel of direct messages with a person.
    package var openDM: @Sendable (Snowflake) async throws -> Snowflake

    package init(
        post: @escaping @Sendable (Snowflake, MessageDraft) async throws -> Snowflake,
        edit: @escaping @Sendable (Snowflake, Snowflake, MessageDraft) async throws -> Void,
        delete: @escaping @Sendable (Snowflake, Snowflake) async throws -> Void,
        typing: @escaping @Sendable (Snowflake) async throws -> Void,
        respond: @escaping @Sendable (Interaction, InteractionResponse) async throws -> Void,
        editOriginal: @escaping @Sendable (Interaction, MessageDraft) async throws -> Void,
        followUp: @escaping @Sendable (Interaction, MessageDraft) async throws -> Void,
        openDM: @escaping @Sendable (Snowflake) async throws -> Snowflake
    ) {
        self.post = post
        self.edit = edit
        self.delete = delete
        self.typing = typing
        self.respond = respond
        self.editOriginal = editOriginal
        self.followUp = followUp
        self.openDM = openDM
    }
}
