// What servers say, real ones too, and what the sender of many is to do then.

import HTTP
import Testing

@testable import Mail

@Suite struct `What a server answers` {
    @Test(arguments: [
        (SMTPStage.authentication, "535 5.7.8 Username and Password not accepted", MailError.Course.stop),
        (.authentication, "534 5.7.9 Application-specific password required", .stop),
        (.authentication, "454 4.7.0 Too many login attempts, please try again later", .pause),
        (.authentication, "454 4.7.0 Temporary authentication failure", .pause),
        (.sender, "530 5.7.0 Must issue a STARTTLS command first", .stop), (.sender, "530 5.7.0 log in", .stop),
        (.sender, "553 5.7.1 Sender address rejected: not owned by user", .stop),
        (.sender, "550 5.4.5 Daily user sending limit exceeded", .pause),
        (.content, "550 5.4.5 Daily user sending quota exceeded", .pause),
        (.content, "554 5.2.0 STOREDRV.Submission.Exception: submission quota exceeded", .pause),
        (.sender, "421 4.7.0 Try again later, closing connection", .pause),
        (.sender, "552 5.3.4 Message size exceeds fixed limit", .giveUpOnLetter),
        (.sender, "451 4.3.0 local error", .later), (.sender, "452 4.3.1 Insufficient system storage", .later),
        (.recipient, "451 4.7.1 Greylisted, please try again in 5 minutes", .later),
        (.recipient, "450 4.2.0 Recipient address rejected: Greylisted", .later),
        (.recipient, "450 4.2.1 The user you are trying to contact is receiving mail too quickly", .later),
        (.recipient, "452 4.2.2 Mailbox full", .later), (.recipient, "452 4.5.3 Too many recipients", .pause),
        (.recipient, "450 4.7.1 Error: too many messages from you", .pause),
        (.recipient, "550 5.1.1 The email account that you tried to reach does not exist", .giveUpOnPerson),
        (.recipient, "551 5.1.6 moved", .giveUpOnPerson), (.recipient, "553 5.1.3 bad address", .giveUpOnPerson),
        (.recipient, "552 5.2.2 Mailbox over quota", .giveUpOnPerson), (.recipient, "550 no", .giveUpOnPerson),
        (.recipient, "554 5.7.1 <c@d>: Relay access denied", .stop), (.recipient, "550 relay not permitted", .stop),
        (.data, "554 5.5.1 no valid recipients", .giveUpOnLetter),
        (.content, "554 5.7.1 looks like spam", .giveUpOnLetter), (.content, "552 5.3.4 too big", .giveUpOnLetter),
        (.content, "550 5.7.1 content rejected", .giveUpOnLetter),
        (.content, "451 4.3.0 queue file write error", .later),
        (.greeting, "554 5.7.1 blocked", .stop), (.greeting, "421 too many connections", .pause),
        (.hello, "550 who are you", .stop), (.startTLS, "454 4.7.0 TLS not available", .pause),
    ])
    func `tells what to do`(_ stage: SMTPStage, _ answer: String, _ course: MailError.Course) throws {
        let error = try #require(self.error(stage, answer))
        #expect(error.course == course, "\(error)")
        #expect(error.description.contains(answer.prefix(3)))
    }

    @Test func `is known for greylisting`() {
        for answer in ["451 4.7.1 later", "450 4.2.0 Greylisted", "451 Graylisted"] {
            guard case .temporary(_, isGreylisting: true) = error(.recipient, answer) else {
                Issue.record("\(answer)")
                continue
            }
        }
        guard case .temporary(_, isGreylisting: false) = error(.recipient, "450 4.2.1 busy") else {
            Issue.record("busy is no greylisting")
            return
        }
    }

    private func error(_ stage: SMTPStage, _ answer: String) -> MailError? {
        var dialogue = SMTPDialogue()
        dialogue.heard(Array(answer.utf8))
        let report = SMTPReport(
            stage: stage, reply: dialogue.reply, trouble: .failed("libcurl's words"), isHandedOver: stage == .content)
        return MailError(report, secrets: ["hunter2"])
    }

    @Test func `is shown without secrets, control characters and at a bearable length`() throws {
        let words = "535 5.7.8 hunter2 \u{1B}[31m " + String(repeating: "x", count: 1000)
        let text = try #require(error(.authentication, words)).description
        #expect(!text.contains("hunter2") && !text.contains("\u{1B}") && text.count < 400)
    }

    @Test(arguments: [
        (HTTPError.unreachable("gone"), MailError.unreachable("gone")), (.timedOut("slow"), .timedOut("slow")),
        (.tls("who?"), .tls("who?")), (.cancelled, .cancelled), (.failed("odd"), .unreachable("odd")),
    ])
    func `may be nothing, and then nothing was sent`(_ trouble: HTTPError, _ expected: MailError) {
        let report = SMTPReport(stage: .data, reply: nil, trouble: trouble)
        #expect(MailError(report, secrets: []) == expected)
    }

    @Test(arguments: [HTTPError.unreachable("gone"), .timedOut("slow"), .cancelled, .failed("odd")])
    func `may be nothing, and then nobody knows`(_ trouble: HTTPError) {
        let report = SMTPReport(stage: .content, reply: nil, trouble: trouble, isHandedOver: true)
        #expect(MailError(report, secrets: [])?.course == .leaveAsItIs)
    }

    @Test func `counts when the line breaks after it`() {
        let taken = SMTPReply(code: 250, status: "2.0.0", text: "ok")
        let report = SMTPReport(stage: .content, reply: taken, trouble: .unreachable("gone"), isHandedOver: true)
        #expect(MailError(report, secrets: []) == nil)
    }
}
