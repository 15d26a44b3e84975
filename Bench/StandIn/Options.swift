// The command line of `standin`.

struct Options {
    var port = 0
    var guilds = 1
    var channels = 3
    /// No waiting between two session starts: for measuring.
    var isQuick = false
    /// No rate limits: for measuring.
    var isUnlimited = false
    /// Which services stand here, besides Discord.
    var services: Set<String> = []
    /// Tracks in a further music library: for measuring.
    var tracks = 0
    /// How many people have the server besides the owner, instead of the household: for measuring.
    var people = 0

    static let known = [
        "plex", "plextv", "tautulli", "jellyfin", "jellystat", "radarr", "prowlarr", "musicbrainz", "discogs", "mail",
        "tmdb", "tvmaze", "wordsmith", "heralds",
    ]

    static let usage = """
        usage: standin [--port N] [--guilds N] [--channels N] [--quick] [--unlimited]
                       [--services NAMES] [--tracks N] [--people N]
          --port       where to listen on 127.0.0.1 (default: any free port)
          --guilds     how many servers the bot is in (default: 1, the household)
          --channels   how many channels each of the others has
          --quick      no five seconds between two session starts
          --unlimited  no rate limits
          --services   others to start as well, by commas: \(known.joined(separator: ","))
          --tracks     how many tracks a further music library has, a tenth of them rated
          --people     so many people instead of the household, with what they played lately
        """

    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    init(_ words: [String]) throws {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--quick": isQuick = true
            case "--unlimited": isUnlimited = true
            case "--port": port = try number(&rest, word, 0...65535)
            case "--guilds": guilds = try number(&rest, word, 1...5000)
            case "--channels": channels = try number(&rest, word, 0...500)
            case "--people": people = try number(&rest, word, 0...100_000)
            case "--tracks": tracks = try number(&rest, word, 0...500_000)
            case "--services":
                services = Set((rest.popFirst() ?? "").split(separator: ",").map(String.init))
                let unknown = services.subtracting(Self.known).sorted()
                guard unknown.isEmpty else { throw Mistake(description: "unknown services \(unknown)") }
            default: throw Mistake(description: "unknown option '\(word)'")
            }
        }
    }

    private func number(_ rest: inout ArraySlice<String>, _ name: String, _ range: ClosedRange<Int>) throws -> Int {
        guard let word = rest.popFirst(), let number = Int(word), range ~= number else {
            throw Mistake(description: "\(name) takes a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
