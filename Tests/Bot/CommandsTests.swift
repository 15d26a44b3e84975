// Every command is walked: its names, limits and examples; and what the first ones answer.

import Commands
import Discord
import Domain
import Music
import Runtime
import Storage
import Synchronization
import Testing

@testable import Bot
@testable import Jobs

@Suite(.timeLimit(.minutes(1))) struct CommandsTests {
    static func house(
        line: StatusSource.Line = .init(
            isLive: true, state: "live", latency: .milliseconds(41), lastError: nil, readsContent: true),
        services: [StatusSource.Service] = [
            .init("Plex", .works, detail: "1.40"), .init("Tautulli", .fails("401: check TAUTULLI_API_KEY")),
        ],
        jobs: [JobStatus] = [], asked: @escaping @Sendable (String) -> Void = { _ in },
        touch: @escaping @Sendable () async throws -> Void = {}
    ) -> House {
        House(
            ping: PingSource(latency: { .milliseconds(41) }, touch: touch),
            status: StatusSource(
                version: "1.2.3", started: Instant(seconds: 1_767_268_800 - 7200), line: { line },
                services: { services },
                jobs: { jobs }, storage: { .known(12_345_678) }),
            jobs: JobsSource(
                names: { ["backup", "newsletter"] }, list: { jobs },
                run: { name, by in
                    asked("run \(name) \(by)")
                    return .started
                },
                pause: { name, _ in
                    asked("pause \(name)")
                    return true
                },
                resume: { name, _ in
                    asked("resume \(name)")
                    return true
                }), playlists: .ready(playlists(asked)))
    }
    static let list = CommandList.all(house())

    /// Says what it was asked; of the playlist "Gone" most would go.
    static func playlists(_ asked: @escaping @Sendable (String) -> Void) -> PlaylistsSource {
        @Sendable func words(_ request: PlaylistRequest) -> String {
            "\(request.whose.account) \(request.title ?? "all")"
                + (request.isPreview ? " preview" : "") + (request.isForced ? " forced" : "") + " by \(request.actor)"
        }
        @Sendable func outcome(_ request: PlaylistRequest) -> PlaylistOutcome {
            var outcome = PlaylistOutcome(
                title: request.title ?? "My Top Rated", rule: "4 stars or more",
                mode: request.isPreview ? .preview : .real)
            outcome.added = ["Ann – @everyone *loud*"]
            outcome.planned.adds = [PlaylistSong("1", name: "Ann – @everyone *loud*")]
            if request.title == "Gone", !request.isForced { outcome.objection = .wouldEmpty(7) }
            return outcome
        }
        return PlaylistsSource(
            wishes: [.standard],
            sync: { request, _ in
                asked("sync \(words(request))")
                if request.title == "None" { throw PlaylistTrouble.notLinked }
                return [outcome(request)]
            },
            undo: { request, _ in
                asked("undo \(words(request))")
                return outcome(request)
            }, keep: { discord, isOn in asked("keep \(discord) \(isOn)") })
    }

    static func with(_ house: House = house(), _ body: (Stage) async throws -> Void) async throws {
        try await Stage.with(CommandList.all(house).commands, body: body)
    }

    @Test func `every command is sound`() {
        #expect(Self.list.faults() == [])
    }

    @Test func `every example is answered`() async throws {
        try await Self.with { stage in
            // Those of the features need the services they are about: journeys play them.
            let here = ["help", "status", "ping", "jobs"]
            let signatures = Self.list.commands.map(\.signature).filter { here.contains($0.name) }
            let examples = signatures.flatMap { $0.examples + $0.verbs.flatMap(\.examples) }
            #expect(!examples.isEmpty)
            for (count, example) in examples.enumerated() {
                stage.say("!plex \(example.typed)", as: Stage.admin)
                while await stage.router.health.answered + stage.router.health.failed
                    + stage.router.health.misunderstood <= count
                { await Task.yield() }
            }
            #expect(await stage.router.health.answered == examples.count)
        }
    }

    @Test func `help shows what one may use, and no more`() async throws {
        try await Self.with { stage in
            stage.say("!plex")
            let member = try await stage.recorder.hears("What I can do")
            #expect(member.text.contains("`!plex status`") && !member.text.contains("jobs"))
            stage.slash(["help"], as: Stage.admin)
            let admin = try await stage.recorder.hears("`/plex jobs`")
            #expect(admin.text.contains("list, run, pause, resume"))
        }
    }

    @Test func `help explains a command, a verb, and a slip`() async throws {
        try await Self.with { stage in
            stage.say("!plex help jobs run", as: Stage.admin)
            let verb = try await stage.recorder.hears("`!plex jobs run <name>`")
            #expect(verb.text.contains("makes a backup at once") && verb.text.contains("For admins"))
            stage.say("!plex help jobs", as: Stage.admin)
            try await stage.recorder.hears("Ways to use it")
            stage.say("!plex help stauts")
            try await stage.recorder.hears("`!plex help status`")
            stage.say("!plex help jobs")
            try await stage.recorder.hears("There is no command “jobs”")
        }
    }

    @Test func `status tells everyone whether, and admins why`() async throws {
        let failed = JobStatus(
            name: "backup", summary: "Backs up", schedule: try CronExpression("@daily"), isPaused: false,
            isRunning: false,
            last: nil, next: Instant(seconds: 1_767_300_000))
        try await Self.with(Self.house(jobs: [failed])) { stage in
            stage.say("!plex status")
            let member = try await stage.recorder.hears("Running for 2 h")
            #expect(member.text.contains("Autoplex 1") && member.text.contains("41 ms"))
            #expect(!member.text.contains("TAUTULLI") && !member.text.contains("12.3 MB"))
            #expect(member.text.contains("<t:1767300000:R>"))
            stage.say("!plex status", as: Stage.admin)
            let admin = try await stage.recorder.hears("TAUTULLI")
            #expect(admin.text.contains("12.3 MB"))
        }
    }

    @Test func `ping measures both ways, and tells when one is closed`() async throws {
        try await Self.with { stage in
            stage.say("!plex ping")
            let pong = try await stage.recorder.hears("Pong")
            #expect(pong.text.contains("Heartbeat: 41 ms") && pong.text.contains("Messages to Discord: 0 ms"))
        }
        try await Self.with(Self.house(touch: { throw RouterTests.Trouble() })) { stage in
            stage.say("!plex ping")
            try await stage.recorder.hears("no answer")
        }
    }

    @Test func `jobs are run, paused and resumed by admins only`() async throws {
        let asked = Mutex<[String]>([])
        try await Self.with(Self.house(asked: { text in asked.withLock { $0.append(text) } })) { stage in
            stage.say("!plex jobs run backup")
            try await stage.recorder.hears("for admins only")
            for line in ["jobs run Backup", "jobs pause backup", "jobs resume newsletter"] {
                stage.say("!plex \(line)", as: Stage.admin)
            }
            try await stage.recorder.hears("is running")
            try await stage.recorder.hears("is paused")
            try await stage.recorder.hears("will run again")
            #expect(
                asked.withLock { $0.sorted() } == [
                    "pause backup", "resume newsletter", "run backup discord:\(Stage.admin)",
                ])
            stage.say("!plex jobs run bakcup", as: Stage.admin)
            try await stage.recorder.hears("Did you mean `backup`")
        }
    }
}
