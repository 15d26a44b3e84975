// The mail server and the sender from the owner's settings. Three ways, the first that is set counts: one address
// (SMTP_URL), its parts (SMTP_HOST and so on), or Gmail by EMAIL_ADDRESS and EMAIL_APP_PASSWORD alone.

package import Runtime

package struct MailSettings: Hashable, Sendable {
    package var server: MailServer
    package var from: Mailbox
    package var replyTo: Mailbox?

    package struct Mistake: Error, Equatable, Sendable, CustomStringConvertible {
        package let setting: String
        package let why: String

        package var description: String { "\(setting): \(why)" }
    }

    /// What they are called; which of them are secrets.
    package static let names = [
        "SMTP_URL", "SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_SECURITY", "SMTP_CA_FILE",
        "EMAIL_ADDRESS", "EMAIL_APP_PASSWORD", "EMAIL_FROM", "EMAIL_FROM_NAME", "EMAIL_REPLY_TO",
    ]
    package static let secretNames: Set<String> = ["SMTP_URL", "SMTP_PASSWORD", "EMAIL_APP_PASSWORD"]

    package init(server: MailServer, from: Mailbox, replyTo: Mailbox? = nil) {
        self.server = server
        self.from = from
        self.replyTo = replyTo
    }

    /// Nil when no mail server is set at all.
    package init?(_ value: (String) -> String?) throws(Mistake) {
        func text(_ name: String) -> String? {
            guard let value = value(name), value.contains(where: { !$0.isWhitespace }) else { return nil }
            return value
        }
        let found: MailServer?
        if let url = text("SMTP_URL") {
            found = try MailServer(url: url, user: text("SMTP_USER"), password: text("SMTP_PASSWORD").map(Secret.init))
        } else if let host = text("SMTP_HOST") {
            found = try MailServer(host: host, text)
        } else {
            found = try MailServer(gmail: text)
        }
        guard var server = found else { return nil }
        server.authorityFile = text("SMTP_CA_FILE")
        guard let address = text("EMAIL_FROM") ?? text("EMAIL_ADDRESS") ?? server.user else {
            throw Mistake(setting: "EMAIL_FROM", why: "say which address letters come from, such as plex@example.org")
        }
        let name = text("EMAIL_FROM_NAME") ?? ""
        let isClean = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isClean else { throw Mistake(setting: "EMAIL_FROM_NAME", why: "holds a line break") }
        self.server = server
        from = Mailbox(name, try Self.address(address, "EMAIL_FROM"))
        replyTo = try text("EMAIL_REPLY_TO").map { text throws(Mistake) in
            Mailbox(try Self.address(text, "EMAIL_REPLY_TO"))
        }
    }

    private static func address(_ text: String, _ setting: String) throws(Mistake) -> MailAddress {
        do { return try MailAddress(text) } catch { throw Mistake(setting: setting, why: error.description) }
    }
}

