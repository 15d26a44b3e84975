// What happens after a line is lost, by whoever's doing: the heart of a bot that runs for months.

import Runtime
import Testing

@testable import Discord

@Suite("Gateway recovery")
struct GatewayRecoveryTests {
    /// A session that has held, so that the first way back is taken at once.
    static func held(intents: Intents = .textCommands, chance: Double = 0.5) -> SessionDrive {
        var drive = SessionDrive.live(chance: chance, intents: intents)
        drive.live(for: .seconds(121))
        drive.event(sequence: 40)
        return drive
    }

    @Test(arguments: [4000, 4001, 4002, 4009, 4321, 1000, 1001, 1005, 1006, nil, 1011, 3000] as [UInt16?])
    func `a line that closes so is resumed at once, where the session is`(code: UInt16?) {
        var drive = Self.held()
        drive.closed(code)
        #expect(drive.events.count == 1)
        drive.pass(.zero)
        #expect(drive.connections == [SessionDrive.resumeURL])
        drive.hello()
        #expect(drive.sentOps == [6])
        #expect(drive.sent.first?.contains(#""seq":40"#) == true)
        #expect(drive.sent.first?.contains(#""session_id":"abc""#) == true)
        drive.event("MESSAGE_CREATE", sequence: 41)
        #expect(drive.delivered == ["MESSAGE_CREATE"])
        drive.resumed(sequence: 42)
        #expect(drive.events == [.resumed])
        #expect(drive.session.state == .live)
        #expect(drive.session.numbers == GatewayNumbers(connections: 2, identifies: 1, resumes: 1))
    }

    @Test(arguments: [4003, 4005, 4007, 4008] as [UInt16])
    func `a line that closes so needs a new session`(code: UInt16) {
        var drive = Self.held()
        drive.closed(code)
        drive.pass(.seconds(8))
        #expect(drive.connections.isEmpty)
        #expect(drive.asks)
        drive.informed()
        #expect(drive.connections == [SessionDrive.baseURL])
        drive.hello()
        drive.turnComes()
        #expect(drive.sentOps == [2])
        drive.ready(id: "new")
        #expect(drive.session.ticket?.id == "new")
        #expect(drive.session.ticket?.sequence == 1)
    }

    @Test func `who sent too fast waits longer`() {
        var drive = Self.held()
        drive.closed(4008)
        drive.pass(.milliseconds(5900))
        #expect(!drive.asks)
        drive.pass(.seconds(2))
        #expect(drive.asks)
    }

    @Test(
        arguments: [
            (4004, .tokenRefused), (4010, .shardRefused(.only)), (4011, .shardingRequired), (4012, .versionRefused),
            (4013, .intentsInvalid),
        ] as [(UInt16, GatewayStop)])
    func `a line that closes so is the end`(code: UInt16, stop: GatewayStop) {
        for isLive in [true, false] {
            var drive = isLive ? Self.held() : SessionDrive()
            if !isLive {
                drive.begin()
                drive.informed()
                drive.hello()
                drive.turnComes()
            }
            drive.closed(code)
            #expect(drive.stops == [stop])
            #expect(drive.session.state == .stopped)
            drive.pass(.days(1))
            #expect(drive.last.isEmpty)
            drive.take(drive.session.leave())
            #expect(drive.last.isEmpty)
            #expect(drive.session.state == .stopped)
        }
    }

    @Test func `without the content intent it goes on without content, and says so`() {
        var drive = SessionDrive()
        drive.begin()
        drive.informed()
        drive.hello()
        drive.turnComes()
        #expect(drive.sent.first?.contains(#""intents":37377"#) == true)
        drive.closed(4014, "Disallowed intent(s).")
        #expect(drive.events == [.contentIntentRefused])
        #expect(drive.stops.isEmpty)
        #expect(!drive.session.readsContent)
        drive.pass(.zero)
        drive.informed()
        drive.hello()
        drive.turnComes()
        #expect(drive.sent.first?.contains(#""intents":4609"#) == true)
        drive.ready()
        #expect(drive.session.state == .live)
    }

    @Test func `when other intents are refused too, it names their switches`() {
        var drive = SessionDrive(intents: [.guilds, .guildMembers, .messageContent])
        drive.begin()
        for _ in 0..<2 {
            drive.informed()
            drive.hello()
            drive.turnComes()
            drive.closed(4014)
            if drive.stops.isEmpty { drive.pass(.seconds(1)) }
        }
        #expect(drive.stops == [.intentsRefused(["SERVER MEMBERS INTENT"])])
    }

    @Test func `who insists on content is stopped with the name of the switch`() {
        var drive = SessionDrive(goesOnWithoutContent: false)
        drive.begin()
        drive.informed()
        drive.hello()
        drive.turnComes()
        drive.closed(4014)
        #expect(drive.stops == [.intentsRefused(["MESSAGE CONTENT INTENT"])])
        #expect(drive.events.isEmpty)
    }

    // MARK: Op 7 and op 9

