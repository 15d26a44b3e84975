// Asks a mail server whether it is there and willing: connect, EHLO, STARTTLS where offered, NOOP, QUIT. Nothing is sent.
// libcurl speaks SMTP on the same thread as HTTP (libcurl's CURLOPT_CUSTOMREQUEST, "SMTP").

internal import CCurl
internal import Runtime

final class MailGreeting: CurlTransfer {
    private let url: String
    private let host: String
    private let authorityFile: String?
    private let continuation: CheckedContinuation<HTTPError?, Never>

    init(
        url: String, host: String, authorityFile: String?, continuation: CheckedContinuation<HTTPError?, Never>
    ) {
        self.url = url
        self.host = host
        self.authorityFile = authorityFile
        self.continuation = continuation
    }

    func prepare(_ handle: OpaqueHandle) {
        let curl = unsafe handle.raw
        unsafe ccurl_set_text(curl, CURLOPT_URL, url)
        unsafe ccurl_set_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        unsafe ccurl_set_text(curl, CURLOPT_CUSTOMREQUEST, "NOOP")
        unsafe ccurl_set_text(curl, CURLOPT_PROXY, "")
        unsafe ccurl_set_number(curl, CURLOPT_NOBODY, 1)
        unsafe ccurl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        unsafe ccurl_set_number(curl, CURLOPT_USE_SSL, Int(CURLUSESSL_TRY.rawValue))
        unsafe ccurl_set_number(curl, CURLOPT_CONNECTTIMEOUT_MS, 5000)
        unsafe ccurl_set_number(curl, CURLOPT_TIMEOUT_MS, 15000)
        if let authorityFile { unsafe ccurl_set_text(curl, CURLOPT_CAINFO, authorityFile) }
    }

    func finish(_ handle: OpaqueHandle, code: UInt32) {
        continuation.resume(returning: code == CURLE_OK.rawValue ? nil : .curl(CURLcode(rawValue: code), host: host))
    }

    func cancelled() { continuation.resume(returning: .cancelled) }
}
