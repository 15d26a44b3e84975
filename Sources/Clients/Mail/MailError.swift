// Why a letter was not sent, by what the sender of many can do about it. `course` says it in one word.

package enum MailError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The letter itself cannot be made: a line break in a header, a picture named twice.
    case invalid(String)
    /// Name not found, refused, or the line was lost before the letter was handed over.
    case unreachable(String)
    /// No encrypted line, or to somebody we do not believe.
    case tls(String)
    case badCredentials(MailReply)
    /// This server takes no mail from us: not this sender, not without a login, not for others' mailboxes.
    case refusesUs(MailReply)
    /// Try this letter again later.
    case temporary(MailReply, isGreylisting: Bool)
    /// This person's mailbox does not exist or takes nothing.
    case permanentRecipient(MailReply)
    /// This letter is too big or not liked.
    case permanentMessage(MailReply)
    /// Too many letters or logins for now.
    case tooMany(MailReply)
    case dailyLimit(MailReply)
    /// No answer in time, before the letter was handed over.
    case timedOut(String)
    /// The letter was handed over whole and the answer never came: it may have been delivered, or not.
    case uncertain(String)
    /// Before the letter was handed over. A cancellation after that is `uncertain`.
    case cancelled

    /// What to do now.
    package enum Course: Sendable {
        /// Nothing will get through until somebody changes a setting.
        case stop
        /// Nothing will get through now: end the run, go on later with this letter.
        case pause
        /// This letter again later, the others now.
        case later
        case giveUpOnPerson
        case giveUpOnLetter
        /// Do not send it again by itself: somebody might get it twice.
        case leaveAsItIs
        case cancelled
    }

    package var course: Course {
        switch self {
        case .tls, .badCredentials, .refusesUs: .stop
        case .unreachable, .timedOut, .tooMany, .dailyLimit: .pause
        case .temporary: .later
        case .permanentRecipient: .giveUpOnPerson
        case .permanentMessage, .invalid: .giveUpOnLetter
        case .uncertain: .leaveAsItIs
        case .cancelled: .cancelled
        }
    }

    package var description: String {
        switch self {
        case .invalid(let why): "the letter cannot be made: \(why)"
        case .unreachable(let why), .tls(let why), .timedOut(let why): why
        case .badCredentials(let reply):
            "the mail server does not take the name or password (\(reply)): check them; Gmail wants an app password"
        case .refusesUs(let reply): "the mail server takes no mail from us (\(reply)): check EMAIL_FROM and the login"
        case .temporary(let reply, isGreylisting: true):
            "the mail server asks strangers to come back later, which is its way with spam (\(reply))"
        case .temporary(let reply, isGreylisting: false): "the mail server cannot take it now (\(reply))"
        case .permanentRecipient(let reply): "the mailbox takes no mail (\(reply))"
        case .permanentMessage(let reply): "the mail server does not take this letter (\(reply))"
        case .tooMany(let reply): "the mail server asks to slow down (\(reply))"
        case .dailyLimit(let reply): "no more letters may be sent today (\(reply))"
        case .uncertain(let why): "it is not known whether the letter was delivered: \(why)"
        case .cancelled: "sending was cancelled"
        }
    }
}

/// A server's answer: "550 5.1.1 no such user".
package struct MailReply: Equatable, Sendable, Codable, CustomStringConvertible {
    /// 0 where the server did not get to answer.
    package var code: Int
    /// "5.1.1" (RFC 3463), where the server gives one.
    package var status: String?
    /// One line, shortened, without control characters and secrets.
    package var text: String

    package init(code: Int, status: String? = nil, text: String) {
        self.code = code
        self.status = status
        self.text = text
    }

    package var description: String {
        [code == 0 ? nil : String(code), status, text].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    }
}
