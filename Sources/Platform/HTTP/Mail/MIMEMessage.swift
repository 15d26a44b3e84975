// A message as a tree of parts, and its bytes: what curl_mime makes of it (libcurl's curl_mime_init and friends).
// libcurl hands the bytes of a MIME tree to nobody but a server, so a server is what it gets: the other end of a pair of
// sockets, which takes the one message and keeps it.

internal import CCurl
internal import Glibc
internal import Runtime

package struct MIMEMessage: Sendable {
    /// Whole header lines, encoded and folded; what describes the body is added by libcurl.
    package var headers: [String]
    /// "multipart/alternative"
    package var type: String
    package var parts: [MIMEPart]

    package init(headers: [String], type: String, parts: [MIMEPart]) {
        self.headers = headers
        self.type = type
        self.parts = parts
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package func printed() throws(Failure) -> [UInt8] {
        let (clientEnd, serverEnd) = try Self.pairOfSockets()
        let office = PrintingOffice(serverEnd)
        let thread: SystemThread
        do {
            thread = try SystemThread.start(named: "mime") { office.run() }
        } catch {
            close(clientEnd)
            close(serverEnd)
            throw Failure(description: error.description)
        }
        let code = hand(to: clientEnd)
        thread.join()
        guard code == CURLE_OK, let bytes = office.letter else {
            throw Failure(description: "libcurl cannot make the message: \(code.rawValue)")
        }
        return bytes
    }

    private static func pairOfSockets() throws(Failure) -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw Failure(description: "no sockets left: error \(errno)")
        }
        return (ends[0], ends[1])
    }

    /// Gives the socket to libcurl, which closes it.
    private func hand(to socket: Int32) -> CURLcode {
        CurlThread.setUp()
        guard let curl = unsafe curl_easy_init() else {
            close(socket)
            return CURLE_OUT_OF_MEMORY
        }
        let line = LentSocket(socket)
        var lines: UnsafeMutablePointer<curl_slist>?
        for header in headers + ["Content-Type: \(type)"] { unsafe lines = unsafe curl_slist_append(lines, header) }
        let recipients = unsafe curl_slist_append(nil, "reader@localhost")
        let tree = unsafe MIMEPart.tree(of: parts, for: curl)
        defer {
            unsafe curl_easy_cleanup(curl)
            unsafe curl_mime_free(tree)
            unsafe curl_slist_free_all(lines)
            unsafe curl_slist_free_all(recipients)
            line.close()
        }
        guard let tree = unsafe tree else { return CURLE_OUT_OF_MEMORY }
        unsafe ccurl_set_text(curl, CURLOPT_URL, "smtp://127.0.0.1/printer")
        unsafe ccurl_set_text(curl, CURLOPT_PROXY, "")
        unsafe ccurl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        unsafe ccurl_set_number(curl, CURLOPT_FORBID_REUSE, 1)
        unsafe ccurl_set_number(curl, CURLOPT_TIMEOUT_MS, 60_000)
        unsafe ccurl_set_text(curl, CURLOPT_MAIL_FROM, "writer@localhost")
        unsafe ccurl_set_pointer(curl, CURLOPT_MAIL_RCPT, recipients)
        unsafe ccurl_set_pointer(curl, CURLOPT_HTTPHEADER, lines)
        unsafe ccurl_set_pointer(curl, CURLOPT_MIMEPOST, UnsafeMutableRawPointer(tree))
        unsafe ccurl_set_socket_opener(curl, lendSocket)
        unsafe ccurl_set_pointer(curl, CURLOPT_OPENSOCKETDATA, Unmanaged.passUnretained(line).toOpaque())
        unsafe ccurl_set_socket_setup(curl) { _, _, _ in Int32(CURL_SOCKOPT_ALREADY_CONNECTED) }
        return unsafe curl_easy_perform(curl)
    }
}

/// libcurl asks once for the socket; from then on it is libcurl's.
private final class LentSocket {
    private var socket: Int32

    init(_ socket: Int32) { self.socket = socket }

    func take() -> Int32 {
        defer { socket = -1 }
        return socket
    }

    func close() {
        if socket >= 0 { Glibc.close(socket) }
    }
}

private func lendSocket(
    _ owner: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let owner = unsafe owner else { return CURL_SOCKET_BAD }
    return unsafe Unmanaged<LentSocket>.fromOpaque(owner).takeUnretainedValue().take()
}
