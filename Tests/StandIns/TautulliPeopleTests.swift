// Tautulli's people (sheet §4) as the stand-in tells of them.

import Runtime
import StandIns
import Testing

private typealias People = HouseholdWorld.People

@Suite struct `Tautulli's people` {
    private func user(_ id: Int, in json: JSON) -> JSON? { json.array?.first { $0["user_id"]?.int == id } }

    @Test func `are Local, the owner and all who accepted`() throws {
        var desk = TautulliDesk()
        let users = desk.data("get_users")
        #expect(users[0]?["username"]?.string == "Local")
        #expect(users[0]?["user_id"]?.int == 0)
        #expect(user(People.robin, in: users)?["is_admin"]?.int == 1)
        #expect(user(People.gus, in: users) == nil)
        let chris = try #require(user(People.chris, in: users))
        #expect(chris["shared_libraries"] == ["1", "2", "3"])
        #expect(user(People.ann, in: users)?["shared_libraries"] == ["1", "2", "3", "4"])
        #expect(chris["friendly_name"]?.string == "chris")
        #expect(user(People.bo, in: users)?["friendly_name"]?.string == "Bo Tanner")
    }

    @Test func `without a login go by their title and have no address`() throws {
        var desk = TautulliDesk()
        let fay = try #require(user(People.fay, in: desk.data("get_users")))
        #expect(fay["username"]?.string == "Fay")
        #expect(fay["email"]?.string == "")
        #expect(fay["is_restricted"]?.int == 1)
    }

    @Test func `stay in the list when their share has gone, inactive`() {
        var desk = TautulliDesk()
        desk.call("get_users")
        desk.world.people.removeAll { $0.id == People.bo }
        desk.world.people[1].shareID = nil
        let users = desk.data("get_users")
        #expect(user(People.bo, in: users)?["is_active"]?.int == 0)
        #expect(user(People.ann, in: users)?["is_active"]?.int == 0)
        #expect(user(People.chris, in: users)?["is_active"]?.int == 1)
    }

    @Test func `may be told of late`() {
        var desk = TautulliDesk { $0.noticesPeopleAtOnce = false }
        desk.call("get_users")
        desk.world.people.removeAll { $0.id == People.bo }
        #expect(user(People.bo, in: desk.data("get_users"))?["is_active"]?.int == 1)
        desk.api.rules.plexIsDown = true
        #expect(desk.data("refresh_users_list").bool == false)
        desk.api.rules.plexIsDown = false
        #expect(desk.data("refresh_users_list").bool == true)
        #expect(user(People.bo, in: desk.data("get_users"))?["is_active"]?.int == 0)
    }

    @Test func `by an unknown id are answered by Local`() {
        var desk = TautulliDesk()
        let nobody = desk.data("get_user", [("user_id", "4242")])
        #expect(nobody["user_id"]?.int == 0)
        #expect(nobody["is_admin"]?.string == "")
        #expect(desk.data("get_user", [("user_id", "\(People.ann)")])["user_id"]?.int == People.ann)
        let without = desk.call("get_user")
        #expect(without.status == 400)
        #expect(without.message == nil)
    }

    @Test func `were last seen when their last play began`() {
        var desk = TautulliDesk()
        desk.play(105, daysAgo: 5)
        desk.play(106, daysAgo: 2)
        let started = (desk.now - .days(2)).seconds
        let asked = desk.data("get_user", [("user_id", "\(People.ann)"), ("include_last_seen", "1")])
        #expect(asked["last_seen"] == .int(started))
        #expect(desk.data("get_user", [("user_id", "\(People.ann)")])["last_seen"]?.isNull == true)
        let table = desk.data("get_users_table", [("length", "100")])
        let line = table["data"]?.array?.first { $0["user_id"]?.int == People.ann }
        #expect(line?["last_seen"] == .int(started))
        #expect(line?["last_played"]?.string == "Orbit 8: Descent")
        #expect(line?["plays"]?.int == 2)
        let dora = table["data"]?.array?.first { $0["user_id"]?.int == People.dora }
        #expect(dora?["last_seen"]?.isNull == true)
        #expect(dora?["plays"]?.int == 0)
    }

    @Test func `lose their whole history when they are hidden, which an undo does not bring back`() {
        var desk = TautulliDesk()
        desk.play(105)
        desk.play(105, by: People.bo)
        let id = [("user_id", "\(People.ann)")]
        #expect(desk.call("delete_user", id).message == "Deleted user.")
        #expect(desk.history()["recordsTotal"]?.int == 1)
        #expect(user(People.ann, in: desk.data("get_users")) == nil)
        #expect(desk.data("get_user", id)["deleted_user"]?.int == 1)
        #expect(desk.data("get_users_table")["recordsTotal"]?.int == 9)
        #expect(desk.data("get_users_table")["recordsFiltered"]?.int == 8)
        #expect(desk.call("undelete_user", id).message == "Re-added user with user_id \(People.ann).")
        #expect(user(People.ann, in: desk.data("get_users"))?["keep_history"]?.int == 1)
        #expect(desk.history()["recordsTotal"]?.int == 1)
        #expect(desk.call("delete_user", [("user_id", "777")]).message == "Deleted user.")
        #expect(desk.call("delete_user", [("user_id", "abc")]).message == "Failed to delete user(s).")
        #expect(desk.call("delete_user").message == "No user id or row ids received.")
    }

    @Test func `lose every setting an edit does not mention`() throws {
        var desk = TautulliDesk()
        let answer = desk.call("edit_user", [("user_id", "\(People.bo)"), ("friendly_name", "B.")])
        #expect(answer.data?.string == "Successfully updated user.")
        let bo = try #require(user(People.bo, in: desk.data("get_users")))
        #expect(bo["friendly_name"]?.string == "B.")
        #expect(bo["keep_history"]?.int == 0)
        #expect(bo["do_notify"]?.int == 0)
    }

    @Test func `watched so much in a day, a week, a month and ever`() {
        var desk = TautulliDesk()
        for days in [0, 3, 20, 100] { desk.play(106, daysAgo: Int64(days), hour: -5) }
        let stats = desk.data("get_user_watch_time_stats", [("user_id", "\(People.ann)")])
        #expect(stats.array?.map { $0["query_days"]?.int } == [1, 7, 30, 0])
        #expect(stats.array?.map { $0["total_plays"]?.int } == [1, 2, 3, 4])
        #expect(stats[0]?["total_time"]?.int == 139 * 60)
        let nobody = desk.data("get_user_watch_time_stats", [("user_id", "4242")])
        #expect(nobody[0]?["total_plays"]?.int == 0)
        #expect(desk.data("get_user_watch_time_stats", [("user_id", "abc")]).array?.isEmpty == true)
    }
}
