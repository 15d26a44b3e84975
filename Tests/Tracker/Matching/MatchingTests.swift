// What makes two names one show, and what does not.

import Domain
import Testing
import Tracker

@Suite struct `A show's name` {
    @Test(arguments: [
        ("The Office (US)", "the office", nil as Int?, "US" as String?), ("V (2009)", "v", 2009, nil),
        ("Firm, The", "the firm", nil, nil), ("1923", "1923", nil, nil), ("90210", "90210", nil, nil),
        ("Antiques (UK) (1979)", "antiques", 1979, "GB"), ("S.W.A.T.", "swat", nil, nil),
        ("Bron / Broen", "bron broen", nil, nil), ("(2019)", "2019", nil, nil), ("Stay (Home)", "stay home", nil, nil),
        ("Where (it)", "where it", nil, nil), ("Les Témoins", "les temoins", nil, nil),
    ])
    func `keeps what belongs to it`(_ raw: String, _ folded: String, _ year: Int?, _ country: String?) {
        let name = ShowName(raw)
        #expect(name.folded == folded)
        #expect(name.year == year)
        #expect(name.country == country)
    }

    @Test func `of nothing but signs is still a name`() {
        #expect(ShowName("…").key == "…")
        #expect(ShowName("The").key == "the")
    }
}

@Suite struct `How alike names look` {
    @Test func `threes of plain letters are those of any letters`() {
        for text in ["The Office (US)", "S.W.A.T.", "24", "a", "", "!!!", "snake_case Word", "R&B  9-1-1\r\nX"] {
            // A letter with a mark, in a word of its own, sends it the other way.
            let marked = NameLikeness.trigrams("\(text) é")
            #expect(marked.subtracting(["  é", " é "]) == NameLikeness.trigrams(text), "\(text)")
        }
    }

    @Test(arguments: [
        ("iCarly", "iCarly (2021)", 0.583), ("Shameless", "Shameless (US)", 0.769), ("M*A*S*H", "MASH", 0.083),
        ("word", "two words", 0.3636), ("!!!", "!!!", 0), ("The Office", "The Office (US)", 0.786),
    ])
    func `is what PostgreSQL says`(_ a: String, _ b: String, _ likeness: Double) {
        #expect(abs(NameLikeness.trigram(a, b) - likeness) < 0.001)
    }

    @Test(arguments: [("martha", "marhta", 0.9611), ("dixon", "dicksonx", 0.8133), ("", "a", 0), ("same", "same", 1)])
    func `is what Winkler says`(_ a: String, _ b: String, _ likeness: Double) {
        #expect(abs(NameLikeness.jaroWinkler(a, b) - likeness) < 0.001)
    }
}

@Suite struct `Whether it is this show` {
    static let harbour = KnownShow(
        id: 7, "The Harbour", year: 2008, ids: ShowIDs(tmdb: 41, tvdb: 52, imdb: "tt63"), network: "Kanal 4",
        country: "SE")

    struct Case: Sendable, CustomTestStringConvertible {
        var claim: ShowClaim
        var namesakes = Namesakes.none
        var episode = EpisodeEvidence.unknown
        var thousandths: Int
        var why: String
        var testDescription: String { "\(claim.names.first?.raw ?? ""): \(why)" }
    }

