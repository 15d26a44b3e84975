// The file of pairs: tab separated, no quotes, one line of names first. Empty means unknown; columns may stand in any order,
// and those nobody asked for are passed over.

internal import Tracker

struct Pair {
    enum Want: String { case automatic = "auto", notAutomatic = "not_auto", either }

    var id: String
    var isSame: Bool
    var want: Want
    var claim: ShowClaim
    var show: KnownShow
    var namesakes: Namesakes
}

struct PairFile {
    struct Mistake: Error, CustomStringConvertible {
        var description: String
    }

    var pairs: [Pair] = []

    init(text: String) throws {
        let lines = text.split(whereSeparator: \.isNewline)
        guard let first = lines.first else { throw Mistake(description: "it is empty") }
        let names = first.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        for (number, line) in lines.enumerated().dropFirst() {
            let values = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard values.count == names.count else {
                throw Mistake(description: "line \(number + 1) has \(values.count) columns, the first \(names.count)")
            }
            pairs.append(try Self.pair(Dictionary(zip(names, values)) { a, _ in a }, line: number + 1))
        }
    }

    private static func pair(_ row: [String: String], line: Int) throws -> Pair {
        func text(_ name: String) throws -> String {
            guard let value = row[name] else { throw Mistake(description: "there is no column \(name)") }
            return value
        }
        func some(_ name: String) throws -> String? { try text(name).isEmpty ? nil : try text(name) }
        func number(_ name: String) throws -> Int? {
            guard let value = try some(name) else { return nil }
            guard let number = Int(value) else {
                throw Mistake(description: "line \(line): \(name) is \"\(value)\", not a number")
            }
            return number
        }
        func ids(_ side: String) throws -> ShowIDs {
            ShowIDs(tmdb: try number("\(side)_tmdb"), tvdb: try number("\(side)_tvdb"), imdb: try some("\(side)_imdb"))
        }
        let label = try text("label")
        guard ["same", "different"].contains(label), let want = Pair.Want(rawValue: try text("want")) else {
            throw Mistake(description: "line \(line): label is same or different, want is auto, not_auto or either")
        }
        let claim = ShowClaim(
            [try text("plex_title")], year: try number("plex_year").map(ShowYear.premiere) ?? .unknown,
            ids: try ids("plex"), network: try some("plex_network"), country: try some("plex_country"))
        let show = KnownShow(
            id: 1, try text("tracker_title"), year: try number("tracker_year"), ids: try ids("tracker"),
            network: try some("tracker_network"), country: try some("tracker_country"))
        let rivals = try number("rivals") ?? 0
        return Pair(
            id: try text("pair_id"), isSame: label == "same", want: want, claim: claim, show: show,
            namesakes: Namesakes(
                exist: rivals > 0, isNear: try number("rivals_same_year") ?? 0 > 0,
                // Of the others the file says only how many they are.
                isToldApart: MatchGate.agrees(claim, show)))
    }
}
