// Tautulli's API without a socket: calls as a program makes them, at a time and in a world the test sets.

import Runtime
import StandIns

struct TautulliDesk {
    typealias People = HouseholdWorld.People
    typealias Music = HouseholdWorld.Music

    var api: TautulliAPI
    var world: HouseholdWorld
    var now = Instant(seconds: 1_767_225_600)

    init(_ change: (inout TautulliRules) -> Void = { _ in }) {
        var rules = TautulliRules.standard
        change(&rules)
        api = TautulliAPI(rules: rules)
        world = .small(now: now)
        world.streams = []
    }

    @discardableResult
    mutating func call(_ command: String, _ parameters: [(String, String)] = []) -> TautulliAnswer {
        let all = [("apikey", api.rules.apiKey), ("cmd", command)] + parameters
        return raw(all)
    }

    mutating func raw(
        _ parameters: [(String, String)], path: String = "/api/v2", method: String = "GET"
    ) -> TautulliAnswer {
        let call = TautulliCall(method, path, parameters.map { (name: $0.0, value: $0.1) })
        return api.answer(call, world: world, now: now)
    }

    mutating func data(_ command: String, _ parameters: [(String, String)] = []) -> JSON {
        call(command, parameters).data ?? .null
    }

    /// The raw rows.
    mutating func history(_ parameters: [(String, String)] = []) -> JSON {
        data("get_history", [("grouping", "0"), ("include_activity", "0"), ("length", "1000")] + parameters)
    }

    @discardableResult
    mutating func play(
        _ key: Int, by person: Int = People.ann, daysAgo: Int64 = 1, hour: Int64 = 0, percent: Int = 100,
        paused: Duration = .zero
    ) -> Int {
        world.addPlay(
            of: key, by: person, started: now - .days(daysAgo) + .hours(hour), percent: percent, paused: paused) ?? 0
    }
}

extension TautulliAnswer {
    var message: String? { json?["response"]?["message"]?.string }
    var result: String? { json?["response"]?["result"]?.string }
}
