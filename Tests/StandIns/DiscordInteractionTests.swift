// Commands, clicks and their answers: registering, the three seconds, the quarter of an hour (sheet §3).

import Runtime
import StandIns
import Testing

@Suite struct DiscordInteractionTests {
    static let commands = "/applications/\(Household.application)/guilds/\(Household.server)/commands"
    static let plex: JSON = [
        "name": "plex", "description": "Everything about the server",
        "options": [
            ["type": 1, "name": "ping", "description": "Is it there?"],
            [
                "type": 2, "name": "jobs", "description": "Jobs",
                "options": [
                    [
                        "type": 1, "name": "run", "description": "Run one",
                        "options": [
                            [
                                "type": 3, "name": "name", "description": "Which", "required": true,
                                "autocomplete": true,
                            ],
                            ["type": 4, "name": "times", "description": "How often", "min_value": 1],
                            ["type": 6, "name": "whom", "description": "Whom"],
                        ],
                    ]
                ],
            ],
        ],
    ]

    private func desk() -> Desk {
        var desk = Desk()
        #expect(desk.ask("PUT", Self.commands, [Self.plex]).status == 200)
        return desk
    }

    private func callback(_ id: DiscordID, _ desk: Desk) throws -> String {
        "/interactions/\(id)/\(try #require(desk.api.world.interactions[id]).token)/callback"
    }

    private func original(_ id: DiscordID, _ desk: Desk) throws -> String {
        "/webhooks/\(Household.application)/\(try #require(desk.api.world.interactions[id]).token)"
    }

    @Test func `a command keeps its id and gets a new version when it changes`() throws {
        var desk = desk()
        let first = try #require(desk.ask("GET", Self.commands).json?[0])
        let same = try #require(desk.ask("PUT", Self.commands, [Self.plex]).json?[0])
        #expect(same == first)
        let changed = desk.ask("PUT", Self.commands, [Self.plex.with("description", "Other words")]).json?[0]
        #expect(changed?["id"]?.id == first["id"]?.id)
        #expect(changed?["version"]?.id != first["version"]?.id)
        #expect(desk.ask("PUT", Self.commands, []).json?.array?.isEmpty == true)
    }

