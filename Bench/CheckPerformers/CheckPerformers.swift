// Holds the extraction of performers against saved answers of MusicBrainz and Discogs and a file of what they should
// give: `make check-performers DATA=folder EXPECTED=file.json`. The file is an object: path in the folder → {"line": "…",
// "performers": [{"id", "name", "roles", "tracks", …}]}; what a performer there does not state is not compared.

internal import FoundationEssentials
internal import Runtime

@main struct CheckPerformers {
    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 2 else {
            StandardOutput.writeLine("usage: check-performers FOLDER EXPECTED.json")
            Program.exit(64)
        }
        do {
            let expected = try JSONDecoder().decode(
                [String: Expectation].self, from: Data(try Files.read(words[1])))
            var agreed = 0
            for (path, expectation) in expected.sorted(by: { $0.key < $1.key }) {
                let differences = check(words[0] + "/" + path, expectation)
                if differences.isEmpty { agreed += 1 }
                for difference in differences { StandardOutput.writeLine("\(path): \(difference)") }
            }
            let differing = expected.count - agreed
            StandardOutput.writeLine("\(agreed) agree, \(differing) differ")
            // Nothing compared is no agreement.
            Program.exit(differing == 0 && agreed > 0 ? 0 : 1)
        } catch {
            StandardOutput.writeLine("\(words[1]): \(error)")
            Program.exit(1)
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
