// What the mail server among the stand-ins refuses, line by line, and what its reader finds wrong in a letter. smtplib
// talks to the whole of it in `make conformance`.

import Testing

@testable import StandIns

@Suite struct `The mail stand-in` {
    private func talk(
        _ lines: [String], rules: MailRules = .standard, isEncrypted: Bool = true, offersStartTLS: Bool = false
    ) -> [MailSession.Step] {
        var session = MailSession(isEncrypted: isEncrypted, offersStartTLS: offersStartTLS)
        return lines.map { session.heard($0, rules: rules) }
    }

    private func lastCode(_ lines: [String], rules: MailRules = .standard, isEncrypted: Bool = true) -> Int? {
        switch talk(lines, rules: rules, isEncrypted: isEncrypted, offersStartTLS: !isEncrypted).last {
        case .say(let code, _), .hangUp(let code, _): code
        case .list: 250
        case .takeLetter: 354
        case .startTLS: 220
        case nil: nil
        }
    }

    /// NUL robin NUL password.
    private static let login =
        "AUTH PLAIN AHJvYmluQHN0YW5kLWluLmV4YW1wbGUAYXBwIHBhc3N3b3JkIG9mIG5vYm9keQ=="

    @Test(arguments: [
        (["MAIL FROM:<a@b.c>"], 503), (["HELO"], 501), (["EHLO a b"], 501), (["EHLO me", "MAIL FROM:<a@b.c>"], 530),
        (["EHLO me", login, "MAIL FROM:<a@b.c>"], 250), (["EHLO me", login, "MAIL FROM: <a@b.c>"], 501),
        (["EHLO me", login, "MAIL FROM:a@b.c"], 501), (["EHLO me", login, "MAIL FROM:<>"], 250),
        (["EHLO me", login, "MAIL FROM:<a@b.c> SIZE=99999999"], 552), (["EHLO me", login, "MAIL FROM:<a b@c.d>"], 553),
        (["EHLO me", login, "MAIL FROM:<a@b.c> SMTPUTF8"], 555), (["EHLO me", login, "RCPT TO:<a@b.c>"], 503),
        (["EHLO me", login, "MAIL FROM:<a@b.c>", "MAIL FROM:<a@b.c>"], 503),
        (["EHLO me", login, "MAIL FROM:<a@b.c>", "DATA"], 503),
        (["EHLO me", login, "MAIL FROM:<a@b.c>", "RCPT TO:<a@b.c>"], 250),
        (["EHLO me", login, "MAIL FROM:<a@b.c>", "RCPT TO:<nobody>"], 553),
        (["EHLO me", login, "MAIL FROM:<a@b.c>", "RCPT TO:<a@b.c>", "DATA x"], 501),
        (["EHLO me", login, "MAIL FROM:<a@b.c>", "RCPT TO:<a@b.c>", "DATA"], 354),
        (["EHLO me", login, "MAIL FROM:<a@b.c>", "RCPT TO:<a@b.c>", "RSET", "DATA"], 503),
        (["EHLO me", login, login], 503), (["HELO me", login], 503), (["EHLO me", "AUTH CRAM-MD5"], 504),
        (["EHLO me", "AUTH PLAIN", "*"], 501), (["EHLO me", "AUTH PLAIN", "%%%"], 501),
        (["EHLO me", "AUTH LOGIN", "eA==", "eQ=="], 535), (["EHLO me", "STARTTLS"], 503), (["QUIT"], 221),
        (["NOOP"], 250), (["FEED ME"], 500), (Array(repeating: "FEED ME", count: 11), 421),
    ])
    func `takes commands in their order and form only`(_ lines: [String], _ code: Int) {
        #expect(lastCode(lines) == code)
    }

    @Test func `takes no login in the open`() {
        #expect(lastCode(["EHLO me", Self.login], isEncrypted: false) == 538)
        guard case .list(let words) = talk(["EHLO me"], isEncrypted: false, offersStartTLS: true).last else {
            Issue.record("no list")
            return
        }
        #expect(words.contains("STARTTLS") && !words.contains { $0.hasPrefix("AUTH") })
    }

    @Test func `forgets what was said before the line was encrypted`() {
        var session = MailSession(isEncrypted: false, offersStartTLS: true)
        var rules = MailRules.standard
        rules.needsLogin = false
        #expect(session.heard("EHLO me", rules: rules) != .startTLS)
        #expect(session.heard("STARTTLS", rules: rules) == .startTLS)
        session.hasEncrypted()
        #expect(session.heard("MAIL FROM:<a@b.c>", rules: rules) == .say(503, "5.5.1 EHLO first"))
    }

    private static let head =
        "From: a@b.c\r\nTo: a@b.c\r\nSubject: x\r\nDate: x\r\nMessage-ID: <a@b>\r\nMIME-Version: 1.0\r\n"

    @Test(arguments: [
        "", "Subject: x", head, head.replacing("Subject: x\r\n", with: "") + "\r\nx", head + "Subject: y\r\n\r\nx",
        head + "no header\r\n\r\nx", " \(head)\r\nx", head + "X: ü\r\n\r\nx", head + "\r\nü",
        head + "Content-Type: multipart/mixed\r\n\r\nx",
        head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx",
        head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ",
        head + "Content-Transfer-Encoding: quoted-printable\r\n\r\nx=",
        head + "Content-Transfer-Encoding: base64\r\n\r\n%", head + "Content-Transfer-Encoding: odd\r\n\r\nx",
    ])
    func `reads no letter that is not in order`(_ text: String) {
        #expect(throws: LetterReading.Mistake.self) { try LetterReading(Array(text.utf8)) }
    }

    @Test func `reads headers folded and encoded`() throws {
        let head = Self.head.replacing(
            "Subject: x", with: "Subject: =?utf-8?q?a_=C3=BC?=\r\n =?UTF-8?B?8J+OrA==?= and so on")
        let reading = try LetterReading(Array("\(head)\r\nHello\r\n".utf8))
        #expect(reading.subject == "a ü🎬 and so on" && reading.text == "Hello\r\n")
    }
}
