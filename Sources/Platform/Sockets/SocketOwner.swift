// How a C callback finds its Swift object. lws calls one function for everything (its user manual: "Callback and
// protocols"); who is meant stands in the connection's opaque user data, or else in its vhost's user pointer.
//
// The function must be a top-level func: lws keeps the bare pointer, and a closure kept in Swift memory may move.

internal import CWebSockets

/// One callback of lws. Valid only while the callback runs.
@safe struct SocketEvent {
    let wire: Wire
    let reason: lws_callback_reasons
    /// What lws calls "user": something else for a few reasons, otherwise nil, as our protocol has no session data.
    let user: UnsafeMutableRawPointer?
    let bytes: UnsafeMutableRawPointer?
    let count: Int

    var wsi: OpaquePointer { unsafe wire.wsi }
    var buffer: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count) }
    var copiedBytes: [UInt8] { unsafe Array(buffer) }
}

/// Answers the callbacks of one connection, or of a listening vhost and its connections that have no owner of their own.
///
/// The cross-thread contract of every subclass: `handle` and all state it touches belong to the loop's thread. What other
/// threads may call says so, and does no more than put something into a locked place and `EventLoop.perform`.
/// lws does not count references: the owner is kept alive by `EventLoop.keep` until it says `release`, no earlier than
/// LWS_CALLBACK_WSI_DESTROY, the last word about a connection.
package class SocketOwner: @unchecked Sendable {
    init() {}

    /// Zero lets lws go on; anything else closes the connection (for a few reasons the number itself has a meaning).
    func handle(_ event: SocketEvent) -> Int32 { 0 }
}

func socketCallback(
    _ wsi: OpaquePointer?, _ reason: lws_callback_reasons, _ user: UnsafeMutableRawPointer?,
    _ bytes: UnsafeMutableRawPointer?, _ count: Int
) -> Int32 {
    switch reason {
    // Said about the context with a made-up wsi, nothing for an owner.
    case LWS_CALLBACK_EVENT_WAIT_CANCELLED, LWS_CALLBACK_GET_THREAD_ID, LWS_CALLBACK_PROTOCOL_INIT,
        LWS_CALLBACK_PROTOCOL_DESTROY, LWS_CALLBACK_OPENSSL_LOAD_EXTRA_CLIENT_VERIFY_CERTS,
        LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS:
        return 0
    default: break
    }
    guard let wsi = unsafe wsi else { return 0 }
    var found = unsafe lws_get_opaque_user_data(wsi)
    if unsafe found == nil, let vhost = unsafe lws_get_vhost(wsi) { unsafe found = unsafe lws_get_vhost_user(vhost) }
    guard let found = unsafe found else { return 0 }
    // Retained for the call: the owner may release itself from the loop's keeping in the middle of it.
    let owner = unsafe Unmanaged<SocketOwner>.fromOpaque(found).takeUnretainedValue()
    return unsafe owner.handle(SocketEvent(wire: Wire(wsi), reason: reason, user: user, bytes: bytes, count: count))
}
