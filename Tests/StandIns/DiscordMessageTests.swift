// Messages at the API: limits in code points, error trees, permissions, nonces, edits (sheet §3–§5).

import Runtime
import StandIns
import Testing

@Suite struct DiscordMessageTests {
    static let path = "/channels/\(Household.media)/messages"

    static func text(_ count: Int) -> JSON { .string(String(repeating: "x", count: count)) }

    @Test func `a message is answered, kept and read again`() throws {
        var desk = Desk()
        let sent = desk.ask("POST", Self.path, ["content": "Hello"])
        #expect(sent.status == 200)
        let id = try #require(sent.id)
        let read = desk.ask("GET", "\(Self.path)/\(id)")
        #expect(read.json?["content"]?.string == "Hello")
        #expect(read.json?["author"]?["id"]?.id == Household.autoplex)
        #expect(desk.ask("GET", Self.path).json?[0]?["id"]?.id == id)
    }

    @Test(
        arguments: [
            (["content": text(2001)], "content", "BASE_TYPE_MAX_LENGTH"),
            (["embeds": [["title": text(257)]]], "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
            (
                ["embeds": [["title": "a"], ["description": text(4097)]]], "embeds.1.description",
                "BASE_TYPE_MAX_LENGTH"
            ),
            (["embeds": [["fields": [["name": "a"]]]]], "embeds.0.fields.0.value", "BASE_TYPE_REQUIRED"),
            (
                ["embeds": [["fields": [["name": text(257), "value": "b"]]]]], "embeds.0.fields.0.name",
                "BASE_TYPE_BAD_LENGTH"
            ),
            (["embeds": [["footer": ["text": text(2049)]]]], "embeds.0.footer.text", "BASE_TYPE_BAD_LENGTH"),
            (["embeds": [["title": "a", "color": 16_777_216]]], "embeds.0.color", "NUMBER_TYPE_MAX"),
            (
                ["embeds": [["title": "a", "image": ["url": "ftp://a/b.png"]]]], "embeds.0.image.url",
                "URL_TYPE_INVALID_SCHEME"
            ),
            (["embeds": [["title": "a", "url": "nonsense"]]], "embeds.0.url", "URL_TYPE_INVALID_URL"),
            (["embeds": [["title": "a", "timestamp": "yesterday"]]], "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
            (
                ["embeds": [["description": text(3500)], ["description": text(2501)]]], "embeds",
                "MAX_EMBED_SIZE_EXCEEDED"
            ),
            (["content": "a", "components": [["type": 2]]], "components.0.type", "BASE_TYPE_CHOICES"),
            (
                ["content": "a", "components": [["type": 1, "components": [["type": 2, "style": 1, "label": "a"]]]]],
                "components.0.components.0.custom_id", "BASE_TYPE_REQUIRED"
            ),
            (
                [
                    "content": "a",
                    "components": [
                        ["type": 1, "components": [["type": 2, "style": 1, "label": "a", "custom_id": text(101)]]]
                    ],
                ], "components.0.components.0.custom_id", "BASE_TYPE_BAD_LENGTH"
            ),
            (
                ["content": "a", "allowed_mentions": ["parse": ["users"], "users": ["1"]]], "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
            ),
            (["content": "a", "nonce": text(26)], "nonce", "BASE_TYPE_MAX_LENGTH"),
            (
                ["content": "a", "message_reference": ["message_id": "1"]], "message_reference",
                "REPLIES_UNKNOWN_MESSAGE"
            ),
        ] as [(JSON, String, String)])
    func `what does not fit is refused where it stands`(_ form: JSON, _ path: String, _ code: String) throws {
        var desk = Desk()
        let answer = desk.ask("POST", Self.path, form)
        #expect(answer.status == 400)
        let fault = try #require(Desk.fault(answer))
        #expect(fault == (path, code))
        #expect(desk.api.world.history(of: Household.media).isEmpty)
    }

    @Test func `lengths count code points, not what a person sees as one sign`() {
        var desk = Desk()
        // Seven code points, one sign.
        let family = "👨‍👩‍👧‍👦"
        #expect(desk.ask("POST", Self.path, ["content": .string(String(repeating: family, count: 286))]).status == 400)
        #expect(desk.ask("POST", Self.path, ["content": .string(String(repeating: family, count: 285))]).status == 200)
        #expect(desk.ask("POST", Self.path, ["content": Self.text(2000)]).status == 200)
    }

    @Test func `custom ids are unique over the whole message`() throws {
        var desk = Desk()
        let button: JSON = ["type": 2, "style": 1, "label": "a", "custom_id": "same"]
        let rows: JSON = [["type": 1, "components": [button]], ["type": 1, "components": [button]]]
        let fault = Desk.fault(desk.ask("POST", Self.path, ["content": "a", "components": rows]))
        #expect(try #require(fault) == ("components.1.components.0.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"))
    }

    @Test func `a menu fills its row and an sixth row is too many`() {
        var desk = Desk()
        let menu: JSON = ["type": 3, "custom_id": "m", "options": [["label": "a", "value": "a"]]]
        let button: JSON = ["type": 2, "style": 1, "label": "a", "custom_id": "b"]
        let both = desk.ask(
            "POST", Self.path, ["content": "a", "components": [["type": 1, "components": [menu, button]]]])
        #expect(Desk.fault(both)?.code == "COMPONENT_LAYOUT_WIDTH_EXCEEDED")
        let rows = (0..<6).map { number -> JSON in
            ["type": 1, "components": [button.with("custom_id", .string("b\(number)"))]]
        }
        #expect(
            Desk.fault(desk.ask("POST", Self.path, ["content": "a", "components": .array(rows)]))?.path == "components")
    }

    @Test(arguments: [[:], ["content": "   "], ["embeds": [[:]]], ["content": .null]] as [JSON])
    func `an empty message is 50006`(_ form: JSON) {
        var desk = Desk()
        #expect(desk.ask("POST", Self.path, form).code == 50006)
    }

    @Test func `where the bot may not look or write it is told so`() {
        var desk = Desk()
        desk.api.world.setOverwrites(
            [.init(subject: .role, id: Household.server, deny: Permission.viewChannel)], of: Household.media)
        #expect(desk.ask("POST", Self.path, ["content": "a"]).code == 50001)
        desk.api.world.setOverwrites(
            [.init(subject: .role, id: Household.server, deny: Permission.sendMessages)], of: Household.media)
        // The role of the bot allows nothing for the channel: a server-wide right does not undo the overwrite.
        #expect(desk.ask("POST", Self.path, ["content": "a"]).code == 50013)
        desk.api.world.setOverwrites(
            [.init(subject: .member, id: Household.autoplex, deny: Permission.embedLinks)], of: Household.media)
        #expect(desk.ask("POST", Self.path, ["content": "a"]).status == 200)
        #expect(desk.ask("POST", Self.path, ["embeds": [["title": "a"]]]).code == 50013)
        #expect(desk.ask("POST", "/channels/1/messages", ["content": "a"]).code == 10003)
    }

    @Test func `direct messages reach who takes them`() throws {
        var desk = Desk()
        let opened = desk.ask("POST", "/users/@me/channels", ["recipient_id": .id(Household.ann)])
        let channel = try #require(opened.id)
        #expect(desk.ask("POST", "/users/@me/channels", ["recipient_id": .int(Int64(Household.ann))]).id == channel)
        #expect(desk.ask("POST", "/channels/\(channel)/messages", ["content": "a"]).status == 200)
        desk.api.world.allowMessages(false, of: Household.ann)
        #expect(desk.ask("POST", "/channels/\(channel)/messages", ["content": "a"]).code == 50007)
    }

    @Test func `a nonce sent again returns the first message`() throws {
        var desk = Desk()
        let form: JSON = ["content": "once", "nonce": "n1", "enforce_nonce": true]
        let first = desk.ask("POST", Self.path, form)
        #expect(desk.ask("POST", Self.path, form).id == first.id)
        #expect(desk.api.world.history(of: Household.media).count == 1)
        #expect(desk.ask("POST", Self.path, ["content": "once", "nonce": "n1"]).id != first.id)
        desk.pass(.minutes(10))
        #expect(desk.ask("POST", Self.path, form).id != first.id)
    }

    @Test func `only what is allowed is mentioned`() {
        var desk = Desk()
        let words: JSON = .string("<@\(Household.ann)> <@!\(Household.bo)> @everyone")
        func mentions(_ allowed: JSON?) -> [DiscordID] {
            let answer = desk.ask("POST", Self.path, (["content": words] as JSON).with("allowed_mentions", allowed))
            #expect(answer.json?["mention_everyone"]?.bool == false)
            return (answer.json?["mentions"]?.array ?? []).compactMap { $0["id"]?.id }
        }
        #expect(mentions(nil) == [Household.ann, Household.bo])
        #expect(mentions(["parse": []]) == [])
        #expect(mentions(["users": [.id(Household.bo)]]) == [Household.bo])
        #expect(mentions([:]) == [])
    }

    @Test func `an edit changes what it names and pings anew by default`() throws {
        var desk = Desk()
        let sent = desk.ask("POST", Self.path, ["content": "a", "embeds": [["title": "t"]]])
        let id = try #require(sent.id)
        let edited = desk.ask("PATCH", "\(Self.path)/\(id)", ["content": .string("<@\(Household.ann)>")])
        #expect(edited.json?["embeds"]?.array?.count == 1)
        #expect(edited.json?["mentions"]?[0]?["id"]?.id == Household.ann)
        #expect(edited.json?["edited_timestamp"]?.string != nil)
        #expect(desk.ask("PATCH", "\(Self.path)/\(id)", ["content": .null]).json?["content"]?.string == "")
        #expect(desk.ask("PATCH", "\(Self.path)/\(id)", ["embeds": []]).code == 50006)
    }

    @Test func `others' messages are not edited, and deleted only with the right to`() throws {
        var desk = Desk()
        let id = try desk.api.world.say("mine", as: Household.ann, in: Household.media)
        #expect(desk.ask("PATCH", "\(Self.path)/\(id)", ["content": "yours"]).code == 50005)
        #expect(desk.ask("DELETE", "\(Self.path)/\(id)").status == 204)
        #expect(desk.ask("DELETE", "\(Self.path)/\(id)").code == 10008)
        let other = try desk.api.world.say("mine", as: Household.ann, in: Household.media)
        desk.api.world.setRoles([], of: Household.autoplex, in: Household.server)
        #expect(desk.ask("DELETE", "\(Self.path)/\(other)").code == 50013)
    }

    @Test func `files are kept, shown in embeds and served at a signed address`() throws {
        var desk = Desk()
        let png: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 1, 0, 0, 0, 0, 64, 8,
        ]
        let files = [
            UploadedFile(number: 0, name: "a b.png", type: "image/png", bytes: png),
            UploadedFile(number: 1, name: "log.txt", type: "text/plain", bytes: [65]),
        ]
        let answer = desk.ask(
            "POST", Self.path,
            [
                "embeds": [["image": ["url": "attachment://chart.png"]]],
                "attachments": [["id": 0, "filename": "chart.png"], ["id": "1", "description": "the log"]],
            ], files: files)
        #expect(answer.json?["embeds"]?[0]?["image"]?["width"]?.int == 256)
        let left = try #require(answer.json?["attachments"]?.array)
        #expect(left.count == 1)
        #expect(left[0]["filename"]?.string == "log.txt")
        #expect(left[0]["description"]?.string == "the log")
        #expect(left[0]["url"]?.string?.contains("?ex=") == true)
        let wrong = desk.ask("POST", Self.path, ["content": "a", "attachments": [["id": 3]]], files: files)
        #expect(Desk.fault(wrong)?.path == "attachments.0.id")
        let huge = UploadedFile(
            number: 0, name: "huge", type: "a/b", bytes: [UInt8](repeating: 0, count: 10 << 20 + 1))
        #expect(desk.ask("POST", Self.path, ["content": "a"], files: [huge]).code == 40005)
    }

