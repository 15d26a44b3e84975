// Holds the extraction of performers against saved answers of MusicBrainz and Discogs and a file of what they should
// give: `make check-performers DATA=folder EXPECTED=file.json`. Tests/performers has small cases of our own.

internal import Runtime

@main struct CheckPerformers {
    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 2 else {
            StandardOutput.writeLine("usage: check-performers FOLDER EXPECTED.json")
            Program.exit(64)
        }
        do {
            let comparison = try Comparison(folder: words[0], expectations: words[1])
            for line in comparison.differences { StandardOutput.writeLine(line) }
            StandardOutput.writeLine("\(comparison.agreed) agree, \(comparison.differing) differ")
            Program.exit(comparison.isFine ? 0 : 1)
        } catch {
            StandardOutput.writeLine("\(words[1]): \(error)")
            Program.exit(1)
        }
    }
}
