// The settings of downloads, as their part wants them.

internal import Downloads
internal import Runtime

extension DownloadWishes {
    /// `text` gives a setting or its default; forms were checked before.
    init(_ text: (String) -> String, houses: [House], _ problems: inout [ConfigProblem]) {
        self.init()
        self.houses = houses
        func number(_ name: String) -> Int { Int(text(name)) ?? 0 }
        func list(_ name: String) -> [String] { Self.words(text(name)) }
        func complain(_ name: String, _ why: String) {
            problems.append(ConfigProblem(name, "\(why). Example: \(name)=\(Variable.named(name)?.example ?? "")"))
        }
        func rating(_ name: String, _ value: inout Double) {
            guard let read = Double(text(name)), (0...10).contains(read) else {
                return complain(name, "\"\(text(name))\" is no rating from 0 to 10")
            }
            value = read
        }

        mode = Mode(rawValue: text("DOWNLOADS")) ?? .off
        tracked = list("TRACKED_USER_NAME").map { Tracked($0) }
        for entry in list("TRACKED_USERS") {
            // A name may have a colon in it; the number is what follows the last.
            let parts = entry.split(separator: ":")
            if parts.count > 1, let last = parts.last {
                guard let plays = Int(last), plays > 0 else {
                    complain("TRACKED_USERS", "\"\(entry)\" has no number after its colon")
                    continue
                }
                tracked.append(Tracked(parts.dropLast().joined(separator: ":"), plays: plays))
            } else {
                tracked.append(Tracked(entry))
            }
        }
        // Who stands in both lists has the threshold.
        tracked.sort { $0.plays != nil && $1.plays == nil }
        plays = number("WATCH_COUNT_THRESHOLD")
        windowDays = number("WATCH_WINDOW_DAYS")
        watchedPercent = number("WATCHED_PERCENT")
        rating("IMDB_INSTANT", &instantRating)
        rating("IMDB_REWATCH", &rewatchRating)
        rating("RARE_RATING", &rareRating)
        rareVotes = number("RARE_VOTES")
        rareBefore = number("RARE_BEFORE_YEAR")
        rareWords = list("RARE_KEYWORDS")
        rareGenres = list("RARE_GENRES")
        seeders = number("MIN_SEEDERS_RARE")
        familyGenres = list("FAMILY_GENRES")
        favouriteTags = list("FAVOURITE_TAG")
        neverTags = list("NEVER_TAG")
        askTags = list("ASK_TAG")
        excludedGenres = list("DOWNLOADS_EXCLUDE_GENRES")
        for word in list("DOWNLOADS_ASK") {
            guard let rule = FilmRule(rawValue: word.lowercased()), rule.tier == .instant || rule.tier == .rewatch
            else {
                complain("DOWNLOADS_ASK", "\"\(word)\" is no rule that has a film kept")
                continue
            }
            asks.insert(rule)
        }
        perDay = number("DOWNLOADS_PER_DAY") == 0 ? nil : number("DOWNLOADS_PER_DAY")
        gigabytesPerDay = number("DOWNLOADS_GB_PER_DAY") == 0 ? nil : number("DOWNLOADS_GB_PER_DAY")
        floorGigabytes = number("FREE_SPACE_FLOOR_GB")
        cloudPaths = list("CLOUD_PATHS")
        localPaths = list("LOCAL_PATHS")
        preparation = Preparation(rawValue: text("DOWNLOADS_PREPARE")) ?? .none
        root = text("DOWNLOADS_ROOT")
        tag = text("DOWNLOADS_TAG").lowercased()
        let keeper = text("DOWNLOADS_RADARR")
        // As it is written in its own setting.
        self.keeper = houses.first { $0.name.lowercased() == keeper.lowercased() }?.name ?? keeper
        if keeper.isEmpty, preparation == .second { self.keeper = houses.dropFirst().first?.name ?? "" }
        for entry in list("DOWNLOADS_PATH_MAP") {
            guard let row = PathMap.row(entry) else {
                complain("DOWNLOADS_PATH_MAP", "\"\(entry)\" is not two folders with = between them")
                continue
            }
            paths.rows.append(row)
        }
        againDays = number("DOWNLOADS_AGAIN_DAYS")
        keepDays = number("DOWNLOADS_KEEP_DAYS")
        proposals = number("DOWNLOADS_PROPOSALS")
        if !tag.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) {
            complain("DOWNLOADS_TAG", "Radarr takes letters, digits and hyphens only")
        }
        for fault in faults { complain(fault.setting, fault.why) }
    }

    /// Those of the settings, in their order.
    static func houses(
        _ text: (String) -> String, isThere: (_ prefix: String) -> Bool, _ problems: inout [ConfigProblem]
    ) -> [House] {
        var houses: [House] = []
        for number in Variable.radarrNumbers {
            let prefix = Variable.radarrPrefix(number)
            guard isThere(prefix) else { continue }
            let root = text("\(prefix)_ROOT")
            let house = House(
                text("\(prefix)_NAME"), setting: prefix, root: root.isEmpty ? nil : root,
                profile: text("\(prefix)_PROFILE"))
            if houses.contains(where: { $0.name.lowercased() == house.name.lowercased() }) {
                problems.append(ConfigProblem("\(prefix)_NAME", "another Radarr is called \(house.name) already"))
            }
            houses.append(house)
        }
        return houses
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: ",").map { part in
            String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }.filter { !$0.isEmpty }
    }
}
