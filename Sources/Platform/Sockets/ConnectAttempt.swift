// One try at one address: TCP, TLS, the upgrade request, its answer. lws tells failures through several callbacks, or by
// returning nothing; here it is one outcome, told once.

internal import CWebSockets

/// Loop's thread only.
final class ConnectAttempt: SocketOwner, @unchecked Sendable {
    enum Outcome {
        case opened(Wire)
        /// `wasAnswered`: the other side spoke, so another address of the same host would say the same.
        case failed(SocketError, wasAnswered: Bool)
    }

    private let loop: EventLoop
    private let address: SocketAddress
    private let headers: [(name: String, value: String)]
    private var whenUp: (() -> Void)?
    private var done: ((Outcome) -> Void)?
    private var wire: Wire?
    private var status = 0
    private var certificateFault: String?
    private var isUp = false

    init(
        _ address: SocketAddress, headers: [(name: String, value: String)], loop: EventLoop,
        whenUp: @escaping () -> Void, done: @escaping (Outcome) -> Void
    ) {
        self.loop = loop
        self.address = address
        self.headers = headers
        self.whenUp = whenUp
        self.done = done
        super.init()
    }

    func start(at numeric: String, vhost: ClientVhost) {
        var info = unsafe lws_client_connect_info()
        unsafe info.context = loop.context
        unsafe info.vhost = vhost.pointer
        unsafe info.port = Int32(address.port)
        unsafe info.opaque_user_data = loop.keep(self)
        // A redirect is an answer like any other refusal: following it could lead the token elsewhere.
        unsafe info.ssl_connection = Int32(LCCSCF_HTTP_NO_FOLLOW_REDIRECT.rawValue)
        if address.isEncrypted { unsafe info.ssl_connection |= Int32(LCCSCF_USE_SSL.rawValue) }
        unsafe info.retry_and_idle_policy = vhost.idlePolicy
        // lws copies all texts before it returns. The host is what TLS verifies, after cutting the port off.
        unsafe numeric.withCString { numeric in
            unsafe address.target.withCString { target in
                unsafe address.hostHeader.withCString { host in
                    unsafe "http/1.1".withCString { alpn in
                        unsafe info.address = numeric
                        unsafe info.path = target
                        unsafe info.host = host
                        unsafe info.alpn = alpn
                        unsafe info.local_protocol_name = loop.protocols[0].name
                        wire = unsafe lws_client_connect_via_info(&info).map(Wire.init)
                    }
                }
            }
        }
        if wire == nil {
            // It may have gone as far as connecting; whatever there was is freed, and no callback will come.
            loop.release(self)
            fail("")
        }
    }

    /// The outcome is no longer wanted.
    func abandon() {
        done = nil
        whenUp = nil
        wire?.kill()
    }

    override func handle(_ event: SocketEvent) -> Int32 {
        switch event.reason {
        case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION:
            // The count is OpenSSL's own verdict; lws keeps to it.
            if event.count == 0, let context = unsafe event.user, let fault = unsafe clws_certificate_fault(context) {
                certificateFault = unsafe String(cString: fault)
            }
        case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER:
            isUp = true
            whenUp?()
            whenUp = nil
            return append(headers, event)
        case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
            status = event.wire.httpStatus
        case LWS_CALLBACK_CLIENT_ESTABLISHED:
            guard let done else { return -1 }
            self.done = nil
            wire = nil
            loop.release(self)
            done(.opened(event.wire))
        case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
            fail(String(decoding: event.copiedBytes.prefix { $0 != 0 }, as: UTF8.self))
        case LWS_CALLBACK_CLIENT_CLOSED, LWS_CALLBACK_CLOSED_CLIENT_HTTP:
            fail("")
        case LWS_CALLBACK_WSI_DESTROY:
            wire = nil
            loop.release(self)
            fail("")
        default: break
        }
        return 0
    }

    private func append(_ headers: [(name: String, value: String)], _ event: SocketEvent) -> Int32 {
        guard let place = unsafe event.bytes?.assumingMemoryBound(to: UnsafeMutablePointer<UInt8>?.self),
            let start = unsafe place.pointee
        else { return 0 }
        let end = unsafe start + event.count
        for header in headers {
            let value = Array(header.value.utf8)
            let isRefused = unsafe lws_add_http_header_by_name(
                event.wsi, Array("\(header.name):".utf8) + [0], value, Int32(value.count), place, end)
            if isRefused != 0 { return -1 }
        }
        return 0
    }

    private func fail(_ said: String) {
        guard let done else { return }
        self.done = nil
        whenUp = nil
        let host = address.hostHeader
        let error: SocketError
        if status != 0, status != 101 {
            error = .refused(status: status)
        } else if let certificateFault {
            error = .tls("\(host) could not prove who it is: \(certificateFault)")
        } else if said.contains("SSL") || said.contains("cert") {
            error = .tls("no encrypted connection to \(host): does it speak TLS on this port?")
        } else if said.hasPrefix("HS:") {
            error = .failed("\(host) answered, but not as a WebSocket server does: \(said.dropFirst(4))")
        } else if isUp {
            error = .unreachable("\(host) closed the connection without an answer")
        } else {
            error = .unreachable("\(host) does not accept connections: is it running?")
        }
        done(.failed(error, wasAnswered: isUp || certificateFault != nil))
    }
}
