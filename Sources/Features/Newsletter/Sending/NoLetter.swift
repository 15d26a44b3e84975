// Why somebody got no letter of an issue. Every such reason is kept, by its code and what the mail server or a person
// said, so that "why did I not get it?" always has an answer.

package enum NoLetter: Hashable, Sendable {
    // Who they are
    case gone
    case left
    case invited
    case accessUnknown
    /// Of the Plex Home, without an account and an address.
    case managed
    case noAddress
    case badAddress(String)
    // What they or others decided
    case notSubscribed
    case unsubscribed
    case bounced(String)
    case barred(String)
    // What became of the issue
    case cameLater
    case quiet
    case abandoned(String)
    // What became of the letter
    case mailboxRefused(String)
    case letterRefused(String)
    /// Put off again and again until it was too old.
    case neverTaken(String)
    case notMade(String)

    package var code: String {
        switch self {
        case .gone: "gone"
        case .left: "left"
        case .invited: "invited"
        case .accessUnknown: "access-unknown"
        case .managed: "managed"
        case .noAddress: "no-address"
        case .badAddress: "bad-address"
        case .notSubscribed: "not-subscribed"
        case .unsubscribed: "unsubscribed"
        case .bounced: "bounced"
        case .barred: "barred"
        case .cameLater: "came-later"
        case .quiet: "quiet"
        case .abandoned: "abandoned"
        case .mailboxRefused: "mailbox-refused"
        case .letterRefused: "letter-refused"
        case .neverTaken: "never-taken"
        case .notMade: "not-made"
        }
    }

    package var detail: String {
        switch self {
        case .gone, .left, .invited, .accessUnknown, .managed, .noAddress, .notSubscribed, .unsubscribed, .cameLater,
            .quiet:
            ""
        case .badAddress(let why), .bounced(let why), .barred(let why), .abandoned(let why), .mailboxRefused(let why),
            .letterRefused(let why), .neverTaken(let why), .notMade(let why):
            why
        }
    }

    /// A code of a newer program is shown as it is.
    package init(code: String, detail: String) {
        self =
            switch code {
            case "gone": .gone
            case "left": .left
            case "invited": .invited
            case "access-unknown": .accessUnknown
            case "managed": .managed
            case "no-address": .noAddress
            case "bad-address": .badAddress(detail)
            case "not-subscribed": .notSubscribed
            case "unsubscribed": .unsubscribed
            case "bounced": .bounced(detail)
            case "barred": .barred(detail)
            case "came-later": .cameLater
            case "quiet": .quiet
            case "mailbox-refused": .mailboxRefused(detail)
            case "letter-refused": .letterRefused(detail)
            case "never-taken": .neverTaken(detail)
            case "not-made": .notMade(detail)
            case "abandoned": .abandoned(detail)
            default: .abandoned("\(code) \(detail)")
            }
    }

    /// For people, after "no letter:".
    package var sentence: String {
        switch self {
        case .gone: "not in the table of people any more"
        case .left: "has no access to the server any more"
        case .invited: "has not accepted the invitation yet"
        case .accessUnknown: "not known to have access to the server"
        case .managed: "a managed user of the Plex Home, without an e-mail address"
        case .noAddress: "no e-mail address known"
        case .badAddress(let why): why
        case .notSubscribed: "did not subscribe"
        case .unsubscribed: "unsubscribed"
        case .bounced(let why): "the mailbox refused earlier letters (\(why))"
        case .barred(let why): why.isEmpty ? "an admin said no" : "an admin said no: \(why)"
        case .cameLater: "came after the issue was made"
        case .quiet: "nothing happened in that time, so no issue was sent"
        case .abandoned(let why): why.isEmpty ? "the issue was abandoned" : "the issue was abandoned: \(why)"
        case .mailboxRefused(let why): "the mailbox refused it: \(why)"
        case .letterRefused(let why): "the mail server refused it: \(why)"
        case .neverTaken(let why): "put off for three days: \(why)"
        case .notMade(let why): "the letter could not be made: \(why)"
        }
    }
}
