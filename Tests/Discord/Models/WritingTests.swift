// What leaves for Discord, letter by letter.

import Runtime
import Testing

@testable import Discord

@Suite struct WritingTests {
    private func post(_ draft: MessageDraft) throws -> String {
        try encoded(MessagePayload(draft: draft, purpose: .post(nonce: "n1")))
    }

    @Test func `a message pings nobody and is safe to repeat`() throws {
        #expect(
            try post(MessageDraft("@everyone <@1>"))
                == #"""
                {"allowed_mentions":{"parse":[]},"content":"@everyone <@1>","enforce_nonce":true,"nonce":"n1"}
                """#)
    }

    @Test func `those named are pinged and no others`() throws {
        let draft = MessageDraft("x", allowedMentions: .init(users: [1], roles: [2], repliedUser: true))
        #expect(
            try post(draft).contains(
                #""allowed_mentions":{"parse":[],"replied_user":true,"roles":["2"],"users":["1"]}"#)
        )
        let all = MessageDraft("x", allowedMentions: .init(users: (1...150).map { Snowflake($0) }, everyone: true))
        #expect(try post(all).contains(#""parse":["everyone"]"#))
        #expect(try post(all).contains("\"100\"") && !post(all).contains("\"101\""))
    }

    @Test func `a reply survives that its question was deleted`() throws {
        #expect(
            try post(MessageDraft("x", replyTo: 7)).contains(
                #""message_reference":{"fail_if_not_exists":false,"message_id":"7"}"#))
    }

    @Test func `an edit names everything, mentions too`() throws {
        #expect(
            try encoded(MessagePayload(draft: MessageDraft("x"), purpose: .edit))
                == #"{"allowed_mentions":{"parse":[]},"attachments":[],"components":[],"content":"x","embeds":[]}"#)
    }

    @Test func `files are announced by their number`() throws {
        let draft = MessageDraft(files: [
            .init(name: "a.png", bytes: [1], alternative: "A"), .init(name: "b", bytes: []),
        ])
        #expect(
            try post(draft).contains(
                #""attachments":[{"description":"A","filename":"a.png","id":0},{"filename":"b","id":1}]"#))
    }

    @Test func `answers to interactions carry their type and privacy`() throws {
        let quiet = MessageDraft("x", ephemeral: true, suppressesEmbeds: true)
        #expect(
            try encoded(InteractionResponse.message(quiet))
                == #"{"data":{"allowed_mentions":{"parse":[]},"content":"x","flags":68},"type":4}"#)
        #expect(try encoded(InteractionResponse.deferred(ephemeral: true)) == #"{"data":{"flags":64},"type":5}"#)
        #expect(try encoded(InteractionResponse.deferred(ephemeral: false)) == #"{"type":5}"#)
        #expect(try encoded(InteractionResponse.deferredUpdate) == #"{"type":6}"#)
        #expect(try encoded(InteractionResponse.update(quiet)).hasSuffix(#""embeds":[],"flags":4},"type":7}"#))
        #expect(
            try encoded(InteractionResponse.choices([.init("ping")]))
                == #"{"data":{"choices":[{"name":"ping","value":"ping"}]},"type":8}"#)
        #expect(try encoded(InteractionResponse.pong) == #"{"type":1}"#)
    }

    @Test func `at most 25 completions go out`() throws {
        let choices = (1...40).map { CommandOption.Choice("c\($0)") }
        let text = try encoded(InteractionResponse.choices(choices))
        #expect(text.contains("c25\"") && !text.contains("c26\""))
    }
}

@Suite struct CommandDefinitionTests {
    private static let plex = CommandDefinition(
        "plex", "Plex for friends",
        options: [
            CommandOption(
                "help", "What I can do", kind: .subcommand,
                options: [CommandOption("command", "Which one", kind: .text, completes: true, longest: 40)]),
            CommandOption(
                "jobs", "Regular work", kind: .group,
                options: [
                    CommandOption(
                        "run", "Run now", kind: .subcommand,
                        options: [
                            CommandOption(
                                "count", "How often", kind: .integer, required: true,
                                choices: [.init("once", value: .integer(1))], least: 1, most: 5),
                            CommandOption("where", "Where", kind: .channel, channelKinds: [.announcement, .text]),
                        ])
                ]),
        ], neededPermissions: .manageServer, contexts: [.botDirect, .guild])

    /// The same command with all that Discord adds.
    private static let registered = #"""
        {"id":"1","application_id":"2","version":"3","type":1,"nsfw":false,"name":"plex","name_localizations":null,
         "description":"Plex for friends","description_localizations":null,"dm_permission":true,
         "default_member_permissions":"32","contexts":[0,1],"integration_types":[0],"options":[
         {"type":1,"name":"help","description":"What I can do","name_localizations":null,"options":[
           {"type":3,"name":"command","description":"Which one","autocomplete":true,"max_length":40,"required":false}]},
         {"type":2,"name":"jobs","description":"Regular work","options":[{"type":1,"name":"run","description":"Run now",
           "options":[{"type":4,"name":"count","description":"How often","required":true,"min_value":1.0,"max_value":5,
             "choices":[{"name":"once","name_localizations":null,"value":1}]},
            {"type":7,"name":"where","description":"Where","channel_types":[0,5]}]}]}]}
        """#

    @Test func `what Discord adds makes no difference`() throws {
        let theirs = try decoded(CommandDefinition.self, Self.registered)
        #expect(CommandDefinition.isSame([Self.plex], [theirs]))
    }

    @Test(arguments: [
        ("Plex for friends", "Plex for family"), (#""max_length":40"#, #""max_length":41"#),
        (#""autocomplete":true"#, #""autocomplete":false"#), (#""required":true"#, #""required":false"#),
        (#""value":1"#, #""value":2"#), (#""default_member_permissions":"32""#, #""default_member_permissions":null"#),
        (#""contexts":[0,1]"#, #""contexts":null"#), (#""type":4"#, #""type":10"#),
        (#""max_value":5"#, #""max_value":6"#),
        (#""version":"3","type":1"#, #""version":"3","type":2"#),
    ])
    func `every difference that people would notice is one`(part: String, other: String) throws {
        let changed = Self.registered.replacing(part, with: other)
        try #require(changed != Self.registered)
        #expect(try !CommandDefinition.isSame([Self.plex], [decoded(CommandDefinition.self, changed)]))
    }

    @Test func `a command too many or too few is a difference, their order is none`() throws {
        let other = CommandDefinition("other", "Another")
        #expect(!CommandDefinition.isSame([Self.plex], []))
        #expect(!CommandDefinition.isSame([Self.plex], [Self.plex, other]))
        #expect(CommandDefinition.isSame([Self.plex, other], [other, Self.plex]))
    }

    @Test func `a command comes back as it was written, whole bounds as integers`() throws {
        let text = try encoded(Self.plex)
        #expect(text.contains(#""max_value":5,"min_value":1,"#))
        #expect(CommandDefinition.isSame([try decoded(CommandDefinition.self, text)], [Self.plex]))
        #expect(try encoded(CommandDefinition("a", "b")).contains(#""default_member_permissions":null"#))
    }
}
