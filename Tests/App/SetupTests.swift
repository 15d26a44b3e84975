// The first run: what is asked, what is written and how, and that nothing which could hurt is turned on by it.

import HTTP
import Runtime
import Testing

@testable import App

@Suite struct `A settings file that is changed` {
    @Test(arguments: [
        "plain", "with blank", "a#b", "it's", #"say "hi""#, #"both ' and ""#, #"back\slash"#, "dollar$HOME", "ünïcode",
        #"'"\$#"#, "=", "a=b",
    ]) func `reads back what was written`(_ value: String) throws {
        let text = DotEnvEdit.setting([("NAME", value)], in: "")
        let read = try DotEnv.parse(text)
        #expect(read.map(\.name) == ["NAME"] && read.first?.value == value, "\(text)")
    }

    @Test func `keeps everything else, and puts what is new after its example`() {
        let before = """
            # mine
            UNKNOWN = 7
            #PLEX_URL=http://192.168.1.10:32400

            export PLEX_TOKEN='old' # why
            TZ=UTC
            TZ=Asia/Tokyo
            """
        let after = DotEnvEdit.setting(
            [("PLEX_URL", "http://plex:32400"), ("PLEX_TOKEN", "new"), ("TZ", "Europe/Berlin"), ("DRY_RUN", "true")],
            in: before)
        #expect(
            after == """
                # mine
                UNKNOWN = 7
                #PLEX_URL=http://192.168.1.10:32400
                PLEX_URL=http://plex:32400

                export PLEX_TOKEN=new
                TZ=UTC
                TZ=Europe/Berlin

                # Written by autoplex setup.
                DRY_RUN=true

                """)
    }

    @Test func `keeps the line ends of Windows`() throws {
        let after = DotEnvEdit.setting([("A", "1"), ("B", "2")], in: "A=0\r\n# x\r\n")
        #expect(after == "A=1\r\n# x\r\n\r\n# Written by autoplex setup.\r\nB=2\r\n")
        let read = try DotEnv.parse(after)
        #expect(read.map(\.value) == ["1", "2"])
    }
}

@Suite struct `A new owner's answers` {
    private static func sheet(
        _ file: String? = nil, process: [String: String] = [:], files: [String: String] = [:]
    ) throws -> SetupSheet {
        var files = files
        if let file { files[".env"] = file }
        let all = files
        return try SetupSheet(process: process, read: { all[$0] })
    }

