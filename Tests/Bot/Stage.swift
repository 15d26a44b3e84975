// A Router with a guild around it, a clock that stands still and a voice that is written down.

import Discord
import Domain
import FoundationEssentials
import Runtime
import Storage
import Synchronization

@testable import Bot

/// A command made of a closure.
struct Scripted: Command {
    var signature: Signature
    var body: @Sendable (Call) async throws -> Answer

    init(_ signature: Signature, body: @escaping @Sendable (Call) async throws -> Answer) {
        self.signature = signature
        self.body = body
    }

    func run(_ call: Call) async throws -> Answer { try await body(call) }

    /// Answers at once with what it was told.
    static let echo = Scripted(
        Signature(
            "echo", "Says it again", options: [.text("text", "What to say", required: true, rest: true)],
            examples: [.init("echo hello", "hello")])
    ) { call in .report(Report("\(call.arguments.text("text") ?? "")")) }
}

final class Stage: Sendable {
    static let bot: Snowflake = 900_000_000_000_000_001
    static let guild: Snowflake = 300_000_000_000_000_001
    static let channel: Snowflake = 400_000_000_000_000_001
    static let ann: Snowflake = 100_000_000_000_000_001
    static let ben: Snowflake = 100_000_000_000_000_002
    static let admin: Snowflake = 100_000_000_000_000_009
    static let adminRole: Snowflake = 200_000_000_000_000_009

    let clock: VirtualClock
    let recorder: Recorder
    let database: Database
    let router: Router
    let desk: Desk
    private let feed: AsyncStream<GatewayEvent>.Continuation
    private let events: AsyncStream<GatewayEvent>
    private let lastID = Mutex<UInt64>(0)

    private init(
        _ commands: [any Command], cards: [CardHandler], manners: Manners, recorder: Recorder, database: Database,
        clock: VirtualClock, log: Log
    ) {
        self.clock = clock
        self.recorder = recorder
        self.database = database
        desk = Desk(voice: recorder.voice, database: database, cards: cards)
        router = Router(commands: CommandList(commands), desk: desk, manners: manners, clock: clock, log: log)
        (events, feed) = AsyncStream.makeStream(of: GatewayEvent.self)
    }

    /// Runs a router while `body` talks to it.
    static func with(
        _ commands: [any Command], cards: [CardHandler] = [], manners: Manners = Manners(),
        database path: String? = nil,
        recorder: Recorder = Recorder(), clock: VirtualClock = VirtualClock(), log: Log = .silent,
        body: (Stage) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let database = try await Database.open(path: path ?? folder + "/state.db", clock: clock, schemas: [.bot])
            let stage = Stage(
                commands, cards: cards, manners: manners, recorder: recorder, database: database,
                clock: clock, log: log)
            let running = Task { [router = stage.router, events = stage.events] in await router.run(events) }
            stage.feed.yield(
                .ready(
                    Ready(sessionID: "s", resumeURL: nil, user: User(id: Stage.bot, username: "Autoplex", isBot: true)))
            )
            stage.feed.yield(.guildCreate(theGuild))
            do {
                try await body(stage)
            } catch {
                await stage.end(running)
                throw error
            }
            await stage.end(running)
        }
    }

    private func end(_ running: Task<Void, Never>) async {
        running.cancel()
        let hasEnded = Door()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await running.value
                hasEnded.open()
            }
            // The grace is waited for on our clock, and begins whenever the router gets there.
            while !hasEnded.isOpen { await clock.advance(by: .seconds(5)) }
        }
        await database.close()
    }

    static let theGuild = Guild(
        id: guild, name: "Home", ownerID: 100_000_000_000_000_077,
        roles: [
            Role(id: guild, name: "@everyone", permissions: [.sendMessages]),
            Role(id: adminRole, name: "Chiefs", permissions: [.manageServer]),
        ])

    func send(_ event: GatewayEvent) { feed.yield(event) }
    func endEvents() { feed.finish() }

    private func newID() -> Snowflake {
        let count = lastID.withLock { last in
            last += 1
            return last
        }
        return Snowflake(Snowflake(at: clock.now).rawValue + count)
    }

    // MARK: What people do

    @discardableResult
    func say(
        _ text: String, as author: Snowflake = ann, named name: String = "ann", in channel: Snowflake = channel,
        guild: Snowflake? = guild, roles: [Snowflake] = [], mentions: [User] = []
    ) -> Message {
        let message = Message(
            id: newID(), channelID: channel, guildID: guild, author: User(id: author, username: name),
            member: guild == nil ? nil : Member(roles: author == Self.admin ? roles + [Self.adminRole] : roles),
            content: text, mentions: mentions)
        feed.yield(.messageCreate(message))
        return message
    }

    @discardableResult
    func slash(
        _ path: [String], _ options: [Interaction.Option] = [], as user: Snowflake = ann,
        resolved: Interaction.Resolved = .init(), guild: Snowflake? = guild, appPermissions: Permissions? = nil,
        at instant: Instant? = nil
    ) -> Interaction {
        interact(
            .command(Self.invocation(path, options, resolved)), as: user, guild: guild, appPermissions: appPermissions,
            at: instant)
    }

    @discardableResult
    func complete(_ path: [String], _ options: [Interaction.Option], as user: Snowflake = ann) -> Interaction {
        interact(.autocomplete(Self.invocation(path, options, .init())), as: user)
    }

    @discardableResult
    func press(_ customID: String, values: [String] = [], as user: Snowflake = ann, on message: Message? = nil)
        -> Interaction
    {
        interact(.component(Interaction.Press(customID: customID, values: values)), as: user, on: message)
    }

    private func interact(
        _ content: Interaction.Content, as user: Snowflake, guild: Snowflake? = guild,
        appPermissions: Permissions? = nil, on message: Message? = nil, at instant: Instant? = nil
    ) -> Interaction {
        let id = instant.map { Snowflake(at: $0) } ?? newID()
        let person = User(id: user, username: "user\(user.rawValue % 100)")
        let permissions: Permissions = user == Self.admin ? [.manageServer] : [.sendMessages]
        let interaction = Interaction(
            id: id, applicationID: Self.bot, token: Secret("token-\(id)"), content: content, guildID: guild,
            channelID: Self.channel, member: guild == nil ? nil : Member(user: person, permissions: permissions),
            user: guild == nil ? person : nil, message: message, appPermissions: appPermissions)
        feed.yield(.interactionCreate(interaction))
        return interaction
    }

    private static func invocation(
        _ path: [String], _ options: [Interaction.Option], _ resolved: Interaction.Resolved
    ) -> Interaction.Invocation {
        var options = options
        for (index, name) in path.enumerated().reversed() {
            let kind: CommandOption.Kind = path.count == 2 && index == 0 ? .group : .subcommand
            options = [Interaction.Option(name, kind: kind, options: options)]
        }
        return Interaction.Invocation(name: "plex", options: options, resolved: resolved)
    }

    /// The custom ids of a message's buttons and menus.
    static func customIDs(_ said: Recorder.Said) -> [String] { said.draft?.components.flatMap(\.customIDs) ?? [] }
}

/// A door that a test opens: work can wait before it without a clock.
final class Door: Sendable {
    private let state = Mutex((isOpen: false, last: 0, waiting: [Int: CheckedContinuation<Void, Never>]()))

    var isOpen: Bool { state.withLock { $0.isOpen } }

    func open() {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            state.isOpen = true
            return state.waiting.values.map(\.self)
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async throws {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayPass = state.withLock { state in
                    if state.isOpen || Task.isCancelled { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if mayPass { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
        try Task.checkCancellation()
    }
}

func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/bot-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}
