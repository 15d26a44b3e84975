// The bot's voice in tests: it writes down what is said, can be told to refuse, and can be waited for.

import Discord
import Synchronization

@testable import Bot

final class Recorder: Sendable {
    enum Said: Sendable, Equatable {
        case posted(Snowflake, MessageDraft)
        case edited(Snowflake, MessageDraft)
        case deleted(Snowflake)
        case typed(Snowflake)
        case responded(Interaction, InteractionResponse)
        case editedOriginal(Interaction, MessageDraft)
        case followedUp(Interaction, MessageDraft)
        case openedDM(Snowflake)

        var draft: MessageDraft? {
            switch self {
            case .posted(_, let draft), .edited(_, let draft), .editedOriginal(_, let draft), .followedUp(_, let draft):
                draft
            case .responded(_, let response): response.draft
            case .deleted, .typed, .openedDM: nil
            }
        }

        /// Everything a reader could read in it.
        var text: String {
            guard let draft else { return "" }
            let embeds = draft.embeds.map { embed in
                let fields = embed.fields.map { "\($0.name): \($0.value)" }
                return ([embed.title, embed.description].compactMap(\.self) + fields + [embed.footer?.text ?? ""])
                    .joined(separator: "\n")
            }
            return ([draft.content] + embeds).joined(separator: "\n")
        }

        var isTyping: Bool { if case .typed = self { true } else { false } }
    }

    typealias Refusal = @Sendable (Said) -> DiscordError?

    private struct State {
        var said: [Said] = []
        var lastID: UInt64 = 5000
        var lastWaiter = 0
        var waiters: [Int: (wanted: @Sendable (Said) -> Bool, continuation: CheckedContinuation<Said, any Error>)] = [:]
        var refusal: Refusal = { _ in nil }
    }
    private let state = Mutex(State())

    var said: [Said] { state.withLock { $0.said } }
    /// What was written, without typing and the opening of channels.
    var written: [Said] { said.filter { $0.draft != nil } }

    func refuse(_ refusal: @escaping Refusal) { state.withLock { $0.refusal = refusal } }

    /// The first such thing said, now or later. Throws when the test has run out of time.
    func first(where wanted: @escaping @Sendable (Said) -> Bool) async throws -> Said {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let found = state.withLock { state -> Result<Said, any Error>? in
                    if let found = state.said.first(where: wanted) { return .success(found) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters[number] = (wanted, continuation)
                    return nil
                }
                if let found { continuation.resume(with: found) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// The first message that holds this text.
    @discardableResult
    func hears(_ text: String) async throws -> Said {
        try await first { $0.text.contains(text) }
    }

    private func note(_ said: Said) throws {
        let (refused, woken) = state.withLock { state -> (DiscordError?, [CheckedContinuation<Said, any Error>]) in
            if let error = state.refusal(said) { return (error, []) }
            state.said.append(said)
            let woken = state.waiters.filter { $0.value.wanted(said) }
            for number in woken.keys { state.waiters[number] = nil }
            return (nil, woken.values.map(\.continuation))
        }
        if let refused { throw refused }
        for continuation in woken { continuation.resume(returning: said) }
    }

    private func newID() -> Snowflake {
        state.withLock { state in
            state.lastID += 1
            return Snowflake(state.lastID)
        }
    }

    var voice: BotVoice {
        BotVoice(
            post: { channel, draft in
                try self.note(.posted(channel, draft))
                return self.newID()
            },
            edit: { _, message, draft in try self.note(.edited(message, draft)) },
            delete: { _, message in try self.note(.deleted(message)) },
            typing: { try self.note(.typed($0)) },
            respond: { try self.note(.responded($0, $1)) },
            editOriginal: { try self.note(.editedOriginal($0, $1)) },
            followUp: { try self.note(.followedUp($0, $1)) },
            openDM: {
                try self.note(.openedDM($0))
                return Snowflake($0.rawValue + 1_000_000)
            })
    }
}
