// The client every room shares: connections are kept and reused, HTTP/2 where the server offers it, compression, TLS
// verified, no redirects unless asked. Cancelling the task removes the transfer.

internal import CCurl
internal import Runtime
internal import Synchronization

package final class HTTPClient: Sendable {
    private let thread: CurlThread
    private let settings: HTTPTransfer.Settings
    private let measure: Measure?

    /// Told of each request that was not cancelled: to which address, how long it took, and the answer's status, if one came.
    package typealias Measure = @Sendable (_ url: String, _ took: Duration, _ status: Int?) -> Void

    /// `authorityFile`: certificates to trust instead of the system's (PEM).
    package init(userAgent: String, authorityFile: String? = nil, measure: Measure? = nil) throws(HTTPError) {
        thread = try CurlThread()
        self.measure = measure
        settings = HTTPTransfer.Settings(userAgent: userAgent, authorityFile: authorityFile)
    }

    deinit { thread.stopSoon() }

    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let host = try Self.check(request)
        if Task.isCancelled { throw .cancelled }
        let begun = SystemClock().uptime
        let flight = Mutex<(number: UInt64?, isCancelled: Bool)>((nil, false))
        let answer: HTTPTransfer.Answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let transfer = HTTPTransfer(request, host: host, settings: settings, continuation: continuation)
                guard let number = thread.start(transfer) else { return transfer.cancelled() }
                // The cancellation may have come before the number was known.
                let isCancelled = flight.withLock { flight in
                    flight.number = number
                    return flight.isCancelled
                }
                if isCancelled { thread.cancel(number) }
            }
        } onCancel: {
            let number = flight.withLock { flight in
                flight.isCancelled = true
                return flight.number
            }
            if let number { thread.cancel(number) }
        }
        if let measure { Self.tell(measure, request.url, SystemClock().uptime - begun, answer) }
        return try answer.get()
    }

    private static func tell(_ measure: Measure, _ url: String, _ took: Duration, _ answer: HTTPTransfer.Answer) {
        switch answer {
        case .success(let response): measure(url, took, response.status)
        case .failure(.cancelled): break
        case .failure: measure(url, took, nil)
        }
    }

    /// Cancels what is in flight and lets go of every connection. Later requests end as cancelled.
    package func stop() async { await thread.stop() }

    /// The host for messages; refuses what would smuggle a second header or reach something that is not a web server.
    private static func check(_ request: HTTPRequest) throws(HTTPError) -> String {
        guard let host = host(of: request.url, schemes: ["http", "https"]) else {
            throw .badAddress("that is not a web address (http://host:port or https://host)")
        }
        let isClean = request.headers.allSatisfy { field in
            !field.name.isEmpty && (field.name + field.value).utf8.allSatisfy { $0 >= 32 && $0 != 127 }
        }
        guard isClean else { throw .failed("a header for \(host) holds a control character") }
        return host
    }

    private static func host(of url: String, schemes: [String]) -> String? {
        guard let parts = unsafe curl_url() else { return nil }
        defer { unsafe curl_url_cleanup(parts) }
        guard unsafe curl_url_set(parts, CURLUPART_URL, url, UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK,
            let scheme = unsafe part(CURLUPART_SCHEME, of: parts), schemes.contains(scheme)
        else { return nil }
        return unsafe part(CURLUPART_HOST, of: parts)
    }

    private static func part(_ part: CURLUPart, of parts: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(parts, part, &text, 0) == CURLUE_OK, let found = unsafe text else { return nil }
        defer { unsafe curl_free(found) }
        return unsafe String(cString: found)
    }
}
