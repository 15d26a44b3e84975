// One thread that runs lws_service, offered to Swift as a serial executor: an actor whose `unownedExecutor` is the loop
// touches connections without locks, and C callbacks enter it by `assumeIsolated`.
//
// The cross-thread contract: libwebsockets is not thread-safe, except for lws_cancel_service. Every other lws call is
// made on the loop's thread. Other threads append a job under the lock and call lws_cancel_service, which makes
// lws_service return; the thread runs the jobs BETWEEN two calls of lws_service, when no lws function is on the stack, so
// that a job may close connections and make or destroy vhosts. (lws would also tell of the waking by
// LWS_CALLBACK_EVENT_WAIT_CANCELLED; there the same would happen in the midst of a walk over its vhosts.)
// The context may go away only under the lock, for a waker on another thread may be about to use it.

internal import CWebSockets
internal import Glibc
package import Runtime
internal import Synchronization

@safe package final class EventLoop: SerialExecutor, Sendable {
    private enum Work: Sendable {
        case job(UnownedJob)
        case block(@Sendable () -> Void)
    }

    private enum Stage: Sendable { case running, stopping, ended }

    private struct Shared: Sendable {
        var work: [Work] = []
        var stage = Stage.running
        var isWakingUnderWay = false
        /// Before it sleeps it looks again, so nobody needs to wake it.
        var isWorking = false
        var hasLateThread = false
        var whenEnded: [CheckedContinuation<Void, Never>] = []
        /// Whoever takes it out joins it.
        var thread: SystemThread?
    }

    package let name: String
    let log: Log
    private let shared = Mutex(Shared())
    /// The thread that may touch lws now; 0 while there is none.
    private let owner = Atomic<pthread_t>(0)
    private nonisolated(unsafe) let lwsContext: OpaquePointer
    let tables: StableTables
    // The loop's thread only.
    private nonisolated(unsafe) var kept: [ObjectIdentifier: SocketOwner] = [:]
    private nonisolated(unsafe) var endings: [ObjectIdentifier: () -> Void] = [:]
    nonisolated(unsafe) var clientVhosts: [TLSTrust?: ClientVhost] = [:]
    /// False once the context is going or gone.
    private(set) nonisolated(unsafe) var isServing = true

    package init(name: String, log: Log) throws(SocketError) {
        self.name = name
        self.log = log
        LWSLog.install(log)
        guard let tables = StableTables() else { throw .failed("out of memory") }
        self.tables = tables
        guard let context = unsafe Self.makeContext() else {
            tables.free()
            throw .failed("libwebsockets could not be set up")
        }
        unsafe lwsContext = context
        do {
            let thread = try SystemThread.start(named: name) { [self] in run() }
            shared.withLock { $0.thread = thread }
        } catch {
            unsafe lws_context_destroy(context)
            tables.free()
            throw .failed(error.description)
        }
    }

    /// Closes every connection (without farewell: who wants to say one has said it before) and joins the thread.
    /// Never from an actor of this loop, whose thread this would be waiting for.
    package func stop() async {
        precondition(!isCurrent, "a loop cannot wait for its own end")
        await withCheckedContinuation { continuation in
            let hasEnded = shared.withLock { shared in
                if shared.stage == .running {
                    wake(&shared)
                    shared.stage = .stopping
                }
                if shared.stage != .ended { shared.whenEnded.append(continuation) }
                return shared.stage == .ended
            }
            if hasEnded { continuation.resume() }
        }
        let thread = shared.withLock { shared in
            defer { shared.thread = nil }
            return shared.thread
        }
        // It has nothing left to do but return: no wait worth the name.
        thread?.join()
    }

    // MARK: Work from anywhere

    package func enqueue(_ job: consuming ExecutorJob) { add(.job(UnownedJob(job))) }

    /// Runs `block` on the loop's thread, after everything handed over before. After the loop's end it still runs, on a
    /// thread made for it, for it may be what somebody is waiting for.
    func perform(_ block: @escaping @Sendable () -> Void) { add(.block(block)) }

    private func add(_ work: Work) {
        let needsThread = shared.withLock { shared -> Bool in
            shared.work.append(work)
            switch shared.stage {
            case .running:
                // From the loop's own thread too: a timer's callback runs just before the thread goes to sleep.
                wake(&shared)
                return false
            case .stopping:
                return false
            case .ended:
                defer { shared.hasLateThread = true }
                return !shared.hasLateThread
            }
        }
        if needsThread { startLateThread() }
    }

    private func wake(_ shared: inout Shared) {
        guard !shared.isWakingUnderWay, !shared.isWorking else { return }
        shared.isWakingUnderWay = true
        unsafe lws_cancel_service(lwsContext)
    }

    // MARK: Isolation

    /// Whether this is the thread on which lws may be touched.
    var isCurrent: Bool { owner.load(ordering: .acquiring) == pthread_self() }

    package func checkIsolated() { precondition(isCurrent, "not on the thread of the event loop '\(name)'") }

    package func isIsolatingCurrentContext() -> Bool? { isCurrent }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { unsafe UnownedSerialExecutor(ordinary: self) }

    // MARK: On the loop's thread

    var context: OpaquePointer { unsafe lwsContext }
    /// For `lws_context_creation_info.protocols` of a vhost.
    var protocols: UnsafePointer<lws_protocols> { unsafe UnsafePointer(tables.protocols) }

    /// Keeps an owner alive while lws holds the pointer to it that this returns.
    func keep(_ owner: SocketOwner) -> UnsafeMutableRawPointer {
        unsafe kept[ObjectIdentifier(owner)] = owner
        return unsafe Unmanaged.passUnretained(owner).toOpaque()
    }

    func release(_ owner: SocketOwner) { unsafe kept[ObjectIdentifier(owner)] = nil }

    /// What has no connection yet wants to hear of the loop's end as well.
    func atEnd(_ who: AnyObject, _ act: @escaping () -> Void) { unsafe endings[ObjectIdentifier(who)] = act }

    func forgetEnd(of who: AnyObject) { unsafe endings[ObjectIdentifier(who)] = nil }

    private func run() {
        owner.store(pthread_self(), ordering: .releasing)
        while runWaitingWork() == .running {
            // lws ignores the timeout now; it sleeps until there is something to do, and returns after doing it.
            guard unsafe lws_service(lwsContext, 0) >= 0 else {
                log.error("the event loop broke down", ["loop": name])
                break
            }
        }
        shared.withLock { $0.stage = .stopping }
        unsafe isServing = false
        // While timers can still be taken back.
        for ending in unsafe endings.values { ending() }
        unsafe endings = [:]
        // Tells every owner of its connection's end; they may leave jobs behind.
        unsafe lws_context_destroy(lwsContext)
        unsafe kept = [:]
        tables.free()
        runToTheEnd { $0.stage = .ended }
        let waiting = shared.withLock { shared in
            defer { shared.whenEnded = [] }
            return shared.whenEnded
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Until there is none, but not for ever, so that work which makes more work does not keep the connections waiting.
    private func runWaitingWork() -> Stage {
        for round in 0... {
            let (batch, stage) = shared.withLock { shared -> ([Work], Stage) in
                shared.isWakingUnderWay = false
                shared.isWorking = !shared.work.isEmpty && round < Self.mostRounds
                guard shared.isWorking else {
                    if !shared.work.isEmpty { wake(&shared) }
                    return ([], shared.stage)
                }
                defer { shared.work = [] }
                return (shared.work, shared.stage)
            }
            if batch.isEmpty { return stage }
            for work in batch { run(work) }
        }
        return .running
    }

    private static let mostRounds = 8

    private func runToTheEnd(_ atEnd: (inout sending Shared) -> Void) {
        while true {
            let batch = shared.withLock { shared in
                defer { shared.work = [] }
                if shared.work.isEmpty {
                    owner.store(0, ordering: .releasing)
                    atEnd(&shared)
                }
                return shared.work
            }
            if batch.isEmpty { return }
            for work in batch { run(work) }
        }
    }

    private func run(_ work: Work) {
        switch work {
        case .job(let job): unsafe job.runSynchronously(on: asUnownedSerialExecutor())
        case .block(let block): block()
        }
    }

    /// For what comes after the end: an actor of this loop must be able to finish, or its callers would wait for ever.
    private func startLateThread() {
        do {
            try SystemThread.start(named: name) { [self] in
                owner.store(pthread_self(), ordering: .releasing)
                runToTheEnd { $0.hasLateThread = false }
            }.detach()
        } catch { log.error(error.description) }
    }

    private static let isTLSSetUp = Mutex(false)

    private static func makeContext() -> OpaquePointer? {
        lowerFileLimit()
        var info = unsafe lws_context_creation_info()
        unsafe info.port = CONTEXT_PORT_NO_LISTEN
        // Client and server each make their own vhosts on this one context. No checking of UTF-8: lws 4.1 goes on reading
        // after refusing a text, into the buffer it forgot to empty (see WebSocket.refuse), and whoever reads a text here
        // decodes it anyway.
        unsafe info.options = clws_option_explicit_vhosts
        // Zero would mean "become root's group"; -1 leaves the process who it is.
        unsafe info.gid = -1
        unsafe info.uid = -1
        // The piece in which bytes come off a line.
        unsafe info.pt_serv_buf_size = 32 << 10
        // For the steps of opening a connection; whoever is less patient has a timer.
        unsafe info.timeout_secs = 30
        // All the headers of one request. lws closes the connection of a longer one without a word; ServerConnection
        // answers 431 long before, as far as lws tells it of headers.
        unsafe info.max_http_header_data = 60 << 10
        // Once in a process: each time lws would take new numbers for what it attaches to OpenSSL's objects, and the other
        // loops' connections in the midst of a handshake could no longer be found.
        var context: OpaquePointer?
        isTLSSetUp.withLock { isSetUp in
            if !isSetUp { unsafe info.options |= clws_option_tls_global_init }
            isSetUp = true
            unsafe context = unsafe lws_create_context(&info)
        }
        return unsafe context
    }

    /// lws makes tables as long as the number of files the process may have open, which is a thousand million in some
    /// containers. No more than this is ever needed.
    private static func lowerFileLimit() {
        var limit = rlimit()
        let enough: rlim_t = 16384
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur > enough
        else { return }
        limit.rlim_cur = enough
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
