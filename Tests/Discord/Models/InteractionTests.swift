// Interactions of every kind, as Discord sends them.

import Discord
import Runtime
import Testing

private func interaction(type: Int, data: String, more: String = "") throws -> Interaction {
    try decoded(
        Interaction.self,
        #"""
        {"id":"1300000000000000000","application_id":"2","type":\#(type),"token":"very-secret","version":1,
         "guild_id":"3","channel_id":"4","channel":{"id":"4","type":0,"name":"media"},"locale":"de","context":0,
         "member":{"user":{"id":"5","username":"ann"},"roles":["6"],"permissions":"32"},"app_permissions":"2048",
         "entitlements":[],"authorizing_integration_owners":{}\#(more)\#(data.isEmpty ? "" : ",\"data\":" + data)}
        """#)
}

@Suite struct InteractionTests {
    private static let call = #"""
        {"id":"9","name":"plex","type":1,"options":[{"name":"jobs","type":2,"options":[{"name":"run","type":1,"options":
        [{"name":"name","type":3,"value":"backup"},{"name":"count","type":4,"value":3},{"name":"loud","type":5,
        "value":true},{"name":"share","type":10,"value":0.5},{"name":"who","type":6,"value":"77"}]}]}],
        "resolved":{"users":{"77":{"id":"77","username":"bob"}},"members":{"77":{"roles":["6"]}}}}
        """#

    @Test func `a slash command is read down to the innermost options`() throws {
        let interaction = try interaction(type: 2, data: Self.call)
        guard case .command(let call) = interaction.content else {
            Issue.record("not a command")
            return
        }
        #expect(call.path == ["plex", "jobs", "run"])
        #expect(call.arguments.map(\.name) == ["name", "count", "loud", "share", "who"])
        #expect(call.arguments.map { $0.value?.typed } == ["backup", "3", "true", "0.5", "77"])
        #expect(call.arguments[1].value == .integer(3))
        #expect(call.arguments[4].value?.id == 77)
        #expect(call.resolved.users[77]?.name == "bob")
        #expect(call.resolved.members[77]?.roles == [6])
        #expect(interaction.caller?.id == 5)
        #expect(interaction.member?.permissions == .manageServer)
        #expect(interaction.appPermissions == .sendMessages)
        #expect(interaction.context == .guild)
        #expect(interaction.locale == "de")
    }

    @Test func `a request for completions knows what is being typed`() throws {
        let data = #"""
            {"id":"9","name":"plex","type":1,"options":[{"name":"help","type":1,"options":
            [{"name":"command","type":3,"value":"st","focused":true}]}]}
            """#
        guard case .autocomplete(let call) = try interaction(type: 4, data: data).content else {
            Issue.record("not a request for completions")
            return
        }
        #expect(call.focused?.name == "command")
        #expect(call.focused?.value?.text == "st")
    }

    @Test func `a press knows its message and values`() throws {
        let interaction = try interaction(
            type: 3, data: #"{"custom_id":"pick","component_type":3,"values":["a","b"],"id":1}"#,
            more: #","message":{"id":"8","channel_id":"4","author":{"id":"2","username":"bot"},"content":"x"}"#)
        #expect(interaction.content == .component(.init(customID: "pick", values: ["a", "b"])))
        #expect(interaction.message?.id == 8)
    }

    @Test(arguments: [
        #"{"custom_id":"f","components":[{"type":18,"component":{"type":4,"custom_id":"why","value":"because"}}]}"#,
        #"{"custom_id":"f","components":[{"type":1,"components":[{"type":4,"custom_id":"why","value":"because"}]}]}"#,
        #"{"custom_id":"f","components":[{"type":18,"component":{"type":3,"custom_id":"why","values":["because"]}}]}"#,
    ])
    func `a form is read in its new and its old shape`(data: String) throws {
        #expect(
            try interaction(type: 5, data: data).content
                == .form(.init(customID: "f", fields: ["why": ["because"]])))
    }

    @Test func `a ping and a kind of the future are read`() throws {
        #expect(try interaction(type: 1, data: "").content == .ping)
        #expect(try interaction(type: 42, data: "{}").content == .unknown(42))
    }

    @Test func `in direct messages the caller is the user`() throws {
        let interaction = try decoded(
            Interaction.self,
            #"""
            {"id":"1","application_id":"2","type":3,"token":"t","user":{"id":"5","username":"ann"},"member":null,
             "data":{"custom_id":"x"}}
            """#)
        #expect(interaction.caller?.id == 5)
        #expect(interaction.guildID == nil)
    }

    @Test func `the token does not print itself`() throws {
        let interaction = try interaction(type: 1, data: "")
        #expect(!"\(interaction)".contains("very-secret"))
        #expect(interaction.token.reveal() == "very-secret")
    }

    @Test func `the clock starts at the id's moment`() throws {
        let interaction = try interaction(type: 1, data: "")
        #expect(interaction.answerBy - interaction.id.instant == .seconds(3))
        #expect(interaction.tokenLastsUntil - interaction.id.instant == .minutes(15))
    }
}
