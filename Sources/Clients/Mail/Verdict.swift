// What a server's answer means for the sender of many (RFC 5321 §4.2, RFC 3463, RFC 4954 §6; Gmail's and Outlook's own
// codes as they document them). Pure.

internal import HTTP

extension SMTPReport {
    /// The line was gone, or the server was just hanging up, and the letter had not been handed over.
    var isLineLost: Bool {
        guard !isHandedOver else { return false }
        if case .unreachable = trouble, reply == nil { return true }
        return stage == .sender && reply?.code == 421
    }
}

extension MailError {
    /// Nil when the letter was taken.
    init?(_ report: SMTPReport, secrets: [String]) {
        if let reply = report.reply, let error = Self.verdict(on: reply, at: report.stage, secrets: secrets) {
            self = error
            return
        }
        guard let trouble = report.trouble else { return nil }
        let isTaken = report.stage == .content && report.reply.map { 200..<300 ~= $0.code } == true
        if isTaken { return nil }
        if report.isHandedOver {
            self = .uncertain(trouble == .cancelled ? "sending was broken off before the answer" : trouble.description)
            return
        }
        switch trouble {
        case .badAddress(let why), .unreachable(let why): self = .unreachable(why)
        case .timedOut(let why): self = .timedOut(why)
        case .tls(let why): self = .tls(why)
        case .cancelled: self = .cancelled
        case .tooLarge, .failed:
            self =
                report.stage == .authentication
                ? .badCredentials(MailReply(code: 0, text: "no way to log in that both sides know"))
                : .unreachable(trouble.description)
        }
    }

    private static func verdict(on reply: SMTPReply, at stage: SMTPStage, secrets: [String]) -> MailError? {
        guard reply.code >= 400 else { return nil }
        let shown = MailReply(reply, secrets: secrets)
        if let tooMany = limit(reply, at: stage, shown) { return tooMany }
        switch (stage, reply.code) {
        case (.authentication, 500...599): return .badCredentials(shown)
        case (_, 530) where reply.text.uppercased().contains("STARTTLS"):
            return .tls("the mail server wants an encrypted line (\(shown))")
        case (_, 530), (_, 534), (_, 535), (_, 538): return .badCredentials(shown)
        case (_, 400...499): return .temporary(shown, isGreylisting: isGreylisting(reply, at: stage))
        case (.greeting, _), (.hello, _), (.startTLS, _), (.question, _), (.sender, _):
            // 552 already here: the size we announce is over the server's limit.
            return stage == .sender && (reply.code == 552 || reply.status == "5.3.4")
                ? .permanentMessage(shown) : .refusesUs(shown)
        case (.recipient, _): return isRelayDenied(reply) ? .refusesUs(shown) : .permanentRecipient(shown)
        default: return .permanentMessage(shown)
        }
    }

    private static func limit(_ reply: SMTPReply, at stage: SMTPStage, _ shown: MailReply) -> MailError? {
        let text = reply.text.lowercased()
        if reply.status == "5.4.5" || reply.status == "4.4.5" || text.contains("daily") && text.contains("limit") {
            return .dailyLimit(shown)
        }
        // Outlook's 5.2.2 with these words is a limit of the sender's, not a full mailbox.
        if text.contains("submission quota") || text.contains("sending limit") { return .dailyLimit(shown) }
        let isTooMany =
            reply.code == 421 || reply.code == 454 && (stage == .authentication || reply.status == "4.7.0")
            || reply.code < 500
                && (["4.7.28", "4.7.26", "4.5.3"].contains(reply.status) || text.contains("too many")
                    || text.contains("rate limit") || text.contains("throttl"))
        return isTooMany ? .tooMany(shown) : nil
    }

    private static func isGreylisting(_ reply: SMTPReply, at stage: SMTPStage) -> Bool {
        guard [.sender, .recipient, .data, .content].contains(stage), [450, 451].contains(reply.code) else {
            return false
        }
        let text = reply.text.lowercased()
        return text.contains("greylist") || text.contains("graylist") || text.contains("grey list")
            || reply.status == "4.7.1" && reply.code == 451
    }

    private static func isRelayDenied(_ reply: SMTPReply) -> Bool {
        let text = reply.text.lowercased()
        return text.contains("relay") && (reply.status == nil || reply.status?.hasPrefix("5.7") == true)
    }
}

extension MailReply {
    init(_ reply: SMTPReply, secrets: [String]) {
        var text = String(
            String.UnicodeScalarView(reply.text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
        for secret in secrets where !secret.isEmpty { text = text.replacing(secret, with: "•••") }
        self.init(
            code: reply.code, status: reply.status, text: text.count > 200 ? "\(text.prefix(199))…" : text)
    }
}
