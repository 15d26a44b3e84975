// The stand-ins' own JSON, against RFC 8259.

import StandIns
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-1", "9007199254740993", "-9223372036854775808", "1.5", "-0.25", "\"\"",
        #""a\"b\\c""#, "[]", "[1,[2,[3]],{}]", #"{"a":{"b":[null]},"c":"é🎬"}"#,
    ])
    func `what is written is what was read`(_ text: String) throws {
        #expect(try JSON(parsing: text).description == text)
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "01", "1.", ".5", "+1", "1e", "--1", "NaN", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}",
        "{a:1}", "{\"a\":1,}", "'a'", "\"a", "\"\n\"", #""\x""#, #""\u12""#, #""\ud800""#, #""\udc00""#, "1 2", "[1]]",
        "1e999", "// a\n1",
    ])
    func `what is no JSON is refused`(_ text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test func `escapes and surrogate pairs become what they stand for`() throws {
        #expect(try JSON(parsing: #""\u00e9\n\t\/\ud83c\udfac""#).string == "é\n\t/🎬")
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func `nesting beyond all sense is refused, not a crash`() {
        #expect(throws: JSONError.self) { try JSON(parsing: String(repeating: "[", count: 100_000)) }
    }

    @Test func `control characters are written as escapes`() {
        #expect(JSON.string("a\u{1}\u{1f}\"").description == #""a\u0001\u001f\"""#)
    }

    @Test func `objects are equal whatever the order of their keys`() {
        let a: JSON = ["x": 1, "y": [2, .null]]
        let b: JSON = ["y": [2, .null], "x": 1]
        #expect(a == b)
        #expect(a != ["x": 1, "y": [.null, 2]])
    }

    @Test func `a field set twice stands once and keeps its place`() throws {
        var json = try JSON(parsing: #"{"a":1,"b":2}"#)
        json["a"] = 3
        json["b"] = nil
        #expect(json.description == #"{"a":3}"#)
    }

    @Test func `ids come as text or number`() {
        #expect((["id": "175928847299117063"] as JSON)["id"]?.id == 175_928_847_299_117_063)
        #expect((["id": 175_928_847_299_117_063] as JSON)["id"]?.id == 175_928_847_299_117_063)
        #expect((["id": -1] as JSON)["id"]?.id == nil)
    }
}
