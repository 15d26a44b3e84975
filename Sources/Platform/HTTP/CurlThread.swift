// One thread around curl_multi (curl's manual: libcurl-multi, libcurl-thread). Every libcurl call on a handle happens on
// this thread; the rest of the program hands jobs over through a locked queue and curl_multi_wakeup, the one multi call
// that may come from anywhere.

internal import CCurl
internal import Runtime
internal import Synchronization

/// One exchange in flight. Touched on the curl thread only, from `prepare` to `finish`.
protocol CurlTransfer: AnyObject, Sendable {
    /// Sets the options on a fresh handle.
    func prepare(_ handle: OpaqueHandle)
    /// Before the handle is taken away unfinished; `cancelled` follows.
    func abandon(_ handle: OpaqueHandle)
    func finish(_ handle: OpaqueHandle, code: UInt32)
    func cancelled()
}

extension CurlTransfer {
    func abandon(_ handle: OpaqueHandle) {}
}

/// An easy handle, lent for the length of a call.
@safe struct OpaqueHandle {
    let raw: UnsafeMutableRawPointer
}

@safe final class CurlThread: Sendable {
    private enum Job: Sendable {
        case start(UInt64, any CurlTransfer)
        case cancel(UInt64)
        case stop
    }

    private struct Shared: Sendable {
        var jobs: [Job] = []
        var nextNumber: UInt64 = 1
        var isStopped = false
        var whenStopped: [CheckedContinuation<Void, Never>] = []
        var hasEnded = false
    }

    private let shared = Mutex(Shared())
    private let kept: (any AnyObject & Sendable)?
    /// Safe to share: only curl_multi_wakeup is called on it from other threads, and `waker` keeps it alive.
    private nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    /// `keeping`: what libcurl's connections point to. It lives as long as the thread.
    init(keeping: (any AnyObject & Sendable)? = nil) throws(HTTPError) {
        kept = keeping
        Self.setUp()
        guard let multi = unsafe curl_multi_init() else { throw .failed("libcurl could not be set up") }
        unsafe self.multi = multi
        unsafe ccurl_multi_set_number(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        unsafe ccurl_multi_set_number(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 16)
        unsafe ccurl_multi_set_number(multi, CURLMOPT_MAXCONNECTS, 32)
        do {
            // It takes no signals: writing to an encrypted line that is gone raises SIGPIPE.
            try SystemThread.start(named: "curl") { self.run() }.detach()
        } catch {
            throw .failed("no thread for the network: \(error)")
        }
    }

    /// curl_global_init is not thread-safe; a static is set up exactly once.
    private static let globalSetup: Void = {
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    }()

    static func setUp() { _ = globalSetup }

    /// Nil when the thread has been stopped.
    func start(_ transfer: any CurlTransfer) -> UInt64? {
        let number: UInt64? = shared.withLock { shared in
            guard !shared.isStopped else { return nil }
            let number = shared.nextNumber
            shared.nextNumber += 1
            shared.jobs.append(.start(number, transfer))
            wake()
            return number
        }
        return number
    }

    func cancel(_ number: UInt64) { enqueue(.cancel(number)) }

    /// Asks the thread to end, without waiting: for an owner that is going away itself.
    func stopSoon() {
        shared.withLock { shared in
            guard !shared.isStopped else { return }
            shared.isStopped = true
            shared.jobs.append(.stop)
            wake()
        }
    }

    /// Cancels what is in flight and returns when the thread has let go of everything.
    func stop() async {
        stopSoon()
        await withCheckedContinuation { continuation in
            let hasEnded = shared.withLock { shared in
                if !shared.hasEnded { shared.whenStopped.append(continuation) }
                return shared.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func enqueue(_ job: Job) {
        shared.withLock { shared in
            guard !shared.isStopped else { return }
            shared.jobs.append(job)
            wake()
        }
    }

    /// Called under the lock, so that the handle is never woken after the thread has freed it.
    private func wake() {
        unsafe curl_multi_wakeup(multi)
    }

    // MARK: On the thread

    @safe private struct Flight {
        let handle: UnsafeMutableRawPointer
        let transfer: any CurlTransfer
    }

    private func run() {
        var flights: [UInt64: Flight] = [:]
        var numbers: [UnsafeMutableRawPointer: UInt64] = unsafe [:]
        var isStopping = false
        while !isStopping {
            for job in shared.withLock({ shared in exchange(&shared.jobs, with: []) }) {
                switch job {
                case .start(let number, let transfer):
                    guard let handle = unsafe curl_easy_init() else {
                        transfer.cancelled()
                        continue
                    }
                    unsafe transfer.prepare(OpaqueHandle(raw: handle))
                    unsafe flights[number] = Flight(handle: handle, transfer: transfer)
                    unsafe numbers[handle] = number
                    unsafe curl_multi_add_handle(multi, handle)
                case .cancel(let number):
                    guard let flight = flights.removeValue(forKey: number) else { continue }
                    unsafe numbers[flight.handle] = nil
                    unsafe flight.transfer.abandon(OpaqueHandle(raw: flight.handle))
                    end(flight)
                    flight.transfer.cancelled()
                case .stop:
                    isStopping = true
                }
            }
            if isStopping { break }
            var running: Int32 = 0
            unsafe curl_multi_perform(multi, &running)
            var left: Int32 = 0
            while let message = unsafe curl_multi_info_read(multi, &left) {
                guard unsafe message.pointee.msg == CURLMSG_DONE, let handle = unsafe message.pointee.easy_handle,
                    let number = unsafe numbers.removeValue(forKey: handle),
                    let flight = flights.removeValue(forKey: number)
                else { continue }
                let code = unsafe ccurl_message_result(message)
                unsafe flight.transfer.finish(OpaqueHandle(raw: flight.handle), code: code.rawValue)
                end(flight)
            }
            // The longest sleep; curl shortens it to its own timers, and wake() ends it at once.
            unsafe curl_multi_poll(multi, nil, 0, 60_000, nil)
        }
        for flight in flights.values {
            unsafe flight.transfer.abandon(OpaqueHandle(raw: flight.handle))
            end(flight)
            flight.transfer.cancelled()
        }
        let (waiting, unstarted) = shared.withLock { shared in
            shared.hasEnded = true
            unsafe curl_multi_cleanup(multi)
            return (exchange(&shared.whenStopped, with: []), exchange(&shared.jobs, with: []))
        }
        for case .start(_, let transfer) in unstarted { transfer.cancelled() }
        for continuation in waiting { continuation.resume() }
    }

    private func end(_ flight: Flight) {
        unsafe curl_multi_remove_handle(multi, flight.handle)
        unsafe curl_easy_cleanup(flight.handle)
    }

    private func exchange<Value>(_ value: inout Value, with new: Value) -> Value {
        defer { value = new }
        return value
    }
}
