// Which messages are let through to be decoded. The one fault it must not have is to keep back one that was meant for us.

import Testing

@testable import Discord

@Suite("Message screen")
struct MessageScreenTests {
    static let bot: Snowflake = 4711
    static let screen = MessageScreen.addressed(prefixes: ["!plex", "ä!"])

    static func message(_ content: String, guild: String? = "\"9\"", more: String = "") -> String {
        #"{"id":"1","channel_id":"2","author":{"id":"3","username":"ann"},"content":"\#(content)""#
            + (guild.map { #","guild_id":\#($0)"# } ?? "") + more + "}"
    }

    static func passes(_ json: String, _ screen: MessageScreen = screen, bot: Snowflake? = bot) -> Bool {
        let bytes = Array(json.utf8)
        return screen.lets(bytes, 0..<bytes.count, to: bot)
    }

    @Test(arguments: [
        "!plex", "!plex status", "!PLEX status", "!Plex", "  !plex status", "!plexus", "<@4711> status",
        "<@!4711> status", "hey <@4711>", "<<@4711>", "<@1><@4711>", #"\n!plex"#, #"!\u0070lex"#, #"\u003c@4711>"#,
        #"x \"<@4711>\""#, "ä!", "Ä!", #"\u00e4!"#, #"a \\ <@4711>"#,
    ])
    func `what is said to the bot gets through`(content: String) {
        #expect(Self.passes(Self.message(content)))
    }

    @Test(arguments: [
        "", "hello", "plex", "!ple", "! plex", "x !plex", "<@471>", "<@47110>", "<@&4711>", "<#4711>", "4711",
        #"<@\"4711>"#, #"say \"!plex\""#, "<", "<@", "<@>", "a!",
    ])
    func `what people say to each other does not`(content: String) {
        #expect(!Self.passes(Self.message(content)))
    }

    @Test(arguments: ["hello", "", "!plex"])
    func `direct messages get through`(content: String) {
        #expect(Self.passes(Self.message(content, guild: nil)))
        #expect(Self.passes(Self.message(content, guild: "null")))
    }

    @Test func `bots and webhooks do not, whatever they say`() {
        #expect(!Self.passes(Self.message("!plex", more: #","webhook_id":"5""#)))
        #expect(Self.passes(Self.message("!plex", more: #","webhook_id":null"#)))
        let bot = #"{"author":{"id":"3","bot":true},"content":"!plex","guild_id":"9"}"#
        #expect(!Self.passes(bot))
        #expect(Self.passes(bot.replacing("true", with: "false")))
    }

    @Test(arguments: ["", "{", "[]", "null", #"{"content":null,"guild_id":"9"}"#, #"{"guild_id":"9"}"#])
    func `what cannot be judged gets through to those who can`(json: String) {
        #expect(Self.passes(json))
    }

    @Test func `before the bot knows its own id, everything may be a mention`() {
        #expect(Self.passes(Self.message("hello"), bot: nil))
    }

    @Test func `without a screen everything gets through`() {
        #expect(Self.passes(Self.message("hello"), .all))
    }
}
