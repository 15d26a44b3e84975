// The endpoint of a model: whether it is there, takes our key and has the models of the settings.

internal import HTTP
internal import Wordsmith

extension Service {
    static let model = Service(name: "AI") { settings in
        settings.address("AI_BASE_URL").map { ModelList.request(url: $0, key: settings.key("AI_API_KEY")) }
    } judge: { response, settings in
        switch response.status {
        case 401, 403:
            return settings.key("AI_API_KEY") == nil
                ? .wrong("the AI endpoint wants a key: set AI_API_KEY")
                : .wrong("the AI endpoint refused the key: check AI_API_KEY")
        case 429: return .fine("busy just now")
        default: break
        }
        guard response.isSuccess, let list = ModelList(response.body) else {
            return .unexpected(response, from: "an AI endpoint", at: "AI_BASE_URL")
        }
        let wanted = [("AI_TEXT_MODEL", settings.models.text), ("AI_IMAGE_MODEL", settings.models.image)]
        for case (let name, let model?) in wanted where !list.has(model) {
            return .wrong("it has no model \"\(model)\": check \(name). It has \(some(of: list.names))")
        }
        return .fine(list.names.count == 1 ? "1 model" : "\(list.names.count) models")
    }

    /// Some servers have hundreds.
    private static func some(of names: [String]) -> String {
        if names.isEmpty { return "none yet" }
        let shown = names.sorted().prefix(8).joined(separator: ", ")
        return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
    }
}
