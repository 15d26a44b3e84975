// How patiently a line is taken up again, where, and what becomes of frames that cannot be read.

import Runtime
import Testing

@testable import Discord

@Suite("Gateway back-off and damage")
struct GatewayBackoffTests {
    // MARK: Back-off

    @Test func `sessions that die young are taken up ever more slowly`() {
        var drive = SessionDrive.live(chance: 1)
        var waits: [Int64] = []
        for step in 0..<6 {
            drive.closed(4000)
            waits.append(drive.passToDeadline()?.components.seconds ?? -1)
            drive.hello()
            drive.resumed(sequence: step + 2)
            drive.live(for: .seconds(100))
        }
        #expect(waits == [0, 1, 2, 4, 8, 16])
    }

    @Test func `a session that has held is taken up at once`() {
        var drive = SessionDrive.live(chance: 1)
        for step in 0..<6 {
            drive.closed(4000)
            #expect(drive.passToDeadline() == .zero)
            drive.hello()
            drive.resumed(sequence: step + 2)
            drive.live(for: .seconds(121))
        }
    }

    // MARK: Where the session is resumed

    @Test func `without a resume address the usual one serves`() {
        var drive = SessionDrive.live(resumeHost: nil)
        drive.closed(nil)
        drive.pass(.zero)
        #expect(drive.connections == [SessionDrive.baseURL])
    }

    @Test(arguments: ["ws://gateway.discord.gg", "https://gateway.discord.gg", "nonsense"])
    func `a resume address that is less safe, or none, is not used`(host: String) {
        var drive = SessionDrive.live(resumeHost: host)
        drive.closed(nil)
        drive.pass(.zero)
        #expect(drive.connections == [SessionDrive.baseURL])
    }

    // MARK: Frames that cannot be read

    static let garbage = ["", "x", #"{"op":0,"s":41,"t":"MESSAGE_CREATE","d":{"#, "[]", "{}", "\u{0}"]

    @Test(arguments: garbage)
    func `an unreadable frame is asked for again, once`(frame: String) {
        var drive = GatewayRecoveryTests.held()
        drive.receive(frame)
        #expect(drive.closes == [4000])
        drive.pass(.zero)
        drive.hello()
        #expect(drive.sent.first?.contains(#""seq":40"#) == true)
        drive.receive(frame)
        #expect(drive.closes.isEmpty)
        drive.event("MESSAGE_CREATE", sequence: 42)
        drive.resumed(sequence: 43)
        #expect(drive.session.state == .live)
    }

    @Test func `what cannot be unpacked costs the line each time`() {
        var drive = GatewayRecoveryTests.held()
        for _ in 1...3 {
            drive.take(drive.session.receivedGarbage("the compressed stream is damaged", at: drive.now))
            #expect(drive.closes == [4000])
            drive.passToDeadline()
            drive.hello()
        }
    }

    @Test(arguments: 0..<50)
    func `whatever happens in whatever order, it is going somewhere`(seed: Int) {
        var random = Xorshift(seed + 77)
        var drive = SessionDrive(chance: Double(seed % 10) / 10)
        drive.begin()
        let frames = [
            #"{"op":7,"d":null}"#, #"{"op":9,"d":true}"#, #"{"op":9,"d":false}"#, #"{"op":11}"#, #"{"op":1,"d":null}"#,
            #"{"op":10,"d":{"heartbeat_interval":41250}}"#, #"{"op":10,"d":null}"#, "garbage", #"{"op":77}"#,
            #"{"op":0,"t":"RESUMED","s":5,"d":{}}"#, #"{"op":0,"t":"READY","s":1,"d":null}"#,
        ]
        let codes: [UInt16?] = [nil, 1000, 1001, 1006, 4000, 4003, 4007, 4008, 4009, 4014]
        var sequence = 10
        for _ in 0..<400 {
            switch Int.random(in: 0..<12, using: &random) {
            case 0: drive.informed()
            case 1: drive.uninformed()
            case 2: drive.hello()
            case 3: drive.turnComes(in: .seconds(Int64.random(in: 0...6, using: &random)))
            case 4: drive.ready(sequence: 1)
            case 5: drive.closed(codes.randomElement(using: &random)!)
            case 6, 7:
                sequence += 1
                drive.event(sequence: sequence)
            case 8: drive.receive(frames.randomElement(using: &random)!)
            case 9: drive.acknowledge()
            default: drive.pass(.seconds(Int64.random(in: 0...70, using: &random)))
            }
            if drive.session.state == .stopped { break }
            // It waits for somebody's answer, or for a moment; never for nothing.
            let isExpectingAnswer = drive.session.phase == .asking || drive.session.phase == .awaitingTurn
            #expect(isExpectingAnswer || drive.session.deadline != nil)
            #expect((drive.session.deadline ?? drive.now) >= drive.now - .seconds(70))
        }
    }
}
