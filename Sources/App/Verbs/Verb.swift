// What `autoplex …` can be told to do.

internal import FoundationEssentials
internal import Runtime

struct Verb: Sendable {
    let name: String
    let usage: String
    let summary: String
    let perform: @Sendable ([String]) async -> ExitCode

    static let all: [Verb] = [
        Verb(name: "run", usage: "run", summary: "run the bot with the settings of the environment and .env") {
            await withSettings($0) { await Run.perform($0) }
        },
        Verb(name: "demo", usage: "demo", summary: "run it against a built-in Discord: http://127.0.0.1:8642") {
            await Demo.perform($0)
        },
        Verb(
            name: "setup", usage: "setup [--web]",
            summary: "ask for every service, test each answer, and write .env; --web: on a page"
        ) { await Setup.perform($0) },
        Verb(name: "check", usage: "check", summary: "test the settings and every configured service, a line each") {
            await withSettings($0) { await Check.perform($0) }
        },
        Verb(name: "backup", usage: "backup [FOLDER]", summary: "copy the database while the bot runs") { arguments in
            await withSettings(Array(arguments.dropFirst())) { await Backups.back(up: $0, to: arguments.first) }
        },
        Verb(name: "restore", usage: "restore FILE", summary: "put a backup in place of the database") { arguments in
            guard let file = arguments.first else { return wrongUsage("restore needs the backup's file") }
            return await withSettings(Array(arguments.dropFirst())) { await Backups.restore(file, settings: $0) }
        },
        Verb(
            name: "import", usage: "import FILE",
            summary: "take over the state.json of another welcome and prune daemon"
        ) { arguments in
            guard let file = arguments.first else { return wrongUsage("import needs the daemon's state.json") }
            return await withSettings(Array(arguments.dropFirst())) { await Import.state(from: file, settings: $0) }
        },
        Verb(
            name: "hook", usage: "hook test", summary: "post to the running bot what Jellyfin and Radarr would post"
        ) { arguments in
            guard arguments.first == "test" else { return wrongUsage("hook knows only \"test\"") }
            return await withSettings(Array(arguments.dropFirst())) { await HookTest.perform($0) }
        },
        Verb(name: "notify", usage: "notify test", summary: "send a notice by every way that is set") { arguments in
            guard arguments.first == "test" else { return wrongUsage("notify knows only \"test\"") }
            return await withSettings(Array(arguments.dropFirst())) { await NotifyTest.perform($0) }
        },
        Verb(
            name: "password", usage: "password", summary: "make of a typed password what DASHBOARD_PASSWORD may hold"
        ) {
            await NewPassword.perform($0)
        },
        Verb(name: "healthcheck", usage: "healthcheck", summary: "ask the running bot whether it is alive") {
            await withSettings($0) { await Healthcheck.perform($0) }
        },
        Verb(name: "version", usage: "version", summary: "print the version") { _ in
            print("autoplex \(Version.number)")
            return .ok
        },
        Verb(name: "help", usage: "help [settings]", summary: "print this, or every setting as a .env file") {
            switch $0 {
            case []: print(overview)
            case ["settings"]: print(SettingsText.dotEnv(), terminator: "")
            case ["settings", "--markdown"]: print(SettingsText.markdown(), terminator: "")
            default: return wrongUsage("help knows only \"settings\"")
            }
            return .ok
        },
    ]

    static func perform(_ arguments: [String]) async -> ExitCode {
        let synonyms = ["--help": "help", "-h": "help", "--version": "version", "-v": "version"]
        guard let first = arguments.first else {
            Program.complain(overview)
            return .usage
        }
        let name = synonyms[first] ?? first
        guard let verb = all.first(where: { $0.name == name }) else {
            let meant = Likeness.closest(to: name, among: all.map(\.name))
            return wrongUsage("there is no \"\(name)\"\(meant.map { ": did you mean \($0)?" } ?? "")")
        }
        return await verb.perform(Array(arguments.dropFirst()))
    }

    private static var overview: String {
        let width = all.map(\.usage.count).max() ?? 0
        let lines = all.map { verb in
            "  \(verb.usage)\(String(repeating: " ", count: width - verb.usage.count))  \(verb.summary)"
        }
        return """
            Autoplex \(Version.number): one Discord bot for people who share a Plex server.

            usage: autoplex VERB

            \(lines.joined(separator: "\n"))

            Settings come from the environment and from .env; `autoplex help settings` lists them.
            """
    }

    private static func wrongUsage(_ why: String) -> ExitCode {
        Program.complain("autoplex: \(why)\nTry: autoplex help")
        return .usage
    }

    /// Reads the settings, or says everything that is wrong with them.
    private static func withSettings(
        _ extra: [String], _ body: (Configuration) async -> ExitCode
    ) async -> ExitCode {
        guard extra.isEmpty else { return wrongUsage("\"\(extra[0])\" is one word too many") }
        do {
            return await body(
                try Configuration(Environment(process: ProcessInfo.processInfo.environment, readsSetup: true)))
        } catch {
            Program.complain("The settings cannot be used:\n\(error)\n`autoplex help settings` explains every setting.")
            return .settings
        }
    }
}
