// One call's conversation with Discord, from the first sign of life to the answer. One task drives it, step by step, so
// a deferral can never overtake an answer. The rules are the sheet's, section 3: the first answer within three seconds,
// exactly once, then edits for fifteen minutes.

import Discord
import Domain
import Runtime

struct Exchange {
    /// How it was asked decides how it can be answered.
    enum Way {
        case text(channel: Snowflake, message: Snowflake, isDirect: Bool)
        case slash(Interaction)
        case press(Interaction)

        /// The number that Discord gave to what was said or pressed.
        var request: Snowflake {
            switch self {
            case .text(_, let message, _): message
            case .slash(let interaction), .press(let interaction): interaction.id
            }
        }
    }

    enum Step: Sendable {
        /// Long enough without an answer to give a sign of life.
        case stillWorking
        case progress(Report)
        case finished(Ending)
    }

    enum Ending: Sendable {
        case say(Report, components: [Component])
        /// Only for the caller, whatever the command's privacy.
        case whisper(Report)
        /// The message whose button was pressed becomes this.
        case replace(Report, components: [Component])
        case nothing
    }

    let way: Way
    let caller: Caller
    let isPrivate: Bool
    /// How the caller could have asked so that only they see the answer.
    let privateSpelling: String
    let voice: BotVoice
    let writer: ReportWriter
    let clock: any Clock

    private enum Stage: Equatable {
        case silent
        /// "thinking", or an update announced.
        case deferred
        /// Something stands there that can be edited; its id in a channel.
        case shown(Snowflake?)
    }
    private var stage = Stage.silent

    init(
        way: Way, caller: Caller, isPrivate: Bool, privateSpelling: String, voice: BotVoice, writer: ReportWriter,
        clock: any Clock
    ) {
        self.way = way
        self.caller = caller
        self.isPrivate = isPrivate
        self.privateSpelling = privateSpelling
        self.voice = voice
        self.writer = writer
        self.clock = clock
    }

    /// Throws what Discord refused for good; the caller of this logs it once.
    mutating func take(_ step: Step) async throws {
        switch way {
        case .text(let channel, let message, let isDirect):
            try await takeText(step, channel, message, isDirect: isDirect)
        case .slash(let interaction): try await takeSlash(step, interaction)
        case .press(let interaction): try await takePress(step, interaction)
        }
    }

    // MARK: Text

    private mutating func takeText(
        _ step: Step, _ channel: Snowflake, _ message: Snowflake, isDirect: Bool
    ) async throws {
        switch step {
        case .stillWorking:
            // Only a courtesy: without it the answer comes all the same.
            try? await voice.typing(channel)
        case .progress(let report):
            if !isPrivate || isDirect { try await show(report, [], channel, replyTo: message) }
        case .finished(.say(let report, let components)), .finished(.replace(let report, let components)):
            if isPrivate, !isDirect {
                try await sayByDirectMessage(report, components, channel, message)
            } else {
                try await show(report, components, channel, replyTo: message)
            }
        case .finished(.whisper(let report)):
            try await show(report, [], channel, replyTo: message)
        case .finished(.nothing): break
        }
    }

    private mutating func show(
        _ report: Report, _ components: [Component], _ channel: Snowflake, replyTo: Snowflake
    ) async throws {
        let speech = Speech(report: report, components: components, replyTo: replyTo)
        if case .shown(let id?) = stage {
            do {
                try await voice.say(speech, writer) { [voice] in try await voice.edit(channel, id, $0) }
                return
            } catch {
                // Deleted meanwhile, or too often edited: the answer is worth a new message.
                guard VoiceRefusal(error) != .other else { throw error }
            }
        }
        stage = .shown(try await voice.say(speech, writer) { [voice] in try await voice.post(channel, $0) })
    }

    private mutating func sayByDirectMessage(
        _ report: Report, _ components: [Component], _ channel: Snowflake, _ message: Snowflake
    ) async throws {
        do {
            try await direct(report, components)
        } catch {
            guard VoiceRefusal(error) == .forbidden else { throw error }
            let closed = Report(
                "I could not write to you: your direct messages are closed.",
                lines: [
                    "Allow direct messages from this server, or ask with \(code: privateSpelling): "
                        + "then only you see the answer."
                ], tone: .warning)
            try await show(closed, [], channel, replyTo: message)
            return
        }
        try await show(Report("I have sent you the answer as a direct message."), [], channel, replyTo: message)
    }

    private func direct(_ report: Report, _ components: [Component]) async throws {
        let channel = try await voice.openDM(caller.id)
        // Closed direct messages are no missing permission: a plainer form would be refused just as well.
        guard let draft = Speech(report: report, components: components).drafts(writer, mayEmbed: true).first else {
            return
        }
        _ = try await voice.post(channel, draft)
    }

    // MARK: Slash

