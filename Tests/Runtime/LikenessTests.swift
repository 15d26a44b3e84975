// How near two words are, and which slip of the fingers is worth a question.

import Runtime
import Testing

@Suite struct LikenessTests {
    @Test(arguments: [
        ("stauts", "status"), ("statu", "status"), ("hlep", "help"), ("pnig", "ping"), ("Job", "jobs"),
        ("sync-playlist", "sync_playlists"), ("stat", "status"),
    ])
    func `a slip finds the word that was meant`(typed: String, meant: String) {
        let known = ["help", "status", "ping", "jobs", "sync_playlists"]
        #expect(Likeness.closest(to: typed, among: known) == meant)
    }

    @Test(arguments: ["", "x", "weather", "completely different", String(repeating: "a", count: 5000)])
    func `something else finds nothing`(typed: String) {
        #expect(Likeness.closest(to: typed, among: ["help", "status", "ping", "jobs"]) == nil)
    }

    @Test(arguments: [("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("ca", "abc", 3)])
    func `swapped letters count once`(a: String, b: String, distance: Int) {
        #expect(Likeness.distance(a, b) == distance)
    }
}
