// How a request finds its answer: the key, then the address, then the body, each refused in OpenAI's own form.

import Runtime
import Sockets
import Synchronization

final class WordsmithDesk: Sendable {
    struct State: Sendable {
        var rules: WordsmithRules
        /// To come, whatever is asked.
        var refusals: [WordsmithRefusal] = []
        var lastNumber = 0
        /// Painted, and to be fetched.
        var pictures: [Int: Painting] = [:]
    }

    struct Painting: Sendable {
        var bytes: [UInt8]
        var type: String
    }

    let clock: any Clock
    let requests = Chronicle<WordsmithEntry>(limit: 2000)
    let troubles: Troubles
    private let state: Mutex<State>

    init(clock: any Clock, rules: WordsmithRules) {
        self.clock = clock
        troubles = Troubles(clock: clock, looks: .plex)
        state = Mutex(State(rules: rules))
    }

    func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value { state.withLock { body(&$0) } }

    func serve(_ request: ServerRequest) async -> ServerResponse {
        let path = request.path.hasPrefix("/v1/") ? String(request.path.dropFirst(3)) : request.path
        let route = "\(request.method) \(path)"
        let body = request.body.isEmpty ? nil : try? JSON(parsing: request.body)
        func note(_ status: Int?, _ answer: String = "") {
            requests.append(
                WordsmithEntry(
                    route: route, body: body, authorization: request.headers["authorization"], status: status))
        }
        let fault = troubles.take(route)
        if let instead = await troubles.meet(fault, note) { return instead }
        var response = answer(request, path, body)
        response.headers.append(("x-request-id", "req_\(requests.end)"))
        return Troubles.send(response, fault, note)
    }

    private func answer(_ request: ServerRequest, _ path: String, _ body: JSON?) -> ServerResponse {
        if request.method == "GET", path.hasPrefix("/pictures/") { return picture(path) }
        if let refusal = refusal(of: request) { return refusal.response }
        let host = request.headers["host"] ?? "127.0.0.1"
        do throws(WordsmithRefusal) {
            guard request.path.hasPrefix("/v1/") else { throw .address(request) }
            switch (request.method, path) {
            case ("GET", "/models"): return .json(models().bytes)
            case ("GET", _) where path.hasPrefix("/models/"): return .json(try model(path).bytes)
            case ("POST", "/chat/completions"): return .json(try chat(try read(request, body)).bytes)
            case ("POST", "/images/generations"):
                return .json(try paint(try read(request, body), host: host).bytes)
            case (_, "/models"), (_, "/chat/completions"), (_, "/images/generations"): throw .method(request)
            default: throw .address(request)
            }
        } catch { return error.response }
    }

    private func refusal(of request: ServerRequest) -> WordsmithRefusal? {
        let (key, order) = change { state in
            (state.rules.apiKey, state.refusals.isEmpty ? nil : state.refusals.removeFirst())
        }
        if let key {
            guard let field = request.headers["authorization"], field.hasPrefix("Bearer ") else { return .noKey }
            let given = String(field.dropFirst(7))
            guard given == key else { return .wrongKey(given) }
        }
        return order
    }

    private func read(_ request: ServerRequest, _ body: JSON?) throws(WordsmithRefusal) -> WordsmithBody {
        guard request.contentType == "application/json" else { throw .contentType(request.contentType) }
        guard let body, let fields = body.fields else { throw .notJSON }
        return WordsmithBody(fields: fields)
    }

    // MARK: Models

    private func models() -> JSON {
        let rules = change { $0.rules }
        return [
            "object": "list",
            "data": .array((rules.textModels.map(\.name) + rules.imageModels.map(\.name)).map { described($0) }),
        ]
    }

    private func model(_ path: String) throws(WordsmithRefusal) -> JSON {
        let name = String(path.dropFirst("/models/".count))
        let rules = change { $0.rules }
        guard
            rules.textModels.contains(where: { $0.name == name })
                || rules.imageModels.contains(where: { $0.name == name })
        else { throw .noModel(name) }
        return described(name)
    }

    private func described(_ model: String) -> JSON {
        ["id": .string(model), "object": "model", "created": 1_700_000_000, "owned_by": "standin"]
    }

    private func picture(_ path: String) -> ServerResponse {
        let number = path.dropFirst("/pictures/".count).prefix { $0.isNumber }
        guard let painting = Int(number).flatMap({ number in change { $0.pictures[number] } }) else { return .notFound }
        return .bytes(painting.bytes, type: painting.type)
    }
}
