// The endpoint of a model: whether it is there, takes our key and has the models of the settings.

internal import HTTP
internal import Runtime
internal import Wordsmith

extension Service {
    static let model = Service(
        name: "AI",
        client: { settings in
            guard settings.address("AI_BASE_URL") != nil else { return nil }
            return { http in await look(settings, http) }
        })

    private static func look(_ settings: Configuration, _ http: HTTPClient) async -> Finding {
        guard let smith = Wordsmith(settings, http: http, clock: SystemClock(), log: .silent) else {
            return .wrong("AI_BASE_URL is not set")
        }
        let list: ModelList
        do throws(WordsmithError) { list = try await smith.models() } catch {
            if case .tooMany = error { return .fine("busy just now") }
            return .wrong("\(error)")
        }
        for (name, model) in [("AI_TEXT_MODEL", smith.textModel), ("AI_IMAGE_MODEL", smith.imageModel)] {
            guard let model, !list.has(model) else { continue }
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
