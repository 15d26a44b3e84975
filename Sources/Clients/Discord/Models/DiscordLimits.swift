// How much fits (sheet §4). Discord counts Unicode code points: neither bytes nor what a reader takes for one character.

package enum DiscordLimits {
    package static let content = 2000
    package static let embeds = 10
    package static let embedTitle = 256
    package static let embedDescription = 4096
    package static let embedFields = 25
    package static let fieldName = 256
    package static let fieldValue = 1024
    package static let embedFooter = 2048
    package static let embedAuthor = 256
    /// Over all embeds of a message.
    package static let embedSum = 6000
    package static let files = 10
    package static let customID = 100
    package static let buttonLabel = 80
    package static let menuChoices = 25
    package static let menuText = 100
    package static let menuPlaceholder = 150
    package static let rows = 5
    package static let commandName = 32
    package static let commandSummary = 100
    package static let commandSize = 8000
    package static let commandChoices = 25
    package static let choiceName = 100
    package static let nonce = 25
    package static let auditReason = 512

    /// What is longer is no word, and may be torn rather than lost.
    private static let longestWord = 24

    package static func count(_ text: String) -> Int { text.unicodeScalars.count }

    /// At most `limit` code points: whole words and "…". Where one word fills it all, it is cut between characters.
    package static func cut(_ text: String, to limit: Int) -> String {
        guard limit > 0 else { return "" }
        // UTF-8 is never shorter than the number of code points, and its length costs nothing.
        if text.utf8.count <= limit || count(text) <= limit { return text }
        var used = 0
        var end = text.startIndex
        /// After the last character that is not a space and has a space behind it.
        var wordEnd: String.Index?
        var wasSpace = true
        for index in text.indices {
            let character = text[index]
            if character.isWhitespace, !wasSpace { wordEnd = index }
            let size = character.unicodeScalars.count
            if used + size > limit - 1 { break }
            used += size
            end = text.index(after: index)
            wasSpace = character.isWhitespace
        }
        if let wordEnd {
            let whole = text[..<wordEnd].unicodeScalars.count
            if used - whole <= longestWord || 2 * whole >= used { end = wordEnd }
        }
        var kept = text[..<end]
        while let last = kept.last, last.isWhitespace { kept.removeLast() }
        // A backslash that lost what it escapes would escape the "…" instead and show itself.
        if kept.reversed().prefix(while: { $0 == "\\" }).count % 2 == 1 { kept.removeLast() }
        return kept + "…"
    }
}

extension Embed {
    /// Code points that count towards the sum over all embeds.
    package var size: Int {
        let texts = [title, description, footer?.text, author?.name].compactMap(\.self)
        return texts.reduce(0) { $0 + DiscordLimits.count($1) }
            + fields.reduce(0) { $0 + DiscordLimits.count($1.name) + DiscordLimits.count($1.value) }
    }

    package var isEmpty: Bool { size == 0 && image == nil && thumbnail == nil }

    /// Each part within its own limit, and the whole within `sum`: title, author, description and footer take what they
    /// need in this order, then whole fields as long as they fit.
    package func fitted(to sum: Int = DiscordLimits.embedSum) -> Embed {
        var room = sum
        func take(_ text: String, _ limit: Int) -> String? {
            let cut = DiscordLimits.cut(text, to: min(limit, room))
            room -= DiscordLimits.count(cut)
            return cut.isEmpty ? nil : cut
        }
        var fitted = self
        fitted.title = title.flatMap { take($0, DiscordLimits.embedTitle) }
        fitted.author = author.flatMap { author in
            take(author.name, DiscordLimits.embedAuthor).map { Author(name: $0, url: author.url, icon: author.icon) }
        }
        fitted.description = description.flatMap { take($0, DiscordLimits.embedDescription) }
        fitted.footer = footer.flatMap { footer in
            take(footer.text, DiscordLimits.embedFooter).map { Footer($0, icon: footer.icon) }
        }
        fitted.fields = []
        for field in fields.prefix(DiscordLimits.embedFields) {
            // Discord refuses empty names and values.
            let name = Self.visible(DiscordLimits.cut(field.name, to: DiscordLimits.fieldName))
            let value = Self.visible(DiscordLimits.cut(field.value, to: DiscordLimits.fieldValue))
            let size = DiscordLimits.count(name) + DiscordLimits.count(value)
            guard size <= room else { break }
            room -= size
            fitted.fields.append(Field(name, value, inline: field.isInline))
        }
        return fitted
    }

    private static func visible(_ text: String) -> String {
        text.allSatisfy(\.isWhitespace) ? "\u{200B}" : text
    }
}

extension MessageDraft {
    /// Within every limit of a message. Better a shortened answer than one that Discord refuses.
    package func fitted() -> MessageDraft {
        var fitted = self
        fitted.content = DiscordLimits.cut(content, to: DiscordLimits.content)
        var room = DiscordLimits.embedSum
        fitted.embeds = embeds.prefix(DiscordLimits.embeds).compactMap { embed in
            guard room > 0 else { return nil }
            let embed = embed.fitted(to: room)
            room -= embed.size
            return embed.isEmpty ? nil : embed
        }
        fitted.files = Array(files.prefix(DiscordLimits.files))
        fitted.components = components.prefix(DiscordLimits.rows).compactMap(\.fitted)
        fitted.nonce = nonce.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(DiscordLimits.nonce))) }
        return fitted
    }
}

extension Component {
    /// Labels and menus within their limits; nil for kinds that cannot be written. Custom ids are never cut: they would
    /// come back as somebody else's.
    package var fitted: Component? {
        switch self {
        case .row(let parts):
            let parts = parts.prefix(5).compactMap(\.fitted)
            return parts.isEmpty ? nil : .row(parts)
        case .button(var button):
            button.label = DiscordLimits.cut(button.label, to: DiscordLimits.buttonLabel)
            return .button(button)
        case .select(var select):
            select.placeholder = select.placeholder.map { DiscordLimits.cut($0, to: DiscordLimits.menuPlaceholder) }
            select.choices = select.choices.prefix(DiscordLimits.menuChoices).map { choice in
                Select.Choice(
                    DiscordLimits.cut(choice.label, to: DiscordLimits.menuText), value: choice.value,
                    detail: choice.detail.map { DiscordLimits.cut($0, to: DiscordLimits.menuText) },
                    chosen: choice.isChosen)
            }
            return .select(select)
        case .other: return nil
        }
    }
}
