// A message as a tree of parts, and its bytes: what curl_mime makes of it (libcurl's curl_mime_init and friends).
// libcurl hands the bytes of a MIME tree to nobody but a server, so a server is what it gets: within this process, for
// the one message.

internal import CCurl
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
        let office: PrintingOffice
        let thread: SystemThread
        do {
            office = try PrintingOffice()
            thread = try SystemThread.start(named: "mime") { office.run() }
        } catch {
            throw Failure(description: "\(error)")
        }
        let code = hand(to: office)
        office.close()
        thread.join()
        guard code == CURLE_OK, let bytes = office.letter else {
            throw Failure(description: "libcurl cannot make the message: error \(code.rawValue)")
        }
        return bytes
    }

    private func hand(to office: PrintingOffice) -> CURLcode {
        CurlThread.setUp()
        guard let curl = unsafe curl_easy_init() else { return CURLE_OUT_OF_MEMORY }
        var lines: UnsafeMutablePointer<curl_slist>?
        for header in headers + ["Content-Type: \(type)"] { unsafe lines = unsafe curl_slist_append(lines, header) }
        let recipients = unsafe curl_slist_append(nil, "reader@localhost")
        let tree = unsafe MIMEPart.tree(of: parts, for: curl)
        defer {
            unsafe curl_easy_cleanup(curl)
            unsafe curl_mime_free(tree)
            unsafe curl_slist_free_all(lines)
            unsafe curl_slist_free_all(recipients)
        }
        guard let tree = unsafe tree else { return CURLE_OUT_OF_MEMORY }
        unsafe ccurl_set_text(curl, CURLOPT_URL, "smtp://localhost/printer")
        unsafe ccurl_set_text(curl, CURLOPT_ABSTRACT_UNIX_SOCKET, office.name)
        unsafe ccurl_set_text(curl, CURLOPT_PROXY, "")
        unsafe ccurl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        unsafe ccurl_set_number(curl, CURLOPT_FORBID_REUSE, 1)
        unsafe ccurl_set_number(curl, CURLOPT_TIMEOUT_MS, 60_000)
        unsafe ccurl_set_text(curl, CURLOPT_MAIL_FROM, "writer@localhost")
        unsafe ccurl_set_pointer(curl, CURLOPT_MAIL_RCPT, recipients)
        unsafe ccurl_set_pointer(curl, CURLOPT_HTTPHEADER, lines)
        unsafe ccurl_set_pointer(curl, CURLOPT_MIMEPOST, UnsafeMutableRawPointer(tree))
        return unsafe curl_easy_perform(curl)
    }
}
