// A mail server on a bad day: what it refuses, and lines that break before, within and after the letter.

import Mail
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `On a bad day` {
    private static var impatient: Mailer.Limits {
        var limits = Mailer.Limits()
        limits.total = .milliseconds(150)
        return limits
    }

    @Test(arguments: [
        (MailMoment.recipient, 550, "5.1.1 no such user", MailError.Course.giveUpOnPerson),
        (.sender, 421, "4.7.0 slow down", .pause), (.letter, 554, "5.7.1 spam", .giveUpOnLetter),
        (.letter, 452, "4.3.1 disk full", .later), (.greeting, 554, "5.7.1 go away", .stop),
        (.data, 451, "4.3.0 not now", .later), (.hello, 421, "4.3.2 shutting down", .pause),
    ])
    func `a refusal is passed on, and the next letter goes`(
        _ moment: MailMoment, _ code: Int, _ text: String, _ course: MailError.Course
    ) async throws {
        try await Post.run { post in
            post.server.fail(moment, with: .reply(code, text))
            let letter = try Letter.sample().printed()
            let failure = await post.failure(of: letter)
            #expect(failure?.course == course, "\(String(describing: failure))")
            #expect(failure?.description.contains("\(code) \(text)") == true)
            #expect(post.server.letters.entries.isEmpty)
            try await post.mailer.send(letter)
            #expect(post.server.letters.entries.count == 1)
        }
    }

    @Test func `a stranger is greylisted once`() async throws {
        var rules = MailRules.open
        rules.greylists = true
        try await Post.run(rules: rules) { post in
            let letter = try Letter.sample().printed()
            guard case .temporary(let reply, isGreylisting: true) = await post.failure(of: letter) else {
                Issue.record("not greylisted")
                return
            }
            #expect(reply.code == 451 && reply.status == "4.7.1")
            try await post.mailer.send(letter)
        }
    }

    @Test func `the day's letters come to an end`() async throws {
        var rules = MailRules.open
        rules.dailyLimit = 2
        try await Post.run(rules: rules) { post in
            let letter = try Letter.sample().printed()
            try await post.mailer.send(letter)
            try await post.mailer.send(letter)
            guard case .dailyLimit = await post.failure(of: letter) else {
                Issue.record("no limit")
                return
            }
            post.server.forgetCounts()
            try await post.mailer.send(letter)
        }
    }

    @Test func `a letter too big is not even begun`() async throws {
        var rules = MailRules.open
        rules.size = 300
        try await Post.run(rules: rules) { post in
            guard case .permanentMessage(let reply) = await post.failure(of: try Letter.sample().printed()) else {
                Issue.record("taken")
                return
            }
            #expect(reply.code == 552)
            #expect(!post.server.requests.entries.contains { $0.command == "DATA" })
        }
    }

    @Test(arguments: [MailMoment.greeting, .hello, .sender, .recipient, .data])
    func `a line lost before the letter is a letter not sent`(_ moment: MailMoment) async throws {
        try await Post.run { post in
            post.server.fail(moment, with: .drop, times: 2)
            guard case .unreachable = await post.failure(of: try Letter.sample().printed()) else {
                Issue.record("not unreachable")
                return
            }
        }
    }

    @Test(arguments: [MailStandIn.Encryption.none, .implicit])
    func `a line lost within the letter is a letter not sent`(_ encryption: MailStandIn.Encryption) async throws {
        try await Post.run(encryption) { post in
            // More than the buffers of both sides hold, so that the loss is felt while there is more to send.
            let bytes = Array(repeating: UInt8(ascii: "x"), count: 76) + [13, 10]
            let letter = PrintedLetter(
                from: .known("a@b.c"), to: .known("c@d.e"), messageID: "a@b.c",
                bytes: Array(repeating: bytes, count: 200_000).flatMap(\.self))
            post.server.changeRules { $0.size = 100 << 20 }
            post.server.fail(.letter, with: .dropAfter(1000))
            guard case .unreachable = await post.failure(of: letter) else {
                Issue.record("not unreachable")
                return
            }
            #expect(post.server.letters.entries.isEmpty)
        }
    }

    @Test(arguments: [MailFault.drop, .lostAnswer])
    func `an answer lost after the letter leaves it open`(_ fault: MailFault) async throws {
        for encryption in [MailStandIn.Encryption.none, .implicit] {
            try await Post.run(encryption) { post in
                post.server.fail(.letter, with: fault)
                let failure = await post.failure(of: try Letter.sample().printed())
                guard case .uncertain = failure else {
                    Issue.record("\(String(describing: failure))")
                    return
                }
                #expect(failure?.course == .leaveAsItIs)
                // And is not sent a second time by itself.
                #expect(post.server.requests.entries.filter { $0.command == "DATA" }.count == 1)
            }
        }
    }

    @Test(arguments: [MailMoment.greeting, .hello, .sender, .recipient, .data])
    func `a server that says nothing is given up in time`(_ moment: MailMoment) async throws {
        try await Post.run(limits: Self.impatient) { post in
            post.server.fail(moment, with: .hang)
            guard case .timedOut(let why) = await post.failure(of: try Letter.sample().printed()) else {
                Issue.record("not timed out")
                return
            }
            // A port that waits for us to begin encrypting is as silent.
            #expect(why.contains("may want TLS from the first byte") == (moment == .greeting), "\(why)")
        }
    }

    @Test func `a server that says nothing to the letter leaves it open`() async throws {
        // Only the last answer may take too long, however busy the machine is.
        var limits = Mailer.Limits()
        limits.answer = .seconds(1)
        try await Post.run(limits: limits) { post in
            post.server.fail(.letter, with: .hang)
            guard case .uncertain = await post.failure(of: try Letter.sample().printed()) else {
                Issue.record("not uncertain")
                return
            }
        }
    }

    @Test func `nobody there is said so`() async throws {
        try await Post.run { post in
            await post.server.goAway()
            guard case .unreachable(let why) = await post.failure(of: try Letter.sample().printed()) else {
                Issue.record("reached")
                return
            }
            #expect(why.contains("127.0.0.1"))
        }
    }

    @Test func `a handshake that goes wrong is no letter`() async throws {
        try await Post.run(.startTLS) { post in
            post.server.fail(.startTLS, with: .garbage)
            let failure = await post.failure(of: try Letter.sample().printed())
            #expect(failure?.course == .stop || failure?.course == .pause)
            #expect(post.server.letters.entries.isEmpty)
        }
    }

    // MARK: Breaking off

    @Test(arguments: [MailMoment.greeting, .hello, .sender, .recipient, .data])
    func `breaking off before the letter sends nothing`(_ moment: MailMoment) async throws {
        try await Post.run { post in
            post.server.fail(moment, with: .hang)
            let letter = try Letter.sample().printed()
            async let outcome = post.failure(of: letter)
            _ = try await post.server.requests.first { $0.answer == "(hangs)" }
            await post.mailer.stop()
            #expect(await outcome == .cancelled)
            #expect(post.server.letters.entries.isEmpty)
        }
    }

    @Test func `a cancelled task breaks off`() async throws {
        try await Post.run { post in
            post.server.fail(.recipient, with: .hang)
            let letter = try Letter.sample().printed()
            let outcome = try await withThrowingTaskGroup(of: MailError?.self) { group in
                group.addTask { await post.failure(of: letter) }
                _ = try await post.server.requests.first { $0.answer == "(hangs)" }
                group.cancelAll()
                return try await group.next() ?? nil
            }
            #expect(outcome == .cancelled)
            try await post.mailer.send(letter)
            #expect(post.server.letters.entries.count == 1)
        }
    }

    @Test func `breaking off within the letter delivers no half of it`() async throws {
        // libcurl, left to itself, ends the letter with a dot where it was broken off.
        try await Post.run { post in
            let bytes = Array(repeating: UInt8(ascii: "x"), count: 76) + [13, 10]
            let letter = PrintedLetter(
                from: .known("a@b.c"), to: .known("c@d.e"), messageID: "a@b.c",
                bytes: Array(repeating: bytes, count: 400_000).flatMap(\.self))
            post.server.changeRules { $0.size = 100 << 20 }
            post.server.fail(.letter, with: .hangAfter(1000))
            async let outcome = post.failure(of: letter)
            _ = try await post.server.requests.first { $0.answer == "(hangs)" }
            await post.mailer.stop()
            #expect(await outcome == .cancelled)
            post.server.endFaults()
            let end = try await post.server.requests.first { $0.command == "(letter)" && $0.answer != "(hangs)" }
            #expect(end.answer == "(gone midway)")
            #expect(post.server.letters.entries.isEmpty)
        }
    }

    @Test func `breaking off after the letter leaves it open`() async throws {
        try await Post.run { post in
            post.server.fail(.letter, with: .hang)
            let letter = try Letter.sample().printed()
            async let outcome = post.failure(of: letter)
            _ = try await post.server.requests.first { $0.answer == "(hangs)" }
            await post.mailer.stop()
            guard case .uncertain = await outcome else {
                Issue.record("not uncertain")
                return
            }
        }
    }

    @Test func `a goodbye that nobody answers holds nobody up`() async throws {
        try await Post.run { post in
            try await post.mailer.send(.sample())
            post.server.fail(.goodbye, with: .hang)
            await post.mailer.stop()
        }
    }
}
