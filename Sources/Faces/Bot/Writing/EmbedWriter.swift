// A Report as a Discord message: an embed within every limit (sheet, section 4, counted in code points), the picture as
// an attachment. Where room is short, whole lines and fields go and are counted: nothing is lost silently.

package import Discord
package import Domain

package struct EmbedWriter: Sendable {
    let prose: ProseWriter

    package init(_ prose: ProseWriter = ProseWriter()) { self.prose = prose }

    package func draft(_ report: Report) -> MessageDraft {
        var draft = MessageDraft(embeds: [embed(report)])
        draft.files = Self.files(report)
        return draft
    }

    func embed(_ report: Report) -> Embed {
        var embed = Embed(color: Self.color(report.tone))
        var room = DiscordLimits.embedSum

        let title = prose.write(report.title, on: .heading, limit: DiscordLimits.embedTitle).text
        if !title.isEmpty { embed.title = title }
        let footer = prose.write(report.footer, on: .bare, limit: 512).text
        if !footer.isEmpty { embed.footer = Embed.Footer(footer) }
        room -= DiscordLimits.count(title) + DiscordLimits.count(footer)

        // The lines get what the fields leave, but never less than a fair share.
        let fields = fields(report.fields, room: .max)
        let wanted = fields.reduce(0) { $0 + Self.size($1) }
        let forLines = min(DiscordLimits.embedDescription, max(room - wanted, room / 3))
        if !report.lines.isEmpty {
            let text = prose.write(lines: report.lines, on: .body, limit: forLines).text
            embed.description = text
            room -= DiscordLimits.count(text)
        }
        embed.fields = wanted <= room ? fields : self.fields(report.fields, room: room)

        if let picture = report.picture {
            let url = Self.file(picture).url
            if picture.place == .thumbnail { embed.thumbnail = url } else { embed.image = url }
        }
        // Discord refuses an embed with nothing in it.
        if embed.isEmpty { embed.description = "\u{200B}" }
        return embed
    }

    // MARK: Fields

    private func fields(_ fields: [Report.Field], room: Int) -> [Embed.Field] {
        var written: [Embed.Field] = []
        var used = 0
        for (index, field) in fields.enumerated() {
            let isLastPlace = written.count == DiscordLimits.embedFields - 1 && index < fields.count - 1
            let next = self.field(field)
            let more = Self.more(fields.count - index)
            // Keep room for the note while anything is left to be counted.
            let reserve = index < fields.count - 1 ? Self.size(more) : 0
            if isLastPlace || used + Self.size(next) + reserve > room {
                if used + Self.size(more) <= room { written.append(more) }
                break
            }
            written.append(next)
            used += Self.size(next)
        }
        return written
    }

    private func field(_ field: Report.Field) -> Embed.Field {
        let name = prose.write(field.name, on: .heading, limit: DiscordLimits.fieldName).text
        let value = prose.write(lines: field.value.split(), on: .body, limit: DiscordLimits.fieldValue).text
        return Embed.Field(Self.visible(name), Self.visible(value), inline: field.isShort)
    }

    private static func more(_ count: Int) -> Embed.Field { Embed.Field("…and \(count) more", "\u{200B}") }

    private static func size(_ field: Embed.Field) -> Int {
        DiscordLimits.count(field.name) + DiscordLimits.count(field.value)
    }

    /// Discord trims texts and refuses empty ones.
    private static func visible(_ text: String) -> String {
        text.allSatisfy(\.isWhitespace) ? "\u{200B}" : text
    }

    // MARK: Picture and colour

    /// The picture first; Discord takes ten files.
    static func files(_ report: Report, withPicture: Bool = true) -> [MessageDraft.File] {
        let picture = withPicture ? report.picture.map { [file($0)] } ?? [] : []
        let others = report.attachments.map { attachment in
            MessageDraft.File(
                name: name(attachment.name, orElse: "file"), type: attachment.type, bytes: attachment.bytes,
                alternative: DiscordLimits.cut(attachment.about, to: 1024))
        }
        return Array((picture + others).prefix(10))
    }

    static func file(_ picture: Report.Picture) -> MessageDraft.File {
        let name = name(picture.name, orElse: "picture.png")
        let type =
            switch name.split(separator: ".").last?.lowercased() {
            case "gif": "image/gif"
            case "jpg", "jpeg": "image/jpeg"
            case "webp": "image/webp"
            case "png": "image/png"
            default: "application/octet-stream"
            }
        return MessageDraft.File(
            name: name, type: type, bytes: picture.bytes,
            alternative: DiscordLimits.cut(picture.alternative, to: 1024))
    }

    /// Names in `attachment://` must be of these letters, or Discord shows no picture.
    private static func name(_ wish: String, orElse other: String) -> String {
        let name = String(
            wish.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_" })
        return name.allSatisfy({ $0 == "_" || $0 == "." }) ? other : name
    }

    private static func color(_ tone: Report.Tone) -> Int {
        switch tone {
        case .plain: 0xE5A00D
        case .good: 0x3BA55D
        case .warning: 0xF57C00
        case .bad: 0xED4245
        }
    }
}

extension Prose {
    /// At its line breaks, so that a long value is cut by whole lines.
    func split() -> [Prose] {
        var lines = [Prose()]
        for part in parts {
            switch part {
            case .words(let text), .text(let text):
                for (index, piece) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                    if index > 0 { lines.append(Prose()) }
                    guard !piece.isEmpty else { continue }
                    let part: Part = if case .words = part { .words(String(piece)) } else { .text(String(piece)) }
                    lines[lines.count - 1].parts.append(part)
                }
            default: lines[lines.count - 1].parts.append(part)
            }
        }
        return lines
    }
}
