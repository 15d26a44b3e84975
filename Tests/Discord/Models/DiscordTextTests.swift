// Nobody's text becomes markup, a ping or a link.

import Discord
import Runtime
import Testing

@Suite struct DiscordTextTests {
    @Test(arguments: [
        ("plain words", "plain words"),
        ("*a* _b_ ~c~ |d| `e`", #"\*a\* \_b\_ \~c\~ \|d\| \`e\`"#),
        (#"back\slash"#, #"back\\slash"#),
        ("<@1> <#2> <t:3:R> <:x:4>", ##"\<\@1\> \<\#2\> \<t\:3\:R\> \<\:x\:4\>"##),
        ("[click](https://evil)", #"\[click\](https\://evil)"#),
        ("# big", ##"\# big"##), ("> quote", #"\> quote"#), ("- item", #"\- item"#), ("-# small", ##"\-\# small"##),
        ("a - b", "a - b"), ("Mission: Impossible - 7", #"Mission\: Impossible - 7"#),
        ("1. first\n2) second\n10.5\n7.", "1\\. first\n2\\) second\n10.5\n7\\."), ("v1.2", "v1.2"),
        ("3 x 4. 5", "3 x 4. 5"),
        ("  - deep\n\t* deep", "  \\- deep\n\t\\* deep"),
        ("mail ann@example.com", #"mail ann\@example.com"#),
        ("a\u{202E}b\u{0}c\u{1B}[31m", #"abc\[31m"#), ("👩‍👩‍👧 naïve", "👩‍👩‍👧 naïve"),
    ])
    func `text comes out as it was typed`(text: String, escaped: String) {
        #expect(DiscordText.escaped(text) == escaped)
    }

    @Test(arguments: ["@everyone", "@here", "x@EVERYONE", "@everyoneish"])
    func `mass mentions are broken even without the backslash`(text: String) {
        let escaped = DiscordText.escaped(text)
        #expect(!escaped.lowercased().contains("@everyone") && !escaped.lowercased().contains("@here"))
        #expect(escaped.contains("@\u{200B}"))
    }

    @Test(arguments: [
        ("ls -l", "`ls -l`"), ("a`b", "`aˋb`"), ("two\nlines", "`two lines`"), ("", "`\u{200B}`"),
        ("*x* @everyone", "`*x* @everyone`"),
    ])
    func `a code span is never left early`(text: String, code: String) {
        #expect(DiscordText.code(text) == code)
    }

    @Test func `a block keeps its fences whatever is in it`() {
        #expect(DiscordText.block("a\n```\nb") == "```\na\nˋˋˋ\nb\n```")
        let long = DiscordText.block(String(repeating: "word ", count: 1000), limit: 100)
        #expect(DiscordLimits.count(long) <= 100)
        #expect(long.hasSuffix("…\n```"))
    }

    @Test func `moments are shown in every reader's own time`() {
        #expect(DiscordText.time(Instant(milliseconds: 1_700_000_000_999), .relative) == "<t:1700000000:R>")
    }
}

@Suite struct DiscordLimitsTests {
    @Test(arguments: [
        ("short", 10, "short"), ("exactly ten", 11, "exactly ten"), ("two words here", 10, "two words…"),
        ("two words here", 9, "two…"), ("Donaudampfschiff", 6, "Donau…"), ("a b", 1, "…"), ("abc", 0, ""),
        ("word   gap", 8, "word…"), (#"ab\*cdefgh"#, 4, "ab…"),
    ])
    func `text is cut at words`(text: String, limit: Int, cut: String) {
        #expect(DiscordLimits.cut(text, to: limit) == cut)
    }

    @Test func `code points are counted, and no character is torn`() {
        let family = "👩‍👩‍👧"
        #expect(DiscordLimits.count(family) == 5)
        let cut = DiscordLimits.cut(String(repeating: family, count: 10), to: 23)
        #expect(cut == String(repeating: family, count: 4) + "…")
    }

    @Test func `an embed fits all its limits`() {
        let long = String(repeating: "lorem ", count: 2000)
        let embed = Embed(
            title: long, description: long, fields: (1...40).map { Embed.Field("\($0)", long) },
            author: .init(name: long), footer: .init(long))
        let fitted = embed.fitted()
        #expect(fitted.size <= 6000)
        #expect(DiscordLimits.count(fitted.title ?? "") <= 256)
        #expect(DiscordLimits.count(fitted.description ?? "") <= 4096)
        #expect(DiscordLimits.count(fitted.footer?.text ?? "") <= 2048)
        #expect(DiscordLimits.count(fitted.author?.name ?? "") <= 256)
        #expect(fitted.fields.count <= 25)
        #expect(fitted.fields.allSatisfy { DiscordLimits.count($0.value) <= 1024 })
    }

    @Test func `what fits is left as it is`() {
        let embed = Embed(title: "T", description: "D", fields: [.init("a", "b")], footer: .init("F"))
        #expect(embed.fitted() == embed)
    }

    @Test func `an empty field shows as empty instead of being refused`() {
        #expect(Embed(fields: [.init("", " ")]).fitted().fields == [.init("\u{200B}", "\u{200B}")])
    }

    @Test func `the embeds of a message share 6000`() {
        let draft = MessageDraft(
            String(repeating: "x", count: 3000),
            embeds: (1...12).map { Embed(title: "\($0)", description: String(repeating: "abc ", count: 500)) },
            components: [.other(17), .row([.button(.init(String(repeating: "label ", count: 30), customID: "a"))])],
            nonce: String(repeating: "n", count: 40))
        let fitted = draft.fitted()
        #expect(DiscordLimits.count(fitted.content) == 2000)
        #expect(fitted.embeds.reduce(0) { $0 + $1.size } <= 6000)
        #expect(fitted.embeds.count >= 3 && fitted.embeds.count <= 10)
        #expect(fitted.components.count == 1)
        #expect(fitted.nonce?.count == 25)
    }
}
