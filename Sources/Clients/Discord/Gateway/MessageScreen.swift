// Nearly all MESSAGE_CREATE events are people talking to each other. Which of them concern the bot can be told from the
// raw bytes, for a small part of the cost of decoding a message. The screen only ever errs by letting through: what it
// cannot read, and any escape where it would matter, goes on to be decoded and judged properly.

/// Which messages are worth decoding.
package enum MessageScreen: Hashable, Sendable {
    case all
    /// People's direct messages, those that begin with one of the prefixes (letters of either case, after white space)
    /// and those that mention the bot.
    case addressed(prefixes: [String])

    func lets(_ bytes: [UInt8], _ payload: Range<Int>, to bot: Snowflake?) -> Bool {
        guard case .addressed(let prefixes) = self else { return true }
        var content: Range<Int>?
        var author: Range<Int>?
        var isInGuild = false
        var isFromWebhook = false
        var scan = JSONScan(bytes, in: payload)
        do {
            try scan.members { key, value in
                switch key.count {
                case 7 where key.reads("content"): content = value
                case 6 where key.reads("author"): author = value
                case 8 where key.reads("guild_id"): isInGuild = !bytes[value].reads("null")
                case 10 where key.reads("webhook_id"): isFromWebhook = !bytes[value].reads("null")
                default: break
                }
            }
        } catch {
            return true
        }
        guard !isFromWebhook, !isBot(bytes, author) else { return false }
        guard isInGuild, let content, bytes[content].first == UInt8(ascii: "\"") else { return true }
        let text = bytes[content].dropFirst().dropLast()
        return prefixes.contains { Self.begins(text, with: $0) } || bot.map { Self.mentions($0, in: text) } ?? true
    }

    private func isBot(_ bytes: [UInt8], _ author: Range<Int>?) -> Bool {
        guard let author else { return false }
        var isBot = false
        var scan = JSONScan(bytes, in: author)
        try? scan.members { key, value in
            if key.reads("bot") { isBot = bytes[value].reads("true") }
        }
        return isBot
    }

    private static func begins(_ text: ArraySlice<UInt8>, with prefix: String) -> Bool {
        var rest = text.drop { $0 == UInt8(ascii: " ") }
        for wanted in prefix.utf8 {
            guard let byte = rest.popFirst() else { return false }
            if byte == UInt8(ascii: "\\") { return true }
            // Beyond ASCII, upper and lower case share no bytes: let such prefixes be judged by those who know letters.
            if byte >= 0x80, wanted >= 0x80 { return true }
            guard lowercased(byte) == lowercased(wanted) else { return false }
        }
        return true
    }

    /// `<@id>` or the old `<@!id>`. An escaped `<` would be `\u003c`.
    private static func mentions(_ bot: Snowflake, in text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        while let start = rest.firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "\\") }) {
            if rest[start] == UInt8(ascii: "\\") {
                let escape = rest[start...].prefix(6)
                if escape.elementsEqual(#"\u003c"#.utf8) || escape.elementsEqual(#"\u003C"#.utf8) { return true }
                rest = rest[start...].dropFirst(2)
                continue
            }
            rest = rest[(start + 1)...]
            guard rest.first == UInt8(ascii: "@") else { continue }
            let id = rest.dropFirst().drop { $0 == UInt8(ascii: "!") }.prefix { $0 != UInt8(ascii: ">") }
            if id.reads("\(bot)") { return true }
        }
        return false
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A") <= byte && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
