// Ids as they come and go.

import Discord
import FoundationEssentials
import Runtime
import Testing

@Suite struct SnowflakeTests {
    @Test(arguments: [#"["175928847299117063"]"#, "[175928847299117063]"])
    func `an id is read from a string and from a number`(json: String) throws {
        #expect(try decoded([Snowflake].self, json) == [175928847299117063])
    }

    @Test func `an id is written as a string`() throws {
        #expect(try encoded([Snowflake(175928847299117063)]) == #"["175928847299117063"]"#)
    }

    @Test(arguments: ["", "-1", "+1", "12a", "99999999999999999999999", "1.0"])
    func `what is no id is refused`(text: String) {
        #expect(Snowflake(text) == nil)
        #expect(throws: DecodingError.self) { try decoded([Snowflake].self, "[\"\(text)\"]") }
    }

    @Test func `an id knows the moment it was made`() {
        #expect(Snowflake(175928847299117063).instant == Instant(milliseconds: 1_462_015_105_796))
        #expect(Snowflake(at: Instant(milliseconds: 1_462_015_105_796)).instant.milliseconds == 1_462_015_105_796)
        #expect(Snowflake(at: Instant(seconds: 0)) == 0)
    }
}

func decoded<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
}

/// Keys in order, so that texts can be compared.
func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
