// Reads the subjects of letters that somebody sent to leave the newsletter, and nothing else of a mailbox: no texts, no
// senders. It never deletes or moves; what was understood is marked as read.

internal import HTTP
package import Runtime

package struct LetterBox: Hashable, Sendable {
    /// Up to where a mailbox was read: numbers only grow, within one age of the folder (RFC 3501 §2.3.1.1).
    package struct Place: Hashable, Sendable, LosslessStringConvertible {
        package var age: String
        package var last: Int

        package init(age: String, last: Int) {
            self.age = age
            self.last = last
        }

        package init?(_ description: String) {
            let halves = description.split(separator: " ")
            guard halves.count == 2, let last = Int(halves[1]) else { return nil }
            self.init(age: String(halves[0]), last: last)
        }
        package var description: String { "\(age) \(last)" }
    }

    package struct Found: Hashable, Sendable {
        package var number: Int
        package var subject: String
    }

    /// More at once are read the next time.
    static let most = 200

    private let server: IMAPServer

    init(_ server: IMAPServer) { self.server = server }

    package var host: String { server.host }
    package var password: Secret { server.password }

    /// What came since, with "unsubscribe" in its subject; at first what is unread. And how far that is.
    package func letters(since place: Place?) async throws(MailError) -> (found: [Found], place: Place) {
        try await talk { line throws(IMAPTrouble) in
            // Said when the folder is opened: OK [UIDVALIDITY 7], OK [UIDNEXT 42].
            let opening = try line.ask("NOOP")
            let age = Self.word("UIDVALIDITY", in: opening) ?? "0"
            let known = place?.age == age ? place : nil
            let filter = known.map { "UID \($0.last + 1):*" } ?? "UNSEEN"
            let answer = try line.ask("UID SEARCH \(filter) SUBJECT unsubscribe")
            // The star means the last one too, however small its number.
            let numbers = Self.numbers(answer).filter { $0 > known?.last ?? 0 }.sorted()
            var found: [Found] = []
            for number in numbers.prefix(Self.most) {
                let lines = try line.ask("UID FETCH \(number) BODY.PEEK[HEADER.FIELDS (SUBJECT)]")
                found.append(Found(number: number, subject: Self.subject(lines)))
            }
            let next = Self.word("UIDNEXT", in: opening).flatMap { Int($0) } ?? 1
            let last = numbers.count > Self.most ? found.last?.number : max(next - 1, numbers.last ?? 0)
            return (found, Place(age: age, last: max(last ?? 0, known?.last ?? 0)))
        }
    }

    package func markRead(_ numbers: [Int]) async throws(MailError) {
        guard !numbers.isEmpty else { return }
        let list = numbers.map(String.init).joined(separator: ",")
        try await talk { line throws(IMAPTrouble) in _ = try line.ask("UID STORE \(list) +FLAGS.SILENT (\\Seen)") }
    }

    /// Logs in and opens the folder.
    package func ping() async throws(MailError) {
        try await talk { line throws(IMAPTrouble) in _ = try line.ask("NOOP") }
    }

    private func talk<Value: Sendable>(
        _ body: @escaping @Sendable (IMAPLine) throws(IMAPTrouble) -> Value
    ) async throws(MailError) -> Value {
        do throws(IMAPTrouble) { return try await IMAPLine.talk(with: server, body) } catch {
            switch error {
            case .notLoggedIn:
                throw .badCredentials(MailReply(code: 0, text: "\(server.host), for reading"))
            case .noSuchFolder: throw .unreachable("\(server.host) has no folder \(server.folder)")
            case .refused(let command): throw .unreachable("\(server.host) does not understand \(command)")
            case .line(.cancelled): throw .cancelled
            case .line(.timedOut(let why)): throw .timedOut(why)
            case .line(.tls(let why)): throw .tls(why)
            case .line(let other): throw .unreachable(other.description)
            }
        }
    }

    // MARK: Answers

    static func word(_ name: String, in lines: [String]) -> String? {
        for line in lines where line.hasPrefix("* OK [\(name) ") {
            let word = line.dropFirst("* OK [\(name) ".count).prefix { $0 != "]" }
            if !word.isEmpty, word.allSatisfy(\.isASCII), word.allSatisfy(\.isNumber) { return String(word) }
        }
        return nil
    }

    static func numbers(_ lines: [String]) -> [Int] {
        lines.filter { $0.hasPrefix("* SEARCH") }.flatMap {
            $0.split(separator: " ").dropFirst(2).compactMap { Int($0) }
        }
    }

    /// Folded lines put together again.
    static func subject(_ lines: [String]) -> String {
        guard let start = lines.firstIndex(where: { $0.lowercased().hasPrefix("subject:") }) else { return "" }
        let rest = lines[(start + 1)...].prefix { $0.hasPrefix(" ") || $0.hasPrefix("\t") }
        return ([String(lines[start].dropFirst("subject:".count))] + rest).joined()
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension LetterBox {
    /// "imaps://imap.example.org", with the login of the mail server where it has none, and a folder other than INBOX if it
    /// names one: "imaps://user:password@imap.example.org:993/Newsletter".
    package init?(_ value: (String) -> String?) throws(MailSettings.Mistake) {
        let setting = "NEWSLETTER_MAILBOX_URL"
        guard let url = value(setting), !url.isEmpty else { return nil }
        func bad(_ why: String) -> MailSettings.Mistake { MailSettings.Mistake(setting: setting, why: why) }
        let isEncrypted = url.lowercased().hasPrefix("imaps://")
        guard isEncrypted || url.lowercased().hasPrefix("imap://") else { throw bad("it begins with imaps://") }
        let rest = url.dropFirst(isEncrypted ? 8 : 7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let folder = rest.dropFirst(authority.count).prefix { $0 != "?" }.drop { $0 == "/" }
        // A password in the open only where the owner writes so.
        guard isEncrypted || rest.hasSuffix("?tls=off") else { throw bad("imap:// is not encrypted: say imaps://") }
        let parsed: MailServer
        let sender = try MailSettings(value)
        do throws(MailSettings.Mistake) {
            parsed = try MailServer(
                url: "smtps://\(authority)", user: sender?.server.user, password: sender?.server.password)
        } catch { throw bad(error.why) }
        guard let user = parsed.user, let password = parsed.password else {
            throw bad("whose mailbox? imaps://user:…@")
        }
        let hasPort = authority.split(separator: "@").last?.contains(":") == true
        self.init(
            IMAPServer(
                host: parsed.host, port: hasPort ? parsed.port : isEncrypted ? 993 : 143, isEncrypted: isEncrypted,
                user: user, password: password, folder: folder.isEmpty ? "INBOX" : String(folder),
                authorityFile: sender?.server.authorityFile))
    }
}
