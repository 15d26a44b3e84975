// A list from elsewhere, taken in as if it had been told line by line: it is matched, asked about and undone like hooks.

internal import Domain
package import Runtime

extension Tracker {
    /// How many lines were new. They are on the disk; whoever calls wakes the worker.
    package func bringBack(
        _ read: SeenImport, of person: Int64, at now: Instant
    ) async throws -> (taken: Int, known: Int) {
        _ = try await join(person)
        let told = read.plays.map { play in
            Told(
                key: "file:\(person):\(play.showTitle)/\(play.season ?? -1)/\(play.number ?? -1)/\(play.title)/"
                    + "\(play.guids.first ?? "")/\(play.showGuids.first ?? ""):\(play.at.milliseconds)",
                source: .file, event: "import", door: person, reading: .event(play), receivedAt: now)
        }
        var taken = 0
        for start in stride(from: 0, to: told.count, by: 500) {
            let receipts = try await take(Array(told[start..<min(start + 500, told.count)]))
            taken += receipts.count { if case .new = $0 { true } else { false } }
        }
        return (taken, told.count - taken)
    }
}
