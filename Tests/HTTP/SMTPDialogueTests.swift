// How far a talk with a mail server got, from its lines alone.

import HTTP
import Testing

@Suite struct `A talk with a mail server` {
    /// Lines of the server begin with "<", ours with ">", "!" is the last byte of the letter.
    private func follow(_ lines: [String]) -> SMTPDialogue {
        var dialogue = SMTPDialogue()
        for line in lines {
            let rest = Array("\(line.dropFirst())\r\n".utf8)
            switch line.first {
            case "<": dialogue.heard(rest)
            case ">": dialogue.said(rest)
            default: dialogue.gaveWholeMessage()
            }
        }
        return dialogue
    }

    private let begun = ["<220 hello", ">EHLO me", "<250-you", "<250-SIZE 1000", "<250 STARTTLS"]
    private let letter = [">MAIL FROM:<a@b>", "<250 2.1.0 ok", ">RCPT TO:<c@d>", "<250 ok", ">DATA", "<354 go"]

    @Test func `is over when the letter is taken`() {
        let dialogue = follow(begun + letter + ["!", "<250 2.0.0 queued", ">QUIT", "<221 bye"])
        #expect(dialogue.isAccepted && dialogue.reply == SMTPReply(code: 250, status: "2.0.0", text: "queued"))
    }

    @Test func `leaves a letter open that nobody answered`() {
        let dialogue = follow(begun + letter + ["!"])
        #expect(dialogue.isHandedOver && !dialogue.isAccepted && dialogue.reply == nil)
    }

    @Test func `hands nothing over before it is asked to`() {
        #expect(!follow(begun + letter.dropLast() + ["!"]).isHandedOver)
        #expect(!follow(begun + letter.dropLast() + ["<451 later", "!"]).isHandedOver)
        #expect(!follow(begun + letter).isHandedOver)
    }

    @Test(arguments: [
        ([">MAIL FROM:<a@b>", "<530 5.7.0 log in"], SMTPStage.sender, 530, "5.7.0" as String?, "log in"),
        ([">RCPT TO:<c@d>", "<550-5.1.1 no such", "<550 5.1.1 user"], .recipient, 550, "5.1.1", "no such user"),
        ([">AUTH PLAIN", "<334", ">DATA", "<535 5.7.8 no"], .authentication, 535, "5.7.8", "no"),
        ([">AUTH LOGIN", "<334 a", ">QUIT", "<334 b", ">RCPT", "<235 2.7.0 in"], .authentication, 235, "2.7.0", "in"),
        ([">STARTTLS", "<454 4.3.0 not now"], .startTLS, 454, "4.3.0", "not now"),
        ([">DATA", "<554 no"], .data, 554, nil, "no"), ([">NOOP", "<250 ok"], .question, 250, nil, "ok"),
        ([">HELO x", "<502 5.5 odd"], .hello, 502, nil, "5.5 odd"),
    ])
    func `says where it ended and with which words`(
        _ lines: [String], _ stage: SMTPStage, _ code: Int, _ status: String?, _ text: String
    ) {
        let dialogue = follow(begun + lines + [">QUIT", "<221 bye"])
        #expect(dialogue.stage == stage && dialogue.reply == SMTPReply(code: code, status: status, text: text))
    }

    @Test func `knows a half answer for none`() {
        #expect(follow(begun + [">MAIL FROM:<a@b>", "<550-no"]).reply == nil)
        #expect(follow(begun + [">MAIL FROM:<a@b>", "<what?", "<99 x", "<250x"]).reply == nil)
    }
}
