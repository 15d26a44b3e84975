// Scores the matcher of shows on a file of labelled pairs: `make check-matching PAIRS=file.tsv`. Tests/matching has a small
// file of our own.

internal import Runtime

@main struct CheckMatching {
    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 1 else {
            StandardOutput.writeLine("usage: check-matching PAIRS.tsv")
            Program.exit(64)
        }
        do {
            let score = Score(of: try PairFile(text: Files.text(words[0])).pairs)
            for line in score.misses + score.summary { StandardOutput.writeLine(line) }
            Program.exit(score.isFine ? 0 : 1)
        } catch {
            StandardOutput.writeLine("\(words[0]): \(error)")
            Program.exit(1)
        }
    }
}
