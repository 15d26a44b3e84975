// The check itself, over the small file in Tests/matching.

@testable import CheckMatching
import Runtime
import Testing

@Suite struct `check-matching` {
    private static let file =
        String(#filePath).split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/matching/pairs.tsv"

    private func score(changing old: String = "", to new: String = "") throws -> Score {
        var text = try Files.text(Self.file)
        if !old.isEmpty {
            let place = try #require(text.firstRange(of: old))
            text.replaceSubrange(place, with: new)
        }
        return Score(of: try PairFile(text: text).pairs)
    }

    @Test func `finds all that are sure in the project's own pairs, and none wrongly`() throws {
        let score = try score()
        #expect(score.summary == ["10 pairs: 5 automatic, 0 of them wrong; 5 wanted, 5 of them found"])
        #expect(score.isFine && score.misses.isEmpty)
    }

    @Test func `tells each wrong one, with its reasons`() throws {
        let score = try score(changing: "A1\tsame\tauto", to: "A1\tdifferent\tnot_auto")
        #expect(!score.isFine)
        #expect(score.misses.count == 1)
        #expect(score.misses.first?.hasPrefix("WRONG   A1 98 %: The Lantern Street (UK) / Lantern Street: ") == true)
    }

    @Test func `tells each that was not found, with its reasons`() throws {
        let score = try score(changing: "B1\tdifferent\tnot_auto", to: "B1\tsame\tauto")
        #expect(score.isFine == false)
        #expect(
            score.misses == [
                "MISSED  B1 88 %: Lantern Street / Lantern Street: the same title; no year to compare; "
                    + "another show has this name"
            ])
    }

    @Test(arguments: [
        ("label", "lable", "there is no column label"), ("2016", "MMXVI", "is \"MMXVI\", not a number"),
        ("A2\tsame", "A2", "line 3 has 18 columns, the first 19"), ("same\tauto", "alike\tauto", "label is same or"),
    ])
    func `says where a file is wrong`(_ old: String, _ new: String, _ words: String) throws {
        #expect {
            try score(changing: old, to: new)
        } throws: { error in
            "\(error)".contains(words)
        }
    }
}
