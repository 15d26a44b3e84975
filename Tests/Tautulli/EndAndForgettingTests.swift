// How much history there is, cheaply; and making Tautulli forget somebody.

import HTTP
import Runtime
import StandIns
import Tautulli
import Testing

private typealias People = HouseholdWorld.People

@Suite(.timeLimit(.minutes(1))) struct `The end of the history` {
    @Test func `is told with all that is counted, from the last days alone`() async throws {
        try await House.open { house in
            house.play(105, by: People.ann, daysAgo: 400)
            house.play(105, by: People.bo, daysAgo: 2, hour: 3)
            house.play(102, by: People.chris, daysAgo: 2)
            let end = try await house.tautulli.historyEnd(now: House.now)
            let newest = try #require(house.household.read { $0.plays.map(\.stopped).max() })
            #expect(end.rows == 3 && end.newest?.stopped == newest && end.newest?.userID == People.bo)
            let asked = house.standIn.requests.entries
            #expect(asked.count == 1)
            #expect(asked[0].parameters["length"] == "1" && asked[0].parameters["after"] != nil)
            #expect(asked[0].parameters["grouping"] == "0" && asked[0].parameters["include_activity"] == "0")
        }
    }

    @Test func `is found where nothing was played for long`() async throws {
        try await House.open { house in
            house.play(105, daysAgo: 300)
            house.play(102, daysAgo: 90)
            let end = try await house.tautulli.historyEnd(now: House.now)
            #expect(end.rows == 2)
            #expect(end.newest?.stopped == house.household.read { $0.plays.map(\.stopped).max() })
            #expect(house.asked == ["get_history", "get_history"])
        }
    }

    @Test func `of none is none, and not what a failing database says`() async throws {
        try await House.open { house in
            // What runs is no play yet.
            let none = try await house.tautulli.historyEnd(now: House.now)
            #expect(none == TautulliHistoryEnd(rows: 0, newest: nil))
            house.play(105)
            await house.standIn.changeRules { $0.databaseWorks = false }
            await #expect(throws: TautulliError.crashed) {
                _ = try await house.tautulli.historyEnd(now: House.now)
            }
        }
    }

    @Test(arguments: [
        #"{"recordsFiltered":5,"recordsTotal":5,"draw":1,"data":[]}"#,
        #"{"recordsFiltered":0,"recordsTotal":5,"draw":1,"data":[]}"#,
        #"{"recordsFiltered":0,"draw":1,"data":[]}"#, "{}", "[]",
    ])
    func `that comes without its rows is an error`(data: String) async throws {
        try await hearing(200, #"{"response":{"result":"success","message":null,"data":\#(data)}}"#) { tautulli in
            await #expect(throws: TautulliError.self) { _ = try await tautulli.historyEnd(now: House.now) }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `Forgetting somebody in Tautulli` {
    @Test func `takes their history and hides them, and is looked at afterwards`() async throws {
        try await House.open { house in
            house.play(105, by: People.ann)
            house.play(105, by: People.bo)
            let done = try await house.tautulli.forget(user: People.ann)
            #expect(done)
            let ann = try await house.tautulli.user(People.ann)
            #expect(ann?.isDeleted == true)
            let plays = try await house.tautulli.plays(TautulliHistoryFilter())
            #expect(plays.map(\.userID) == [People.bo])
            #expect(house.standIn.requests.entries.count { $0.command == "delete_user" } == 1)
        }
    }

    @Test func `is said of nobody, of strangers and of the owner by asking first`() async throws {
        try await House.open { house in
            house.play(105, by: People.robin)
            let stranger = try await house.tautulli.forget(user: 4_242)
            #expect(!stranger)
            for id in [0, -1, People.robin] {
                await #expect(throws: TautulliError.self) { _ = try await house.tautulli.forget(user: id) }
            }
            #expect(!house.asked.contains("delete_user"))
            let plays = try await house.tautulli.plays(TautulliHistoryFilter())
            #expect(plays.count == 1)
        }
    }

    @Test func `that was only said to be done is an error`() async throws {
        let user = #"{"user_id":7,"username":"ann","is_admin":0,"deleted_user":0}"#
        try await hearing(200, #"{"response":{"result":"success","message":"Deleted user.","data":\#(user)}}"#) {
            tautulli in
            let error = await #expect(throws: TautulliError.self) { _ = try await tautulli.forget(user: 7) }
            #expect(error == .refused("delete_user said it was done, and user 7 is still there"))
        }
    }

    @Test func `is never tried twice by itself`() async throws {
        try await House.open { house in
            house.play(105, by: People.ann)
            await house.standIn.fail("delete_user", with: .lostAnswer)
            await #expect(throws: TautulliError.self) { _ = try await house.tautulli.forget(user: People.ann) }
            #expect(house.standIn.requests.entries.count { $0.command == "delete_user" } == 1)
        }
    }
}
