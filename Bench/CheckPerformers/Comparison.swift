// All cases of one file of expectations: an object of path in the folder → {"line": "…", "performers": [{"id", "name",
// "roles", "tracks", …}]}. What a case does not state is not compared.

internal import FoundationEssentials
internal import Runtime

struct Comparison {
    private(set) var differences: [String] = []
    private(set) var agreed = 0
    private(set) var differing = 0

    /// Nothing compared is no agreement.
    var isFine: Bool { differing == 0 && agreed > 0 }

    init(folder: String, expectations: String) throws {
        let expected = try JSONDecoder().decode(
            [String: Expectation].self, from: Data(try Files.read(expectations)))
        for (path, expectation) in expected.sorted(by: { $0.key < $1.key }) {
            let found = Self.check(folder + "/" + path, expectation)
            differences += found.map { "\(path): \($0)" }
            if found.isEmpty { agreed += 1 } else { differing += 1 }
        }
    }

    private static func check(_ path: String, _ expectation: Expectation) -> [String] {
        let bytes: [UInt8]
        do { bytes = try Files.read(path) } catch { return ["\(error)"] }
        guard let credits = SavedAnswer.credits(in: bytes) else {
            return ["this is no answer of MusicBrainz or Discogs that holds credits"]
        }
        return expectation.differences(from: credits)
    }
}
