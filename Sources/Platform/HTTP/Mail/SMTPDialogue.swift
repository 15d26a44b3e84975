// Follows a conversation with a mail server (RFC 5321) from the lines that go and come, to say afterwards how far it got
// and what the server said there. libcurl's own result codes do not tell "the mailbox does not exist" from "you are not
// let in". Pure: libcurl's thread feeds it.

package struct SMTPReply: Sendable, Equatable {
    package var code: Int
    /// "5.1.1" (RFC 3463, RFC 2034), where the server gives one.
    package var status: String?
    package var text: String

    package init(code: Int, status: String? = nil, text: String) {
        self.code = code
        self.status = status
        self.text = text
    }
}

package enum SMTPStage: Sendable, Equatable {
    case greeting, hello, startTLS, authentication, sender, recipient, data
    /// From the last byte of the message to the answer that takes it.
    case content
    /// After a question of ours that is no letter (NOOP).
    case question
}

package struct SMTPDialogue: Sendable {
    package private(set) var stage = SMTPStage.greeting
    /// To what was said last; nil while that is not answered.
    package var reply: SMTPReply? { answer ?? (stage == .hello ? refusedHello : nil) }
    private var answer: SMTPReply?
    /// After a refused EHLO libcurl tries HELO, and may find the line closed.
    private var refusedHello: SMTPReply?
    private var pending: [SMTPReply] = []
    private var isOver = false
    private(set) var hasTriedToLogIn = false

    package init() {}

    /// The message was asked for and has been given to libcurl whole.
    package var isHandedOver: Bool { stage == .content }
    /// Nobody has said a word.
    var isUnbegun: Bool { stage == .greeting && answer == nil && pending.isEmpty }
    package var isAccepted: Bool { stage == .content && reply.map { 200..<300 ~= $0.code } == true }

    package mutating func said(_ command: [UInt8]) {
        guard !isOver else { return }
        // An answer in base64 may look like any word.
        if stage == .authentication, answer?.code == 334 {
            answer = nil
            return
        }
        let verb = String(decoding: command.prefix { $0 > 32 && $0 != UInt8(ascii: ":") }, as: UTF8.self).uppercased()
        switch verb {
        case "HELO" where stage == .hello: refusedHello = answer
        case "EHLO", "HELO": stage = .hello
        case "STARTTLS": stage = .startTLS
        case "AUTH":
            stage = .authentication
            hasTriedToLogIn = true
        case "MAIL": stage = .sender
        case "RCPT": stage = .recipient
        case "DATA": stage = .data
        case "QUIT":
            isOver = true
            return
        case "NOOP": stage = .question
        default: break
        }
        answer = nil
        pending = []
    }

    /// The last byte of the message has been handed to libcurl: from here on it may arrive.
    package mutating func gaveWholeMessage() {
        guard !isOver, stage == .data, answer?.code == 354 else { return }
        stage = .content
        answer = nil
        pending = []
    }

    /// The server offers no way to log in that libcurl was allowed.
    mutating func foundNoLogin() {
        stage = .authentication
        answer = nil
    }

    package mutating func heard(_ line: [UInt8]) {
        guard !isOver, let (part, isLast) = Self.read(line) else { return }
        pending.append(part)
        guard isLast else { return }
        answer = SMTPReply(
            code: part.code, status: pending.lazy.compactMap(\.status).first,
            text: pending.map(\.text).filter { !$0.isEmpty }.joined(separator: " "))
        pending = []
    }

    /// "550-5.1.1 no such user", with a space for the hyphen in the last line.
    private static func read(_ line: [UInt8]) -> (SMTPReply, isLast: Bool)? {
        let text = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
        guard let code = Int(text.prefix(3)), 200...599 ~= code else { return nil }
        let mark = text.dropFirst(3).first
        guard mark == nil || mark == " " || mark == "-" else { return nil }
        var rest = text.dropFirst(4).drop { $0 == " " }
        let word = rest.prefix { $0 != " " }
        let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
        let isStatus =
            numbers.count == 3 && ["2", "4", "5"].contains(numbers[0])
            && numbers.allSatisfy { (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { 48...57 ~= $0 } }
        if isStatus { rest = rest.dropFirst(word.count).drop { $0 == " " } }
        return (SMTPReply(code: code, status: isStatus ? String(word) : nil, text: String(rest)), mark != "-")
    }
}
