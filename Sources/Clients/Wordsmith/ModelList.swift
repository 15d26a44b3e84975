// `GET /models`: the harmless question that needs the key, and tells whether the models of the settings are there.

internal import FoundationEssentials
internal import HTTP
internal import Runtime

package struct ModelList: Hashable, Sendable {
    package var names: [String]

    package init(names: [String]) { self.names = names }

    /// Nil: this is no list of models.
    package init?(_ body: [UInt8]) {
        struct Wire: Decodable {
            struct Model: Decodable { var id: String }
            // Null where there is none (Ollama).
            var data: [Model]?
            var object: String?
        }
        guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(body)),
            wire.data != nil || wire.object == "list"
        else { return nil }
        names = (wire.data ?? []).map(\.id)
    }

    /// Ollama lists "llama3.2:latest" and takes "llama3.2".
    package func has(_ model: String) -> Bool { names.contains { $0 == model || $0 == "\(model):latest" } }
}

extension Wordsmith {
    package func models() async throws(WordsmithError) -> ModelList {
        var request = HTTPRequest("GET", base + "/models", headers: headers)
        let limit = Duration.seconds(15)
        request.limits = HTTPLimits(connect: .seconds(5), total: limit, stall: limit, maxBody: 4 << 20)
        let response: HTTPResponse
        do throws(HTTPError) { response = try await http.send(request) } catch {
            throw WordsmithError(error, limit: limit, mostBytes: 4 << 20)
        }
        guard response.isSuccess else { throw judge(response, WordsmithFault(response.body), model: "") }
        guard let list = ModelList(response.body) else { throw .unreadable(Self.portrait(of: response.body)) }
        return list
    }
}
