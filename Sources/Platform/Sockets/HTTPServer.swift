// An HTTP/1.1 and WebSocket server on an event loop. Handlers are child tasks of one task group that the server owns, so
// that none outlives it. They run off the loop, where a slow one keeps nobody waiting, unless their route says that they
// are quick: then the ways there and back, which cost more than such a handler does, are saved.

internal import CWebSockets
package import Runtime
internal import Synchronization

package final class HTTPServer: Sendable {
    struct Job: Sendable {
        let isQuick: Bool
        let run: @Sendable () async -> Void
    }

    package let port: Int
    let loop: EventLoop
    private let vhost: Vhost
    private let intake: AsyncStream<Job>.Continuation
    private let hall: Task<Void, Never>
    private let limits: ServerLimits

    /// Touched on the loop's thread only.
    @safe private struct Vhost: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// - Parameters:
    ///   - port: 0 takes any that is free.
    ///   - keepsNewlines: whether encoded newlines in a query are heard, at the price of a thread for each connection and
    ///     of the client's address (RequestLineKeeper).
    ///   - base: a path that a reverse proxy may leave in front of every path, such as "/autoplex".
    ///   - headers: those without a name of their own in lws that handlers want to see, such as "X-Request-Id".
    package static func start(
        on loop: EventLoop, host: String = "127.0.0.1", port: Int, base: String = "", routes: [Route],
        headers: [String] = [], limits: ServerLimits = .standard, maxMessage: Int = 1 << 20,
        keepsNewlines: Bool = false,
        clock: any Clock = SystemClock(), log: Log
    ) async throws(SocketError) -> HTTPServer {
        let (jobs, intake) = AsyncStream.makeStream(of: Job.self)
        let listener = Listener(
            loop: loop, base: base, table: RouteTable(routes: routes), limits: limits, headers: headers,
            maxMessage: maxMessage,
            keepsNewlines: keepsNewlines, clock: clock, log: log, intake: intake)
        let opened: Result<(Vhost, Int), SocketError> = await withCheckedContinuation { continuation in
            loop.perform { continuation.resume(returning: open(listener, host: host, port: port)) }
        }
        let (vhost, bound) = try opened.get()
        let quick = LoopTasks(loop)
        let hall = Task(executorPreference: quick) {
            await withDiscardingTaskGroup { group in
                for await job in jobs {
                    let place: any TaskExecutor = job.isQuick ? quick : globalConcurrentExecutor
                    group.addTask(executorPreference: place) { await job.run() }
                }
            }
        }
        return HTTPServer(port: bound, loop, vhost, intake, hall, limits)
    }

    private init(
        port: Int, _ loop: EventLoop, _ vhost: Vhost,
        _ intake: AsyncStream<Job>.Continuation, _ hall: Task<Void, Never>,
        _ limits: ServerLimits
    ) {
        self.port = port
        self.loop = loop
        self.vhost = vhost
        self.intake = intake
        self.hall = hall
        self.limits = limits
    }

    /// Takes no more requests, lets answers under way finish for a while, then closes every connection.
    package func stop() async {
        intake.finish()
        let grace = Task { [hall, limits] in
            try await SystemClock().sleep(for: limits.grace)
            hall.cancel()
        }
        await hall.value
        grace.cancel()
        await withCheckedContinuation { continuation in
            // What the handlers left for the loop comes first: their answers are written before the line goes.
            loop.perform { [loop, vhost] in
                if unsafe loop.isServing { unsafe lws_vhost_destroy(vhost.pointer) }
                // The listener stays with the loop: lws lets go of a vhost, and of its pointer to the listener, only later.
                continuation.resume()
            }
        }
    }

    private static func open(
        _ listener: Listener, host: String, port: Int
    ) -> Result<(Vhost, Int), SocketError> {
        let loop = listener.loop
        guard unsafe loop.isServing else { return .failure(.failed("the event loop was stopped")) }
        var info = unsafe lws_context_creation_info()
        unsafe info.port = Int32(port)
        unsafe info.protocols = loop.protocols
        unsafe info.user = loop.keep(listener)
        unsafe info.keepalive_timeout = Int32(listener.limits.idleTime.inSeconds)
        unsafe info.options = clws_option_fail_unless_bound
        if !host.contains(":") { unsafe info.options |= clws_option_no_ipv6 }
        let vhost = unsafe "server \(port)".withCString { name in
            unsafe host.withCString { interface in
                unsafe info.vhost_name = name
                // Without an interface lws listens on all of them.
                if !["0.0.0.0", "::"].contains(host) { unsafe info.iface = interface }
                return unsafe lws_create_vhost(loop.context, &info)
            }
        }
        guard let vhost = unsafe vhost else {
            loop.release(listener)
            return .failure(port == 0 ? .failed("no port can be had on \(host)") : .portTaken(port))
        }
        let bound = unsafe Int(lws_get_vhost_listen_port(vhost))
        return .success((unsafe Vhost(pointer: vhost), bound))
    }
}