    @Test func `turn nothing on that could hurt, and leave what the owner turned on`() throws {
        var sheet = try Self.sheet("PRUNE=on\n")
        try sheet.answer("DISCORD_TOKEN", "token")
        let written = try DotEnv.parse(sheet.text)
        #expect(
            written.map { "\($0.name)=\($0.value)" }.sorted()
                == ["DISCORD_TOKEN=token", "DOWNLOADS=off", "DRY_RUN=true", "PRUNE=on"])
        #expect(sheet.daring == ["PRUNE=on"])
    }

    @Test func `are refused where their form is wrong, and a secret is not repeated`() throws {
        var sheet = try Self.sheet()
        #expect(throws: ConfigProblem.self) { try sheet.answer("PLEX_URL", "192.168.1.10") }
        do {
            try sheet.answer("DISCORD_TOKEN", "my secret")
            Issue.record("a blank was taken")
        } catch { #expect(!"\(error)".contains("my secret")) }
        #expect(sheet.value("PLEX_URL") == nil && !sheet.isComplete)
    }

    @Test func `show no secret`() throws {
        var sheet = try Self.sheet()
        try sheet.answer("DISCORD_TOKEN", "very-secret")
        try sheet.answer("SMTP_URL", "smtps://robin:secret@mail.example:465")
        let shown = sheet.changes.map(\.shown).joined()
        #expect(!shown.contains("secret") && shown.contains("true"))
    }

    @Test func `do not fight with the environment, nor with files of secrets`() throws {
        var sheet = try Self.sheet(
            "PLEX_TOKEN_FILE=/run/plex\n", process: ["TZ": "Asia/Tokyo", "DRY_RUN": "false"],
            files: ["/run/plex": "from-a-file"])
        try sheet.answer("TZ", "Europe/Berlin")
        try sheet.answer("PLEX_TOKEN", "typed")
        #expect(sheet.value("TZ") == "Asia/Tokyo" && sheet.value("PLEX_TOKEN") == "from-a-file")
        #expect(sheet.changes.map(\.name) == ["PRUNE", "DOWNLOADS"])
    }

    @Test func `go where they last, and count where nothing else says anything`() throws {
        #expect(SetupSheet.path([:]) == ".env")
        #expect(SetupSheet.path(["CONFIG_DIR": "/config"]) == "/config/settings.env")
        let files = ["/config/settings.env": "TZ=Europe/Berlin\nPLEX_URL=http://a:1\nDISCORD_TOKEN=x\n"]
        let environment = Environment(
            process: ["CONFIG_DIR": "/config", "TZ": "", "PLEX_URL": "http://b:2", "DISCORD_TOKEN_FILE": "/run/t"],
            readsSetup: true, read: { $0 == "/run/t" ? "y" : files[$0] })
        #expect(environment.values["TZ"] == "Europe/Berlin")
        #expect(environment.values["PLEX_URL"] == "http://b:2")
        #expect(environment.values["DISCORD_TOKEN"] == "y" && environment.problems.isEmpty, "\(environment.problems)")
        let without = Environment(process: ["CONFIG_DIR": "/config"], read: { files[$0] })
        #expect(without.values["TZ"] == nil)
    }

    @Test func `ask about every service there is, and about nobody's few before everybody's`() {
        let asked = Set(SetupStep.all.flatMap(\.questions).map(\.variable))
        // Public services of one address only, and other spellings of the mail server.
        let others: Set = [
            "DISCORD_API_URL", "PLEX_TV_URL", "DISCOGS_URL", "TMDB_URL", "TVMAZE_URL", "EMAIL_APP_PASSWORD",
            "SMTP_PASSWORD",
        ]
        let groups: Set<Variable.Group> = [.discord, .services, .mail, .notices]
        for variable in Variable.all where groups.contains(variable.group) && !variable.isRepeated {
            var isAddress = false
            if case .url = variable.form { isAddress = true }
            guard isAddress || variable.isSecret, !others.contains(variable.name) else { continue }
            #expect(asked.contains(variable.name), "nobody asks about \(variable.name)")
        }
        #expect(SetupStep.first.count <= 5 && SetupStep.first.allSatisfy { $0.topic == nil })
        #expect(SetupStep.more.allSatisfy { $0.topic != nil && !$0.isNeeded && $0.look != nil })
    }

    @Test func `every question is about a setting there is, once, with where to find it`() {
        let questions = SetupStep.all.flatMap(\.questions)
        for question in questions {
            #expect(Variable.named(question.variable) != nil && question.help.count > 10, "\(question.variable)")
        }
        #expect(Set(questions.map(\.variable)).count == questions.count)
        #expect(Set(SetupStep.all.map(\.id)).count == SetupStep.all.count)
        for (name, value) in SetupStep.safe { #expect(Variable.named(name)?.standard == value) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The talk of the setup` {
    /// Gives these answers, one after the other.
    private final class Owner {
        var answers: ArraySlice<String>
        var heard: [String] = []
        var hidden: [String] = []
        init(_ answers: [String]) { self.answers = answers[...] }
    }

    private static func talk(
        _ answers: [String], _ sheet: inout SetupSheet
    ) async throws -> (SetupTalk.End, Owner) {
        let owner = Owner(answers)
        let http = try HTTPClient(userAgent: "test")
        let talk = SetupTalk(
            say: { owner.heard.append($0) },
            ask: { question, isSecret in
                owner.heard.append(question)
                if isSecret { owner.hidden.append(question) }
                return owner.answers.popFirst()
            }, http: http)
        let end: Result<SetupTalk.End, any Error>
        do { end = .success(try await talk.run(&sheet)) } catch { end = .failure(error) }
        await http.stop()
        return (try end.get(), owner)
    }

    @Test func `asks about more only who wants more, topic by topic, and hides every address that is a password`()
        async throws
    {
        let folder = Self.folder
        var sheet = try SetupSheet(process: [
            "CONFIG_DIR": folder, "DISCORD_API_URL": "http://127.0.0.1:1/api/v10",
        ])
        let answers =
            ["token", "1180000000000000001", "k"] + Array(repeating: "n", count: 4)
            + ["y", "n", "n", "y", "y", "imaps://robin:secret-box@127.0.0.1:1", "k", "n"]
            + ["y", "y", "http://127.0.0.1:1/secret-topic", "", "k", "y", "http://127.0.0.1:1", "", "s", "n", "n", "n"]
            + ["y"]
        let (end, owner) = try await Self.talk(answers, &sheet)
        let heard = owner.heard.joined(separator: "\n")
        #expect(end == .written && owner.answers.isEmpty, "\(heard)")
        let text = try Files.text(folder + "/settings.env")
        #expect(text.contains("NOTIFY_NTFY_URL=http://127.0.0.1:1/secret-topic") && !text.contains("GOTIFY"), "\(text)")
        #expect(text.contains("NEWSLETTER_MAILBOX_URL="))
        #expect(heard.contains("✗ Mailbox") && heard.contains("✗ ntfy") && !heard.contains("Jellyfin's address"))
        // Gotify is two halves, and says which is missing.
        #expect(heard.contains("NOTIFY_GOTIFY_TOKEN"), "\(heard)")
        #expect(!heard.contains("secret-topic") && !heard.contains("secret-box"))
        try Files.remove(folder + "/settings.env")
    }

    private static var folder: String { "/tmp/autoplex-setup-\(UInt64.random(in: .min ... .max))" }

    @Test func `writes nothing when the answers end, or nothing is said of Discord`() async throws {
        let folder = Self.folder
        var sheet = try SetupSheet(process: ["CONFIG_DIR": folder])
        let (end, owner) = try await Self.talk(["", "", "k"], &sheet)
        #expect(end == .gone && owner.heard.contains { $0.contains("Nothing was written") })
        let exists = try Files.exists(folder)
        #expect(!exists)
    }

    @Test func `asks again, hides what is secret, and skips what does not answer`() async throws {
        let folder = Self.folder
        var sheet = try SetupSheet(process: [
            "CONFIG_DIR": folder, "DISCORD_API_URL": "http://127.0.0.1:1/api/v10",
        ])
        let answers =
            ["secret-token", "abc", "1180000000000000001", "k"]
            + ["y", "nonsense", "http://127.0.0.1:1", "secret-plex", "s"] + Array(repeating: "n", count: 4) + ["y"]
        let (end, owner) = try await Self.talk(answers, &sheet)
        #expect(end == .written, "\(owner.heard.suffix(5))")
        let text = try Files.text(folder + "/settings.env")
        #expect(text.contains("DISCORD_TOKEN=secret-token") && !text.contains("PLEX"))
        #expect(text.contains("DRY_RUN=true") && text.contains("PRUNE=off") && text.contains("DOWNLOADS=off"))
        let mode = try Files.mode(folder + "/settings.env")
        #expect(mode == 0o600)
        #expect(!owner.heard.joined().contains("secret-token") && !owner.heard.joined().contains("secret-plex"))
        #expect(owner.hidden.count == 2)
        #expect(owner.heard.joined().contains("does not accept connections"), "\(owner.heard)")
        try Files.remove(folder + "/settings.env")
    }
}
