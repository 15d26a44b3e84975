// Interactions and their tokens (sheet §3, Callback types): the first answer within three seconds and exactly once, the
// token good for a quarter of an hour, ephemeral decided by the first answer.

package import Runtime

package struct InteractionBook: Sendable {
    package enum Kind: Int, Sendable { case command = 2, component = 3, autocomplete = 4, modal = 5 }

    package enum State: Sendable, Equatable {
        case waiting
        /// The callback type of the first answer.
        case answered(Int)
    }

    package struct Interaction: Sendable {
        package var id: DiscordID
        package var token: String
        package var kind: Kind
        package var user: DiscordID
        package var guild: DiscordID?
        package var channel: DiscordID
        package var at: Instant
        /// The command as typed, or the component's custom_id.
        package var name: String
        /// The message whose component was used.
        package var source: DiscordID?
        package var state = State.waiting
        /// `@original`: the first answer's message, or the source when that was updated.
        package var original: DiscordID?
        package var isEphemeral = false
        /// What an autocompletion brought.
        package var choices: [JSON] = []
        /// The form a callback of type 9 opened.
        package var modal: JSON?
        package var data: JSON
    }

    package static let firstAnswerWithin = Duration.seconds(3)
    package static let tokenLasts = Duration.minutes(15)

    package private(set) var all: [DiscordID: Interaction] = [:]
    private var tokens: [String: DiscordID] = [:]
    /// Oldest first, to forget the long dead.
    private var order: [DiscordID] = []

    package init() {}

    package subscript(id: DiscordID) -> Interaction? { all[id] }

    mutating func open(_ interaction: Interaction) {
        all[interaction.id] = interaction
        tokens[interaction.token] = interaction.id
        order.append(interaction.id)
        if order.count > 4000 {
            for old in order.prefix(1000) { if let gone = all.removeValue(forKey: old) { tokens[gone.token] = nil } }
            order.removeFirst(1000)
        }
    }

    mutating func change(_ id: DiscordID, _ body: (inout Interaction) -> Void) {
        guard var interaction = all[id] else { return }
        body(&interaction)
        all[id] = interaction
    }

    /// For the callback route.
    func waiting(_ id: DiscordID, token: String, now: Instant) throws(APIError) -> Interaction {
        guard let interaction = all[id], interaction.token == token else { throw .unknownInteraction }
        if interaction.state != .waiting { throw .alreadyAcknowledged }
        if now - interaction.at > Self.firstAnswerWithin { throw .unknownInteraction }
        return interaction
    }

    /// For the webhook routes: nil when the token is none of an interaction's.
    func answered(token: String, now: Instant) throws(APIError) -> Interaction? {
        guard let id = tokens[token], let interaction = all[id] else { return nil }
        if now - interaction.at > Self.tokenLasts { throw .invalidToken }
        // Before the first answer the webhook does not exist yet.
        if interaction.state == .waiting { throw .unknownWebhook }
        return interaction
    }
}