    @Test func `when Discord asks for a new connection it gets one at once, closed with 4000`() {
        var drive = Self.held()
        drive.receive(#"{"op":7,"d":null}"#)
        #expect(drive.closes == [4000])
        drive.pass(.zero)
        #expect(drive.connections == [SessionDrive.resumeURL])
    }

    @Test func `it may ask so even before hello`() {
        var drive = Self.held()
        drive.closed(nil)
        drive.pass(.zero)
        drive.opened()
        drive.receive(#"{"op":7,"d":null}"#)
        #expect(drive.closes == [4000])
        drive.pass(.seconds(1))
        #expect(drive.connections.count == 1)
        drive.hello()
        #expect(drive.sentOps == [6])
    }

    @Test(arguments: [(0, 1000), (0.5, 3000), (1, 5000)] as [(Double, Int64)])
    func `a session that is over is followed by a new one, after one to five seconds`(chance: Double, wait: Int64) {
        var drive = Self.held(chance: chance)
        drive.receive(#"{"op":9,"d":false}"#)
        #expect(drive.closes == [4000])
        #expect(drive.session.ticket == nil)
        drive.pass(.milliseconds(wait - 1))
        #expect(!drive.asks)
        drive.pass(.milliseconds(1))
        #expect(drive.asks)
    }

    @Test(arguments: ["null", "{}", "0", #""true""#, "[]"])
    func `only a plain true means that the session may be resumed`(data: String) {
        var drive = Self.held()
        drive.receive(#"{"op":9,"d":\#(data)}"#)
        #expect(drive.session.ticket == nil)
    }

    @Test func `a session that is only interrupted is resumed after a pause`() {
        var drive = Self.held()
        drive.receive(#"{"op":9,"d":true}"#)
        drive.pass(.milliseconds(2999))
        #expect(drive.connections.isEmpty)
        drive.pass(.milliseconds(1))
        #expect(drive.connections == [SessionDrive.resumeURL])
    }

    @Test func `a login that is refused by op 9 is tried again, ever more slowly`() {
        var drive = SessionDrive(chance: 1)
        drive.begin()
        var waits: [Int64] = []
        for _ in 0..<8 {
            drive.informed()
            drive.hello()
            drive.turnComes()
            drive.receive(#"{"op":9,"d":false}"#)
            waits.append(drive.passToDeadline()?.components.seconds ?? -1)
            #expect(drive.asks)
        }
        #expect(waits == [5, 5, 5, 5, 8, 16, 32, 64])
    }

    // MARK: Resumes that fail

    @Test(arguments: [4000, nil, 1006] as [UInt16?])
    func `after three failed resumes there is a new session`(code: UInt16?) {
        var drive = Self.held()
        drive.closed(code)
        for attempt in 1...3 {
            drive.passToDeadline()
            // By turns where the session is and at the usual address.
            #expect(drive.connections == [attempt == 2 ? SessionDrive.baseURL : SessionDrive.resumeURL])
            drive.hello()
            #expect(drive.sentOps == [6])
            drive.closed(1006)
            #expect(drive.events.isEmpty, "it was told once that the line is lost")
        }
        #expect(drive.session.ticket == nil)
        drive.passToDeadline()
        #expect(drive.asks)
    }

    @Test func `op 9 true without end is a failed resume as well`() {
        var drive = Self.held()
        drive.receive(#"{"op":9,"d":true}"#)
        for _ in 1...3 {
            drive.passToDeadline()
            drive.hello()
            drive.receive(#"{"op":9,"d":true}"#)
        }
        #expect(drive.session.ticket == nil)
    }

    @Test(arguments: [1000, 1001, 4009] as [UInt16])
    func `a session that Discord has closed in earnest is tried once`(code: UInt16) {
        var drive = Self.held()
        drive.closed(code)
        drive.pass(.zero)
        drive.hello()
        drive.closed(1000)
        #expect(drive.session.ticket == nil)
    }

    @Test func `a network that is down for a minute does not cost the session`() {
        var drive = Self.held()
        drive.closed(nil)
        let lost = drive.now
        while drive.now < lost + .seconds(60) {
            drive.passToDeadline()
            #expect(drive.connections.count == 1)
            drive.closed(nil, "no route to host")
        }
        drive.passToDeadline()
        drive.hello()
        #expect(drive.sentOps == [6])
    }

    @Test func `a network that is down for long does`() {
        var drive = Self.held()
        drive.closed(nil)
        let lost = drive.now
        while drive.session.ticket != nil, drive.now < lost + .minutes(30) {
            drive.passToDeadline()
            drive.closed(nil, "no route to host")
        }
        #expect(drive.session.ticket == nil)
        #expect(drive.now > lost + .seconds(90))
        #expect(drive.now < lost + .minutes(5))
    }

    @Test func `a resume that is not answered is a failed one`() {
        var drive = Self.held()
        drive.closed(nil)
        drive.pass(.zero)
        drive.hello()
        drive.live(for: .seconds(59))
        #expect(drive.session.state == .connecting)
        drive.pass(.seconds(1))
        #expect(drive.closes == [4000])
    }

    @Test func `a long replay is not a failed resume`() {
        var drive = Self.held()
        drive.closed(nil)
        drive.pass(.zero)
        drive.hello()
        for step in 0..<20 {
            drive.live(for: .seconds(30))
            drive.event(sequence: 41 + step)
        }
        drive.resumed(sequence: 99)
        #expect(drive.session.state == .live)
    }

    @Test func `a RESUMED nobody asked for is let be`() {
        var drive = Self.held()
        drive.resumed(sequence: 41)
        #expect(drive.events.isEmpty)
    }
}
