// Every rule with its boundaries and with what nobody knows. The table reads as the owner's manual does: what is changed
// about an ordinary film, and what is decided.

import Domain
@testable import Downloads
import Runtime
import Testing

struct Judged: Sendable, CustomTestStringConvertible {
    var name: String
    var word: String
    var wishes = Films.wishes
    var change: @Sendable (inout FilmEvidence) -> Void
    var testDescription: String { name }

    init(
        _ name: String, _ word: String, _ wishes: DownloadWishes = Films.wishes,
        _ change: @escaping @Sendable (inout FilmEvidence) -> Void
    ) {
        self.name = name
        self.word = word
        self.wishes = wishes
        self.change = change
    }
}

private func wishes(_ change: (inout DownloadWishes) -> Void) -> DownloadWishes {
    var wishes = Films.wishes
    change(&wishes)
    return wishes
}

@Suite struct `Rules about films` {
    @Test(arguments: [
        Judged("nothing special", "no rewatch") { _ in },
        Judged("an episode", "no film") { $0.kind = .episode },
        Judged("music", "no film") { $0.kind = .other("Audio") },
        Judged("a guest", "no viewer") { ($0.viewer, $0.plays) = (.guest, Films.watched(5)) },
        Judged("nobody said who", "unknown viewer") { $0.viewer = .unknown(why: "not said") },
        Judged("89.99 %", "no watched") { ($0.share, $0.rating) = (Films.known(0.8999), Films.rated(9)) },
        Judged("exactly 90 %", "download rating") { ($0.share, $0.rating) = (Films.known(0.9), Films.rated(9)) },
        Judged("how far is not known", "unknown watched") { ($0.share, $0.rating) = (Films.none(), Films.rated(9)) },
        Judged("not in Radarr", "no radarr") { $0.presence = .absent },
        Judged("twins", "unknown radarr") { $0.presence = .several(["A (1990)", "A (1990)"]) },
        Judged("Radarr is down", "unknown radarr") { $0.presence = .unknown(why: "down") },
        Judged("on disk", "no place") { ($0.place, $0.rating) = (Films.known(.disk), Films.rated(9)) },
        Judged("no file at all", "download rating") { ($0.place, $0.rating) = (Films.known(.nowhere), Films.rated(9)) },
        Judged("nobody knows where", "unknown place") { ($0.place, $0.rating) = (Films.none(), Films.rated(9)) },
        Judged("in the queue", "no queue") {
            ($0.queue, $0.rating) = (Films.known([QueueItem(title: "x")]), Films.rated(9))
        },
        Judged("the queue is not read", "unknown queue") { ($0.queue, $0.rating) = (Films.down(), Films.rated(9)) },
        Judged("asked about already", "no queue") { ($0.underWay, $0.rating) = ("an admin is asked", Films.rated(9)) },
        Judged("searched 29 days ago", "no again") { ($0.searchedAt, $0.rating) = ($0.at - .days(29), Films.rated(9)) },
        Judged("searched 30 days ago", "download rating") {
            ($0.searchedAt, $0.rating) = ($0.at - .days(30), Films.rated(9))
        },
        Judged("deleted a week ago", "no deleted") {
            ($0.deleted, $0.rating) = (Films.known($0.at - .days(7)), Films.rated(9))
        },
        Judged("deleted long ago", "download rating") {
            ($0.deleted, $0.rating) = (Films.known($0.at - .days(30)), Films.rated(9))
        },
        Judged("deletions are not known", "unknown deleted") {
            ($0.deleted, $0.rating) = (Films.down(), Films.rated(9))
        },
        Judged("not released", "no released") { ($0.released, $0.rating) = (Films.known(false), Films.rated(9)) },
        Judged("perhaps released", "unknown released") { ($0.released, $0.rating) = (Films.none(), Films.rated(9)) },
        Judged("an excluded genre", "no excluded", wishes { $0.excludedGenres = ["documentary"] }) {
            ($0.genres, $0.rating) = (Films.known(["Documentary"]), Films.rated(9))
        },
        Judged("genres unknown, some excluded", "unknown excluded", wishes { $0.excludedGenres = ["documentary"] }) {
            ($0.genres, $0.rating) = (Films.none(), Films.rated(9))
        },
        Judged("genres unknown, none excluded", "download rating") {
            ($0.genres, $0.rating) = (Films.none(), Films.rated(9))
        },
        // A plain no says more than what is not known.
        Judged("on disk, and the queue is silent", "no place") {
            ($0.place, $0.queue) = (Films.known(.disk), Films.down())
        },
    ])
    func `conditions`(_ one: Judged) {
        #expect(Films.word(one.wishes, one.change) == one.word)
    }

