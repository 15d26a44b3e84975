// The plan's tiers: what is kept at once, and what is kept when it is watched again. Ranges are half-open: an average of
// 8.46 lies between 7.0 and 8.5, and 8.5 does not.

internal import Domain
internal import Runtime

struct TierRules {
    let evidence: FilmEvidence
    let wishes: DownloadWishes

    func line(_ rule: FilmRule) -> RuleLine {
        switch rule {
        case .always: always
        case .rating: rating
        case .edition: edition
        case .oldForeign: oldForeign
        case .gem: gem
        case .genre: genre
        case .favourite: favourite
        case .family: family
        case .seeders: seeders
        default: rewatch
        }
    }

    private var always: RuleLine {
        switch evidence.override {
        case .always: RuleLine(.always, .yes, "always, as somebody said")
        case .ask: RuleLine(.always, .yes, "somebody wants to be asked")
        case .never: RuleLine(.always, .no, "never, as somebody said")
        case nil:
            if let tag = ConditionRules(evidence: evidence, wishes: wishes).tagged(wishes.askTags) {
                RuleLine(.always, .yes, "to be asked, by the tag \(tag)")
            } else {
                RuleLine(.always, .off, "nobody said anything")
            }
        }
    }

    private func words(_ rating: FilmRating) -> String {
        Decimal.tenths(rating.value) + (rating.votes.map { " by \(Figures.grouped($0)) votes" } ?? "")
            + " (\(rating.source))"
    }

    /// What a piece that is missing means to a rule that needs it.
    private func missing<Value>(_ piece: Piece<Value>, _ rule: FilmRule, _ what: String) -> RuleLine {
        if case .unknown(let why) = piece.reading { return RuleLine(rule, .unknown, "\(what): \(why)") }
        return RuleLine(rule, .unknown, "\(what) is not known")
    }

    private var rating: RuleLine {
        guard let rating = evidence.rating.known else { return missing(evidence.rating, .rating, "the rating") }
        return RuleLine(
            .rating, rating.value >= wishes.instantRating ? .yes : .no,
            "\(words(rating)); kept at once from \(Decimal.tenths(wishes.instantRating)) on",
            because: "rated \(Decimal.tenths(rating.value))")
    }

    private var edition: RuleLine {
        let found = EditionWords(wishes.rareWords).found(
            title: evidence.film.title, edition: evidence.edition, names: evidence.names)
        if let found { return RuleLine(.edition, .yes, "“\(found.phrase)” in \(found.place)") }
        return RuleLine(.edition, .no, "no word of a rare edition")
    }

    private var oldForeign: RuleLine {
        let rule = FilmRule.oldForeign
        let (year, language) = (evidence.year.known, evidence.language.known)
        // One of the two is enough to say no.
        if let year, year >= wishes.rareBefore {
            return RuleLine(rule, .no, "from \(year); old is before \(wishes.rareBefore)")
        }
        let isEnglish = language.map { FilmIDs.folded($0) == "english" || FilmIDs.folded($0) == "en" }
        if let language, isEnglish == true { return RuleLine(rule, .no, "the language is \(language)") }
        guard let year else { return missing(evidence.year, rule, "the year") }
        guard let language else { return missing(evidence.language, rule, "from \(year), and the language") }
        return RuleLine(rule, .yes, "from \(year), in \(language)")
    }

    private var gem: RuleLine {
        guard let rating = evidence.rating.known else { return missing(evidence.rating, .gem, "the rating") }
        let wanted =
            "; a gem has \(Decimal.tenths(wishes.rareRating)) or more by fewer than "
            + "\(Figures.grouped(wishes.rareVotes)) votes"
        if rating.value < wishes.rareRating { return RuleLine(.gem, .no, words(rating) + wanted) }
        guard let votes = rating.votes else {
            return RuleLine(.gem, .unknown, "\(words(rating)), of how many votes is not known" + wanted)
        }
        return RuleLine(
            .gem, votes < wishes.rareVotes ? .yes : .no, words(rating) + wanted,
            because: "rated \(Decimal.tenths(rating.value)) by only \(Figures.grouped(votes)) votes")
    }

