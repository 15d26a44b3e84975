// One conversation from the server's side (RFC 5321; AUTH: RFC 4954; STARTTLS: RFC 3207; SIZE: RFC 1870; 8BITMIME: RFC
// 6152). Stricter than servers are, so that what passes here passes everywhere. Pure: lines in, answers out.

struct MailSession {
    enum Step: Equatable {
        case say(Int, String)
        /// EHLO's: one line each.
        case list([String])
        case startTLS
        case takeLetter
        case hangUp(Int, String)
    }

    struct Envelope: Equatable {
        var from: String
        var to: [String] = []
        var isEightBit = false
    }

    private enum Waiting: Equatable {
        case command, plain, loginName
        case loginPassword(name: String)
    }

    var isEncrypted: Bool
    let offersStartTLS: Bool
    private(set) var login: String?
    private(set) var envelope: Envelope?
    private var hasGreeted = false
    private var speaksExtended = false
    private var waiting = Waiting.command
    private var badCommands = 0

    init(isEncrypted: Bool, offersStartTLS: Bool) {
        self.isEncrypted = isEncrypted
        self.offersStartTLS = offersStartTLS
    }

    /// What a fault would be ordered for.
    func moment(of line: String) -> MailMoment? {
        if waiting != .command { return nil }
        return switch Self.verb(line) {
        case "EHLO", "HELO": .hello
        case "STARTTLS": .startTLS
        case "AUTH": .login
        case "MAIL": .sender
        case "RCPT": .recipient
        case "DATA": .data
        case "QUIT": .goodbye
        default: nil
        }
    }

    /// For the journal: what follows AUTH is a secret.
    func shown(_ line: String) -> String {
        guard waiting == .command else { return "•••" }
        guard Self.verb(line) == "AUTH" else { return line }
        return line.split(separator: " ").prefix(2).joined(separator: " ")
    }

    mutating func heard(_ line: String, rules: MailRules) -> Step {
        if waiting != .command { return continueLogin(line, rules) }
        let rest = String(line.drop { $0 != " " }.dropFirst())
        switch Self.verb(line) {
        case "EHLO", "HELO": return hello(rest, isExtended: Self.verb(line) == "EHLO", rules)
        case "STARTTLS": return startTLS(rest)
        case "AUTH": return beginLogin(rest, rules)
        case "MAIL": return mail(rest, rules)
        case "RCPT": return recipient(rest, rules)
        case "DATA":
            guard rest.isEmpty else { return .say(501, "5.5.4 DATA stands alone") }
            guard envelope?.to.isEmpty == false else { return .say(503, "5.5.1 nobody to send it to") }
            return .takeLetter
        case "RSET":
            envelope = nil
            return .say(250, "2.0.0 forgotten")
        case "NOOP": return .say(250, "2.0.0 nothing done")
        case "VRFY": return .say(252, "2.1.5 try and see")
        case "QUIT": return .hangUp(221, "2.0.0 bye")
        default:
            badCommands += 1
            return badCommands > 10 ? .hangUp(421, "4.7.0 too many errors") : .say(500, "5.5.2 unknown command")
        }
    }

    /// The letter was taken or refused; the next begins with MAIL.
    mutating func endLetter() { envelope = nil }

    /// It was put off after all.
    mutating func forgetLastRecipient() { _ = envelope?.to.popLast() }

    /// After the handshake nothing said before counts (RFC 3207 §4.2).
    mutating func hasEncrypted() {
        self = MailSession(isEncrypted: true, offersStartTLS: offersStartTLS)
    }

    private static func verb(_ line: String) -> String { line.prefix { $0 != " " }.uppercased() }

