// JSON of strangers: read whole or refused, never trapped over.

import Runtime
import Testing

@testable import LooseJSON

@Suite struct `JSON of strangers` {
    private static func read(_ text: String) -> Loose? { try? Loose(Array(text.utf8)) }

    @Test func `is asked for what is wanted of it, however it was written`() throws {
        let json = try #require(
            Self.read(#"{"a":5,"b":"5","c":5.0,"d":true,"e":"False","f":"","g":null,"h":["x",1],"i":1e2,"j":"5.5"}"#))
        #expect(json.whole("a") == 5 && json.whole("b") == 5 && json.whole("c") == 5 && json.whole("i") == 100)
        #expect(json.whole("j") == nil && json.number("j") == 5.5)
        #expect(json.claim("d") == true && json.claim("e") == false && json.claim("a") == true)
        #expect(json.text("f") == nil && json["g"] == nil && json.text("z") == nil)
        #expect(json.texts("h") == ["x", "1"])
    }

    @Test func `counts the later of two fields with one name`() {
        #expect(Self.read(#"{"a":1,"a":2}"#)?.whole("a") == 2)
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\":1,}", "{'a':1}", "tru", "nan", "01", "1.", "-", "[1 2]", "{\"a\" 1}", "\"a",
        "\"\\x\"",
        "\"\u{1}\"", "1 2", "{}x", "\"\\u12\"", "\"\\u0000\"", "+1", ".5",
    ])
    func `is refused when it is not JSON to the letter`(text: String) { #expect(Self.read(text) == nil) }

    @Test func `is refused where it is not UTF-8 or goes too deep`() {
        #expect((try? Loose([UInt8(ascii: "\""), 0xFF, UInt8(ascii: "\"")])) == nil)
        let deep = String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
        #expect(Self.read(deep) == nil)
        #expect(Self.read(String(deep.dropFirst().dropLast())) != nil)
        #expect(Self.read(String(repeating: "[", count: 100_000)) == nil)
    }

    @Test func `keeps every letter, and half an emoji as a mark`() {
        #expect(Self.read(#""\u00fc\ud83c\udf33 \"\\\/\n""#)?.text == "ü🌳 \"\\/\n")
        #expect(Self.read(#""a\ud83d""#)?.text == "a\u{FFFD}" && Self.read(#""\ud83dx""#)?.text == "\u{FFFD}x")
    }

    @Test(
        arguments: [
            ("5", 5), ("\"5\"", 5), ("\"\"", nil), ("null", nil), ("9223372036854775807", Int64.max),
        ] as [(String, Int64?)])
    func `is taken to the letter where it counts`(value: String, count: Int64?) throws {
        #expect(try #require(Self.read("{\"a\":\(value)}")).count("a") == count)
    }

    @Test(arguments: ["-1", "1.5", "1e3", "9223372036854775808", "\"x\"", "\"-1\"", "true", "[]", "{}", "\" 5\""])
    func `is refused as a count when it is none`(value: String) throws {
        let json = try #require(Self.read("{\"a\":\(value)}"))
        #expect(throws: Loose.Refusal.self) { try json.count("a") }
    }

    @Test(
        arguments: [
            ("2026-01-01T11:59:00Z", 1_767_268_740_000), ("2026-01-01T11:59:00.1234567Z", 1_767_268_740_123),
            ("2026-01-01T13:59:00.5+02:00", 1_767_268_740_500), ("2026-01-01 11:59:00", 1_767_268_740_000),
            ("1969-12-31T23:59:59.9Z", -100), ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("2026-02-29T00:00:00Z", nil),
            ("2026-13-01T00:00:00Z", nil), ("2026-01-01", nil), ("2026-01-01T11:59:00+2", nil), ("x", nil), ("", nil),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ] as [(String, Int64?)])
    func `tells dates`(text: String, milliseconds: Int64?) {
        #expect(Instant(internetDate: text)?.milliseconds == milliseconds)
    }

    @Test func `agrees with the calendar on every day for four hundred years`() {
        for day in stride(from: Int64(-30_000), to: 120_000, by: 1) {
            let instant = Instant(seconds: day * 86_400 + 43_261)
            let text = LocalTime.utc.iso8601(instant)
            guard Instant(internetDate: text) == instant else {
                Issue.record("\(text) is read as \(String(describing: Instant(internetDate: text)))")
                return
            }
        }
    }

    @Test func `is made into values only where somebody asks, however deep`() throws {
        let body = Array(
            #"{"x":{"a":1},"a":{"x":[1,{"a":2}],"b":[{"x":3,"a":"ü\u00fc"},4]},"\u0062":true,"a ":5}"#.utf8)
        let json = try Loose.hook(body, wanting: LooseNames(["a", "b", "unsaid"]))
        #expect(String(decoding: JSONText(json).bytes, as: UTF8.self) == #"{"a":{"b":[{"a":"üü"},4]},"b":true}"#)
        // Something is there, though nothing that anybody asked for.
        #expect(try Loose.hook(Array(#"{"z":1}"#.utf8), wanting: LooseNames(["a"])) == .fields(.init(all: [])))
        #expect(throws: Loose.Refusal.self) { try Loose.hook(Array("{}".utf8), wanting: LooseNames(["a"])) }
    }

    @Test(arguments: [
        "tru", "01", "\"\\x\"", "\"\u{1}\"", "\"12345678\u{1}\"", "[1,]", "{\"a\":1,}", "\"\\u0000\"", "nul", "\"open",
        String(repeating: "[", count: 32) + String(repeating: "]", count: 32), String(repeating: "1", count: 65),
    ]) func `is as strictly read where nobody asks`(value: String) {
        let body = Array("{\"ServerName\":\(value)}".utf8)
        #expect(throws: Loose.Refusal.self) { try Loose.hook(body, wanting: LooseNames(["a"])) }
    }

    @Test(arguments: 0...17) func `finds the end of a text and what is no UTF-8 in it wherever they stand`(place: Int)
        throws
    {
        let plain = [UInt8](repeating: UInt8(ascii: "~"), count: place)
        for (inside, isText) in [
            ([], true), ([0xC3, 0xBC], true), ([0xF0, 0x9F, 0x8C, 0xB3], true), ([0x7F], true), ([0x21], true),
            ([0x23], true), ([0xC3], false), ([0x80], false), ([0xFF], false), ([0xED, 0xA0, 0x80], false),
            ([0x1F], false), ([0x00], false), ([0x5C, 0x22, 0x80], false),
        ] as [([UInt8], Bool)] {
            for tail in [0, 1, 7, 8, 9] {
                let text = plain + inside + [UInt8](repeating: UInt8(ascii: "}"), count: tail)
                let body = Array("{\"a\":\"".utf8) + text + Array("\"}".utf8)
                for names in [nil, LooseNames(["a"]), LooseNames(["b"])] {
                    let json = try? Loose.hook(body, wanting: names)
                    #expect((json != nil) == isText, "\(inside) at \(place)")
                    if isText, names?.contains("a") ?? true {
                        #expect(json?.text("a").map { Array($0.utf8) } == (text.isEmpty ? nil : text))
                    }
                }
            }
        }
    }

    @Test func `is written as it was understood`() throws {
        let text = #"{"a":[1,"x\"\\",true,null],"b":{"c":1.50},"d":"ü"}"#
        #expect(String(decoding: JSONText(try #require(Self.read(text))).bytes, as: UTF8.self) == text)
        #expect(
            String(
                decoding: JSONText.fields(["a": .text("\u{1}"), "b": nil, "c": .list([.whole(1)])]).bytes, as: UTF8.self
            )
                == "{\"a\":\"\\u0001\",\"c\":[1]}")
    }
}
