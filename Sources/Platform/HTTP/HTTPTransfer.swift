// One HTTP exchange on the curl thread: options in, bytes and header lines out, one continuation resumed exactly once.

internal import CCurl
internal import Runtime

final class HTTPTransfer: CurlTransfer {
    typealias Answer = Result<HTTPResponse, HTTPError>

    struct Settings: Sendable {
        var userAgent: String
        var authorityFile: String?
    }

    private let request: HTTPRequest
    private let settings: Settings
    private let host: String
    private let continuation: CheckedContinuation<Answer, Never>

    @safe private struct Received {
        var headers = HTTPHeaders()
        var body: [UInt8] = []
        var isTooLarge = false
        var lines: UnsafeMutablePointer<curl_slist>?
        var form: OpaquePointer?
    }
    /// Touched by the curl thread alone (see CurlTransfer), so it needs no lock.
    private nonisolated(unsafe) var received = Received()

    init(
        _ request: HTTPRequest, host: String, settings: Settings, continuation: CheckedContinuation<Answer, Never>
    ) {
        self.request = request
        self.host = host
        self.settings = settings
        self.continuation = continuation
    }

    func cancelled() {
        release()
        continuation.resume(returning: .failure(.cancelled))
    }

    func prepare(_ handle: OpaqueHandle) {
        let curl = unsafe handle.raw
        func set(_ option: CURLoption, _ value: Int) { unsafe ccurl_set_number(curl, option, value) }
        func set(_ option: CURLoption, _ value: String) { unsafe ccurl_set_text(curl, option, value) }

        set(CURLOPT_URL, request.url)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_USERAGENT, settings.userAgent)
        set(CURLOPT_ACCEPT_ENCODING, "")
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(request.limits.connect.milliseconds))
        set(CURLOPT_TIMEOUT_MS, Int(request.limits.total.milliseconds))
        set(CURLOPT_LOW_SPEED_LIMIT, 1)
        set(CURLOPT_LOW_SPEED_TIME, max(1, Int(request.limits.stall.inSeconds)))
        set(CURLOPT_FOLLOWLOCATION, request.followsRedirects ? 1 : 0)
        set(CURLOPT_MAXREDIRS, 5)
        if !request.mayBeRepeated { set(CURLOPT_FRESH_CONNECT, 1) }
        // A proxy of the environment is for the world outside, never for this machine.
        if ["localhost", "127.0.0.1", "[::1]"].contains(host) { set(CURLOPT_PROXY, "") }
        if let file = settings.authorityFile { set(CURLOPT_CAINFO, file) }

        // libcurl would wait a second for "100 Continue" before a larger body; nobody we talk to needs it.
        var lines = ["Expect:"] + request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        switch request.body {
        case .none where request.method == "GET": break
        case .none where request.method == "HEAD": set(CURLOPT_NOBODY, 1)
        case .none where !["POST", "PUT", "PATCH"].contains(request.method):
            set(CURLOPT_CUSTOMREQUEST, request.method)
        case .none, .empty:
            setBody([], on: handle)
            lines.append("Content-Type:")
        case .bytes(let bytes, let type):
            setBody(bytes, on: handle)
            lines.append("Content-Type: \(type)")
        case .multipart(let parts):
            setForm(parts, on: handle)
            set(CURLOPT_CUSTOMREQUEST, request.method)
        }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { unsafe list = unsafe curl_slist_append(list, line) }
        unsafe ccurl_set_pointer(curl, CURLOPT_HTTPHEADER, list)
        unsafe received.lines = list

        let receiver = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe ccurl_set_receiver(curl, CURLOPT_HEADERFUNCTION, receiveHeader)
        unsafe ccurl_set_pointer(curl, CURLOPT_HEADERDATA, receiver)
        unsafe ccurl_set_receiver(curl, CURLOPT_WRITEFUNCTION, receiveBody)
        unsafe ccurl_set_pointer(curl, CURLOPT_WRITEDATA, receiver)
    }

    private func setBody(_ bytes: [UInt8], on handle: OpaqueHandle) {
        unsafe ccurl_set_size(handle.raw, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
        _ = unsafe bytes.withUnsafeBytes { buffer in
            // COPYPOSTFIELDS takes its own copy; with nothing to copy it still has to be told so.
            if let base = buffer.baseAddress {
                return unsafe ccurl_set_pointer(
                    handle.raw, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: base))
            } else {
                return unsafe ccurl_set_text(handle.raw, CURLOPT_COPYPOSTFIELDS, "")
            }
        }
        unsafe ccurl_set_text(handle.raw, CURLOPT_CUSTOMREQUEST, request.method)
    }

    private func setForm(_ parts: [HTTPRequest.Part], on handle: OpaqueHandle) {
        guard let form = unsafe curl_mime_init(handle.raw) else { return }
        for part in parts {
            guard let field = unsafe curl_mime_addpart(form) else { continue }
            unsafe curl_mime_name(field, part.name)
            if let filename = part.filename { unsafe curl_mime_filename(field, filename) }
            unsafe curl_mime_type(field, part.type)
            unsafe part.bytes.withUnsafeBytes { buffer in
                let bytes = unsafe buffer.bindMemory(to: CChar.self)
                _ = unsafe curl_mime_data(field, bytes.baseAddress, bytes.count)
            }
        }
        unsafe ccurl_set_pointer(handle.raw, CURLOPT_MIMEPOST, UnsafeMutableRawPointer(form))
        unsafe received.form = form
    }

    func finish(_ handle: OpaqueHandle, code: UInt32) {
        var status = 0
        unsafe ccurl_get_number(handle.raw, CURLINFO_RESPONSE_CODE, &status)
        let answer: Answer =
            if unsafe received.isTooLarge {
                .failure(.tooLarge(host: host, limit: request.limits.maxBody))
            } else if code != CURLE_OK.rawValue {
                .failure(.curl(CURLcode(rawValue: code), host: host))
            } else {
                .success(unsafe HTTPResponse(status: status, headers: received.headers, body: received.body))
            }
        release()
        continuation.resume(returning: answer)
    }

    private func release() {
        unsafe curl_slist_free_all(received.lines)
        unsafe curl_mime_free(received.form)
        unsafe received.lines = nil
        unsafe received.form = nil
    }

    fileprivate func take(header line: String) {
        if line.hasPrefix("HTTP/") {
            // A new answer begins (after a redirect or 1xx): forget the one before.
            unsafe received.headers = HTTPHeaders()
            return
        }
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...]
        unsafe received.headers.append(name: String(line[..<colon]), value: value.trimmed())
    }

    /// False stops the transfer: more came than the caller allows.
    fileprivate func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard unsafe received.body.count + bytes.count <= request.limits.maxBody else {
            unsafe received.isTooLarge = true
            return false
        }
        unsafe received.body.append(contentsOf: bytes)
        return true
    }
}

private func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ receiver: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes = unsafe bytes, let receiver = unsafe receiver else { return 0 }
    let line = unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: size * count), as: UTF8.self)
    unsafe Unmanaged<HTTPTransfer>.fromOpaque(receiver).takeUnretainedValue().take(header: line.trimmed())
    return size * count
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ receiver: UnsafeMutableRawPointer?
) -> Int {
    guard let receiver = unsafe receiver else { return 0 }
    let transfer = unsafe Unmanaged<HTTPTransfer>.fromOpaque(receiver).takeUnretainedValue()
    let chunk = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
    return unsafe transfer.take(body: chunk) ? size * count : 0
}

extension StringProtocol {
    /// Without the white space at both ends.
    fileprivate func trimmed() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
