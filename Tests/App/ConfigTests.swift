// Settings: what owners write is understood, what they mistype is named, and no secret is ever repeated to them.

import Runtime
import Testing

@testable import App

private func environment(_ process: [String: String], files: [String: String] = [:]) -> Environment {
    Environment(process: process, read: { files[$0] })
}

@Suite struct `The .env file` {
    @Test(arguments: [
        ("A=1", "1"), ("export A=1", "1"), ("A = 1 ", "1"), ("A=\"two words\"", "two words"), ("A='$x \\n'", "$x \\n"),
        ("A=\"line\\nline\"", "line\nline"), ("A=pass#word", "pass#word"), ("A=1 # note", "1"), ("A=", ""),
        ("A=\"1\" # note", "1"), ("\u{FEFF}A=1", "1"), ("# B=2\n\nA=1\r\n", "1"), ("A=a=b", "a=b"),
    ])
    func `is read as people write it`(text: String, value: String) throws {
        let found = try DotEnv.parse(text)
        #expect(found.map(\.name) == ["A"])
        #expect(found.map(\.value) == [value])
    }

    @Test(arguments: ["DISCORD_TOKEN hunter2", "1A=hunter2", "A B=hunter2", "A=\"hunter2", "A=\"x\" hunter2"])
    func `names the broken line without showing it`(text: String) throws {
        let problem = #expect(throws: DotEnv.Problem.self) { try DotEnv.parse("# first\n" + text) }
        #expect(problem?.line == 2)
        #expect(problem?.description.contains("hunter2") == false)
    }

    @Test func `that is broken stops the start and says where`() {
        let problem = #expect(throws: BrokenConfiguration.self) {
            try Configuration(environment([:], files: [".env": "A=1\nnonsense"]))
        }
        #expect(problem?.description.contains(".env: line 2: there is no =") == true)
    }
}

extension Variable {
    /// A secret to look for; addresses must look like some.
    var planted: String {
        name.hasPrefix("NOTIFY_") && !name.hasSuffix("_TOKEN")
            ? "https://a.example/planted-\(name)" : "planted-\(name)"
    }
}

@Suite struct `Settings` {
    @Test func `have defaults for everything`() throws {
        let settings = try Configuration(environment([:]))
        #expect(settings.prefix == "!plex")
        #expect(settings.port == 8642)
        #expect(settings.isDryRun)
        #expect(settings.address("PLEX_URL") == nil)
        #expect(settings.address("PLEX_TV_URL") == "https://plex.tv")
    }

    @Test func `in the environment win over the file`() throws {
        let settings = try Configuration(environment(["HTTP_PORT": "1"], files: [".env": "HTTP_PORT=2\nTZ=UTC"]))
        #expect(settings.port == 1)
    }

    @Test(arguments: [
        ("/autoplex", "/autoplex"), ("autoplex/", "/autoplex"), ("/a/b/", "/a/b"), ("/", ""), ("", ""),
    ])
    func `take a reverse proxy's path as people write it`(_ text: String, _ base: String) throws {
        let settings = try Configuration(environment(["BASE_URL": text, "PUBLIC_URL": "https://a.example"]))
        #expect(settings.dashboard.base == base)
        #expect(settings.newsletter.home == "https://a.example" + base)
    }

    @Test(arguments: [
        ("BASE_URL", "https://a.example/x"), ("BASE_URL", "/a b"), ("TRUSTED_PROXIES", "proxy"),
        ("TRUSTED_PROXIES", "10.0.0.0/40"), ("DASHBOARD_PASSWORD", "tiny"), ("DASHBOARD_PASSWORD", "scrypt:15:8:1:x"),
    ])
    func `of the web server are refused with a reason, and no secret in it`(_ name: String, _ value: String) {
        let problem = #expect(throws: BrokenConfiguration.self) { try Configuration(environment([name: value])) }
        #expect(problem?.description.contains(name) == true)
        if name == "DASHBOARD_PASSWORD" { #expect(problem?.description.contains(value) == false) }
    }

    @Test func `lose the slash at an address's end`() throws {
        let settings = try Configuration(environment(["PLEX_URL": "http://plex:32400/"]))
        #expect(settings.address("PLEX_URL") == "http://plex:32400")
    }

    @Test func `take a secret from the file named`() throws {
        let settings = try Configuration(
            environment(["DISCORD_TOKEN_FILE": "/run/secrets/t"], files: ["/run/secrets/t": "abc\n"]))
        #expect(settings.token == Secret("abc"))
    }

    @Test(arguments: [
        (["DISCORD_TOKEN_FILE": "/none"], "DISCORD_TOKEN_FILE: there is no file /none"),
        (["DISCORD_TOKEN_FILE": "/empty"], "DISCORD_TOKEN_FILE: /empty is empty"),
        (["DISCORD_TOKEN_FILE": "/full", "DISCORD_TOKEN": "x"], "DISCORD_TOKEN: set both directly and by"),
    ])
    func `say what is wrong with a secret's file`(process: [String: String], text: String) {
        let problem = #expect(throws: BrokenConfiguration.self) {
            try Configuration(environment(process, files: ["/empty": " \n", "/full": "y"]))
        }
        #expect(problem?.description.contains(text) == true)
    }