    private mutating func hello(_ name: String, isExtended: Bool, _ rules: MailRules) -> Step {
        guard !name.isEmpty, !name.contains(" "), name.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
            return .say(501, "5.5.4 say who you are")
        }
        (hasGreeted, speaksExtended, envelope) = (true, isExtended, nil)
        guard isExtended else { return .say(250, "stand-in.example") }
        var words = ["stand-in.example greets \(name)", "PIPELINING", "SIZE \(rules.size)", "ENHANCEDSTATUSCODES"]
        if rules.takesEightBits { words.append("8BITMIME") }
        if offersStartTLS, !isEncrypted { words.append("STARTTLS") }
        if offersLogin(rules) { words.append("AUTH \(rules.mechanisms.sorted().joined(separator: " "))") }
        return .list(words)
    }

    private func offersLogin(_ rules: MailRules) -> Bool {
        !rules.mechanisms.isEmpty && (isEncrypted || !rules.needsEncryptionForLogin)
    }

    private func startTLS(_ rest: String) -> Step {
        guard rest.isEmpty else { return .say(501, "5.5.4 STARTTLS stands alone") }
        guard offersStartTLS, !isEncrypted, speaksExtended else { return .say(503, "5.5.1 not offered") }
        return .startTLS
    }

    // MARK: Login

    private mutating func beginLogin(_ rest: String, _ rules: MailRules) -> Step {
        guard speaksExtended else { return .say(503, "5.5.1 EHLO first") }
        guard offersLogin(rules) else {
            return isEncrypted ? .say(503, "5.5.1 not offered") : .say(538, "5.7.11 encryption required")
        }
        guard login == nil, envelope == nil else { return .say(503, "5.5.1 not now") }
        let words = rest.split(separator: " ", omittingEmptySubsequences: false)
        guard let mechanism = words.first?.uppercased(), rules.mechanisms.contains(mechanism), words.count <= 2 else {
            return .say(504, "5.5.4 unknown mechanism")
        }
        switch (mechanism, words.dropFirst().first) {
        case ("PLAIN", let first?): return plain(String(first), rules)
        case ("PLAIN", nil):
            waiting = .plain
            return .say(334, "")
        case ("LOGIN", let first?):
            guard let name = MailText.base64(String(first)) else { return .say(501, "5.5.2 not base64") }
            waiting = .loginPassword(name: name)
            return .say(334, "UGFzc3dvcmQ6")
        default:
            waiting = .loginName
            return .say(334, "VXNlcm5hbWU6")
        }
    }

    private mutating func continueLogin(_ line: String, _ rules: MailRules) -> Step {
        let step = waiting
        waiting = .command
        if line == "*" { return .say(501, "5.0.0 as you wish") }
        if step == .plain { return plain(line, rules) }
        guard let text = MailText.base64(line) else { return .say(501, "5.5.2 not base64") }
        if case .loginPassword(let name) = step { return finishLogin(name, text, rules) }
        waiting = .loginPassword(name: text)
        return .say(334, "UGFzc3dvcmQ6")
    }

    private mutating func plain(_ line: String, _ rules: MailRules) -> Step {
        guard let text = MailText.base64(line) else { return .say(501, "5.5.2 not base64") }
        let words = text.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3 else { return .say(501, "5.5.2 three words are wanted") }
        return finishLogin(words[1], words[2], rules)
    }

    private mutating func finishLogin(_ name: String, _ password: String, _ rules: MailRules) -> Step {
        guard rules.logins[name] == password else {
            return .say(535, "5.7.8 Username and Password not accepted.")
        }
        login = name
        return .say(235, "2.7.0 Accepted")
    }

    // MARK: The envelope

    private mutating func mail(_ rest: String, _ rules: MailRules) -> Step {
        guard hasGreeted else { return .say(503, "5.5.1 EHLO first") }
        guard envelope == nil else { return .say(503, "5.5.1 one letter at a time") }
        guard login != nil || !rules.needsLogin else { return .say(530, "5.7.0 Authentication Required.") }
        guard let (path, options) = Self.path(rest, after: "FROM:") else {
            return .say(501, "5.5.4 MAIL FROM:<address>")
        }
        var made = Envelope(from: path)
        for option in options {
            let name = option.prefix { $0 != "=" }.uppercased()
            let value = String(option.drop { $0 != "=" }.dropFirst())
            switch name {
            case "SIZE" where speaksExtended:
                guard let size = Int(value), size >= 0 else { return .say(501, "5.5.4 SIZE is a number") }
                guard size <= rules.size else { return .say(552, "5.3.4 message size exceeds fixed limit") }
            case "BODY" where speaksExtended && rules.takesEightBits:
                guard ["7BIT", "8BITMIME"].contains(value.uppercased()) else { return .say(501, "5.5.4 BODY") }
                made.isEightBit = value.uppercased() == "8BITMIME"
            case "AUTH" where login != nil: break
            default: return .say(555, "5.5.4 unknown parameter \(name)")
            }
        }
        guard path.isEmpty || MailText.isAddress(path) else { return .say(553, "5.1.7 that is no address") }
        if let senders = rules.senders, !senders.contains(path.lowercased()) {
            return .say(553, "5.7.1 sender address rejected: not owned by user \(login ?? "nobody")")
        }
        envelope = made
        return .say(250, "2.1.0 sender fine")
    }

    private mutating func recipient(_ rest: String, _ rules: MailRules) -> Step {
        guard let made = envelope else { return .say(503, "5.5.1 MAIL first") }
        guard let (path, options) = Self.path(rest, after: "TO:") else { return .say(501, "5.5.4 RCPT TO:<address>") }
        guard options.isEmpty else { return .say(555, "5.5.4 unknown parameter") }
        guard MailText.isAddress(path) else { return .say(553, "5.1.3 that is no address") }
        if let mailboxes = rules.mailboxes, !mailboxes.contains(path.lowercased()) {
            return .say(550, "5.1.1 no such user here")
        }
        guard made.to.count < 100 else { return .say(452, "4.5.3 too many recipients") }
        envelope?.to.append(path)
        return .say(250, "2.1.5 recipient fine")
    }

    /// "FROM:<ann@example.org> SIZE=100": no space before the bracket (RFC 5321 §3.3).
    private static func path(_ text: String, after word: String) -> (String, [Substring])? {
        guard text.prefix(word.count).uppercased() == word else { return nil }
        let rest = text.dropFirst(word.count)
        guard rest.first == "<", let end = rest.firstIndex(of: ">") else { return nil }
        let options = rest[rest.index(after: end)...]
        guard options.isEmpty || options.first == " " else { return nil }
        return (String(rest[..<end].dropFirst()), options.split(separator: " "))
    }
}
