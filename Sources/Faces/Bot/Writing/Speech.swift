// A report said out loud, with less where Discord allows less: first with its embed, then as plain text, then without
// the picture. A channel's missing permission must not cost the answer.

import Discord
import Domain

struct Speech: Sendable {
    var report: Report
    var components: [Component] = []
    var mentions: [Snowflake] = []
    var replyTo: Snowflake?
    var isEphemeral = false

    /// From the best to the plainest.
    func drafts(_ writer: ReportWriter, mayEmbed: Bool) -> [MessageDraft] {
        var drafts: [MessageDraft] = mayEmbed ? [writer.embeds.draft(report)] : []
        drafts.append(writer.plain.draft(report))
        if report.picture != nil { drafts.append(writer.plain.draft(report, withPicture: false)) }
        drafts = drafts.map { draft in
            var draft = draft
            draft.components = components
            draft.replyTo = replyTo
            draft.isEphemeral = isEphemeral
            if !mentions.isEmpty {
                // A mention inside an embed pings nobody: who is called stands in the content.
                let calls = mentions.map { DiscordText.mention(user: $0) }.joined(separator: " ")
                draft.content = DiscordLimits.cut(calls + "\n" + draft.content, to: DiscordLimits.content)
                draft.allowedMentions.users = mentions
            }
            return draft
        }
        // Replying needs a permission of its own (Read Message History); answering does not.
        if replyTo != nil, var last = drafts.last {
            last.replyTo = nil
            drafts.append(last)
        }
        return drafts
    }
}

package struct ReportWriter: Sendable {
    package var embeds: EmbedWriter
    package var plain: PlainWriter

    package init(_ prose: ProseWriter = ProseWriter()) {
        embeds = EmbedWriter(prose)
        plain = PlainWriter(prose)
    }
}
