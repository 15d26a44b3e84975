// Discord's JSON is read whatever it adds, leaves out or sets to null.

import Discord
import Runtime
import Testing

@Suite struct ReadingTests {
    @Test func `a message is read`() throws {
        let message = try decoded(
            Message.self,
            #"""
            {"id":"1300000000000000000","channel_id":"2","guild_id":"3","type":19,"content":"!plex help","flags":64,
             "author":{"id":"4","username":"ann","global_name":"Ann","discriminator":"0","avatar":null},
             "member":{"roles":["7","8"],"nick":null,"joined_at":null,"deaf":false,"mute":false,"flags":0},
             "mentions":[{"id":"9","username":"bot","bot":true}],"mention_roles":["7"],"mention_everyone":true,
             "message_reference":{"message_id":"10","channel_id":"2","guild_id":"3","type":0},
             "embeds":[{"title":"T","type":"rich","image":{"url":"https://x/y.png","proxy_url":"z","width":3}}],
             "nonce":7,"tts":false,"attachments":[],"pinned":false,"timestamp":"2026-01-01T00:00:00+00:00"}
            """#)
        #expect(message.id == 1300000000000000000)
        #expect(message.author.name == "Ann")
        #expect(message.member?.roles == [7, 8])
        #expect(message.mentions.map(\.isBot) == [true])
        #expect(message.mentionedRoles == [7])
        #expect(message.mentionsEveryone)
        #expect(message.kind == .reply)
        #expect(message.reference?.messageID == 10)
        #expect(message.embeds.first?.image == "https://x/y.png")
        #expect(message.isEphemeral)
        #expect(message.isFromPerson)
    }

    @Test(arguments: [
        #"{"id":"1","channel_id":"2","author":{"id":"3","username":"b","bot":true},"content":"","type":0}"#,
        #"{"id":"1","channel_id":"2","author":{"id":"3","username":"w"},"webhook_id":"3","content":"","type":0}"#,
        #"{"id":"1","channel_id":"2","author":{"id":"3","username":"j"},"content":"","type":7}"#,
    ])
    func `bots, webhooks and notices are not people`(json: String) throws {
        #expect(try !decoded(Message.self, json).isFromPerson)
    }

    @Test func `nulls and strange forms cost only themselves`() throws {
        let message = try decoded(
            Message.self,
            #"""
            {"id":1,"channel_id":2,"author":{"id":"3","username":null,"global_name":5,"bot":null},"content":null,
             "mentions":[null,{"id":"9","username":"x"},7,{"username":"without id"}],"mention_roles":null,"type":null,
             "embeds":[{"title":null,"fields":null,"timestamp":"yesterday"}],"components":[{"type":99,"new":{}}],
             "member":null,"message_reference":{},"flags":"many","new_in_2027":{"deep":[]}}
            """#)
        #expect(message.content.isEmpty)
        #expect(message.mentions.map(\.id) == [9])
        #expect(message.kind == .plain)
        #expect(message.components == [.other(99)])
        #expect(message.author.name.isEmpty)
        #expect(message.embeds == [Embed()])
    }

    @Test(arguments: ["{}", "null", "[]", #"{"id":null}"#, #"{"id":"x","channel_id":"1","author":{"id":"1"}}"#])
    func `what has no id is no message`(json: String) {
        #expect(throws: DecodingError.self) { try decoded(Message.self, json) }
    }

    @Test func `a guild is read with its threads, and its channels know it`() throws {
        let guild = try decoded(
            Guild.self,
            #"""
            {"id":"1","name":"Home","owner_id":"2","member_count":12,"unavailable":false,"emojis":[],"features":[],
             "roles":[{"id":"1","name":"@everyone","permissions":"2048","position":0}],
             "channels":[{"id":"5","type":0,"name":"media","permission_overwrites":
                [{"id":"1","type":0,"allow":"0","deny":"1024"}]},{"id":"6","type":77,"name":"new kind"}],
             "threads":[{"id":"7","type":11,"name":"talk","parent_id":"5"}],
             "members":[{"user":{"id":"9","username":"bot","bot":true},"roles":[],"flags":0}]}
            """#)
        #expect(guild.channels.map(\.name) == ["media", "new kind", "talk"])
        #expect(guild.channels.allSatisfy { $0.guildID == 1 })
        #expect(guild.channels[0].overwrites == [.init(id: 1, isForMember: false, deny: .viewChannel)])
        #expect(guild.channels[1].kind.rawValue == 77)
        #expect(guild.roles[0].permissions == .sendMessages)
        #expect(guild.memberCount == 12)
    }

    @Test func `READY is read`() throws {
        let ready = try decoded(
            Ready.self,
            #"""
            {"v":10,"user":{"id":"1","username":"bot","bot":true},"session_id":"abc",
             "guilds":[{"id":"5","unavailable":true}],"resume_gateway_url":"wss://gateway-x.discord.gg",
             "application":{"id":"1","flags":565248},"shard":[0,1],"private_channels":[],"_trace":[]}
            """#)
        #expect(ready.sessionID == "abc")
        #expect(ready.resumeURL == "wss://gateway-x.discord.gg")
        #expect(ready.guilds == [GuildStub(id: 5, isUnavailable: true)])
        #expect(ready.application?.mayReadContent == true)
        #expect(Application(id: 1, flags: 1 << 18).mayReadContent)
        #expect(!Application(id: 1, flags: 1 << 15).mayReadContent)
    }

    @Test func `the advice about shards and sessions is read`() throws {
        let info = try decoded(
            GatewayInfo.self,
            #"""
            {"url":"wss://gateway.discord.gg","shards":9,"session_start_limit":
             {"total":1000,"remaining":999,"reset_after":14400000,"max_concurrency":16}}
            """#)
        #expect(info.shards == 9)
        #expect(info.session.remaining == 999)
        #expect(info.session.resetAfter == .hours(4))
        #expect(info.session.maxConcurrency == 16)
    }

    @Test func `an embed comes back as it was written`() throws {
        let embed = Embed(
            title: "T", url: "https://x", description: "D", color: 0xFF8800,
            fields: [.init("a", "b", inline: true), .init("c", "d")], author: .init(name: "A", icon: "https://i"),
            footer: .init("F"), image: "attachment://a.png", thumbnail: "https://t",
            timestamp: Instant(milliseconds: 1_767_268_800_250))
        #expect(try decoded(Embed.self, encoded(embed)) == embed)
        #expect(try encoded(embed).contains(#""timestamp":"2026-01-01T12:00:00.250Z""#))
        let back = try decoded(Embed.self, #"{"timestamp":"2026-01-01T12:00:00.250000+00:00"}"#)
        #expect(back.timestamp == embed.timestamp)
        #expect(try decoded(Embed.self, #"{"timestamp":"2026-01-01T12:00:00+00:00"}"#).timestamp != nil)
    }

    @Test func `buttons and menus come back as they were written`() throws {
        let rows: [Component] = [
            .row([
                .button(.init("Yes", customID: "yes:1", style: .success, emoji: "👍")),
                .button(.init("No", customID: "no:1", style: .danger, disabled: true)),
                .button(.init("Site", link: "https://x")),
            ]),
            .row([
                .select(
                    .init(
                        customID: "pick", choices: [.init("One", value: "1", detail: "first", chosen: true)],
                        placeholder: "Which?", fewest: 0, most: 1))
            ]),
        ]
        #expect(try decoded([Component].self, encoded(rows)) == rows)
        #expect(rows.flatMap(\.customIDs) == ["yes:1", "no:1", "pick"])
        #expect(
            try encoded(rows[0]).contains(
                #"{"custom_id":"no:1","disabled":true,"label":"No","style":4,"type":2}"#))
    }
}
