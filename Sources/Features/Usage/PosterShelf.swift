// The poster last fetched: the status message shows the same one minute after minute, and Plex need not make it again.

import Domain

actor PosterShelf {
    private var path: String?
    private var picture: Report.Picture?

    /// - Parameter fetch: nil is not kept, for it may be there next time
    func picture(at path: String, fetch: @Sendable () async -> Report.Picture?) async -> Report.Picture? {
        if path == self.path, let picture { return picture }
        guard let fetched = await fetch() else { return nil }
        self.path = path
        picture = fetched
        return fetched
    }
}
