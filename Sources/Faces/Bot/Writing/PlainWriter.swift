// A Report without an embed, for channels where the bot lacks Embed Links: the same words as a message of at most 2,000
// code points.

package import Discord
package import Domain

package struct PlainWriter: Sendable {
    let prose: ProseWriter

    package init(_ prose: ProseWriter = ProseWriter()) { self.prose = prose }

    package func draft(_ report: Report, withPicture: Bool = true) -> MessageDraft {
        var lines: [Prose] = []
        if !report.title.isEmpty { lines.append(Prose(parts: [.strong(prose.write(report.title, on: .bare).text)])) }
        lines += report.lines
        for field in report.fields {
            lines.append(Prose(parts: [.strong(prose.write(field.name, on: .bare).text), .words(": ")]) + field.value)
        }
        if !report.footer.isEmpty { lines.append(Prose(text: prose.write(report.footer, on: .bare).text)) }
        if let picture = report.picture, !withPicture, !picture.alternative.isEmpty {
            lines.append("Picture: \(picture.alternative)")
        }
        let text = prose.write(lines: lines, on: .body, limit: DiscordLimits.content).text
        var draft = MessageDraft(text.isEmpty ? "\u{200B}" : text, suppressesEmbeds: true)
        draft.files = EmbedWriter.files(report, withPicture: withPicture)
        return draft
    }
}