    @Test func `reading goes newest first, before, after and around`() throws {
        var desk = Desk()
        let ids = (0..<5).compactMap { desk.ask("POST", Self.path, ["content": .string("\($0)")]).id }
        func read(_ query: (name: String, value: String)...) -> [DiscordID] {
            (desk.ask("GET", Self.path, query: query).json?.array ?? []).compactMap { $0["id"]?.id }
        }
        #expect(read() == ids.reversed())
        #expect(read(("limit", "2")) == [ids[4], ids[3]])
        #expect(read(("before", "\(ids[2])"), ("limit", "1")) == [ids[1]])
        #expect(read(("after", "\(ids[2])")) == [ids[4], ids[3]])
        #expect(read(("after", "\(ids[0])"), ("limit", "2")) == [ids[2], ids[1]])
        #expect(read(("around", "\(ids[2])"), ("limit", "3")) == [ids[3], ids[2], ids[1]])
    }

    @Test func `layout components forbid plain content`() {
        var desk = Desk()
        let words: JSON = [["type": 10, "content": "hello"]]
        #expect(desk.ask("POST", Self.path, ["flags": 32768, "components": words]).status == 200)
        let mixed = desk.ask("POST", Self.path, ["flags": 32768, "content": "a", "components": words])
        #expect(Desk.fault(mixed)?.code == "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
        #expect(Desk.fault(desk.ask("POST", Self.path, ["components": words]))?.path == "components.0.type")
    }
}