    @Test(
        arguments: [
            (["name": "Plex", "description": "d"], "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
            (["name": "a b", "description": "d"], "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
            (["name": "plex"], "0.description", "BASE_TYPE_REQUIRED"),
            (
                ["name": "plex", "description": .string(String(repeating: "x", count: 101))], "0.description",
                "BASE_TYPE_BAD_LENGTH"
            ),
            (
                [
                    "name": "plex", "description": "d",
                    "options": [
                        ["type": 3, "name": "a", "description": "d"],
                        ["type": 3, "name": "b", "description": "d", "required": true],
                    ],
                ], "0.options.1", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            ),
            (
                ["name": "plex", "description": "d", "options": [["type": 99, "name": "a", "description": "d"]]],
                "0.options.0.type", "BASE_TYPE_CHOICES"
            ),
            (
                [
                    "name": "plex", "description": "d",
                    "options": [
                        ["type": 1, "name": "a", "description": "d"], ["type": 3, "name": "b", "description": "d"],
                    ],
                ], "0.options.1", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
            ),
            (
                [
                    "name": "plex", "description": "d",
                    "options": [
                        [
                            "type": 3, "name": "a", "description": "d", "autocomplete": true,
                            "choices": [["name": "x", "value": "x"]],
                        ]
                    ],
                ], "0.options.0.autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID"
            ),
        ] as [(JSON, String, String)])
    func `a bad definition is refused where it stands`(_ command: JSON, _ path: String, _ code: String) throws {
        var desk = Desk()
        let fault = try #require(Desk.fault(desk.ask("PUT", Self.commands, [command])))
        #expect(fault == (path, code))
        #expect(desk.ask("GET", Self.commands).json?.array?.isEmpty == true)
    }

    @Test func `creating ends at two hundred a day`() {
        var desk = Desk()
        for number in 0..<200 {
            let command: JSON = ["name": .string("c\(number)"), "description": "d"]
            #expect(desk.ask("POST", Self.commands, command).status == 201)
            if number % 50 == 0 { #expect(desk.ask("POST", Self.commands, command).status == 200) }
        }
        #expect(desk.ask("POST", Self.commands, ["name": "more", "description": "d"]).code == 30034)
        desk.pass(.days(1))
        #expect(desk.ask("POST", Self.commands, ["name": "more", "description": "d"]).status == 201)
    }

    @Test func `options arrive nested, converted and with whom they name`() throws {
        var desk = desk()
        let id = try desk.api.world.slash(
            "plex jobs run", options: ["name": "backup", "times": "3", "whom": "ann"], as: Household.robin,
            in: Household.media)
        let data = try #require(desk.api.world.interactions[id]).data
        let run = try #require(data["options"]?[0]?["options"]?[0])
        #expect(run["name"]?.string == "run")
        #expect(run["options"]?[1]?["value"] == 3)
        #expect(data["resolved"]?["users"]?[String(Household.ann)]?["username"]?.string == "ann")
        #expect(data["resolved"]?["members"]?[String(Household.ann)]?["permissions"]?.string != nil)
    }

    @Test(
        arguments: [
            ("plex", [:]), ("plex jobs", [:]), ("plex jobs run", [:]), ("nothing", [:]),
            ("plex jobs run", ["name": "a", "times": "0"]), ("plex jobs run", ["name": "a", "other": "b"]),
            ("plex jobs run", ["name": "a", "whom": "nobody"]),
        ] as [(String, [String: JSON])])
    func `what Discord's app would not send is not sent`(_ path: String, _ options: [String: JSON]) {
        var desk = desk()
        #expect(throws: ControlError.self) {
            try desk.api.world.slash(path, options: options, as: Household.ann, in: Household.media)
        }
    }

    @Test func `a command for admins is offered to admins`() {
        var desk = Desk()
        let form: JSON = ["name": "prune", "description": "d", "default_member_permissions": .string("32")]
        desk.ask("PUT", Self.commands, [form])
        #expect(desk.api.world.commands(for: Household.ann, in: Household.media).isEmpty)
        #expect(desk.api.world.commands(for: Household.robin, in: Household.media).count == 1)
    }

    @Test func `the first answer comes within three seconds and once`() throws {
        var desk = desk()
        let id = try desk.api.world.slash("plex ping", options: [:], as: Household.ann, in: Household.media)
        let path = try callback(id, desk)
        desk.pass(.seconds(3))
        #expect(desk.ask("POST", path, ["type": 4, "data": ["content": "pong"]]).status == 204)
        #expect(desk.ask("POST", path, ["type": 4, "data": ["content": "pong"]]).code == 40060)
        let late = try desk.api.world.slash("plex ping", options: [:], as: Household.ann, in: Household.media)
        desk.pass(.milliseconds(3001))
        let refused = desk.ask("POST", try callback(late, desk), ["type": 4, "data": ["content": "pong"]])
        #expect((refused.status, refused.code) == (404, 10062))
    }

    @Test func `a deferred answer is thinking until it is filled in, and dies after a quarter of an hour`() throws {
        var desk = desk()
        let id = try desk.api.world.slash("plex ping", options: [:], as: Household.ann, in: Household.media)
        let token = try original(id, desk)
        #expect(desk.ask("PATCH", "\(token)/messages/@original", ["content": "early"]).code == 10015)
        let deferred = desk.ask(
            "POST", try callback(id, desk), ["type": 5, "data": ["flags": 64]],
            query: [("with_response", "1")])
        #expect(deferred.json?["resource"]?["message"]?["flags"]?.int == 192)
        #expect(deferred.json?["interaction"]?["response_message_ephemeral"]?.bool == true)
        desk.pass(.minutes(14))
        let filled = desk.ask("PATCH", "\(token)/messages/@original", ["content": "done", "flags": 0]) {
            $0.authorization = nil
        }
        #expect(filled.status == 200)
        #expect(filled.json?["flags"]?.int == 64)
        #expect(desk.api.world.history(of: Household.media, seenBy: Household.bo).isEmpty)
        #expect(desk.api.world.history(of: Household.media, seenBy: Household.ann).count == 1)
        desk.pass(.minutes(2))
        let late = desk.ask("PATCH", "\(token)/messages/@original", ["content": "more"])
        #expect((late.status, late.code) == (401, 50027))
    }

    @Test func `follow-ups may be private on their own`() throws {
        var desk = desk()
        let id = try desk.api.world.slash("plex ping", options: [:], as: Household.ann, in: Household.media)
        desk.ask("POST", try callback(id, desk), ["type": 4, "data": ["content": "for all"]])
        let more = desk.ask("POST", try original(id, desk), ["content": "for Ann", "flags": 64])
        #expect(more.json?["flags"]?.int == 64)
        #expect(desk.api.world.history(of: Household.media, seenBy: Household.bo).map(\.content) == ["for all"])
        let path = "\(try original(id, desk))/messages/\(try #require(more.id))"
        #expect(desk.ask("DELETE", path).status == 204)
        #expect(desk.ask("GET", path).code == 10008)
        #expect(desk.ask("GET", "/channels/\(Household.media)/messages/\(more.id ?? 0)").code == 10008)
    }

    @Test func `a button updates its message or answers beside it`() throws {
        var desk = desk()
        let row: JSON = [["type": 1, "components": [["type": 2, "style": 1, "label": "Next", "custom_id": "next"]]]]
        let sent = desk.ask("POST", "/channels/\(Household.media)/messages", ["content": "1", "components": row])
        let message = try #require(sent.id)
        let id = try desk.api.world.press("next", on: message, as: Household.ann)
        let updated = desk.ask("POST", try callback(id, desk), ["type": 7, "data": ["content": "2"]])
        #expect(updated.status == 204)
        #expect(desk.api.world.message(message)?.content == "2")
        let again = try desk.api.world.press("next", on: message, as: Household.ann)
        desk.ask("POST", try callback(again, desk), ["type": 6])
        #expect(desk.ask("PATCH", "\(try original(again, desk))/messages/@original", ["content": "3"]).status == 200)
        #expect(desk.api.world.message(message)?.content == "3")
        #expect(throws: ControlError.self) { try desk.api.world.press("other", on: message, as: Household.ann) }
    }

    @Test func `menus take what they offer`() throws {
        var desk = desk()
        let menu: JSON = [
            "type": 3, "custom_id": "pick", "max_values": 2,
            "options": [["label": "A", "value": "a"], ["label": "B", "value": "b"]],
        ]
        let sent = desk.ask(
            "POST", "/channels/\(Household.media)/messages",
            ["content": "?", "components": [["type": 1, "components": [menu]]]])
        let message = try #require(sent.id)
        let id = try desk.api.world.choose(["a", "b"], in: "pick", on: message, as: Household.bo)
        #expect(desk.api.world.interactions[id]?.data["values"] == ["a", "b"])
        #expect(throws: ControlError.self) {
            try desk.api.world.choose(["c"], in: "pick", on: message, as: Household.bo)
        }
        #expect(throws: ControlError.self) { try desk.api.world.choose([], in: "pick", on: message, as: Household.bo) }
    }

    @Test func `suggestions are only suggestions`() throws {
        var desk = desk()
        let id = try desk.api.world.complete(
            "plex jobs run", option: "name", typed: "ba", others: [:], as: Household.ann, in: Household.media)
        let path = try callback(id, desk)
        #expect(desk.ask("POST", path, ["type": 4, "data": ["content": "no"]]).code == 50035)
        let many = (0..<26).map { number -> JSON in ["name": .string("\(number)"), "value": "v"] }
        #expect(desk.ask("POST", path, ["type": 8, "data": ["choices": .array(many)]]).code == 50035)
        #expect(
            desk.ask("POST", path, ["type": 8, "data": ["choices": [["name": "backup", "value": "b"]]]]).status == 204)
        #expect(desk.api.world.interactions[id]?.choices.count == 1)
    }

