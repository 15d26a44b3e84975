// All that enriching can do to the world: replace one album's summary. The wiring fills it with Plex; a test may fill it
// with less.

package import Plex

package struct EnrichEffects: Sendable {
    package static let setSummaryKind = "enrich.setSummary"

    package var setSummary: @Sendable (_ album: String, _ summary: String, _ locked: Bool) async throws -> Void

    package init(setSummary: @escaping @Sendable (String, String, Bool) async throws -> Void) {
        self.setSummary = setSummary
    }

    package static func through(_ plex: Plex) -> EnrichEffects {
        EnrichEffects { album, summary, locked in
            try await plex.setSummary(of: album, to: summary, locked: locked)
        }
    }
}