    @Test(arguments: [
        Case(claim: ShowClaim(["Hafen"], ids: ShowIDs(tvdb: 52)), thousandths: 950, why: "under another title"),
        Case(claim: ShowClaim(["Harbour"], ids: ShowIDs(imdb: "tt63")), thousandths: 970, why: "the same IMDb number"),
        Case(
            claim: ShowClaim(["The Harbour"], ids: ShowIDs(tmdb: 41, tvdb: 9)), thousandths: 800,
            why: "TMDB say it is this one, TVDB that it is not"),
        Case(
            claim: ShowClaim(["The Harbour"], year: .premiere(2008), ids: ShowIDs(tvdb: 9)), thousandths: 200,
            why: "it has another TVDB number"),
        Case(claim: ShowClaim(["Hamn"]), episode: .proven, thousandths: 970, why: "the episode's own number is in it"),
        Case(claim: ShowClaim(["The Harbour"], year: .premiere(2008)), thousandths: 960, why: "both of 2008"),
        Case(claim: ShowClaim(["The Harbour"], year: .premiere(2009)), thousandths: 930, why: "a year apart"),
        Case(claim: ShowClaim(["The Harbour"], year: .premiere(2010)), thousandths: 850, why: "not 2010"),
        Case(claim: ShowClaim(["The Harbour"], year: .premiere(1988)), thousandths: 700, why: "not 1988"),
        Case(claim: ShowClaim(["The Harbour"]), thousandths: 900, why: "no year to compare"),
        Case(
            claim: ShowClaim(["The Harbour"]), namesakes: Namesakes(exist: true), thousandths: 880,
            why: "another show has this name"),
        Case(claim: ShowClaim(["The Harbour"], year: .notAfter(2012)), thousandths: 900, why: "no year to compare"),
        Case(
            claim: ShowClaim(["The Harbour"], year: .notAfter(1999)), thousandths: 700,
            why: "it began in 2008, after what was watched"),
        Case(claim: ShowClaim(["The Harbour (2008)"]), thousandths: 960, why: "both of 2008"),
        Case(claim: ShowClaim(["The Harbour (SE)"], year: .premiere(2008)), thousandths: 980, why: "both from SE"),
        Case(
            claim: ShowClaim(["The Harbour (US)"], year: .premiere(2008)), thousandths: 600,
            why: "from SE, not from US"),
        Case(
            claim: ShowClaim(["The Harbour"], year: .premiere(2008), country: "US"), thousandths: 750,
            why: "from SE, not from US"),
        Case(claim: ShowClaim(["Harbour"], year: .premiere(2008)), thousandths: 960, why: "but for an article"),
        Case(
            claim: ShowClaim(["Harbour"], year: .premiere(2008)), namesakes: Namesakes(exist: true), thousandths: 880,
            why: "another show has this name"),
        Case(
            claim: ShowClaim(["The Harbour"], year: .premiere(2008)), namesakes: Namesakes(exist: true, isNear: true),
            thousandths: 850, why: "began at the same time"),
        Case(
            claim: ShowClaim(["The Harbour"], year: .premiere(2008)),
            namesakes: Namesakes(exist: true, isNear: true, isToldApart: true), thousandths: 960, why: "both of 2008"),
        Case(
            claim: ShowClaim(["The Harbour"], year: .premiere(2008)), episode: .differs, thousandths: 850,
            why: "its episode of this number is another one"),
        Case(
            claim: ShowClaim(["The Harbour"]), namesakes: Namesakes(exist: true), episode: .agrees, thousandths: 940,
            why: "is the one that was watched"),
        Case(
            claim: ShowClaim(["The Harbours"], year: .premiere(2008)), thousandths: 0, why: "alike"),
    ])
    func `is as sure as it can be, and says why`(_ expected: Case) {
        let match = MatchRules.match(
            expected.claim, Self.harbour, namesakes: expected.namesakes, episode: expected.episode)
        if expected.thousandths > 0 {
            #expect(match.confidence.thousandths == expected.thousandths)
        } else {
            #expect(match.confidence < .sure)
        }
        #expect(match.reasons.joined(separator: "; ").contains(expected.why), "\(match.reasons)")
    }

    @Test func `is never sure by a name that is only alike`() {
        for title in ["The Harbor", "The Harbourer", "Harbour Lights", "The Harbour: Junior", "The Harbour II"] {
            let match = MatchRules.match(ShowClaim([title], year: .premiere(2008)), Self.harbour)
            #expect(match.confidence < .sure, "\(title): \(match)")
        }
    }