    @Test func `a form is opened, filled in and sent off`() throws {
        var desk = desk()
        let id = try desk.api.world.slash("plex ping", options: [:], as: Household.ann, in: Household.media)
        let input: JSON = ["type": 4, "custom_id": "why", "style": 1, "label": "Why?", "max_length": 5]
        let modal: JSON = [
            "custom_id": "form", "title": "Tell us", "components": [["type": 1, "components": [input]]],
        ]
        #expect(desk.ask("POST", try callback(id, desk), ["type": 9, "data": modal]).status == 204)
        #expect(throws: ControlError.self) {
            try desk.api.world.submit(["why": "too long"], modalOf: id, as: Household.ann)
        }
        let second = try desk.api.world.slash("plex ping", options: [:], as: Household.ann, in: Household.media)
        desk.ask("POST", try callback(second, desk), ["type": 9, "data": modal])
        let sent = try desk.api.world.submit(["why": "fun"], modalOf: second, as: Household.ann)
        let data = desk.api.world.interactions[sent]?.data
        #expect(data?["components"]?[0]?["components"]?[0]?["value"]?.string == "fun")
        #expect(desk.ask("POST", try callback(sent, desk), ["type": 9, "data": modal]).code == 50035)
    }

    @Test func `ordinary webhooks write under any name but two`() throws {
        var desk = desk()
        let made = desk.ask("POST", "/channels/\(Household.media)/webhooks", ["name": "News"])
        let id = try #require(made.id)
        let path = "/webhooks/\(id)/\(try #require(made.json?["token"]?.string))"
        #expect(desk.ask("POST", path, ["content": "hi"]).status == 204)
        let shown = desk.ask("POST", path, ["content": "hi", "username": "Robot"], query: [("wait", "true")])
        #expect(shown.json?["author"]?["username"]?.string == "Robot")
        #expect(desk.ask("POST", path, ["content": "hi", "username": "xDiscordx"]).code == 50035)
        #expect(desk.ask("POST", "/webhooks/\(id)/wrong", ["content": "hi"]).code == 50027)
    }
}
