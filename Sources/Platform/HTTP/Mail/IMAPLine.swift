// Asks a mailbox (IMAP4rev1, RFC 3501) through libcurl: commands, one after the other, over one line. libcurl logs in and
// opens the folder; of an answer it gives every line as the server wrote it (libcurl-tutorial, "IMAP"). Whoever asks
// waits, on a thread of its own: `IMAPLine.talk`.

internal import CCurl
internal import Glibc
package import Runtime
internal import Synchronization

package struct IMAPServer: Sendable, Hashable {
    package var host: String
    package var port: Int
    /// Else in the open: for tests and for a tunnel.
    package var isEncrypted: Bool
    package var user: String
    package var password: Secret
    package var folder: String
    package var authorityFile: String?

    package init(
        host: String, port: Int, isEncrypted: Bool, user: String, password: Secret, folder: String,
        authorityFile: String?
    ) {
        self.host = host
        self.port = port
        self.isEncrypted = isEncrypted
        self.user = user
        self.password = password
        self.folder = folder
        self.authorityFile = authorityFile
    }
}

package enum IMAPTrouble: Error, Sendable, Equatable {
    case notLoggedIn
    case noSuchFolder
    /// The server said NO or BAD to this command.
    case refused(String)
    case line(HTTPError)
}

@safe
package final class IMAPLine {
    private let curl: UnsafeMutableRawPointer
    private let host: String
    private let heard: Heard

    /// What the callbacks touch; the flag from any thread, the rest from the asking one, which is inside libcurl then.
    private final class Heard: Sendable {
        let isToEnd = Mutex(false)
        let lines = Mutex<[String]>([])
    }

    /// Runs `body` on a thread of its own; cancelling the task breaks the line off.
    package static func talk<Value: Sendable>(
        with server: IMAPServer, answerTime: Duration = .seconds(30),
        _ body: @escaping @Sendable (IMAPLine) throws(IMAPTrouble) -> Value
    ) async throws(IMAPTrouble) -> Value {
        let heard = Heard()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (done: CheckedContinuation<Result<Value, IMAPTrouble>, Never>) in
                let work: @Sendable () -> Void = {
                    do throws(IMAPTrouble) {
                        done.resume(returning: .success(try body(IMAPLine(server, answerTime, heard))))
                    } catch { done.resume(returning: .failure(error)) }
                }
                do { try SystemThread.start(named: "imap", work).detach() } catch {
                    done.resume(returning: .failure(.line(.failed("\(error)"))))
                }
            }
        } onCancel: {
            heard.isToEnd.withLock { $0 = true }
        }
        return try result.get()
    }

    private init(_ server: IMAPServer, _ answerTime: Duration, _ heard: Heard) throws(IMAPTrouble) {
        CurlThread.setUp()
        guard let curl = unsafe curl_easy_init() else { throw .line(.failed("no memory for a line")) }
        unsafe self.curl = unsafe curl
        self.heard = heard
        host = server.host
        let name = host.contains(":") ? "[\(host)]" : host
        let scheme = server.isEncrypted ? "imaps" : "imap"
        func set(_ option: CURLoption, _ value: String) { unsafe ccurl_set_text(curl, option, value) }
        func set(_ option: CURLoption, _ value: Int) { unsafe ccurl_set_number(curl, option, value) }
        set(CURLOPT_URL, "\(scheme)://\(name):\(server.port)/\(server.folder.percentEncoded())")
        set(CURLOPT_PROTOCOLS_STR, "imap,imaps")
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_USERNAME, server.user)
        set(CURLOPT_PASSWORD, server.password.reveal())
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(answerTime.milliseconds))
        set(CURLOPT_TIMEOUT_MS, Int(answerTime.milliseconds))
        if let file = server.authorityFile { set(CURLOPT_CAINFO, file) }
        let owner = unsafe Unmanaged.passUnretained(heard).toOpaque()
        unsafe ccurl_set_receiver(curl, CURLOPT_HEADERFUNCTION) { bytes, size, count, owner in
            guard let owner = unsafe owner else { return 0 }
            let line = unsafe String(
                decoding: UnsafeRawBufferPointer(start: bytes, count: size * count), as: UTF8.self)
            let heard = unsafe Unmanaged<Heard>.fromOpaque(owner).takeUnretainedValue()
            heard.lines.withLock { if $0.count < 10_000 { $0.append(line) } }
            return size * count
        }
        unsafe ccurl_set_pointer(curl, CURLOPT_HEADERDATA, owner)
        unsafe ccurl_set_receiver(curl, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
        unsafe ccurl_set_progress(curl) { owner, _, _, _, _ in
            guard let owner = unsafe owner else { return 0 }
            let heard = unsafe Unmanaged<Heard>.fromOpaque(owner).takeUnretainedValue()
            return heard.isToEnd.withLock { $0 } ? 1 : 0
        }
        unsafe ccurl_set_pointer(curl, CURLOPT_XFERINFODATA, owner)
        set(CURLOPT_NOPROGRESS, 0)
    }

    /// libcurl says goodbye.
    deinit { unsafe curl_easy_cleanup(curl) }

    /// All that the server said meanwhile, without line ends; of the first command also its greeting and what it said of
    /// the folder. The command is ours, whole: no text of others belongs in it.
    package func ask(_ command: String) throws(IMAPTrouble) -> [String] {
        heard.lines.withLock { $0 = [] }
        unsafe ccurl_set_text(curl, CURLOPT_CUSTOMREQUEST, command)
        let code = unsafe curl_easy_perform(curl)
        let lines = heard.lines.withLock { $0 }.map { String($0.prefix { !$0.isNewline }) }
        switch code {
        case CURLE_OK: return lines
        case CURLE_LOGIN_DENIED:
            // libcurl says the same of a folder that cannot be opened (imap_state_select_resp). By then two commands were
            // answered well: what the server can do, and the login.
            let answered = lines.count { !$0.hasPrefix("*") && $0.split(separator: " ").dropFirst().first == "OK" }
            throw answered < 2 ? .notLoggedIn : .noSuchFolder
        case CURLE_QUOTE_ERROR: throw .refused(command)
        case CURLE_ABORTED_BY_CALLBACK: throw .line(.cancelled)
        default: throw .line(.curl(code, host: host))
        }
    }
}
