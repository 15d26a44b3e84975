// What a refusal by Discord leaves us to choose from.

import Discord

enum VoiceRefusal {
    /// The bot may not do this here: try it with less, or elsewhere.
    case forbidden
    /// The interaction can no longer be answered, or was answered by a try whose answer was lost.
    case tooLate
    /// The message or channel is gone.
    case gone
    case other

    init(_ error: any Error) {
        self =
            switch error as? DiscordError {
            case .forbidden: .forbidden
            case .expiredInteraction: .tooLate
            case .notFound: .gone
            default: .other
            }
    }
}
