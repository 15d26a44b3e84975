// The sockets libcurl holds to a mail server. When it lets go of a line it says QUIT and waits up to two minutes for the
// answer; who no longer listens is answered at once.

internal import CCurl
internal import Glibc
internal import Synchronization

final class SMTPLines: Sendable {
    private let open = Mutex<Set<Int32>>([])

    /// The lifetime of `self` must reach beyond every connection's: CurlThread keeps it.
    func watch(_ handle: OpaqueHandle) {
        let owner = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe ccurl_set_socket_setup(handle.raw) { owner, socket, _ in
            guard let owner = unsafe owner else { return 0 }
            unsafe Unmanaged<SMTPLines>.fromOpaque(owner).takeUnretainedValue().add(socket)
            return Int32(CURL_SOCKOPT_OK)
        }
        unsafe ccurl_set_pointer(handle.raw, CURLOPT_SOCKOPTDATA, owner)
        unsafe ccurl_set_socket_closer(handle.raw) { owner, socket in
            guard let owner = unsafe owner else { return Glibc.close(socket) }
            return unsafe Unmanaged<SMTPLines>.fromOpaque(owner).takeUnretainedValue().close(socket)
        }
        unsafe ccurl_set_pointer(handle.raw, CURLOPT_CLOSESOCKETDATA, owner)
    }

    func stopListening() {
        open.withLock { for socket in $0 { shutdown(socket, Int32(SHUT_RD)) } }
    }

    private func add(_ socket: Int32) { open.withLock { _ = $0.insert(socket) } }

    /// Under the lock, so that no other file has this number yet when `stopListening` uses it.
    private func close(_ socket: Int32) -> Int32 {
        open.withLock { open in
            open.remove(socket)
            return Glibc.close(socket)
        }
    }
}
