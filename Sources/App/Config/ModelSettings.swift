// Which models write and paint for the newsletter, and how long they may take.

internal import HTTP
internal import Runtime
internal import Wordsmith

struct ModelSettings: Sendable {
    var text: String?
    var image: String?
    var limits: WordsmithLimits
}

extension Wordsmith {
    /// Nil: the owner has no endpoint.
    init?(_ settings: Configuration, http: HTTPClient, clock: any Clock, log: Log) {
        guard let url = settings.address("AI_BASE_URL") else { return nil }
        self.init(
            url: url, key: settings.key("AI_API_KEY"), textModel: settings.models.text,
            imageModel: settings.models.image, http: http, clock: clock, log: log, limits: settings.models.limits)
    }
}
