// What the mail server of the stand-ins allows, and what may go wrong with it on demand.

package struct MailRules: Sendable {
    /// Name and password. Nobody else sends from here.
    package var logins = ["robin@stand-in.example": "app password of nobody"]
    /// Mail is taken from those who have logged in only.
    package var needsLogin = true
    /// A login in the open is neither offered nor taken.
    package var needsEncryptionForLogin = true
    package var mechanisms: Set<String> = ["PLAIN", "LOGIN"]
    /// Bytes of one letter.
    package var size = 10 << 20
    package var takesEightBits = true
    /// Nil: every mailbox of the world exists.
    package var mailboxes: Set<String>?
    /// From whom letters may be; nil: from anybody.
    package var senders: Set<String>?
    /// A stranger's first letter to a mailbox is put off: 451 4.7.1.
    package var greylists = false
    /// Letters from one login, until the rule is changed: then Gmail's 550 5.4.5.
    package var dailyLimit: Int?
    /// Letters over one line: then 421 4.7.0.
    package var lettersPerLine: Int?

    package init() {}
    package static let standard = MailRules()
}

/// Where in the conversation something goes wrong.
package enum MailMoment: String, Sendable, CaseIterable {
    case greeting, hello, startTLS, login, sender, recipient, data
    /// When the letter has come whole.
    case letter
    case goodbye
}

package enum MailFault: Sendable {
    /// Says this instead: 421 "4.7.0 busy", 550 "5.1.1 no such user".
    case reply(Int, String)
    /// Hangs up without a word. Nothing has happened.
    case drop
    /// Says nothing any more, until the client gives up or `stop`.
    case hang
    /// Waits that long, or until the client gives up, and goes on as if nothing were.
    case slow(Duration)
    /// A letter only: it is taken and delivered, but the answer is lost.
    case lostAnswer
    /// A letter only: it is taken and delivered, and then says nothing until the client is gone.
    case keptAnswer
    /// A letter only: hangs up after so many of its bytes.
    case dropAfter(Int)
    /// A letter only: reads no more after so many of its bytes, until `endFaults` or `stop`.
    case hangAfter(Int)
    /// Hangs up where the key should be agreed on.
    case garbage
}

/// A letter that was taken.
package struct DeliveredLetter: Sendable {
    package let number: Int
    package let from: String
    package let to: [String]
    /// Who had logged in.
    package let login: String?
    package let wasEncrypted: Bool
    /// Which line it came over; lines count from 1.
    package let line: Int
    /// As sent, without what SMTP adds.
    package let bytes: [UInt8]
}

/// One command and its answer. Passwords are left out.
package struct MailEntry: Sendable, CustomStringConvertible {
    package let line: Int
    package let command: String
    package let code: Int?
    package let answer: String

    package var description: String { "\(line): \(command) → \(answer)" }
}
