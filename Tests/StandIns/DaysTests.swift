// Days that pass in the household, and the buttons beside the chat that let them.

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct DaysTests {
    private static let noon = Instant(seconds: 1_767_268_800)

    @Test func `people will have watched by their habits, whoever has the server`() {
        var world = HouseholdWorld.small(now: Self.noon)
        world.removeShare(of: HouseholdWorld.People.chris)
        let plays = world.playsToCome(from: Self.noon, to: Self.noon + .days(20), seed: 3)
        #expect(plays.map(\.stopped) == plays.map(\.stopped).sorted())
        #expect(plays.allSatisfy { $0.started >= Self.noon && $0.stopped <= Self.noon + .days(20) })
        let people = Set(plays.map(\.person))
        #expect(people.isSuperset(of: [HouseholdWorld.People.ann, HouseholdWorld.People.bo]))
        #expect(!people.contains(HouseholdWorld.People.dora) && !people.contains(HouseholdWorld.People.chris))
        #expect(world.plays.isEmpty)
        for play in plays.prefix(3) { world.play(play) }
        #expect(world.plays.count == 3 && Set(world.plays.map(\.id)).count == 3)
        world.endStreams(at: Self.noon)
        #expect(world.streams.isEmpty)
    }

    @Test func `whoever lost the server meanwhile does not watch`() throws {
        var world = HouseholdWorld.small(now: Self.noon)
        let plays = world.playsToCome(from: Self.noon, to: Self.noon + .days(20), seed: 3)
        let play = try #require(plays.first { $0.person == HouseholdWorld.People.ann })
        world.removeShare(of: HouseholdWorld.People.ann)
        world.play(play)
        #expect(world.plays.isEmpty)
    }

    @Test func `a button of the page does what it says, and only those there are`() async throws {
        try await Stage.play { stage in
            let server = try await HTTPServer.start(
                on: stage.loop, port: 0,
                routes: stage.discord.chatRoutes(
                    under: "/chat",
                    with: ChatExtras(controls: [WorldControl("day", "Skip a day") { "A day has passed." }])),
                log: .silent)
            let base = "http://127.0.0.1:\(server.port)/chat/api/"
            let household = try JSON(
                parsing: try await stage.http.send(HTTPRequest("GET", base + "household")).body)
            #expect(household["controls"]?[0]?["label"]?.string == "Skip a day" && household["now"]?.int != nil)
            func press(_ name: String) async throws -> HTTPResponse {
                let form: JSON = ["name": .string(name)]
                return try await stage.http.send(HTTPRequest("POST", base + "control", body: .json(form.bytes)))
            }
            let day = try await press("day")
            #expect(day.status == 200 && day.text.contains("A day has passed."))
            let year = try await press("year")
            #expect(year.status == 400)
            await server.stop()
        }
    }

    @Test func `a button gets what was chosen, the first there is, and nothing that was not offered`() async throws {
        let control = WorldControl(
            "film", "Watch", in: .watching,
            choosing: [.init("film", "Film") { [.init("a", "Salt Road"), .init("b", "Nine Bridges")] }]
        ) { "watched \($0["film"] ?? "nothing")" }
        let first = try await control.act()
        let second = try await control.act(["film": "b", "other": "x"])
        #expect(first == "watched a" && second == "watched b")
        await #expect(throws: ControlError.self) { try await control.act(["film": "c"]) }
    }

    @Test func `the page is told of the tour, the choices and the other pages`() async throws {
        try await Stage.play { stage in
            let extras = ChatExtras(
                controls: [
                    WorldControl("w", "Watch", in: .watching, choosing: [.init("who", "Who") { [.init("1", "Ann")] }]) {
                        "It was \($0["who"] ?? "")."
                    }
                ],
                tour: [
                    TourStep("One", "Words.", "Say it", .say("!plex help", channel: "media")),
                    TourStep("Two", "Words.", "Press it", .press("w", ["who": "1"])),
                    TourStep("Three", "Words.", "Go", .open("/mail")),
                ], pages: DemoPage.all)
            let server = try await HTTPServer.start(
                on: stage.loop, port: 0, routes: stage.discord.chatRoutes(under: "/chat", with: extras), log: .silent)
            let base = "http://127.0.0.1:\(server.port)/chat/api/"
            let told = try JSON(parsing: try await stage.http.send(HTTPRequest("GET", base + "household")).body)
            #expect(told["tour"]?[0]?["say"]?.string == "!plex help" && told["tour"]?[2]?["open"]?.string == "/mail")
            #expect(told["tour"]?[1]?["chosen"]?["who"]?.string == "1")
            #expect(told["controls"]?[0]?["choices"]?[0]?["options"]?[0]?["label"]?.string == "Ann")
            #expect(told["pages"]?[1]?["address"]?.string == "/mail")
            let form: JSON = ["name": "w", "chosen": ["who": "1"]]
            let said = try await stage.http.send(HTTPRequest("POST", base + "control", body: .json(form.bytes)))
            #expect(said.text.contains("It was 1."))
            let wrong: JSON = ["name": "w", "chosen": ["who": "2"]]
            let refused = try await stage.http.send(HTTPRequest("POST", base + "control", body: .json(wrong.bytes)))
            #expect(refused.status == 400)
            await server.stop()
        }
    }
}
