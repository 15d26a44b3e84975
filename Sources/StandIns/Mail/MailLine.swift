// One client's line: reads, lets the session answer, and does what was ordered to go wrong.

internal import Streams

final class MailLine {
    private struct HungUp: Error {}

    private let stream: Stream
    private let desk: MailStandIn
    private let number: Int
    private var session: MailSession
    private var letters = 0

    init(_ stream: Stream, of desk: MailStandIn) {
        self.stream = stream
        self.desk = desk
        number = desk.newLine()
        session = MailSession(isEncrypted: desk.encryption == .implicit, offersStartTLS: desk.encryption == .startTLS)
    }

    func serve() {
        do {
            if desk.encryption == .implicit { try stream.encrypt(as: desk.identity) }
            if try meets(.greeting, command: "(call)") { return }
            try say(220, "stand-in.example ESMTP", after: "(call)")
            while true { try serveCommand() }
        } catch {
            // Hung up, by either side.
        }
    }

    private func serveCommand() throws {
        // RFC 5321 §4.5.3.1.4 allows 512; AUTH and parameters may make it longer.
        guard let bytes = stream.line(limit: 12_288) else { throw HungUp() }
        guard let line = Self.text(of: bytes) else {
            try say(500, "5.5.2 a line ends with CR LF and is ASCII", after: "(unreadable)")
            throw HungUp()
        }
        let shown = session.shown(line)
        if let moment = session.moment(of: line) {
            let recipients = moment == .recipient ? [Self.bracketed(line)] : session.envelope?.to ?? []
            if try meets(moment, command: shown, for: recipients) { return }
        }
        var step = session.heard(line, rules: desk.rules)
        if case .say(250, _) = step, session.moment(of: line) == .recipient,
            let putOff = desk.putOff(Self.bracketed(line))
        {
            session.forgetLastRecipient()
            step = putOff
        }
        if case .say(250, _) = step, session.moment(of: line) == .sender,
            let limit = desk.overLimit(session.login, onThisLine: letters)
        {
            session.endLetter()
            step = limit
        }
        try take(step, after: shown)
    }

    private func take(_ step: MailSession.Step, after command: String) throws {
        switch step {
        case .say(let code, let text): try say(code, text, after: command)
        case .list(let lines):
            let text = lines.enumerated().map { "250\($0 == lines.count - 1 ? " " : "-")\($1)\r\n" }.joined()
            note(command, 250, lines.joined(separator: ", "))
            try stream.write(Array(text.utf8))
        case .hangUp(let code, let text):
            try say(code, text, after: command)
            throw HungUp()
        case .startTLS:
            guard !stream.hasMore else {
                try say(554, "5.5.1 nothing may follow STARTTLS", after: command)
                throw HungUp()
            }
            try say(220, "2.0.0 go ahead", after: command)
            try stream.encrypt(as: desk.identity)
            session.hasEncrypted()
        case .takeLetter:
            try say(354, "go on, end with a dot", after: command)
            try takeLetter()
        }
    }

    // MARK: The letter

    private func takeLetter() throws {
        guard let envelope = session.envelope else { throw HungUp() }
        let rules = desk.rules
        let fault = desk.fault(at: .letter, for: envelope.to)
        var bytes: [UInt8] = []
        var refusal: (Int, String)?
        var hasHung = false
        let times = desk.timesEnded
        while true {
            guard let line = stream.line(limit: 100_000) else {
                note("(letter)", nil, "(gone midway)")
                throw HungUp()
            }
            if line.elementsEqual(".\r\n".utf8) { break }
            refusal = refusal ?? Self.refusal(of: line, envelope, rules)
            bytes += line.first == UInt8(ascii: ".") ? line.dropFirst() : line[...]
            if bytes.count > rules.size { refusal = refusal ?? (552, "5.3.4 message size exceeds fixed limit") }
            switch fault {
            case .dropAfter(let count) where bytes.count >= count: try trouble(.drop, "(letter)")
            case .hangAfter(let count) where bytes.count >= count && !hasHung:
                hasHung = true
                note("(letter)", nil, "(hangs)")
                while desk.isHolding(since: times) { stream.pause(for: .milliseconds(5)) }
            default: break
            }
        }
        session.endLetter()
        if let refusal { return try say(refusal.0, refusal.1, after: "(letter)") }
        switch fault {
        case .reply(let code, let text):
            try say(code, text, after: "(letter)")
            if code == 421 { throw HungUp() }
            return
        case .lostAnswer:
            _ = desk.deliver(bytes, envelope, session, line: number)
            note("(letter)", nil, "(answer lost)")
            throw HungUp()
        case .keptAnswer:
            _ = desk.deliver(bytes, envelope, session, line: number)
            try trouble(.hang, "(letter)")
        case .slow(let time): stream.pause(for: time)
        case .drop, .hang, .garbage, .dropAfter: try trouble(fault, "(letter)")
        case .hangAfter, nil: break
        }
        letters += 1
        let number = desk.deliver(bytes, envelope, session, line: number)
        try say(250, "2.0.0 Ok: letter \(number)", after: "(letter)")
    }

    private static func refusal(of line: [UInt8], _ envelope: MailSession.Envelope, _ rules: MailRules) -> (
        Int, String
    )? {
        guard line.suffix(2).elementsEqual("\r\n".utf8),
            !line.dropLast(2).contains(where: { $0 == 13 || $0 == 10 || $0 == 0 })
        else { return (550, "5.6.0 a line that does not end with CR LF") }
        guard line.count <= 1000 else { return (550, "5.6.0 a line of more than 998 bytes") }
        guard envelope.isEightBit || line.allSatisfy({ $0 < 128 }) else {
            return (550, "5.6.1 8-bit text, but BODY=8BITMIME was not said")
        }
        return nil
    }

    // MARK: Troubles

    /// True when the fault has answered in place of the session.
    private func meets(_ moment: MailMoment, command: String, for recipients: [String] = []) throws -> Bool {
        guard let fault = desk.fault(at: moment, for: recipients) else { return false }
        switch fault {
        case .reply(let code, let text):
            try say(code, text, after: command)
            if code == 421 || moment == .greeting { throw HungUp() }
            return true
        case .slow(let time):
            stream.pause(for: time)
            return false
        default:
            try trouble(fault, command)
            return true
        }
    }

    private func trouble(_ fault: MailFault?, _ command: String) throws {
        switch fault {
        case .hang:
            note(command, nil, "(hangs)")
            stream.waitUntilGone()
        case .garbage: try stream.write(Array("\u{16}\u{3}\u{1} what?\r\n\r\n".utf8))
        default: note(command, nil, "(dropped)")
        }
        throw HungUp()
    }

    private func say(_ code: Int, _ text: String, after command: String) throws {
        note(command, code, text)
        try stream.write(Array("\(code)\(text.isEmpty ? "" : " ")\(text)\r\n".utf8))
    }

    private func note(_ command: String, _ code: Int?, _ text: String) {
        desk.requests.append(
            MailEntry(
                line: number, command: command, code: code,
                answer: [code.map(String.init), text].compactMap(\.self).joined(separator: " ")))
    }

    /// Without its CR LF; nil where it has none, or is no ASCII.
    private static func text(of line: [UInt8]) -> String? {
        guard line.suffix(2).elementsEqual("\r\n".utf8) else { return nil }
        let text = line.dropLast(2)
        return text.allSatisfy { (32...126).contains($0) } ? String(decoding: text, as: UTF8.self) : nil
    }

    private static func bracketed(_ line: String) -> String {
        String(line.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
    }
}
