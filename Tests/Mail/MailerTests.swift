// Letters on their way, over real sockets to the stand-in: the ways in, the refusals, and lines that break.

import FoundationEssentials
import Mail
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `The mailer` {
    static let robin = (user: "robin@stand-in.example", password: "app password of nobody")

    @Test(arguments: [MailStandIn.Encryption.none, .startTLS, .implicit])
    func `hands a letter over as it was printed`(_ encryption: MailStandIn.Encryption) async throws {
        try await Post.run(encryption) { post in
            let picture = Picture(
                contentID: "noise@autoplex", type: "image/png", filename: "noise.png",
                bytes: (0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) })
            let letter = try Letter.sample(text: ".\n..\n.a\n", pictures: [picture]).printed()
            try await post.mailer.send(letter)
            let delivered = try #require(post.server.letters.entries.first)
            #expect(delivered.bytes == letter.bytes)
            #expect(delivered.from == "plex@example.org" && delivered.to == ["ann@example.org"])
            #expect(delivered.wasEncrypted == (encryption != .none))
            let sender = post.server.requests.entries.first { $0.command.hasPrefix("MAIL") }?.command
            #expect(sender == "MAIL FROM:<plex@example.org> SIZE=\(letter.bytes.count)")
        }
    }

    @Test func `sends dots wherever they fall`() async throws {
        // libcurl hands a message on in pieces: a dot that ought to be doubled may begin one.
        try await Post.run { post in
            for shift in [0, 1, 2, 3, 65_530, 65_534, 65_535, 65_536] {
                let filling = String(repeating: "x", count: shift)
                let text = filling + String(repeating: "\r\n.", count: 40_000) + "\r\n..\r\n"
                let bytes = Array("Subject: dots\r\n\r\n\(text)".utf8)
                let letter = PrintedLetter(
                    from: .known("a@b.c"), to: .known("c@d.e"), messageID: "dots@a.b", bytes: bytes)
                if shift > 900 { post.server.changeRules { $0.size = 10 << 20 } }
                let failure = await post.failure(of: letter)
                // Lines over 998 bytes are the stand-in's to refuse, but it has them all.
                if shift < 900 {
                    #expect(failure == nil)
                    #expect(post.server.letters.entries.last?.bytes == bytes, "shift \(shift)")
                } else {
                    #expect(failure?.course == .giveUpOnLetter)
                }
            }
        }
    }

    @Test(arguments: [["PLAIN"], ["LOGIN"], ["LOGIN", "PLAIN"]] as [Set<String>])
    func `logs in, over an encrypted line`(_ mechanisms: Set<String>) async throws {
        var rules = MailRules.standard
        rules.mechanisms = mechanisms
        try await Post.run(.startTLS, rules: rules, login: Self.robin) { post in
            try await post.mailer.send(.sample())
            #expect(post.server.letters.entries.map(\.login) == [Self.robin.user])
            let journal = post.server.requests.entries.map(\.description).joined(separator: "\n")
            #expect(!journal.contains(Data(Self.robin.password.utf8).base64EncodedString()))
        }
    }

    @Test func `keeps its line from letter to letter`() async throws {
        try await Post.run(.implicit, rules: .standard, login: Self.robin) { post in
            for _ in 1...5 { try await post.mailer.send(.sample()) }
            #expect(post.server.letters.entries.map(\.line) == [1, 1, 1, 1, 1])
            #expect(post.server.requests.entries.filter { $0.command.hasPrefix("AUTH") }.count == 1)
        }
    }

    @Test func `sends one after the other, however many ask at once`() async throws {
        try await Post.run { post in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...8 {
                    group.addTask { try await post.mailer.send(.sample(to: "p\(number)@example.org")) }
                }
                try await group.waitForAll()
            }
            #expect(Set(post.server.letters.entries.flatMap(\.to)).count == 8)
            #expect(Set(post.server.letters.entries.map(\.line)) == [1])
        }
    }

    @Test func `calls again when the server has hung up meanwhile`() async throws {
        try await Post.run { post in
            try await post.mailer.send(.sample())
            await post.server.goAway()
            try post.server.comeBack()
            try await post.mailer.send(.sample())
            post.server.fail(.sender, with: .reply(421, "4.4.2 idle for too long"))
            try await post.mailer.send(.sample())
            post.server.fail(.sender, with: .drop)
            try await post.mailer.send(.sample())
            #expect(post.server.letters.entries.map(\.line) == [1, 2, 3, 4])
        }
    }

    @Test func `asks without sending`() async throws {
        try await Post.run(.startTLS, rules: .standard, login: Self.robin) { post in
            try await post.mailer.ping()
            let words = post.server.requests.entries.map { $0.command.prefix { $0 != " " } }
            #expect(words.contains("AUTH") && words.contains("NOOP") && !words.contains("MAIL"))
            #expect(post.server.letters.entries.isEmpty)
        }
    }

    @Test func `stops at a wrong password, and never says it`() async throws {
        let login = (user: "robin@stand-in.example", password: "hunter2 hunter2")
        try await Post.run(.startTLS, rules: .standard, login: login) { post in
            post.server.fail(.login, with: .reply(535, "5.7.8 no: hunter2 hunter2"))
            let blob = Data("\0\(login.user)\0\(login.password)".utf8).base64EncodedString()
            post.server.fail(.login, with: .reply(535, "5.7.8 no: \(blob)"))
            for _ in 1...3 {
                let error = await #expect(throws: MailError.self) { try await post.mailer.ping() }
                guard case .badCredentials(let reply) = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(reply.code == 535 && reply.status == "5.7.8")
                #expect(error?.description.contains("hunter2") == false && error?.description.contains(blob) == false)
            }
            let failure = await post.failure(of: try Letter.sample().printed())
            #expect(failure?.course == .stop)
        }
    }

    @Test func `says so when there is no way to log in`() async throws {
        var rules = MailRules.standard
        rules.mechanisms = ["CRAM-MD5"]
        try await Post.run(.startTLS, rules: rules, login: Self.robin) { post in
            guard case .badCredentials(let reply) = await post.failure(of: try Letter.sample().printed()) else {
                Issue.record("logged in")
                return
            }
            #expect(reply.description.contains("no way to log in"))
        }
    }

    @Test func `does not call it fine where no login is offered on a line in the open`() async throws {
        try await Post.run(.startTLS, rules: .standard, login: Self.robin, as: MailServer.Encryption.none) { post in
            let error = await #expect(throws: MailError.self) { try await post.mailer.ping() }
            #expect(error?.course == .stop && error?.description.contains("no way to log in") == true, "\(error)")
            #expect(!post.server.requests.entries.contains { $0.command.hasPrefix("AUTH") })
        }
    }

    @Test func `gives no password away to somebody it does not believe`() async throws {
        for encryption in [MailStandIn.Encryption.startTLS, .implicit] {
            try await Post.run(encryption, rules: .standard, login: Self.robin, trusts: false) { post in
                let failure = await post.failure(of: try Letter.sample().printed())
                guard case .tls(let why) = failure else {
                    Issue.record("\(String(describing: failure))")
                    return
                }
                #expect(why.contains("certificate"))
                #expect(!post.server.requests.entries.contains { $0.command.hasPrefix("AUTH") })
            }
        }
        // A good certificate, of somebody else.
        try await Post.run(.implicit, login: Self.robin, host: "127.0.0.2") { post in
            let failure = await post.failure(of: try Letter.sample().printed())
            #expect(failure?.course == .stop || failure?.course == .pause)
        }
    }

    @Test func `logs in encrypted or not at all`() async throws {
        // The offer of STARTTLS is missing, as when somebody in between takes it out.
        var rules = MailRules.standard
        rules.needsEncryptionForLogin = false
        try await Post.run(.none, rules: rules, login: Self.robin, as: .required) { post in
            let failure = await post.failure(of: try Letter.sample().printed())
            guard case .tls = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(!post.server.requests.entries.contains { $0.command.hasPrefix("AUTH") })
        }
    }

    @Test func `encrypts by chance where no password is at stake`() async throws {
        for encryption in [MailStandIn.Encryption.none, .startTLS] {
            try await Post.run(encryption, as: .opportunistic, trusts: false) { post in
                try await post.mailer.send(.sample())
                #expect(post.server.letters.entries.map(\.wasEncrypted) == [encryption == .startTLS])
            }
        }
    }
}
