// A vhost of lws is where a client's TLS settings live: one for each set of trusted authorities, one for no TLS at all, so
// that a loop that never encrypts never loads the system's certificates.

internal import CWebSockets
internal import Glibc

/// Touched on the loop's thread only, wherever it is carried.
@safe struct ClientVhost: @unchecked Sendable {
    let pointer: OpaquePointer
    /// For `retry_and_idle_policy`: lws' own pings after five idle minutes are off. Whoever needs to know whether the
    /// line still lives has a heartbeat of its own.
    let idlePolicy: UnsafePointer<lws_retry_bo_t>
}

extension EventLoop {
    /// Loop's thread only.
    func clientVhost(trusting trust: TLSTrust?) throws(SocketError) -> ClientVhost {
        guard unsafe isServing else { throw .failed("the event loop was stopped") }
        if let vhost = unsafe clientVhosts[trust] { return vhost }
        var info = unsafe lws_context_creation_info()
        unsafe info.port = CONTEXT_PORT_NO_LISTEN
        unsafe info.protocols = protocols
        var file: String?
        switch trust {
        case nil: break
        case .system:
            unsafe info.options = clws_option_tls_global_init
        case .file(let path):
            // lws would only log that it cannot read it, and then believe nobody.
            guard unsafe access(path, R_OK) == 0 else {
                throw .tls("the file of trusted certificates cannot be read: \(path)")
            }
            unsafe info.options = clws_option_tls_global_init | clws_option_no_system_authorities
            file = path
        }
        // All texts are only read during the call. Port 0 is no proxy: without it lws would take the environment's
        // http_proxy for every connection, encrypted or to this very machine.
        let pointer = unsafe "client \(clientVhosts.count)".withCString { name in
            unsafe (file ?? "").withCString { path in
                unsafe ":0".withCString { proxy in
                    unsafe info.vhost_name = name
                    unsafe info.http_proxy_address = proxy
                    if file != nil { unsafe info.client_ssl_ca_filepath = path }
                    return unsafe lws_create_vhost(context, &info)
                }
            }
        }
        guard let pointer = unsafe pointer else { throw .failed("libwebsockets could not set up a client") }
        let vhost = unsafe ClientVhost(pointer: pointer, idlePolicy: UnsafePointer(tables.idlePolicy))
        unsafe clientVhosts[trust] = vhost
        return vhost
    }
}
