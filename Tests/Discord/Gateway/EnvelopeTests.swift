// The one pass over every frame: it must find four things in whatever order, and survive anything.

import Testing

@testable import Discord

@Suite("Envelope")
struct EnvelopeTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var text: String
        var op: Int
        var sequence: Int64? = nil
        var name: String? = nil
        var payload: String? = nil
        var testDescription: String { String(text.prefix(60)) }
    }

    static let samples: [Sample] = [
        Sample(text: #"{"op":11}"#, op: 11),
        Sample(text: #"{"t":null,"s":null,"op":11,"d":null}"#, op: 11),
        Sample(
            text: #"{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250,"_trace":["[\"gateway\",{}]"]}}"#,
            op: 10,
            payload: #"{"heartbeat_interval":41250,"_trace":["[\"gateway\",{}]"]}"#),
        Sample(text: #"{"op":9,"d":false}"#, op: 9, payload: "false"),
        Sample(text: #"{"d":true,"op":9}"#, op: 9, payload: "true"),
        Sample(text: #"{"op":1,"d":251}"#, op: 1, payload: "251"),
        Sample(
            text: #"{"t":"MESSAGE_CREATE","s":42,"op":0,"d":{"content":"a \"}{\\\" b","n":[{"op":9},[[]]]}}"#, op: 0,
            sequence: 42, name: "MESSAGE_CREATE", payload: #"{"content":"a \"}{\\\" b","n":[{"op":9},[[]]]}"#),
        Sample(
            text: #"{"d":{"op":3,"s":4,"t":"NO"},"s":5,"t":"YES","op":0}"#, op: 0, sequence: 5, name: "YES",
            payload: #"{"op":3,"s":4,"t":"NO"}"#),
        Sample(
            text: "\n\t { \"op\" : 0 , \"s\" :\r\n 7, \"t\":\"X\" ,\"d\" : [ 1 , 2 ] } \n", op: 0, sequence: 7,
            name: "X",
            payload: "[ 1 , 2 ]"),
        Sample(
            text: #"{"op":0,"s":9007199254740993,"t":"","d":""}"#, op: 0, sequence: 9_007_199_254_740_993, name: "",
            payload: "\"\""),
        Sample(text: #"{"opx":1,"o":2,"":3,"op":4,"dd":5,"x":-1.5e+3,"y":1E9}"#, op: 4),
        Sample(text: #"{"op":1,"op":2}"#, op: 2),
        Sample(text: #"{"op":0,"t":"ÄÖ😀","s":1,"d":"\\"}"#, op: 0, sequence: 1, name: "ÄÖ😀", payload: #""\\""#),
        Sample(
            text: #"{"op":0,"s":1,"t":"X","d":{"c":"\u0022}"}}"#, op: 0, sequence: 1, name: "X",
            payload: #"{"c":"\u0022}"}"#),
        Sample(text: #"{"op":-1}"#, op: -1),
        Sample(text: #"{"op":4294967296}"#, op: 4_294_967_296),
    ]

    @Test(arguments: samples)
    func `op, s, t and the place of d are found`(sample: Sample) throws {
        let bytes = Array(sample.text.utf8)
        let envelope = try Envelope(bytes)
        #expect(envelope.op == sample.op)
        #expect(envelope.sequence == sample.sequence)
        #expect(envelope.name == sample.name)
        #expect(envelope.payload.map { String(decoding: bytes[$0], as: UTF8.self) } == sample.payload)
    }

    @Test(arguments: samples)
    func `every cut-off frame is noticed`(sample: Sample) {
        let bytes = Array(sample.text.utf8)
        let end = bytes.lastIndex(of: UInt8(ascii: "}"))!
        for length in 0...end {
            #expect(throws: EnvelopeError.self, "\(length) bytes") { try Envelope(Array(bytes[..<length])) }
        }
    }

    @Test(arguments: [
        "", " ", "null", "[]", "7", #""x""#, "{", "}", "{}", "{]", #"{"op"}"#, #"{"op":}"#, #"{"op":0,}"#, #"{op:0}"#,
        #"{"op":0}}"#, #"{"op":0} x"#, #"{"op":0}{"op":0}"#, #"{"op" 0}"#, #"{"op":0 "s":1}"#, #"{,"op":0}"#,
        #"{"op":null}"#, #"{"op":"0"}"#, #"{"op":1.5}"#, #"{"op":{}}"#, #"{"op":true}"#, #"{"op":1e2}"#,
        #"{"op":99999999999999999999}"#, #"{"op":0,"s":"1"}"#, #"{"op":0,"s":99999999999999999999}"#,
        #"{"op":0,"s":[]}"#, #"{"op":0,"t":1}"#, #"{"op":0,"t":{}}"#, #"{"op":0,"d":nul}"#, #"{"op":0,"d":yes}"#,
        #"{"op":0,"d":+1}"#, #"{"op":0,"d":[}"#, #"{"op":0,"d":"x}"#, #"{"op":0,"d":"x\"}"#, "{\"op\":0,\"d\":\"\n\"}",
        "{\"op\":0,\"d\":\"\u{0}\"}", "\u{FEFF}{\"op\":0}", "<html>502 Bad Gateway</html>", "\u{0}\u{0}\u{FF}",
    ])
    func `what is no frame is an error`(text: String) {
        #expect(throws: EnvelopeError.self) { try Envelope(Array(text.utf8)) }
    }

    @Test func `nesting as deep as a frame is long does no harm`() throws {
        let depth = 300_000
        let nest = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let deep = Array("{\"op\":0,\"s\":3,\"t\":\"X\",\"d\":\(nest)}".utf8)
        let envelope = try Envelope(deep)
        #expect(envelope.sequence == 3)
        #expect(throws: (any Error).self) { try envelope.decode([Int].self, from: deep) }
        let open = Array(("{\"d\":" + String(repeating: "{\"d\":", count: depth)).utf8)
        #expect(throws: EnvelopeError.self) { try Envelope(open) }
    }

    /// A frame written at random, with the order of the keys, the white space and the payload left to chance.
    private func randomFrame(_ random: inout Xorshift) -> Sample {
        func space() -> String { ["", "", "", " ", "\n", "\t \r"].randomElement(using: &random)! }
        func value(_ depth: Int) -> String {
            switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &random) {
            case 0: return "\(Int.random(in: -9999...9999, using: &random))"
            case 1: return ["true", "false", "1.25e-7", "-0"].randomElement(using: &random)!
            case 2, 3, 4:
                let parts = [#"\""#, #"\\"#, "{", "}", "[", "]", ":", ",", "a", "é", "😀", #"\u003c"#, #"\n"#, #""op""#]
                let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    let part = parts.randomElement(using: &random)!
                    return part == #""op""# ? #"\"op\":7"# : part
                }
                return "\"\(text.joined())\""
            case 5:
                let inner = (0..<Int.random(in: 0...4, using: &random)).map { _ in space() + value(depth + 1) + space()
                }
                return "[" + (inner.isEmpty ? space() : inner.joined(separator: ",")) + "]"
            default:
                let keys = ["op", "d", "s", "t", #"\"d\""#, "content"]
                let inner = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    space() + "\"\(keys.randomElement(using: &random)!)\"" + space() + ":" + space() + value(depth + 1)
                        + space()
                }
                return "{" + (inner.isEmpty ? space() : inner.joined(separator: ",")) + "}"
            }
        }
        let payload = value(0)
        let op = Int.random(in: 0...43, using: &random)
        let sequence = Int64.random(in: 0...(1 << 60), using: &random)
        var members = [
            ("op", "\(op)"), ("s", "\(sequence)"), ("t", "\"SOME_EVENT\""), ("d", payload), ("extra", value(3)),
        ]
        members.shuffle(using: &random)
        let text = members.map { space() + "\"\($0.0)\"" + space() + ":" + space() + $0.1 + space() }
        return Sample(
            text: space() + "{" + text.joined(separator: ",") + "}" + space(), op: op, sequence: sequence,
            name: "SOME_EVENT", payload: payload)
    }

    @Test(arguments: 0..<20)
    func `frames written at random are read`(seed: Int) throws {
        var random = Xorshift(seed)
        for _ in 0..<100 {
            let sample = randomFrame(&random)
            let bytes = Array(sample.text.utf8)
            let envelope = try Envelope(bytes)
            #expect(envelope.op == sample.op, "\(sample.text)")
            #expect(envelope.sequence == sample.sequence, "\(sample.text)")
            #expect(envelope.name == sample.name, "\(sample.text)")
            let payload = envelope.payload.map { String(decoding: bytes[$0], as: UTF8.self) }
            #expect(payload == sample.payload, "\(sample.text)")
        }
    }

    /// Whether it reads or refuses is the frame's business: it may not crash, hang, or point outside the bytes.
    @Test(arguments: 0..<20)
    func `garbled frames are read or refused, never more`(seed: Int) {
        var random = Xorshift(seed + 1000)
        for _ in 0..<200 {
            var bytes = Array(randomFrame(&random).text.utf8)
            for _ in 0..<Int.random(in: 1...5, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(Array("{}[]\",:\\".utf8).randomElement(using: &random)!, at: place)
                default: bytes.removeSubrange(place...)
                }
            }
            if let envelope = try? Envelope(bytes), let payload = envelope.payload {
                #expect(payload.lowerBound >= 0 && payload.upperBound <= bytes.count && !payload.isEmpty)
            }
            _ = MessageScreen.addressed(prefixes: ["!plex"]).lets(bytes, 0..<bytes.count, to: 1)
        }
    }
}

/// Chance that can be repeated.
struct Xorshift: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
