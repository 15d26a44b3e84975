// The check itself, over the small cases in Tests/performers: it agrees with them, and tells every kind of difference.

@testable import CheckPerformers
import Runtime
import Testing

@Suite struct `check-performers` {
    private static let cases =
        String(#filePath).split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/performers"

    private func compare(changing old: String = "", to new: String = "") throws -> Comparison {
        let folder = "/tmp/autoplex-performers-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        let file = folder + "/expected.json"
        var text = try Files.text(Self.cases + "/expected.json")
        if !old.isEmpty {
            let place = try #require(text.firstRange(of: old))
            text.replaceSubrange(place, with: new)
        }
        try Files.write(Array(text.utf8), to: file)
        defer { try? Files.remove(file) }
        return try Comparison(folder: Self.cases, expectations: file)
    }

    @Test func `agrees with the project's own cases`() throws {
        let comparison = try compare()
        #expect(comparison.differences == [])
        #expect(comparison.agreed == 7)
        #expect(comparison.isFine)
    }

    @Test(arguments: [
        (#""line": "Cleo Marchetti: drums |"#, #""line": "Cleo Marchetti: bongos |"#, "line: expected"),
        (#""double bass""#, #""tuba""#, "roles: expected"),
        (#""tracks": 3"#, #""tracks": 2"#, "tracks: expected 2, got 3"),
        (#""guest": false"#, #""guest": true"#, "guest: expected true, got false"),
        (#""release_level": true"#, #""release_level": false"#, "release_level: expected false, got true"),
        (#""A. Quill""#, #""Q. Ada""#, "credited_as: expected"),
        (#""id": 5"#, #""id": 55"#, "id: expected 55, got 5"),
        (#""name": "The Quill""#, #""name": "Quill""#, "name: expected Quill, got The Quill"),
        (#""performers": []"#, #""performers": [{"name": "x"}]"#, "expected 1 performers, got 0"),
        (#""discogs/null.json""#, #""discogs/gone.json""#, "gone.json"),
        (#""discogs/null.json""#, #""expected.json""#, "this is no answer of MusicBrainz or Discogs"),
    ])
    func `tells what differs`(old: String, new: String, complaint: String) throws {
        let comparison = try compare(changing: old, to: new)
        #expect(comparison.differing == 1)
        #expect(comparison.agreed == 6)
        #expect(!comparison.isFine)
        #expect(comparison.differences.contains { $0.contains(complaint) }, "\(comparison.differences)")
    }

    @Test func `takes no cases for no agreement, and no file for an error`() throws {
        let folder = "/tmp/autoplex-performers-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        try Files.write(Array("{}".utf8), to: folder + "/none.json")
        #expect(try !Comparison(folder: folder, expectations: folder + "/none.json").isFine)
        #expect(throws: (any Error).self) { try Comparison(folder: folder, expectations: folder + "/gone.json") }
        try Files.remove(folder + "/none.json")
    }
}
