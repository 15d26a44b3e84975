// Drives a GatewaySession by hand: says what happened, collects what it wants, moves the time to its next deadline.

import Runtime

@testable import Discord

struct SessionDrive {
    var session: GatewaySession
    var now = Duration.seconds(1000)
    /// What the last step asked for.
    var last: [GatewayAction] = []
    var all: [GatewayAction] = []

    static let base = "wss://gateway.discord.gg"
    static let resumeHost = "wss://gateway-us-east1-b.discord.gg"
    static let query = "/?v=10&encoding=json&compress=zlib-stream"
    static let baseURL = base + query
    static let resumeURL = resumeHost + query

    init(
        chance: Double = 0.5, intents: Intents = .textCommands, goesOnWithoutContent: Bool = true,
        presence: Presence? = nil
    ) {
        session = GatewaySession(
            config: GatewayConfig(
                token: Secret("MTA.very.secret"), intents: intents, presence: presence,
                goesOnWithoutContent: goesOnWithoutContent),
            chance: { chance })
    }

    /// Logged in, with `s` 1.
    static func live(chance: Double = 0.5, intents: Intents = .textCommands, resumeHost: String? = resumeHost) -> Self {
        var drive = SessionDrive(chance: chance, intents: intents)
        drive.begin()
        drive.informed()
        drive.hello()
        drive.turnComes()
        drive.ready(resumeHost: resumeHost)
        return drive
    }

    mutating func take(_ actions: [GatewayAction]) {
        last = actions
        all += actions
    }

    mutating func begin() { take(session.begin()) }
    mutating func informed(url: String = base, _ start: GatewayInfo.SessionStart = .init()) {
        take(session.informed(GatewayInfo(url: url, session: start), at: now))
    }
    mutating func uninformed() { take(session.uninformed("no route", at: now)) }
    mutating func opened() { take(session.opened(at: now)) }
    mutating func closed(_ code: UInt16?, _ why: String = "") { take(session.closed(code: code, why, at: now)) }
    mutating func turnComes(in pause: Duration = .zero) { take(session.turnComes(in: pause, at: now)) }
    mutating func receive(_ text: String) { take(session.received(Array(text.utf8), at: now)) }

    mutating func hello(interval: String = "41250") {
        opened()
        receive(#"{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":\#(interval)}}"#)
    }
    mutating func ready(sequence: Int = 1, resumeHost: String? = resumeHost, id: String = "abc") {
        let address = resumeHost.map { #""\#($0)""# } ?? "null"
        receive(
            #"{"t":"READY","s":\#(sequence),"op":0,"d":{"v":10,"session_id":"\#(id)","resume_gateway_url":\#(address),"#
                + #""user":{"id":"4711","username":"Autoplex"},"guilds":[],"application":{"id":"1","flags":0}}}"#)
    }
    mutating func event(_ name: String = "TYPING_START", sequence: Int) {
        receive(#"{"t":"\#(name)","s":\#(sequence),"op":0,"d":{}}"#)
    }
    mutating func resumed(sequence: Int) { event("RESUMED", sequence: sequence) }
    mutating func acknowledge() { receive(#"{"op":11}"#) }

    /// Time passes without anything happening but what the session waits for.
    mutating func pass(_ span: Duration) {
        let end = now + span
        var collected: [GatewayAction] = []
        while let deadline = session.deadline, deadline <= end {
            now = max(now, deadline)
            take(session.tick(at: now))
            collected += last
        }
        now = end
        last = collected
    }

    /// To the next deadline; says how far that was.
    @discardableResult mutating func passToDeadline() -> Duration? {
        guard let deadline = session.deadline else { return nil }
        let span = deadline - now
        pass(max(.zero, span))
        return span
    }

    /// Beats are answered, so that the session lives on and holds.
    mutating func live(for span: Duration) {
        let end = now + span
        while now < end {
            pass(.seconds(1))
            acknowledge()
        }
    }

    // MARK: What was asked for

    var connections: [String] { last.compactMap { if case .connect(let url) = $0 { url } else { nil } } }
    var closes: [UInt16] { last.compactMap { if case .close(let code) = $0 { code } else { nil } } }
    var sent: [String] {
        last.compactMap {
            if case .send(let payload) = $0 { String(decoding: payload.bytes, as: UTF8.self) } else { nil }
        }
    }
    var sentOps: [Int] { last.compactMap { if case .send(let payload) = $0 { payload.op } else { nil } } }
    var events: [GatewayEvent] { last.compactMap { if case .emit(let event) = $0 { event } else { nil } } }
    var delivered: [String] { last.compactMap { if case .deliver(let envelope) = $0 { envelope.name } else { nil } } }
    var stops: [GatewayStop] { last.compactMap { if case .stop(let stop) = $0 { stop } else { nil } } }
    var asks: Bool { last.contains(.ask) }
    var texts: [String] { all.compactMap { if case .note(let note) = $0 { note.text } else { nil } } }
}
