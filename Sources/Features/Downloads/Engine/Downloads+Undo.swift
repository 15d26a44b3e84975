// Taking a word about a film back from its entry in the Ledger: what held before holds again, if nothing else was said
// since.

package import Domain
internal import Runtime
package import Storage

/// What the Ledger keeps of a word: enough to say the one before again.
struct WordSaid: Codable, Hashable, Sendable {
    static let action = "downloads.override"

    var film: FilmIDs
    /// Nil: as the rules say.
    var word: String?
    var before: String?
}

extension FilmIDs {
    /// What finds it when it is typed.
    var typed: String { tmdb.map { "tmdb:\($0)" } ?? imdb ?? name.typed }
}

extension Downloads {
    package static let undoableAction = WordSaid.action

    private static func said(_ entry: LedgerEntry) -> WordSaid? {
        try? JSONText.read(WordSaid.self, entry.evidence)
    }

    /// Nil: it can be taken back.
    package func obstacle(undoing entry: LedgerEntry) async throws(StorageError) -> Prose? {
        guard let said = Self.said(entry) else { return "What was said before is not known any more." }
        guard try await book.override(said.film)?.rawValue == said.word else {
            return "Something else was said about this film since."
        }
        return said.word == said.before ? "It changed nothing: the same held before." : nil
    }

    /// Nil: it cannot be taken back any more.
    package func undo(_ entry: LedgerEntry, by actor: String) async throws -> Report? {
        guard let said = Self.said(entry), try await obstacle(undoing: entry) == nil else { return nil }
        return try await override(said.film, said.before.flatMap { FilmOverride(rawValue: $0) }, by: actor)
    }
}