    @Test(arguments: [
        ("HTTP_PORT", "eighty"), ("HTTP_PORT", "70000"), ("PLEX_URL", "plex:32400"), ("PLEX_URL", "http://"),
        ("PLEX_URL", "http://me:pw@plex"), ("PLEX_URL", "http://plex/?x=1"), ("SMTP_URL", "http://mail"),
        ("TZ", "Europe/Nowhere"), ("LOG_LEVEL", "loud"), ("DRY_RUN", "maybe"), ("ADMIN_USERS", "robin"),
        ("DISCORD_ADMIN_CHANNEL", "12"), ("BACKUP_SCHEDULE", "at noon"), ("DISCORD_TOKEN", "two words"),
        ("PLAYLISTS", "Best: 4"), ("PLAYLISTS_SCHEDULE", "sometimes"),
    ])
    func `that are wrong are named with an example`(name: String, value: String) throws {
        let problem = #expect(throws: BrokenConfiguration.self) { try Configuration(environment([name: value])) }
        let text = try #require(problem?.description)
        #expect(text.hasPrefix("\(name): "))
        #expect(text.contains("Example: \(name)="))
        if name == "DISCORD_TOKEN" || value.contains("pw") { #expect(!text.contains(value)) }
    }

    @Test func `that are wrong are all told at once`() {
        let problem = #expect(throws: BrokenConfiguration.self) {
            try Configuration(environment(["HTTP_PORT": "x", "TZ": "y"]))
        }
        #expect(problem?.problems.count == 2)
    }

    @Test(arguments: [
        ("DISCORD_TOKN", "DISCORD_TOKEN"), ("PLEX_URI", "PLEX_URL"), ("TAUTULLI_APIKEY", "TAUTULLI_API_KEY"),
    ])
    func `that are mistyped are noticed`(typed: String, meant: String) throws {
        let settings = try Configuration(environment([typed: "http://x"]))
        #expect(settings.warnings.contains { $0.description.contains("did you mean \(meant)?") })
    }

    @Test(arguments: ["PATH", "HOME", "LANG", "SHLVL", "HOSTNAME", "PWD", "TERM"])
    func `of other programs are left alone`(name: String) throws {
        #expect(try Configuration(environment([name: "x"])).warnings.isEmpty)
    }

    @Test func `with a key but no address are pointed out`() throws {
        let settings = try Configuration(environment(["RADARR_API_KEY": "k"]))
        #expect(settings.warnings.map(\.description) == ["RADARR_URL: not set, though RADARR_API_KEY is"])
    }

    @Test func `list every secret for masking`() throws {
        let secrets = Variable.all.filter(\.isSecret)
        var process = Dictionary(uniqueKeysWithValues: secrets.map { ($0.name, $0.planted) })
        // The password in it is a secret of its own.
        process["SMTP_URL"] = "smtps://robin:planted-in-the-address@mail.example.org"
        process["NEWSLETTER_MAILBOX_URL"] = "imaps://robin:planted-in-the-address@mail.example.org"
        process["EMAIL_FROM"] = "plex@example.org"
        let settings = try Configuration(environment(process))
        process["EMAIL_FROM"] = "planted-in-the-address"
        #expect(Set(settings.secrets) == Set(process.values.map { Secret($0) }))
        #expect(!"\(settings)".contains("planted-"))
    }

    @Test func `have examples of the form they ask for`() {
        for variable in Variable.all where !variable.isSecret {
            #expect(variable.problem(with: variable.example) == nil, "\(variable.name)")
            #expect(variable.problem(with: variable.standard) == nil, "\(variable.name)")
        }
    }
}