    @Test(arguments: [
        Judged("8.5", "download rating") { $0.rating = Films.rated(8.5) },
        Judged("8.49", "no rewatch") { $0.rating = Films.rated(8.49) },
        Judged("8.46 watched twice", "download rewatch") {
            ($0.rating, $0.plays) = (Films.rated(8.46), Films.watched(2))
        },
        Judged("8.0 with 49,999 votes", "download gem") { $0.rating = Films.rated(8.0, votes: 49_999) },
        Judged("8.0 with 50,000 votes", "no rewatch") { $0.rating = Films.rated(8.0, votes: 50_000) },
        Judged("7.99 with few votes", "no rewatch") { $0.rating = Films.rated(7.99, votes: 10) },
        Judged("8.2, votes unknown", "unknown gem") { $0.rating = Films.rated(8.2, votes: nil) },
        Judged("8.6, votes unknown", "download rating") { $0.rating = Films.rated(8.6, votes: nil) },
        Judged("rated by nobody", "unknown rating") { $0.rating = Films.rated(0, votes: 0) },
        Judged("of 1989, French", "download old-foreign") {
            ($0.year, $0.language) = (Films.known(1989), Films.known("French"))
        },
        Judged("of 1990, French", "no rewatch") { ($0.year, $0.language) = (Films.known(1990), Films.known("French")) },
        Judged("of 1950, English", "no rewatch") { $0.year = Films.known(1950) },
        Judged("of 1950, language unknown", "unknown old-foreign") {
            ($0.year, $0.language) = (Films.known(1950), Films.none())
        },
        Judged("of 2000, language unknown", "no rewatch") {
            ($0.year, $0.language) = (Films.known(2000), Films.none())
        },
        Judged("year unknown, English", "no rewatch") { $0.year = Films.none() },
        Judged("year unknown, French", "unknown old-foreign") {
            ($0.year, $0.language) = (Films.none(), Films.known("French"))
        },
        Judged("a silent film", "download genre") { $0.genres = Films.known(["silent"]) },
        Judged("silent by keyword", "download genre") { $0.keywords = ["World Cinema"] },
        Judged("for families", "download family") { $0.genres = Films.known(["Comedy", "Animation"]) },
        Judged("genres unknown", "unknown genre") { $0.genres = Films.none() },
        Judged("rated 3.0, for families", "download family") {
            ($0.genres, $0.rating) = (Films.known(["Family"]), Films.rated(3))
        },
        Judged("a favourite", "download favourite") { $0.favourite = Films.known(true) },
        Judged("a favourite by its tag", "download favourite") { $0.tags = ["Favorite"] },
        Judged("favourites are not read", "unknown favourite") { $0.favourite = Films.down() },
        Judged("nobody keeps favourites", "no rewatch") { $0.favourite = Films.none() },
        Judged("a rare edition", "download edition") { $0.edition = "Criterion" },
        Judged("9 seeders", "download seeders") { $0.seeders = Films.known(9) },
        Judged("10 seeders", "no rewatch") { $0.seeders = Films.known(10) },
        Judged("no number of seeders", "no rewatch") { $0.seeders = Films.none() },
        Judged("0 seeders, and nobody is to ask", "no rewatch", wishes { $0.seeders = 0 }) {
            $0.seeders = Films.known(0)
        },
    ])
    func `kept at once`(_ one: Judged) {
        #expect(Films.word(one.wishes, one.change) == one.word)
    }

    @Test(arguments: [
        Judged("twice", "download rewatch") { $0.plays = Films.watched(2) },
        Judged("twice, rated 7.0", "download rewatch") { ($0.plays, $0.rating) = (Films.watched(2), Films.rated(7)) },
        Judged("twice, rated 6.99", "no rewatch") { ($0.plays, $0.rating) = (Films.watched(2), Films.rated(6.99)) },
        Judged("twice, rated by nobody", "unknown rating") { ($0.plays, $0.rating) = (Films.watched(2), Films.none()) },
        Judged("three are wanted of them", "no rewatch") {
            ($0.plays, $0.viewer) = (Films.watched(2), .tracked("Kids", plays: 3))
        },
        Judged("two starts are no two watches", "unknown rewatch") {
            $0.plays = [PlayTally("ledger", .known(1), .atLeast), PlayTally("starts", .known(2), .atMost)]
        },
        Judged("one start is one watch at most", "no rewatch") {
            $0.plays = [PlayTally("ledger", .known(1), .atLeast), PlayTally("starts", .known(1), .atMost)]
        },
        Judged("Jellystat is down, the ledger knows two", "download rewatch") {
            $0.plays = [PlayTally("ledger", .known(2), .atLeast), PlayTally("Jellystat", .unknown(why: "down"))]
        },
        Judged("Jellystat is down, the ledger knows one", "unknown rewatch") {
            $0.plays = [PlayTally("ledger", .known(1), .atLeast), PlayTally("Jellystat", .unknown(why: "down"))]
        },
        Judged("Jellystat is empty", "unknown rewatch") {
            $0.plays = [PlayTally("ledger", .known(1), .atLeast), PlayTally("Jellystat", .absent)]
        },
        Judged("nobody was asked", "unknown rewatch") { $0.plays = [] },
    ])
    func `kept when watched again`(_ one: Judged) {
        #expect(Films.word(one.wishes, one.change) == one.word)
    }

