// From HTTP to the pure API and back: headers and bodies in, faults on the way, the journal.

import Runtime
import Sockets

extension DiscordCore {
    func serve(_ request: ServerRequest) async -> ServerResponse {
        let call = APIRequest(request, rest: request.parameters["rest"] ?? "")
        let route = Endpoint.find(call.method, call.path)?.0.name ?? "\(call.method) \(call.path)"
        let fault = troubles.take(route)
        func note(_ status: Int?, _ answer: JSON?) { self.note(call, request, route, status: status, answer: answer) }
        if let instead = await troubles.meet(fault, note) { return instead }
        // What the call changed is told at the gateway before its answer goes out: events may overtake answers.
        let now = clock.now
        let answer = change { api in api.answer(call, now: now) }
        return Troubles.send(Self.response(answer), fault, answer.json, note)
    }

    private func note(_ call: APIRequest, _ request: ServerRequest, _ route: String, status: Int?, answer: JSON?) {
        var headers: [String: String] = [:]
        for name in ["authorization", "user-agent", "content-type", "content-length", "x-audit-log-reason"] {
            headers[name] = request.headers[name]
        }
        requests.append(
            APIEntry(
                route: route, method: call.method, path: call.path, query: call.query, form: call.form,
                files: call.files, headers: headers, status: status, answer: answer))
    }

    fileprivate static func html(_ status: Int, _ page: String) -> ServerResponse {
        ServerResponse(
            status: status, headers: [("Content-Type", "text/html; charset=UTF-8")], body: .bytes(Array(page.utf8)))
    }

    static func response(_ answer: APIAnswer) -> ServerResponse {
        switch answer.body {
        case .none: return ServerResponse(status: answer.status, headers: answer.headers, body: .none)
        case .html(let page):
            var response = html(answer.status, page)
            response.headers += answer.headers
            return response
        case .json(let json):
            // Exactly this: discord.py compares the whole value (sheet §7).
            return ServerResponse(
                status: answer.status, headers: [("Content-Type", "application/json")] + answer.headers,
                body: .bytes(json.bytes))
        }
    }

    /// An uploaded file, at its signed address until that ends.
    func file(_ request: ServerRequest) -> ServerResponse {
        guard let id = request.parameters["id"].flatMap({ DiscordID($0) }), let file = api.world.files[id],
            let ends = request.queryValue("ex").flatMap({ Int64($0, radix: 16) }), ends > clock.now.seconds,
            request.queryValue("hm") == String(id)
        else { return Self.html(404, "This content is no longer available.") }
        return Self.response(of: file)
    }

    static func response(of file: DiscordWorld.File) -> ServerResponse {
        ServerResponse(
            status: 200, headers: [("Content-Type", file.type), ("X-Content-Type-Options", "nosniff")],
            body: .bytes(file.bytes))
    }
}

extension APIRequest {
    init(_ request: ServerRequest, rest: String) {
        self.init(request.method, rest)
        query = request.query
        authorization = request.headers["authorization"]
        userAgent = request.headers["user-agent"]
        contentType = request.headers["content-type"]
        contentLength = request.headers["content-length"].flatMap { Int($0) }
        // Chunked bodies have no length of their own but are not empty either.
        if contentLength == nil, !request.body.isEmpty { contentLength = request.body.count }
        guard !request.body.isEmpty else { return }
        let type = contentType?.lowercased() ?? ""
        if type.hasPrefix("application/json") {
            read(request.body)
        } else if type.hasPrefix("multipart/form-data") {
            guard let parts = try? request.multipart().parts else {
                isUnreadable = true
                return
            }
            readParts(parts)
        } else if type.hasPrefix("application/x-www-form-urlencoded") {
            form = .object(JSON.Fields(request.formFields.map { (key: $0.name, value: JSON.string($0.value)) }))
        }
    }

    private mutating func read(_ body: [UInt8]) {
        form = try? JSON(parsing: body)
        isUnreadable = form == nil
    }

    private mutating func readParts(_ parts: [MultipartForm.Part]) {
        var plain: JSON = [:]
        for part in parts {
            if part.name == "payload_json" {
                read(part.bytes)
            } else if let filename = part.filename {
                // "files[n]", the brackets as they are; the old "file" means the first.
                let number = Int(part.name.filter { ("0"..."9").contains($0) }) ?? files.count
                files.append(
                    UploadedFile(
                        number: number, name: filename, type: part.contentType ?? "application/octet-stream",
                        bytes: part.bytes))
            } else {
                plain[part.name] = .string(String(decoding: part.bytes, as: UTF8.self))
            }
        }
        if form == nil, !isUnreadable { form = plain }
    }
}

extension ServerResponse {
    static let dropped = ServerResponse(status: 200, headers: [], body: .dropped)

    /// The headers promise the whole body.
    var cutInHalf: ServerResponse {
        guard case .bytes(let bytes) = body else { return self }
        return ServerResponse(status: status, headers: headers, body: .cut(bytes, after: bytes.count / 2))
    }
}

extension Troubles.Looks {
    static let discord = Troubles.Looks(
        gateway: DiscordCore.html(
            502, "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"),
        garbage: ServerResponse(
            status: 200, headers: [("Content-Type", "application/json"), ("Via", "1.1 google")],
            body: .bytes(Array(#"{"id": "12", "#.utf8) + [0xFF, 0x00, 0x7B])),
        stalled: DiscordCore.html(504, "<html><title>504 Gateway Time-out</title></html>"),
        status: { DiscordCore.response(APIAnswer($0, .json($1), headers: [("Via", "1.1 google")])) },
        busy: { seconds in
            let json: JSON = [
                "message": "You are being rate limited.", "retry_after": .int(Int64(seconds)), "global": false,
            ]
            let answer = APIAnswer(429, .json(json), headers: [("Retry-After", String(seconds))])
            return (DiscordCore.response(answer), json)
        })
}
