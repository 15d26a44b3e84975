// A mailbox on loopback that is read with IMAP4rev1 (RFC 3501), as far as reading subjects and marking letters goes. What
// it was not told to understand it refuses; it knows nothing of the client it judges. One thread a line.

internal import Streams
internal import Synchronization

package final class MailboxStandIn: Sendable {
    package struct Letter: Sendable {
        package let number: Int
        package let subject: String
        package var isRead: Bool
    }

    fileprivate struct State: Sendable {
        var letters: [Letter] = []
        var next = 1
        /// UIDVALIDITY: another one when the mailbox was made anew.
        var age = 7
        var password = "app password of nobody"
        var isMute = false
        var server: StreamServer?
    }

    package let port: Int
    package let user = "robin@stand-in.example"
    /// PEM: whom to trust.
    package let certificate: [UInt8]
    /// Commands without their tag; passwords are left out.
    package let requests = Chronicle<String>()
    let identity: TLSIdentity?
    fileprivate let state = Mutex(State())

    package static func start(port: Int = 0, isEncrypted: Bool = true) throws(MailStandIn.NotStarted) -> MailboxStandIn
    {
        do {
            let server = try StreamServer(port: port)
            let standIn = MailboxStandIn(server.port, try TLSIdentity(), isEncrypted: isEncrypted)
            standIn.state.withLock { $0.server = server }
            try server.begin { MailboxLine($0, standIn).serve() }
            return standIn
        } catch { throw MailStandIn.NotStarted(description: "\(error)") }
    }

    private init(_ port: Int, _ identity: TLSIdentity, isEncrypted: Bool) {
        self.port = port
        certificate = identity.certificate
        self.identity = isEncrypted ? identity : nil
    }

    /// With the login.
    package var url: String {
        let login = "robin%40stand-in.example:app%20password%20of%20nobody"
        return "\(identity == nil ? "imap" : "imaps")://\(login)@127.0.0.1:\(port)\(identity == nil ? "?tls=off" : "")"
    }

    package var letters: [Letter] { state.withLock { $0.letters } }

    @discardableResult
    package func receive(_ subject: String, isRead: Bool = false) -> Int {
        state.withLock { state in
            state.letters.append(Letter(number: state.next, subject: subject, isRead: isRead))
            state.next += 1
            return state.next - 1
        }
    }

    package func change(password: String) { state.withLock { $0.password = password } }
    /// The folder was made anew: the same letters, other numbers.
    package func beginAnew() { state.withLock { $0.age += 1 } }
    /// Answers nothing after the greeting, until `stop`.
    package func fallMute() { state.withLock { $0.isMute = true } }

    package func stop() async {
        let server = state.withLock { state in
            defer { state.server = nil }
            return state.server
        }
        await server?.stop()
    }
}

private final class MailboxLine {
    private struct HungUp: Error {}

    private let stream: Stream
    private let box: MailboxStandIn
    private var isLoggedIn = false
    private var isOpen = false

    init(_ stream: Stream, _ box: MailboxStandIn) {
        self.stream = stream
        self.box = box
    }

    func serve() {
        do {
            if let identity = box.identity { try stream.encrypt(as: identity) }
            try say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready")
            if box.state.withLock({ $0.isMute }) { return stream.waitUntilGone() }
            while true { try serveCommand(try line()) }
        } catch {
            // Hung up, by either side.
        }
    }

    private func line() throws -> String {
        guard let bytes = stream.line(limit: 8192) else { throw HungUp() }
        guard bytes.suffix(2).elementsEqual("\r\n".utf8), bytes.dropLast(2).allSatisfy({ (32...126).contains($0) })
        else {
            try say("* BYE a line is ASCII and ends with CR LF")
            throw HungUp()
        }
        return String(decoding: bytes.dropLast(2), as: UTF8.self)
    }

    private func say(_ text: String) throws { try stream.write(Array("\(text)\r\n".utf8)) }

    private func serveCommand(_ line: String) throws {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count > 1, words[0].allSatisfy({ $0.isLetter || $0.isNumber }) else {
            return try say("* BAD a tag, a space and a command")
        }
        let (tag, verb, rest) = (words[0], words[1].uppercased(), Array(words.dropFirst(2)))
        let isLogin = ["LOGIN", "AUTHENTICATE"].contains(verb)
        box.requests.append(isLogin ? verb : words.dropFirst().joined(separator: " "))
        switch verb {
        case "CAPABILITY" where rest.isEmpty: try say("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN")
        case "NOOP" where rest.isEmpty: break
        case "LOGOUT" where rest.isEmpty:
            try say("* BYE see you")
            try say("\(tag) OK bye")
            throw HungUp()
        case "LOGIN", "AUTHENTICATE": return try logIn(tag, verb, rest)
        case "SELECT" where isLoggedIn: return try open(tag, rest)
        case "UID" where isOpen: return try serveByNumber(tag, rest)
        default: return try say("\(tag) BAD not now, or not known: \(verb)")
        }
        try say("\(tag) OK done")
    }

