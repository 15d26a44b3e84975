// A listening vhost of lws: it meets new clients, gives each a ServerConnection, and keeps what these share. On the loop's
// thread, but for what is said otherwise.

internal import CWebSockets
internal import Runtime
internal import Synchronization

final class Listener: SocketOwner, @unchecked Sendable {
    let loop: EventLoop
    let base: String
    let table: RouteTable
    let limits: ServerLimits
    /// Names of headers lws has no token for, in small letters.
    let headers: [String]
    let maxMessage: Int
    let keepsNewlines: Bool
    let clock: any Clock
    private let log: Log
    private let intake: AsyncStream<HTTPServer.Job>.Continuation
    private var connections = 0

    init(
        loop: EventLoop, base: String = "", table: RouteTable, limits: ServerLimits, headers: [String], maxMessage: Int,
        keepsNewlines: Bool = false, clock: any Clock, log: Log,
        intake: AsyncStream<HTTPServer.Job>.Continuation
    ) {
        self.loop = loop
        self.base = base
        self.table = table
        self.limits = limits
        self.headers = headers.map { $0.lowercased() }
        self.maxMessage = maxMessage
        self.keepsNewlines = keepsNewlines
        self.clock = clock
        self.log = log
        self.intake = intake
        super.init()
    }

    override func handle(_ event: SocketEvent) -> Int32 {
        switch event.reason {
        case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
            return connections >= limits.connections ? -1 : 0
        case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
            connections += 1
            if keepsNewlines { event.wire.keepRequestLines() }
            event.wire.belong(to: ServerConnection(event.wire, listener: self), keptBy: loop)
        default: break
        }
        return 0
    }

    /// The path as the routes have it.
    func withoutBase(_ path: String) -> String {
        guard !base.isEmpty, path.hasPrefix(base) else { return path }
        let rest = path.dropFirst(base.count)
        return rest.isEmpty ? "/" : rest.hasPrefix("/") ? String(rest) : path
    }

    func closed(_ connection: ServerConnection) {
        connections -= 1
        loop.release(connection)
    }

    /// False when the server is stopping.
    func work(_ job: HTTPServer.Job) -> Bool {
        if case .enqueued = intake.yield(job) { true } else { false }
    }

    func outgoing(_ response: ServerResponse, isHead: Bool, closing: inout Bool) -> Outgoing {
        var response = response
        if !response.isWellFormed {
            log.error("an answer had a header that would have broken the line", ["status": "\(response.status)"])
            response = .fault(500)
        }
        var file: FileReader?
        if case .file(let path) = response.body {
            file = FileReader(path: path)
            if file == nil { response = .fault(404) }
        }
        let hasBody = response.status >= 200 && response.status != 204 && response.status != 304
        var length: Int?
        var bytes: [UInt8] = []
        switch response.body {
        case .none: length = 0
        case .bytes(let given):
            length = given.count
            bytes = given
        case .file: length = file?.size ?? 0
        case .events: closing = true
        case .cut(let whole, let after):
            length = whole.count
            bytes = Array(whole.prefix(after))
            closing = true
        case .dropped:
            closing = true
            return Outgoing()
        }
        var line: [UInt8] = []
        line.reserveCapacity(256 + min(bytes.count, 1 << 10))
        line += "HTTP/1.1 ".utf8
        line += "\(response.status) ".utf8
        line += ServerResponse.reason(response.status).utf8
        line += "\r\n".utf8
        for (name, value) in response.headers { Self.add(name, value, to: &line) }
        if hasBody, let length { Self.add("Content-Length", "\(length)", to: &line) }
        if closing { Self.add("Connection", "close", to: &line) }
        line += "\r\n".utf8
        if isHead || !hasBody { return Outgoing(head: line, bytes: []) }
        if let file { return Outgoing(head: line, file: file) }
        return Outgoing(head: line, bytes: bytes, isWhole: length != nil)
    }

    private static func add(_ name: String, _ value: String, to line: inout [UInt8]) {
        line += name.utf8
        line += ": ".utf8
        line += value.utf8
        line += "\r\n".utf8
    }
}
