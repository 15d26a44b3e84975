// Everything a person played, from the best source there is: Tautulli's history brought up to date, or what of it is kept
// when Tautulli does not answer, or Plex's own history where there is no Tautulli. The doubt is told with the answer.

internal import Domain
internal import History
internal import Plex
internal import Runtime

struct HeardBy: Sendable {
    private static let patience = Duration.seconds(6)

    private struct Late: Error, CustomStringConvertible {
        var description: String { "it takes too long at the moment" }
    }

    private let person: Person
    private let history: History?
    private let plex: Plex
    private let clock: any Clock

    init(_ person: Person, history: History?, plex: Plex, clock: any Clock) {
        self.clock = clock
        self.person = person
        self.history = history
        self.plex = plex
    }

    func read() async throws -> (tracks: [Heard], doubt: String?) {
        guard let history, let id = person.plexID else { return (try await fromPlex(), nil) }
        // Somebody waits for this. What is kept is a good answer too; the hourly job reads the rest.
        let reading = await within(Self.patience, on: clock) { () async -> Result<Void, any Error> in
            do { return .success(try await history.catchUp()) } catch { return .failure(error) }
        }
        var doubt: String?
        do {
            try (reading ?? .failure(Late())).get()
        } catch {
            guard try await history.readThrough() != nil else { throw error }
            doubt = "Tautulli could not be asked, so the newest plays may be missing: \(error)"
        }
        return (try await history.tracks(of: id), doubt)
    }

    /// Plex counts a play when its end is near, and knows no person by more than the account.
    private func fromPlex() async throws -> [Heard] {
        guard let account = person.localID else { return [] }
        var heard: [String: Heard] = [:]
        for try await page in plex.history(PlexHistoryFilter(accountID: account)) {
            for row in page.rows where row.kind == .track {
                let key = row.ratingKey ?? "\(row.grandparentTitle)/\(row.parentTitle)/\(row.title)"
                if heard[key] != nil {
                    heard[key]?.plays += 1
                } else {
                    heard[key] = Heard(
                        ratingKey: row.ratingKey, artistKey: row.grandparentRatingKey, title: row.title,
                        album: row.parentTitle, artist: row.grandparentTitle, index: row.index, disc: row.parentIndex,
                        plays: 1, last: row.viewedAt)
                }
            }
        }
        return Array(heard.values)
    }
}
