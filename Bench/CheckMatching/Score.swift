// How many were mapped by themselves, how many of those wrongly, how many of those that are sure were found.

internal import Tracker

struct Score {
    var pairs = 0
    var automatic = 0
    var wrong = 0
    var wanted = 0
    var found = 0
    var misses: [String] = []

    init(of pairs: [Pair]) {
        self.pairs = pairs.count
        for pair in pairs {
            let match = MatchRules.match(pair.claim, pair.show, namesakes: pair.namesakes)
            let isAutomatic = match.confidence >= .sure
            automatic += isAutomatic ? 1 : 0
            wanted += pair.want == .automatic ? 1 : 0
            let what = "\(pair.id) \(match.confidence): \(pair.claim.names.first?.raw ?? "") / \(pair.show.title)"
            let why = match.reasons.joined(separator: "; ")
            if isAutomatic, !pair.isSame {
                wrong += 1
                misses.append("WRONG   \(what): \(why)")
            } else if pair.want == .automatic, isAutomatic {
                found += 1
            } else if pair.want == .automatic {
                misses.append("MISSED  \(what): \(why)")
            }
        }
    }

    /// At least 995 of 1000 that map by themselves are right, and 95 of 100 sure ones do.
    var isFine: Bool { wrong * 1000 <= automatic * 5 && found * 100 >= wanted * 95 }

    var summary: [String] {
        ["\(pairs) pairs: \(automatic) automatic, \(wrong) of them wrong; \(wanted) wanted, \(found) of them found"]
    }
}
