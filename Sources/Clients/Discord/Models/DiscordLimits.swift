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
        if let wordEnd, 2 * text[..<wordEnd].unicodeScalars.count >= used { end = wordEnd }
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

    /// Each part within its own limit, and the whole within `sum`: fields go first, from the last, then the description
    /// is cut.
    package func fitted(to sum: Int = DiscordLimits.embedSum) -> Embed {
        var fitted = self
        fitted.title = title.map { DiscordLimits.cut($0, to: DiscordLimits.embedTitle) }
        fitted.description = description.map { DiscordLimits.cut($0, to: DiscordLimits.embedDescription) }
        fitted.footer?.text = DiscordLimits.cut(footer?.text ?? "", to: DiscordLimits.embedFooter)
        fitted.author?.name = DiscordLimits.cut(author?.name ?? "", to: DiscordLimits.embedAuthor)
        fitted.fields = fields.prefix(DiscordLimits.embedFields).map { field in
            // Discord refuses empty names and values.
            Field(
                Self.visible(DiscordLimits.cut(field.name, to: DiscordLimits.fieldName)),
                Self.visible(DiscordLimits.cut(field.value, to: DiscordLimits.fieldValue)), inline: field.isInline)
        }
        var excess = fitted.size - sum
        while excess > 0, let last = fitted.fields.popLast() {
            excess -= DiscordLimits.count(last.name) + DiscordLimits.count(last.value)
        }
        if excess > 0, let text = fitted.description {
            fitted.description = DiscordLimits.cut(text, to: max(1, DiscordLimits.count(text) - excess))
            excess = fitted.size - sum
        }
        if excess > 0, let text = fitted.footer?.text {
            fitted.footer =
                DiscordLimits.count(text) > excess
                ? Footer(DiscordLimits.cut(text, to: DiscordLimits.count(text) - excess)) : nil
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