extension MailServer {
    /// "smtps://user:password@host:465" or "smtp://host:587?tls=must". The login given apart counts where the address has
    /// none.
    package init(
        url: String, user otherUser: String? = nil, password otherPassword: Secret? = nil
    ) throws(MailSettings.Mistake) {
        func bad(_ why: String) -> MailSettings.Mistake { MailSettings.Mistake(setting: "SMTP_URL", why: why) }
        let lower = url.lowercased()
        let isImplicit = lower.hasPrefix("smtps://")
        guard isImplicit || lower.hasPrefix("smtp://") else { throw bad("it begins with smtps:// or smtp://") }
        let rest = url.dropFirst(isImplicit ? 8 : 7)
        let query = rest.firstIndex(of: "?").map { rest[rest.index(after: $0)...] } ?? ""
        var authority = rest.prefix { $0 != "?" }
        if authority.hasSuffix("/") { authority.removeLast() }
        guard !authority.contains("/"), !authority.contains("#") else {
            throw bad("no path belongs in it; in a password write / as %2F and # as %23")
        }
        var user = otherUser
        var password = otherPassword
        if let at = authority.lastIndex(of: "@") {
            let login = authority[..<at]
            authority = authority[authority.index(after: at)...]
            let halves = login.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, let name = Self.plain(halves[0]), let word = Self.plain(halves[1]) else {
                throw bad("the login is user:password; write signs such as @ in them as %40")
            }
            (user, password) = (name, Secret(word))
        }
        let (host, port) = try Self.hostAndPort(authority, "SMTP_URL")
        var wish: String?
        for word in query.split(separator: "&") {
            let halves = word.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0] == "tls" else {
                throw bad("only ?tls=must, ?tls=try or ?tls=off may follow")
            }
            wish = String(halves[1])
        }
        guard !isImplicit || wish == nil || wish == "must" else {
            throw bad("smtps:// is encrypted from the start: leave ?tls away, or begin with smtp://")
        }
        self.init(
            host: host, port: port ?? (isImplicit ? 465 : 587),
            encryption: isImplicit ? .implicit : try Self.encryption(wish, hasLogin: user != nil, "SMTP_URL"),
            user: user,
            password: password)
        try checkLogin("SMTP_URL")
    }

    /// SMTP_HOST and its companions.
    init(host text: String, _ value: (String) -> String?) throws(MailSettings.Mistake) {
        let (host, inHost) = try Self.hostAndPort(text[...], "SMTP_HOST")
        var port = inHost
        if let text = value("SMTP_PORT") {
            guard let number = Int(text), 1...65535 ~= number else {
                throw MailSettings.Mistake(setting: "SMTP_PORT", why: "a number from 1 to 65535")
            }
            port = number
        }
        let user = value("SMTP_USER")
        let wish = value("SMTP_SECURITY")?.lowercased()
        let isImplicit = wish == "tls" || wish == "ssl" || wish == nil && port == 465
        self.init(
            host: host, port: port ?? (isImplicit ? 465 : 587),
            encryption: isImplicit
                ? .implicit
                : try Self.encryption(wish == "starttls" ? "must" : wish, hasLogin: user != nil, "SMTP_SECURITY"),
            user: user, password: value("SMTP_PASSWORD").map(Secret.init))
        try checkLogin("SMTP_PASSWORD")
    }

    /// Gmail and Google Workspace. Google shows its app passwords in four groups; the spaces are no part of them.
    init?(gmail value: (String) -> String?) throws(MailSettings.Mistake) {
        guard let password = value("EMAIL_APP_PASSWORD") else { return nil }
        guard let address = value("EMAIL_ADDRESS") else {
            throw MailSettings.Mistake(setting: "EMAIL_ADDRESS", why: "whose app password is EMAIL_APP_PASSWORD?")
        }
        self.init(
            host: "smtp.gmail.com", port: 465, encryption: .implicit, user: address,
            password: Secret(password.filter { !$0.isWhitespace }))
        try checkLogin("EMAIL_APP_PASSWORD")
    }

    private static func encryption(
        _ wish: String?, hasLogin: Bool, _ setting: String
    ) throws(MailSettings.Mistake) -> Encryption {
        switch wish {
        case nil: return hasLogin ? .required : .opportunistic
        case "must": return .required
        case "off", "none": return .none
        case "try" where hasLogin:
            throw MailSettings.Mistake(
                setting: setting, why: "a password is sent encrypted for certain (must) or openly (off), not by chance")
        case "try": return .opportunistic
        default:
            throw MailSettings.Mistake(
                setting: setting,
                why: setting == "SMTP_URL" ? "?tls is must, try or off" : "one of tls, starttls, try, off")
        }
    }

    private func checkLogin(_ setting: String) throws(MailSettings.Mistake) {
        let words = [user, password?.reveal()].compactMap(\.self)
        guard words.count != 1 else {
            throw MailSettings.Mistake(setting: setting, why: "a name and a password belong together")
        }
        // AUTH PLAIN parts its words by NUL; nothing else of the kind is anybody's password either.
        guard words.allSatisfy({ word in !word.isEmpty && word.utf8.allSatisfy { $0 >= 32 && $0 != 127 } }) else {
            throw MailSettings.Mistake(
                setting: setting, why: "the name or password is empty or holds a control character")
        }
    }

    private static func hostAndPort(
        _ text: Substring, _ setting: String
    ) throws(MailSettings.Mistake) -> (String, Int?) {
        func bad(_ why: String) -> MailSettings.Mistake { MailSettings.Mistake(setting: setting, why: why) }
        var host = text
        var port = Substring()
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            host = text[..<end].dropFirst()
            port = text[text.index(after: end)...]
        } else if let colon = text.firstIndex(of: ":") {
            (host, port) = (text[..<colon], text[colon...])
        }
        let isHost = host.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (65...90).contains(byte) || (48...58).contains(byte) || byte == 45
                || byte == 46
                || byte == 95
        }
        guard !host.isEmpty, host.utf8.count <= 253, isHost else { throw bad("no host such as smtp.example.org") }
        guard !port.isEmpty else { return (String(host), nil) }
        guard port.hasPrefix(":"), let number = Int(port.dropFirst()), 1...65535 ~= number else {
            throw bad("the port is a number from 1 to 65535")
        }
        return (String(host), number)
    }

    private static func plain(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
