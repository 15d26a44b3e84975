// Who answers the cards of downloads: keep this film, and delete that file.

package import Bot
import Domain
import Downloads

package enum DownloadsHandlers {
    package static func handlers(_ source: Configured<DownloadsSource>) -> [CardHandler] {
        [
            answer(DownloadCards.askKind, source) { downloads, id, choice, actor in
                choice == "download"
                    ? try await downloads.approve(id, by: actor)
                    : try await downloads.decline(id, by: actor, never: choice == "never")
            },
            answer(DownloadCards.deleteKind, source) { downloads, id, choice, actor in
                choice == "delete"
                    ? try await downloads.delete(id, by: actor) : try await downloads.keep(id, by: actor)
            },
        ]
    }

    private static func answer(
        _ kind: String, _ source: Configured<DownloadsSource>,
        _ act: @escaping @Sendable (Downloads, Int64, String, String) async throws -> DownloadAnswer
    ) -> CardHandler {
        CardHandler(kind, for: .level(.admin), recorded: true) { decision in
            let downloads = try source.get().downloads
            guard let id = Int64(decision.subject) else {
                throw Complaint("This card is not whole: \(code: "downloads") shows how things stand.")
            }
            let answer = try await act(downloads, id, decision.choice.value, decision.by.actor)
            // What was not done may be asked again: the card stays.
            return answer.isDone ? .replaced(answer.report) : .note(answer.report)
        }
    }
}
