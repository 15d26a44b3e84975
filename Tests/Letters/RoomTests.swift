// What happens when there is more to show than a letter may hold.

@testable import Letters
import Mail
import Newsletter
import NewsletterSamples
import Runtime
import Testing

@Suite struct `Room in a letter` {
    @Test(arguments: [80_000, 60_000, 40_000])
    func `is kept to by showing less, with a way to the rest`(limit: Int) async throws {
        let press = try Workshop.press(budget: LetterBudget(html: limit))
        let proof = try await Workshop.proof(press, .rich, .rich)
        #expect(proof.htmlBytes <= limit)
        #expect(HTMLScan(proof.letter.html).faults == [])
        #expect(proof.letter.html.contains(" more</a>"))
        #expect(proof.notes.contains { if case .leftOut = $0 { true } else { false } })
    }

    @Test func `that nothing fits is told, and the letter goes out`() async throws {
        let proof = try await Workshop.proof(Workshop.press(budget: LetterBudget(html: 3_000)), .rich, .rich)
        #expect(proof.notes.contains(.tooLarge(proof.htmlBytes, limit: 3_000)))
        #expect(proof.letter.html.contains("</html>"))
    }

    @Test func `says how many are not shown, and all are accounted for`() {
        let all = (0..<30).map {
            Addition(.movie, "Film \($0)", summary: $0 % 2 == 0 ? "words" : "", addedAt: .init(seconds: 0))
        }
        let arranged = LetterData.Arrangement(all, .full) { $0.name != "Film 1" }
        #expect(arranged.featured.map(\.name) == ["Film 0", "Film 2", "Film 4"])
        #expect(arranged.tiles.count == 8 && !arranged.tiles.map(\.name).contains("Film 1"))
        #expect(arranged.listed.first?.name == "Film 1")
        #expect(arranged.featured.count + arranged.tiles.count + arranged.listed.count + arranged.unseen == 30)
    }

    @Test func `shrinks step by step, never growing anywhere`() {
        for (more, less) in zip(LetterLimits.steps, LetterLimits.steps.dropFirst()) {
            #expect(more != less)
            #expect(more.featured >= less.featured && more.tiles >= less.tiles && more.listed >= less.listed)
            #expect(more.libraries >= less.libraries && more.summary >= less.summary && more.tops >= less.tops)
            #expect(more.shared >= less.shared && more.people >= less.people && more.personal >= less.personal)
            #expect(more.title >= less.title && more.alternative >= less.alternative && more.quiet >= less.quiet)
        }
    }

    @Test func `for pictures goes to the most important ones`() {
        let candidates = [
            PictureBudget.Candidate("race", 700, rank: 8), .init("week", 300, rank: 0), .init("poster", 100, rank: 3),
            .init("huge", 5_000, rank: 1), .init("poster", 100, rank: 3),
        ]
        #expect(PictureBudget(candidates, limit: 500).kept == ["week", "poster"])
        #expect(PictureBudget(candidates, limit: 500).dropped == ["race", "huge"])
        #expect(PictureBudget(candidates, limit: 1_100).kept == ["week", "poster", "race"])
        #expect(PictureBudget(candidates, limit: 0).kept == [])
    }

    @Test func `is made by leaving out the race first, which bars stand in for`() async throws {
        let whole = try await Workshop.proof(Workshop.press(), .rich, .rich)
        let race = try #require(whole.letter.pictures.first { $0.filename == "race.gif" })
        let budget = LetterBudget(pictures: whole.pictureBytes - race.bytes.count / 4)
        let part = try await Workshop.proof(Workshop.press(budget: budget), .rich, .rich)
        #expect(part.pictureBytes <= budget.pictures)
        #expect(!part.letter.pictures.contains { $0.filename == "race.gif" })
        #expect(part.letter.pictures.contains { $0.filename == "people.png" })
        #expect(part.notes.contains(.leftOut("the picture race.gif")))
    }

    @Test(arguments: [1_000_000, 200_000, 0])
    func `is not taken by pictures that nothing shows`(limit: Int) async throws {
        let letter = try await Workshop.proof(Workshop.press(budget: LetterBudget(pictures: limit)), .rich, .rich)
            .letter
        let shown = Set(HTMLScan(letter.html).all("img").compactMap { $0.attribute("src") })
        #expect(shown == Set(letter.pictures.map { "cid:\($0.contentID)" }))
        #expect(letter.pictures.reduce(0) { $0 + $1.bytes.count } <= limit)
    }
}