    private var genre: RuleLine {
        if let word = GenreRules.first(of: wishes.rareGenres, in: evidence.keywords) {
            return RuleLine(.genre, .yes, "its keyword is \(word)")
        }
        return genres(.genre, wishes.rareGenres, "rare")
    }

    private var family: RuleLine { genres(.family, wishes.familyGenres, "for the family") }

    private func genres(_ rule: FilmRule, _ wanted: [String], _ what: String) -> RuleLine {
        if wanted.isEmpty { return RuleLine(rule, .off, "no genres are set") }
        guard let genres = evidence.genres.known else { return missing(evidence.genres, rule, "the genres") }
        let hit = GenreRules.first(of: wanted, in: genres)
        return RuleLine(
            rule, hit == nil ? .no : .yes,
            hit.map { "its genre is \($0)" } ?? "\(genres.joined(separator: ", ")); \(what) is \(Figures.list(wanted))")
    }

    private var favourite: RuleLine {
        if let tag = ConditionRules(evidence: evidence, wishes: wishes).tagged(wishes.favouriteTags) {
            return RuleLine(.favourite, .yes, "it has the tag \(tag) in Radarr")
        }
        switch evidence.favourite.reading {
        case .known(true): return RuleLine(.favourite, .yes, "a favourite of \(evidence.userName)")
        case .known(false): return RuleLine(.favourite, .no, "none of \(evidence.userName)'s")
        case .absent: return RuleLine(.favourite, .off, "\(evidence.favourite.source) does not tell their favourites")
        case .unknown(let why): return RuleLine(.favourite, .unknown, "favourites: \(why)")
        }
    }

    private var seeders: RuleLine {
        guard wishes.seeders > 0, let piece = evidence.seeders else {
            return RuleLine(.seeders, .off, "nobody is asked")
        }
        let wanted = "; fewer than \(wishes.seeders) are rare"
        switch piece.reading {
        case .known(let count):
            return RuleLine(
                .seeders, count < wishes.seeders ? .yes : .no, "\(count) seeders" + wanted,
                because: count == 1 ? "only 1 seeder" : "only \(count) seeders")
        case .absent: return RuleLine(.seeders, .unknown, "no indexer gave a number" + wanted)
        case .unknown(let why):
            return piece.isAsked
                ? RuleLine(.seeders, .unknown, why + wanted)
                : RuleLine(.seeders, .off, "not asked: something else decided" + wanted)
        }
    }

    private var rewatch: RuleLine {
        guard case .tracked(_, let wanted) = evidence.viewer else { return RuleLine(.rewatch, .no, "not tracked") }
        let range = PlayRange(evidence.plays)
        let said = evidence.plays.map(\.words).joined(separator: ", ")
        let (low, high) = (Decimal.tenths(wishes.rewatchRating), Decimal.tenths(wishes.instantRating))
        let plays =
            "\(said.isEmpty ? "nobody counts plays" : said); \(Figures.times(wanted)) in \(wishes.windowDays) days "
            + "and rated \(low) to under \(high) is enough"
        let inputs = (evidence.rating.known.map { words($0) } ?? "the rating is not known") + "; " + plays
        let reason = "watched \(Figures.times(max(1, range.least))) in \(wishes.windowDays) days"
        if let most = range.most, most < wanted { return RuleLine(.rewatch, .no, inputs, because: reason) }
        guard let rating = evidence.rating.known else {
            return RuleLine(.rewatch, .unknown, inputs, because: "the rating is not known")
        }
        if rating.value < wishes.rewatchRating || rating.value >= wishes.instantRating {
            return RuleLine(.rewatch, .no, inputs, because: "rated \(Decimal.tenths(rating.value))")
        }
        if range.least >= wanted {
            return RuleLine(
                .rewatch, .yes, inputs, because: reason + ", and rated \(Decimal.tenths(rating.value))")
        }
        return RuleLine(.rewatch, .unknown, inputs, because: "how often it was watched is not known for certain")
    }
}

/// One place after the point, rounded down: 8.46 must not read as 8.5 beside a threshold of 8.5.
enum Decimal {
    static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10 + 1e-9).rounded(.down))
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