    @Test func `looks at every name the catalogue knows`() {
        let show = KnownShow(id: 1, "The House in the Mist", others: ["Das Nebelhaus"], year: 2019)
        #expect(MatchRules.match(ShowClaim(["Das Nebelhaus"], year: .premiere(2019)), show).confidence >= .sure)
        let original = ShowClaim(["Maison de brume", "The House in the Mist"], year: .premiere(2019))
        #expect(MatchRules.match(original, show).confidence >= .sure)
    }

    @Test func `takes "&" and "and" for one word, but where there is one show of each`() {
        let show = KnownShow(id: 1, "Mill and Tide", year: 2012)
        let claim = ShowClaim(["Mill & Tide"], year: .premiere(2012))
        #expect(MatchRules.match(claim, show).confidence >= .sure)
        #expect(MatchRules.match(claim, show, namesakes: Namesakes(exist: true)).confidence < .sure)
    }
}

@Suite struct `Which of the shows it is` {
    @Test func `is asked where only the wrong namesake is in the tracker and the right one in the catalogue`() {
        let verdict = MatchGate.verdict(
            for: ShowClaim(["Glass Bay"]),
            among: [
                MatchCandidate(KnownShow(id: 3, "Glass Bay", year: 2017)),
                MatchCandidate(KnownShow("Glass Bay", year: 2004, ids: ShowIDs(tmdb: 5))),
            ])
        guard case .conflict(.ambiguous, let ranked) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(ranked.count == 2)
    }

    @Test func `is the one whose year it is`() {
        let verdict = MatchGate.verdict(
            for: ShowClaim(["Glass Bay"], year: .premiere(2004)),
            among: [
                MatchCandidate(KnownShow(id: 3, "Glass Bay", year: 2017)),
                MatchCandidate(KnownShow(id: 4, "Glass Bay", year: 2004)),
            ])
        guard case .automatic(let best) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(best.show.id == 4)
    }

    @Test func `is not asked because a catalogue has the same show once more`() {
        let ids = ShowIDs(tmdb: 5, tvdb: 6)
        let verdict = MatchGate.verdict(
            for: ShowClaim(["Glass Bay"], year: .premiere(2004), ids: ShowIDs(tvdb: 6)),
            among: [
                MatchCandidate(KnownShow(id: 3, "Glass Bay", year: 2004, ids: ids)),
                MatchCandidate(KnownShow("Glass Bay", year: 2017, ids: ShowIDs(tvdb: 7))),
            ])
        guard case .automatic(let best) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(best.show.id == 3)
    }

    @Test func `is asked where two began in one year, but where the network tells them apart`() {
        let first = KnownShow(id: 3, "Glass Bay", year: 2013, network: "North One", country: "GB")
        let second = KnownShow(id: 4, "Glass Bay", year: 2014, network: "Kanal 4", country: "SE")
        func verdict(_ network: String?) -> MatchVerdict {
            MatchGate.verdict(
                for: ShowClaim(["Glass Bay"], year: .premiere(2013), network: network),
                among: [MatchCandidate(first), MatchCandidate(second)])
        }
        guard case .conflict = verdict(nil) else {
            Issue.record("mapped by itself")
            return
        }
        guard case .automatic(let best) = verdict("north one") else {
            Issue.record("asked")
            return
        }
        #expect(best.show.id == 3)
    }

    @Test func `is asked where ids clash, and where there is nothing`() {
        let claim = ShowClaim(["Glass Bay"], ids: ShowIDs(tvdb: 1))
        let other = MatchCandidate(KnownShow(id: 3, "Glass Bay", ids: ShowIDs(tvdb: 2)))
        guard case .conflict(.idClash, _) = MatchGate.verdict(for: claim, among: [other]) else {
            Issue.record("no clash")
            return
        }
        #expect(MatchGate.verdict(for: claim, among: []) == .conflict(.noMatch, []))
    }
}