    private mutating func takeSlash(_ step: Step, _ interaction: Interaction) async throws {
        switch step {
        case .stillWorking:
            guard stage == .silent else { return }
            stage = .deferred
            try await voice.respond(interaction, .deferred(ephemeral: isPrivate))
        case .progress(let report):
            try await answer(interaction, report, [])
        case .finished(.say(let report, let components)), .finished(.replace(let report, let components)):
            try await answerInTime(interaction, report, components)
        case .finished(.whisper(let report)):
            // What was deferred in the open can only be answered in the open.
            if stage == .silent {
                try await respond(interaction, Speech(report: report, isEphemeral: true))
            } else {
                try await answerInTime(interaction, report, [])
            }
        case .finished(.nothing):
            // Discord shows "thinking" for ever unless something comes.
            if stage != .shown(nil) { try await answerInTime(interaction, Report("Done.", tone: .good), []) }
        }
    }

    private mutating func answer(
        _ interaction: Interaction, _ report: Report, _ components: [Component]
    ) async throws {
        let speech = Speech(report: report, components: components, isEphemeral: isPrivate)
        if stage == .silent {
            try await respond(interaction, speech)
        } else {
            try await voice.say(speech, writer, mayEmbed: interaction.mayEmbed) { [voice] in
                try await voice.editOriginal(interaction, $0)
            }
            stage = .shown(nil)
        }
    }

    private mutating func respond(_ interaction: Interaction, _ speech: Speech) async throws {
        stage = .shown(nil)
        try await voice.say(speech, writer, mayEmbed: interaction.mayEmbed) { [voice] in
            try await voice.respond(interaction, .message($0))
        }
    }

    /// After fifteen minutes the token is dead: then the answer goes where the question came from.
    private mutating func answerInTime(
        _ interaction: Interaction, _ report: Report, _ components: [Component]
    ) async throws {
        // A margin, because Discord's clock decides and not ours.
        if clock.now < interaction.tokenLastsUntil - .seconds(15) {
            do {
                try await answer(interaction, report, components)
                return
            } catch {
                guard VoiceRefusal(error) == .tooLate else { throw error }
            }
        }
        if isPrivate {
            try await direct(report, components)
        } else if let channel = interaction.channelID {
            let speech = Speech(report: report, components: components, mentions: [caller.id])
            _ = try await voice.say(speech, writer) { [voice] in try await voice.post(channel, $0) }
        }
    }

    // MARK: Buttons and menus

    private mutating func takePress(_ step: Step, _ interaction: Interaction) async throws {
        switch step {
        case .stillWorking:
            guard stage == .silent else { return }
            stage = .deferred
            try await voice.respond(interaction, .deferredUpdate)
        case .progress(let report):
            try await replace(interaction, report, [])
        case .finished(.replace(let report, let components)):
            try await replace(interaction, report, components)
        case .finished(.say(let report, _)), .finished(.whisper(let report)):
            let speech = Speech(report: report, isEphemeral: true)
            let isFirst = stage == .silent
            stage = .shown(nil)
            try await voice.say(speech, writer) { [voice] in
                if isFirst {
                    try await voice.respond(interaction, .message($0))
                } else {
                    try await voice.followUp(interaction, $0)
                }
            }
        case .finished(.nothing):
            if stage == .silent { try await voice.respond(interaction, .deferredUpdate) }
        }
    }

    private mutating func replace(
        _ interaction: Interaction, _ report: Report, _ components: [Component]
    ) async throws {
        let speech = Speech(report: report, components: components)
        let isFirst = stage == .silent
        stage = .shown(nil)
        do {
            try await voice.say(speech, writer) { [voice] in
                if isFirst {
                    try await voice.respond(interaction, .update($0))
                } else {
                    try await voice.editOriginal(interaction, $0)
                }
            }
        } catch {
            // What a press did must show on the message, even when its token has died meanwhile.
            guard VoiceRefusal(error) == .tooLate, let message = interaction.message else { throw error }
            try await voice.say(speech, writer) { [voice] in
                try await voice.edit(message.channelID, message.id, $0)
            }
        }
    }
}

extension Interaction {
    /// Discord says what the bot may do here; where it does not, trying is the way to know.
    fileprivate var mayEmbed: Bool {
        appPermissions.map { !$0.isDisjoint(with: [.embedLinks, .administrator]) } ?? true
    }
}

extension BotVoice {
    /// Tries the speech from its best form to its plainest, as long as only a permission is missing.
    @discardableResult
    func say<Result: Sendable>(
        _ speech: Speech, _ writer: ReportWriter, mayEmbed: Bool = true,
        send: (MessageDraft) async throws -> Result
    ) async throws -> Result {
        var drafts = speech.drafts(writer, mayEmbed: mayEmbed)[...]
        while true {
            let draft = drafts.removeFirst()
            do {
                return try await send(draft)
            } catch {
                guard VoiceRefusal(error) == .forbidden, !drafts.isEmpty else { throw error }
            }
        }
    }
}