    private func logIn(_ tag: String, _ verb: String, _ rest: [String]) throws {
        guard !isLoggedIn else { return try say("\(tag) BAD logged in already") }
        var login: [String] = []
        if verb == "AUTHENTICATE" {
            guard rest.first?.uppercased() == "PLAIN" else { return try say("\(tag) NO only PLAIN") }
            if rest.count == 1 { try say("+ ") }
            let text = MailText.base64(rest.count == 1 ? try line() : rest[1]) ?? ""
            login = text.split(separator: "\0", omittingEmptySubsequences: false).dropFirst().map(String.init)
        } else {
            login = Self.strings(rest.joined(separator: " "))
        }
        let password = box.state.withLock { $0.password }
        isLoggedIn = login == [box.user, password]
        try say(isLoggedIn ? "\(tag) OK welcome" : "\(tag) NO [AUTHENTICATIONFAILED] Invalid credentials")
    }

    private func open(_ tag: String, _ rest: [String]) throws {
        guard Self.strings(rest.joined(separator: " ")) == ["INBOX"] else {
            return try say("\(tag) NO there is only INBOX")
        }
        let state = box.state.withLock { $0 }
        isOpen = true
        try say("* FLAGS (\\Seen)")
        try say("* \(state.letters.count) EXISTS")
        try say("* 0 RECENT")
        try say("* OK [UIDVALIDITY \(state.age)] numbers of this folder")
        try say("* OK [UIDNEXT \(state.next)] the next one")
        try say("\(tag) OK [READ-WRITE] open")
    }

    private func serveByNumber(_ tag: String, _ words: [String]) throws {
        switch words.first?.uppercased() {
        case "SEARCH":
            guard let found = search(Array(words.dropFirst())) else { return try say("\(tag) BAD search for what?") }
            try say("* SEARCH" + found.map { " \($0)" }.joined())
        case "FETCH":
            guard let place = words.dropFirst().first.flatMap({ Int($0) }).flatMap(place),
                words.dropFirst(2).joined(separator: " ") == "BODY.PEEK[HEADER.FIELDS (SUBJECT)]"
            else { return try say("\(tag) BAD one number and BODY.PEEK[HEADER.FIELDS (SUBJECT)]") }
            let letter = box.letters[place]
            let text = "Subject: \(letter.subject)\r\n\r\n"
            try say("* \(place + 1) FETCH (UID \(letter.number) BODY[HEADER.FIELDS (SUBJECT)] {\(text.utf8.count)}")
            try stream.write(Array(text.utf8))
            try say(")")
        case "STORE":
            guard words.count == 4, words[2].uppercased() == "+FLAGS.SILENT", words[3] == "(\\Seen)" else {
                return try say("\(tag) BAD letters are marked as read, nothing else")
            }
            let numbers = Set(words[1].split(separator: ",").compactMap { Int($0) })
            box.state.withLock { state in
                for place in state.letters.indices where numbers.contains(state.letters[place].number) {
                    state.letters[place].isRead = true
                }
            }
        default: return try say("\(tag) BAD UID what?")
        }
        try say("\(tag) OK done")
    }

    private func place(of number: Int) -> Int? { box.letters.firstIndex { $0.number == number } }

    /// UNSEEN, UID from:*, SUBJECT word. Nil: not understood.
    private func search(_ words: [String]) -> [Int]? {
        var words = words[...]
        var letters = box.letters
        while let key = words.popFirst()?.uppercased() {
            switch key {
            case "ALL": break
            case "UNSEEN": letters.removeAll(where: \.isRead)
            case "SUBJECT":
                guard let word = words.popFirst().flatMap({ Self.strings($0).first })?.lowercased() else { return nil }
                letters.removeAll { !$0.subject.lowercased().contains(word) }
            case "UID":
                guard let range = words.popFirst(), range.hasSuffix(":*"), let first = Int(range.dropLast(2)) else {
                    return nil
                }
                // The star is the last letter there is, also when that one comes before the first (§6.4.8).
                let from = min(first, box.letters.last?.number ?? first)
                letters.removeAll { $0.number < from }
            default: return nil
            }
        }
        return letters.map(\.number)
    }

    /// Atoms and quoted strings.
    private static func strings(_ text: String) -> [String] {
        var found: [String] = []
        var rest = text[...]
        while let first = rest.first {
            if first == " " {
                rest.removeFirst()
                continue
            }
            guard first == "\"" else {
                found.append(String(rest.prefix { $0 != " " }))
                rest = rest.drop { $0 != " " }
                continue
            }
            rest.removeFirst()
            var word = ""
            while let letter = rest.popFirst(), letter != "\"" {
                word.append(letter == "\\" ? rest.popFirst() ?? letter : letter)
            }
            found.append(word)
        }
        return found
    }
}