    @Test(arguments: [
        Judged("always", "download always") { $0.override = .always },
        Judged("always, and an excluded genre", "download always", wishes { $0.excludedGenres = ["Drama"] }) {
            $0.override = .always
        },
        Judged("always, and on disk", "no place") { ($0.override, $0.place) = (.always, Films.known(.disk)) },
        Judged("always, a guest", "no viewer") { ($0.override, $0.viewer) = (.always, .guest) },
        Judged("never", "no never") { ($0.override, $0.rating) = (.never, Films.rated(9)) },
        Judged("ask", "ask always") { $0.override = .ask },
        Judged("ask, by tag", "ask always") { $0.tags = ["ask-download"] },
        Judged("never, by tag", "no never") { ($0.tags, $0.rating) = (["never-download"], Films.rated(9)) },
        Judged("a word outranks a tag", "download always") { ($0.tags, $0.override) = (["never-download"], .always) },
        Judged("a rule that asks", "ask family", wishes { $0.asks = [.family] }) {
            $0.genres = Films.known(["Family"])
        },
    ])
    func `words about one film`(_ one: Judged) {
        #expect(Films.word(one.wishes, one.change) == one.word)
    }

    @Test(arguments: [
        Judged("60 GB stay, 50 must", "download rating") { $0.space = Films.known(60_000_000_000) },
        Judged("a byte less than the floor", "wait rating") { $0.space = Films.known(59_999_999_999) },
        Judged("free space unknown", "wait rating") { $0.space = Films.none() },
        Judged("no floor, space unknown", "download rating", wishes { $0.floorGigabytes = 0 }) {
            $0.space = Films.none()
        },
        Judged("the last of the day", "download rating", wishes { $0.perDay = 3 }) { $0.searchesToday = 2 },
        Judged("the day is full", "wait rating", wishes { $0.perDay = 3 }) { $0.searchesToday = 3 },
        Judged("20 GB of 20", "download rating", wishes { $0.gigabytesPerDay = 20 }) { $0.bytesToday = 10_000_000_000 },
        Judged("more than 20 GB", "wait rating", wishes { $0.gigabytesPerDay = 20 }) { $0.bytesToday = 10_000_000_001 },
        Judged("size unknown, 15 GB are thought", "wait rating", wishes { $0.gigabytesPerDay = 14 }) { $0.size = nil },
    ])
    func `room`(_ one: Judged) {
        let word = Films.word(one.wishes) { evidence in
            evidence.rating = Films.rated(9)
            one.change(&evidence)
        }
        #expect(word == one.word)
    }

    @Test func `every rule is written down, with what it saw`() {
        let verdict = Films.verdict()
        #expect(verdict.trace.map(\.rule) == FilmRule.allCases)
        #expect(verdict.trace.allSatisfy { !$0.inputs.isEmpty })
        #expect(verdict.why == "watched once only")
        #expect(Films.verdict { $0.rating = Films.rated(6.4) }.why == "rated 6.4, below 7.0")
        let high = Films.verdict { $0.rating = Films.rated(8.7) }
        #expect(high.why == "rated 8.7")
        #expect(
            high.trace.first { $0.rule == .rating }?.inputs
                == "8.7 by 200,000 votes (IMDb); kept at once from 8.5 on")
    }

    @Test func `seeders are asked for only where they could still decide`() {
        let judge = FilmJudge(Films.wishes)
        func needs(_ change: (inout FilmEvidence) -> Void) -> Bool {
            judge.needsSeeders(
                Films.evidence { evidence in
                    evidence.seeders = .notAsked
                    change(&evidence)
                })
        }
        #expect(needs { _ in })
        #expect(needs { $0.rating = Films.none() })
        #expect(!needs { $0.rating = Films.rated(8.5) })
        #expect(!needs { $0.plays = Films.watched(2) })
        #expect(!needs { $0.place = Films.known(.disk) })
        #expect(!needs { $0.viewer = .guest })
        #expect(!needs { $0.seeders = Films.none() })
        #expect(!needs { $0.seeders = nil })
    }

    @Test func `only what somebody did not answer is asked again`() {
        #expect(Films.verdict { $0.presence = .unknown(why: "down") }.isWorthAskingAgain)
        #expect(Films.verdict { $0.favourite = Films.down() }.isWorthAskingAgain)
        #expect(!Films.verdict { $0.presence = .several(["A", "B"]) }.isWorthAskingAgain)
        #expect(!Films.verdict { $0.rating = Films.none() }.isWorthAskingAgain)
        #expect(!Films.verdict { ($0.favourite, $0.place) = (Films.down(), Films.known(.disk)) }.isWorthAskingAgain)
    }
}
