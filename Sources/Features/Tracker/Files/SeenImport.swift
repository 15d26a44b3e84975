// Lists others wrote: our own, Trakt's history, Yamtrack's and whatever has columns of those names. A bare number in a line
// about an episode is taken for the episode's and never for the show's: whoever does it the other way marks strangers'
// shows. What cannot be read is told line by line, and the rest is taken.

package import Domain
internal import LooseJSON
package import Runtime

package struct SeenImport: Sendable {
    package struct Problem: Hashable, Sendable {
        /// As an editor counts them; of JSON the element.
        package var line: Int
        package var why: String
    }

    package private(set) var plays: [EpisodePlay] = []
    package private(set) var problems: [Problem] = []
    /// Films, shows and seasons as a whole, and what was only planned.
    package private(set) var others = 0

    private static let most = 200_000
    private static let mostProblems = 100

    /// `person`'s own, of whose account nothing is known. Throws where the file as a whole is none.
    package init(_ bytes: [UInt8], now: Instant) throws(Refusal) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(why: "the file is not UTF-8: save it as \"CSV UTF-8\"")
        }
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }
        if first == "[" || first == "{" { try read(json: bytes, now) } else { try read(csv: text, now) }
        if plays.isEmpty, problems.isEmpty, others == 0 { throw Refusal(why: "there is no line in the file") }
    }

    package struct Refusal: Error, Hashable, CustomStringConvertible {
        package var why: String
        package var description: String { why }
    }

    // MARK: CSV

    private static let names: [(field: Field, spelled: [String])] = [
        (.type, ["type", "media_type"]),
        (.show, ["show_title", "show", "show_name", "series", "series_title", "tv_show"]),
        (.title, ["title", "name"]), (.episodeTitle, ["episode_title", "episode_name", "episode"]),
        (.year, ["show_year", "year"]), (.season, ["season_number", "season"]),
        (.number, ["episode_number", "number", "episode_num", "ep"]),
        (
            .at,
            [
                "watched_at", "end_date", "watched", "watched_date", "last_watched_at", "date", "viewed_at",
                "progressed_at",
            ]
        ),
        (.showTMDB, ["show_tmdb", "show_tmdb_id", "tmdb_show_id"]),
        (.showTVDB, ["show_tvdb", "show_tvdb_id", "tvdb_show_id"]),
        (.showIMDb, ["show_imdb", "show_imdb_id", "imdb_show_id"]), (.showTVmaze, ["show_tvmaze"]),
        (.tmdb, ["episode_tmdb", "tmdb", "tmdb_id", "tmdbid"]), (.tvdb, ["episode_tvdb", "tvdb", "tvdb_id", "tvdbid"]),
        (.imdb, ["episode_imdb", "imdb", "imdb_id", "imdbid"]), (.media, ["media_id"]), (.source, ["source"]),
        (.status, ["status"]),
    ]

    private enum Field: Hashable {
        case type, show, title, episodeTitle, year, season, number, at, showTMDB, showTVDB, showIMDb, showTVmaze
        case tmdb, tvdb, imdb, media, source, status
    }

    private mutating func read(csv text: String, _ now: Instant) throws(Refusal) {
        let head = text.prefix { $0 != "\n" && $0 != "\r\n" && $0 != "\r" }
        let separator: Unicode.Scalar = head.contains(",") ? "," : head.contains(";") ? ";" : "\t"
        guard let rows = CSVText.rows(text, separator: separator) else {
            throw Refusal(why: "a quote in the file never ends")
        }
        guard let header = rows.first else { throw Refusal(why: "the file is empty") }
        guard rows.count <= Self.most + 1 else { throw Refusal(why: "the file has more than \(Self.most) lines") }
        let columns = Self.columns(header)
        guard columns[.number] != nil || columns[.episodeTitle] != nil,
            columns[.show] ?? columns[.title] ?? columns[.media] != nil
        else {
            throw Refusal(
                why: "the first line names no columns that are known: show_title, season_number, episode_number and "
                    + "watched_at are enough")
        }
        for (place, row) in rows.dropFirst().enumerated() {
            take(row, columns, line: place + 2, now)
        }
    }

    private static func columns(_ header: [String]) -> [Field: Int] {
        var columns: [Field: Int] = [:]
        let spelled = header.map { name in
            String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
        }
        for (field, names) in names {
            // "episode" is the number where there is no other column for it.
            let candidates = field == .number && !spelled.contains("episode_number") ? names + ["episode"] : names
            columns[field] = candidates.lazy.compactMap { spelled.firstIndex(of: $0) }.first
        }
        if columns[.number] == columns[.episodeTitle] { columns[.episodeTitle] = nil }
        return columns
    }

    private mutating func take(_ row: [String], _ columns: [Field: Int], line: Int, _ now: Instant) {
        func text(_ field: Field) -> String {
            guard let place = columns[field], row.indices.contains(place) else { return "" }
            return String(row[place].trimmed.prefix(300))
        }
        let type = text(.type).lowercased()
        // Yamtrack's list has lines for whole shows and for what was only planned.
        guard ["", "episode", "episodes"].contains(type),
            ["", "completed", "watched", "repeating", "in progress"].contains(text(.status).lowercased())
        else {
            others += 1
            return
        }
        let at: Instant
        if text(.at).isEmpty {
            at = now
        } else if let said = Self.instant(text(.at)), said <= now + .days(1) {
            at = min(said, now)
        } else {
            return fault(line, "\"\(text(.at).prefix(40))\" is no date that has been")
        }
        let hasOwnTitle = columns[.show] == nil
        var play = EpisodePlay(
            source: .file, showTitle: hasOwnTitle ? text(.title) : text(.show), at: at)
        play.title =
            hasOwnTitle ? text(.episodeTitle) : columns[.episodeTitle] == nil ? text(.title) : text(.episodeTitle)
        play.showYear = Int(text(.year)).flatMap { 1900...2200 ~= $0 ? $0 : nil }
        play.season = Self.number(text(.season))
        play.number = Self.number(text(.number))
        let show: [(Field, String)] = [
            (.showTMDB, "tmdb"), (.showTVDB, "tvdb"), (.showIMDb, "imdb"),
        ]
        play.showGuids = show.compactMap { field, scheme in text(field).isEmpty ? nil : "\(scheme)://\(text(field))" }
        // Yamtrack numbers the show, whatever the line is about.
        if text(.source).lowercased() == "tmdb", Int(text(.media)) != nil {
            play.showGuids.append("tmdb://\(text(.media))")
        }
        let own: [(Field, String)] = [(.tmdb, "tmdb"), (.tvdb, "tvdb"), (.imdb, "imdb")]
        play.guids = own.compactMap { field, scheme in text(field).isEmpty ? nil : "\(scheme)://\(text(field))" }
        add(play, line: line)
    }

    // MARK: JSON

    private mutating func read(json bytes: [UInt8], _ now: Instant) throws(Refusal) {
        var elements: [Loose] = []
        do throws(LooseError) {
            let whole = try Loose(bytes)
            elements = whole.isObject ? whole.elements("history") : whole.elements
        } catch { throw Refusal(why: "the file is not JSON: \(error)") }
        guard elements.count <= Self.most else { throw Refusal(why: "the file has more than \(Self.most) entries") }
        for (place, element) in elements.enumerated() { take(element, line: place + 1, now) }
    }

    private mutating func take(_ json: Loose, line: Int, _ now: Instant) {
        guard let show = json["show"], let episode = json["episode"] else {
            if json["movie"] != nil || json.text("type") != nil { others += 1 } else { fault(line, "it names no show") }
            return
        }
        let said = json.text("watched_at").map { Self.instant($0) }
        if case .some(nil) = said { return fault(line, "\"\((json.text("watched_at") ?? "").prefix(40))\" is no date") }
        func guids(_ ids: Loose?) -> [String] {
            ["tmdb", "tvdb", "imdb"].compactMap { name in ids?.text(name).map { "\(name)://\($0.prefix(40))" } }
        }
        add(
            EpisodePlay(
                source: .file, showTitle: String((show.text("title") ?? "").prefix(300)),
                showYear: show.whole("year").flatMap { 1900...2200 ~= $0 ? $0 : nil },
                season: episode.text("season").flatMap(Self.number),
                number: episode.text("number").flatMap(Self.number),
                title: String((episode.text("title") ?? "").prefix(300)), guids: guids(episode["ids"]),
                showGuids: guids(show["ids"]), at: min(said.flatMap { $0 } ?? now, now)), line: line)
    }

    // MARK: Lines

    private mutating func add(_ play: EpisodePlay, line: Int) {
        guard !play.showTitle.isEmpty || !play.showGuids.isEmpty || !play.guids.isEmpty else {
            return fault(line, "it names no show")
        }
        guard play.season != nil && play.number != nil || !play.guids.isEmpty || !play.title.isEmpty else {
            return fault(line, "it names no episode")
        }
        plays.append(play)
    }

    private mutating func fault(_ line: Int, _ why: String) {
        if problems.count < Self.mostProblems { problems.append(Problem(line: line, why: why)) }
    }

    /// 0 is one.
    private static func number(_ text: String) -> Int? {
        (Int(text) ?? Double(text).flatMap { Int(exactly: $0) }).flatMap { 0...1_000_000 ~= $0 ? $0 : nil }
    }

    /// A moment, or a day, which is taken for its noon: in most of the world that is the same day.
    static func instant(_ text: String) -> Instant? {
        if let day = Day(text) { return Instant(seconds: Int64(day.number) * 86_400 + 43_200) }
        if let exact = Instant(internetDate: text) { return exact }
        // "2026-01-31 20:15", and Trakt's ".000Z" is read above.
        return Instant(internetDate: text + ":00")
    }
}

extension String {
    fileprivate var trimmed: Substring {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
