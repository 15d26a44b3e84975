// Is a message meant for the bot, and what does it say to it? Three ways to be meant: the prefix, a mention at the
// beginning in either form (sheet, section 6), or a direct message, which is meant for nobody else.

struct Address {
    /// Such as `!plex`. Case does not matter.
    var prefix: String
    /// Nil until READY has said who we are.
    var ownID: UInt64?

    struct Addressed: Equatable {
        var line: String
        var source: Call.Source
    }

    func read(_ content: String, isDirect: Bool) -> Addressed? {
        let content = trimmed(content[...])
        if let line = afterMention(content) { return Addressed(line: String(line), source: .mention) }
        if let line = afterPrefix(content) { return Addressed(line: String(line), source: .text) }
        // A picture or sticker sent to the bot has no text: nothing was asked.
        if isDirect, !content.isEmpty { return Addressed(line: String(content), source: .text) }
        return nil
    }

    private func afterPrefix(_ content: Substring) -> Substring? {
        guard !prefix.isEmpty, content.count >= prefix.count else { return nil }
        let start = content.prefix(prefix.count)
        guard start.lowercased() == prefix.lowercased() else { return nil }
        let rest = content[start.endIndex...]
        // `!plexiglass` is no call; a prefix such as `!` may touch its command.
        let mayTouch = prefix.last.map { !$0.isLetter && !$0.isNumber } ?? false
        guard rest.isEmpty || mayTouch || rest.first?.isWhitespace == true else { return nil }
        return trimmed(rest)
    }

    private func afterMention(_ content: Substring) -> Substring? {
        guard let ownID, content.hasPrefix("<@") else { return nil }
        for mention in ["<@\(ownID)>", "<@!\(ownID)>"] where content.hasPrefix(mention) {
            var rest = content.dropFirst(mention.count)
            if rest.first == "," || rest.first == ":" { rest.removeFirst() }
            rest = trimmed(rest)
            // `@Bot !plex status` says it twice; once is enough.
            return afterPrefix(rest) ?? rest
        }
        return nil
    }

    private func trimmed(_ text: Substring) -> Substring {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start[start.endIndex...] }
        return start[...last]
    }
}
