// From the first connection to READY, and what passes on a line that lives.

import Runtime
import Testing

@testable import Discord

@Suite("Gateway session")
struct GatewaySessionTests {
    @Test func `the way to READY`() {
        var drive = SessionDrive()
        drive.begin()
        #expect(drive.last == [.ask])
        drive.informed()
        #expect(drive.connections == [SessionDrive.baseURL])
        drive.hello()
        #expect(drive.last == [.awaitTurn(maxConcurrency: 1)])
        drive.turnComes()
        #expect(drive.sentOps == [2])
        #expect(drive.session.state == .connecting)
        drive.ready()
        guard case .ready(let ready) = drive.events.first else { return #expect(Bool(false), "no READY") }
        #expect(ready.user.id == 4711)
        #expect(drive.session.state == .live)
    }

    @Test func `identify waits for its turn, heartbeats do not`() {
        var drive = SessionDrive(chance: 0)
        drive.begin()
        drive.informed(url: SessionDrive.base, .init(maxConcurrency: 16))
        drive.hello()
        #expect(drive.last == [.awaitTurn(maxConcurrency: 16)])
        drive.turnComes(in: .seconds(5))
        #expect(drive.last.isEmpty)
        drive.pass(.milliseconds(4999))
        #expect(drive.sentOps == [1])
        drive.pass(.milliseconds(1))
        #expect(drive.sentOps == [2])
    }

    @Test func `the last logins of the day are kept`() {
        var drive = SessionDrive()
        drive.begin()
        drive.informed(url: SessionDrive.base, .init(remaining: 5, resetAfter: .minutes(10)))
        #expect(drive.connections.isEmpty)
        #expect(drive.texts.last?.contains("only 5 more logins") == true)
        #expect(drive.session.state == .waiting)
        drive.pass(.seconds(600))
        #expect(!drive.asks)
        drive.pass(.seconds(1))
        #expect(drive.asks)
    }

    @Test func `an address that cannot be had is asked for again, ever more slowly`() {
        var drive = SessionDrive(chance: 1)
        drive.begin()
        var waits: [Int64] = []
        for _ in 0..<9 {
            drive.uninformed()
            #expect(drive.session.state == .waiting)
            waits.append(drive.passToDeadline()?.components.seconds ?? -1)
            #expect(drive.asks)
        }
        #expect(waits == [1, 1, 2, 4, 8, 16, 32, 64, 128])
    }

    @Test(arguments: ["", "https://discord.com", "wss://"])
    func `an address that is none is asked for again`(url: String) {
        var drive = SessionDrive()
        drive.begin()
        drive.informed(url: url)
        #expect(drive.connections.isEmpty)
        drive.pass(.seconds(1))
        #expect(drive.asks)
    }

    @Test func `no hello in a minute is a lost attempt`() {
        var drive = SessionDrive()
        drive.begin()
        drive.informed()
        drive.opened()
        drive.pass(.seconds(59))
        #expect(drive.last.isEmpty)
        drive.pass(.seconds(1))
        #expect(drive.closes == [4000])
        #expect(drive.asks)
    }

    @Test func `no READY in a minute is a lost attempt, though the line lives`() {
        var drive = SessionDrive()
        drive.begin()
        drive.informed()
        drive.hello()
        drive.turnComes()
        drive.live(for: .seconds(59))
        #expect(drive.session.state == .connecting)
        drive.pass(.seconds(1))
        #expect(drive.closes == [4000])
        #expect(drive.session.ticket == nil)
    }

    @Test(arguments: [
        "null", "{}", "[]", "7", "\"x\"", #"{"heartbeat_interval":null}"#, #"{"heartbeat_interval":0}"#,
        #"{"heartbeat_interval":-41250}"#, #"{"heartbeat_interval":"soon"}"#,
    ])
    func `a hello that says nothing is a lost attempt`(data: String) {
        var drive = SessionDrive()
        drive.begin()
        drive.informed()
        drive.receive(#"{"op":10,"d":\#(data)}"#)
        #expect(drive.closes == [4000])
        #expect(drive.session.state == .waiting)
    }

    @Test(arguments: [("1", Duration.milliseconds(100)), ("1e300", .hours(1)), ("41250.5", .milliseconds(41250.5))])
    func `an interval out of all reason is brought back to it`(interval: String, expected: Duration) {
        var drive = SessionDrive()
        drive.begin()
        drive.informed()
        drive.hello(interval: interval)
        #expect(drive.session.heartbeat?.interval == expected)
    }

    @Test(arguments: [
        "null", "{}", "[]", #"{"session_id":null,"user":{"id":"1"}}"#, #"{"session_id":"x","user":null}"#,
    ])
    func `a READY that cannot be read is a lost attempt`(data: String) {
        var drive = SessionDrive()
        drive.begin()
        drive.informed()
        drive.hello()
        drive.turnComes()
        drive.receive(#"{"t":"READY","s":1,"op":0,"d":\#(data)}"#)
        #expect(drive.closes == [4000])
        #expect(drive.events.isEmpty)
        #expect(drive.session.state == .waiting)
        #expect(drive.session.ticket == nil)
    }

    // MARK: On a line that lives

    @Test func `heartbeats go out in time and carry the last event's number`() {
        var drive = SessionDrive.live(chance: 0.5)
        drive.event(sequence: 17)
        drive.pass(.milliseconds(20625))
        #expect(drive.sent == [#"{"op":1,"d":17}"#])
        drive.acknowledge()
        drive.event(sequence: 18)
        drive.pass(.milliseconds(41250))
        #expect(drive.sent == [#"{"op":1,"d":18}"#])
    }

    @Test func `a heartbeat that Discord asks for goes out at once and upsets nothing`() {
        var drive = SessionDrive.live(chance: 0.5)
        drive.pass(.milliseconds(20624))
        drive.receive(#"{"op":1,"d":null}"#)
        #expect(drive.sent == [#"{"op":1,"d":1}"#])
        drive.pass(.milliseconds(1))
        #expect(drive.sentOps == [1])
        drive.now += .milliseconds(30)
        drive.acknowledge()
        #expect(drive.session.latency == .milliseconds(31))
        drive.acknowledge()
        #expect(drive.session.latency == .milliseconds(30))
        drive.pass(.milliseconds(41220))
        #expect(drive.sentOps == [1])
        #expect(drive.session.state == .live)
    }

    @Test func `an unanswered heartbeat costs the line and not the session`() {
        var drive = SessionDrive.live(chance: 0)
        #expect(drive.all.contains(.send(.heartbeat(nil))))
        drive.pass(.seconds(30))
        drive.event(sequence: 2)
        drive.pass(.milliseconds(11250))
        #expect(drive.closes == [4000])
        #expect(drive.connections == [SessionDrive.resumeURL])
        #expect(drive.events == [.disconnected("Discord did not answer the heartbeat")])
    }

    @Test func `silence costs the line and not the session`() {
        // The first beat is late, so that silence shows before an answer is missed.
        var drive = SessionDrive.live(chance: 0.999)
        drive.pass(.milliseconds(61249))
        #expect(drive.closes.isEmpty)
        drive.pass(.milliseconds(1))
        #expect(drive.closes == [4000])
        #expect(drive.connections == [SessionDrive.resumeURL])
    }

    @Test func `numbers are remembered before the event is dealt with, and never fall`() {
        var drive = SessionDrive.live()
        drive.event(sequence: 40)
        #expect(drive.delivered == ["TYPING_START"])
        #expect(drive.session.ticket?.sequence == 40)
        drive.event(sequence: 39)
        #expect(drive.session.ticket?.sequence == 40)
        drive.receive(#"{"t":"TYPING_START","s":null,"op":0,"d":{}}"#)
        #expect(drive.delivered == ["TYPING_START"])
        #expect(drive.session.ticket?.sequence == 40)
    }

    @Test(arguments: [
        #"{"op":2,"d":{}}"#, #"{"op":3}"#, #"{"op":6,"d":null}"#, #"{"op":8,"d":null}"#, #"{"op":11,"d":null}"#,
        #"{"op":12,"d":{}}"#, #"{"op":-5}"#, #"{"op":99999,"d":[[[]]]}"#,
        #"{"op":10,"d":{"heartbeat_interval":1}}"#, #"{"op":10,"d":null}"#,
    ])
    func `what says nothing to us is let be`(frame: String) {
        var drive = SessionDrive.live()
        let deadline = drive.session.deadline
        drive.receive(frame)
        #expect(drive.last.isEmpty)
        #expect(drive.session.state == .live)
        #expect(drive.session.deadline == deadline)
    }

    @Test(arguments: [#""NEW_EVENT""#, "null", #""""#])
    func `unknown events count as received`(name: String) {
        var drive = SessionDrive.live()
        drive.receive(#"{"t":\#(name),"s":9,"op":0,"d":null}"#)
        #expect(drive.session.ticket?.sequence == 9)
        #expect(drive.session.state == .live)
    }

    // MARK: Presence

    @Test func `a presence is shown at once, or with the login, or when there is a session`() {
        var drive = SessionDrive(presence: Presence(.idle))
        drive.take(drive.session.show(Presence(.dnd), at: drive.now))
        #expect(drive.last.isEmpty)
        drive.begin()
        drive.informed()
        drive.hello()
        drive.turnComes()
        #expect(drive.sent.first?.contains(#""status":"dnd""#) == true)
        drive.take(drive.session.show(Presence(.online), at: drive.now))
        #expect(drive.last.isEmpty)
        drive.ready()
        #expect(drive.sentOps == [3])
        #expect(drive.sent.first?.contains(#""status":"online""#) == true)
        drive.take(drive.session.show(Presence(.online), at: drive.now))
        #expect(drive.last.isEmpty)
    }

    @Test func `a presence that went out with the login is not sent again`() {
        var drive = SessionDrive()
        drive.take(drive.session.show(Presence(.dnd), at: drive.now))
        drive.begin()
        drive.informed()
        drive.hello()
        drive.turnComes()
        drive.ready()
        #expect(drive.sentOps.isEmpty)
    }

    @Test func `of presences that come too fast, the last one is shown`() {
        var drive = SessionDrive.live(chance: 0.9)
        var shown = 0
        for step in 0..<500 {
            drive.take(drive.session.show(Presence(.online, .saying("\(step)")), at: drive.now))
            shown += drive.sentOps.count
        }
        // 110, of which the login was one.
        #expect(shown == 109)
        drive.live(for: .seconds(59))
        drive.pass(.seconds(1))
        #expect(drive.sent.count == 1)
        #expect(drive.sent.first?.contains(#""state":"499""#) == true)
    }

    // MARK: The end

    @Test func `leaving says goodbye with 1000, and nothing after it counts`() {
        var drive = SessionDrive.live()
        drive.take(drive.session.leave())
        #expect(drive.last == [.close(1000)])
        #expect(drive.session.state == .offline)
        #expect(drive.session.deadline == nil)
        drive.event(sequence: 5)
        #expect(drive.last.isEmpty)
        drive.closed(1000)
        #expect(drive.last.isEmpty)
        drive.take(drive.session.leave())
        #expect(drive.last.isEmpty)
    }

    @Test func `leaving between two lines needs no goodbye`() {
        var drive = SessionDrive.live()
        drive.closed(4003)
        drive.take(drive.session.leave())
        #expect(drive.last.isEmpty)
        drive.pass(.minutes(10))
        #expect(drive.last.isEmpty)
    }

    @Test func `a token that REST refuses ends it`() {
        var drive = SessionDrive()
        drive.begin()
        drive.take(drive.session.giveUp(.tokenRefused))
        #expect(drive.stops == [.tokenRefused])
        #expect(drive.session.state == .stopped)
        drive.informed()
        #expect(drive.last.isEmpty)
    }

    @Test func `nothing it says shows the token`() {
        var drive = SessionDrive.live()
        drive.closed(4000, "reason")
        drive.pass(.seconds(1))
        drive.hello()
        drive.receive(#"{"op":9,"d":false}"#)
        drive.pass(.seconds(10))
        drive.informed()
        drive.hello()
        drive.turnComes()
        drive.closed(4004)
        #expect(!"\(drive.all)".contains("secret"))
        var dumped = ""
        dump(drive.all, to: &dumped)
        #expect(!dumped.contains("secret"))
    }
}
