// What a search came to. Radarr's command is "completed" and "successful" although nothing was taken: the number in its
// message is the only word on that.

internal import Runtime

package enum SearchRules {
    package enum End: Hashable, Sendable {
        case runs
        /// So many were taken; nil: it does not say.
        case ended(reports: Int?)
        case failed(String)
        /// Radarr was restarted meanwhile: it may be asked again.
        case lost
    }

    package static func end(of command: CommandState) -> End {
        switch command.status.lowercased() {
        case "completed": .ended(reports: reports(in: command.message))
        case "failed", "aborted", "cancelled":
            .failed(
                command.exception.isEmpty
                    ? (command.message.isEmpty ? command.status : command.message) : command.exception)
        case "orphaned": .lost
        default: .runs
        }
    }

    /// "Completed search for 1 movies. 2 reports downloaded."
    package static func reports(in message: String) -> Int? {
        let words = message.lowercased().split { !$0.isLetter && !$0.isNumber }
        guard let index = words.firstIndex(where: { $0.hasPrefix("report") }), index > 0 else { return nil }
        return Int(words[index - 1])
    }

    /// Why nothing was taken, the most frequent reasons first: "Existing file meets cutoff (12), not wanted (3)".
    package static func reasons(_ releases: [Release]) -> String {
        if releases.isEmpty { return "no indexer offers it" }
        var counts: [String: Int] = [:]
        for reason in releases.flatMap(\.rejections) { counts[String(reason.prefix(120)), default: 0] += 1 }
        if counts.isEmpty { return "\(releases.count) are offered and Radarr gives no reason" }
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return sorted.prefix(3).map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
    }

    /// What Radarr would take but for the file that is there: of those the first, which Radarr ranks highest.
    package static func choice(_ releases: [Release], most: Int64?) -> Release? {
        releases.first { release in
            if let most, release.size > most { return false }
            return release.rejections.allSatisfy(isAboutTheFile)
        }
    }

    /// Radarr's words about the file it has, all of which a hand's choice overrides.
    private static func isAboutTheFile(_ rejection: String) -> Bool {
        let small = rejection.lowercased()
        return small.contains("existing file") || small.contains("existing on disk") || small.contains("cutoff")
            || small.contains("upgrade") && !small.contains("not wanted")
    }
}
