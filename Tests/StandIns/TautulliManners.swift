// How Tautulli answers at all (sheet §1, §2): its statuses, its envelope, its silence while Plex is down.

import Runtime
import StandIns
import Testing

@Suite struct `Tautulli's manners` {
    @Test func `a good call gets an envelope that says success`() {
        var desk = TautulliDesk()
        let answer = desk.call("arnold")
        #expect(answer.status == 200)
        #expect(answer.result == "success")
        #expect(answer.data?.string?.isEmpty == false)
        #expect(answer.type == "application/json;charset=UTF-8")
    }

    @Test(arguments: [
        ([("cmd", "arnold")], "Parameter apikey is required"),
        ([("apikey", "wrong"), ("cmd", "arnold")], "Invalid apikey"),
    ])
    func `a call without the right key gets 400, never 401`(parameters: [(String, String)], message: String) {
        var desk = TautulliDesk()
        let answer = desk.raw(parameters)
        #expect(answer.status == 400)
        #expect(answer.result == "error")
        #expect(answer.message == message)
    }

    @Test func `an unknown command is told so even with a wrong key`() {
        var desk = TautulliDesk()
        let answer = desk.raw([("apikey", "wrong"), ("cmd", "get_rich")])
        #expect(answer.status == 400)
        #expect(answer.message?.hasPrefix("Unknown command: get_rich. Possible commands are: arnold") == true)
        #expect(desk.raw([("apikey", "wrong")]).message?.hasPrefix("Parameter cmd is required.") == true)
    }

    @Test func `the API can be switched off`() {
        var desk = TautulliDesk { $0.isAPIOn = false }
        #expect(desk.call("arnold").message == "API not enabled")
        #expect(desk.call("arnold").status == 400)
    }

    @Test func `the old endpoint answers 200 and error`() {
        var desk = TautulliDesk()
        let answer = desk.raw([], path: "/api/v1")
        #expect(answer.status == 200)
        #expect(answer.result == "error")
        #expect(answer.message == "Please use the /api/v2 endpoint.")
    }

    @Test func `an unknown path is told without an envelope, another root in HTML`() {
        var desk = TautulliDesk { $0.httpRoot = "/tautulli" }
        let unknown = desk.raw([], path: "/tautulli/nope")
        #expect(unknown.status == 404)
        #expect(unknown.json?["error"]?.bool == true)
        #expect(unknown.json?["response"] == nil)
        let outside = desk.raw([], path: "/api/v2")
        #expect(outside.status == 404)
        #expect(outside.type.hasPrefix("text/html"))
        #expect(
            desk.raw([("apikey", desk.api.rules.apiKey), ("cmd", "arnold")], path: "/tautulli/api/v2").status == 200)
    }

    @Test(arguments: [[("start", "abc")], [("length", "")]])
    func `text where a number is due makes it stumble`(parameters: [(String, String)]) {
        var desk = TautulliDesk()
        let answer = desk.call("get_history", parameters)
        #expect(answer.status == 500)
        #expect(answer.message == "Check the logs for errors")
    }

    @Test func `a parameter given twice is refused`() {
        var desk = TautulliDesk()
        #expect(desk.call("get_history", [("start", "0"), ("start", "1")]).status == 400)
    }

    @Test func `unknown parameters are ignored`() {
        var desk = TautulliDesk()
        #expect(desk.call("get_users", [("colour", "blue")]).status == 200)
    }

    @Test func `names come raw, not escaped for HTML`() {
        var desk = TautulliDesk()
        desk.world.people[1].friendlyName = "o<b>dd</b>&name"
        let names = desk.data("get_user_names").array?.compactMap { $0["friendly_name"]?.string }
        #expect(names?.contains("o<b>dd</b>&name") == true)
    }

    @Test(arguments: [
        ("get_activity", [], "{}"), ("get_libraries", [], "[]"), ("get_metadata", [("rating_key", "105")], "{}"),
        ("get_server_identity", [], "{}"), ("get_recently_added", [("count", "5")], #"{"recently_added":[]}"#),
        ("get_children_metadata", [("rating_key", "201")], #"{"children_count":0,"children_list":[]}"#),
    ])
    func `with Plex down it succeeds with nothing`(command: String, parameters: [(String, String)], nothing: String) {
        var desk = TautulliDesk()
        #expect(desk.data(command, parameters).description != nothing)
        desk.api.rules.plexIsDown = true
        let answer = desk.call(command, parameters)
        #expect(answer.status == 200)
        #expect(answer.result == "success")
        #expect(answer.data?.description == nothing)
    }

    @Test(arguments: ["get_history", "get_users", "get_users_table", "get_home_stats", "get_plays_by_date"])
    func `with Plex down it still tells what it keeps itself`(command: String) {
        var desk = TautulliDesk()
        desk.play(105)
        let before = desk.data(command)
        desk.api.rules.plexIsDown = true
        #expect(desk.data(command) == before)
    }

    @Test func `idle is a count of none, in text`() {
        var desk = TautulliDesk()
        let idle = desk.data("get_activity")
        #expect(idle["stream_count"]?.string == "0")
        #expect(idle["stream_count_transcode"]?.int == 0)
        #expect(idle["sessions"]?.array?.isEmpty == true)
    }
}
