// One letter, or one question, on the curl thread (libcurl-tutorial, "SMTP"; CURLOPT_MAIL_FROM and its neighbours).

internal import CCurl
internal import Glibc
internal import Runtime
internal import Synchronization

final class SMTPTransfer: CurlTransfer {
    enum Errand: Sendable {
        case letter([UInt8], from: String, to: String)
        case question
    }

    private let errand: Errand
    private let server: SMTPServer
    private let limits: SMTPLimits
    private let lines: SMTPLines
    private let onNewLine: Bool
    private let isToEnd = Mutex(false)

    @safe private struct Progress {
        var dialogue = SMTPDialogue()
        var read = 0
        var recipients: UnsafeMutablePointer<curl_slist>?
        /// Where libcurl writes what exactly went wrong.
        var words: UnsafeMutablePointer<CChar>?
        var tell: (@Sendable (SMTPReport) -> Void)?
    }
    /// Touched by the curl thread alone once the transfer has been started.
    private nonisolated(unsafe) var progress = Progress()

    init(_ errand: Errand, server: SMTPServer, limits: SMTPLimits, lines: SMTPLines, onNewLine: Bool) {
        self.errand = errand
        self.server = server
        self.limits = limits
        self.lines = lines
        self.onNewLine = onNewLine
    }

    /// Before it is started: who hears of the end, once.
    func tell(_ listener: @escaping @Sendable (SMTPReport) -> Void) { unsafe progress.tell = listener }

    /// From any thread.
    func askToEnd() { isToEnd.withLock { $0 = true } }

    // MARK: On the curl thread

    func prepare(_ handle: OpaqueHandle) {
        let curl = unsafe handle.raw
        func set(_ option: CURLoption, _ value: Int) { unsafe ccurl_set_number(curl, option, value) }
        func set(_ option: CURLoption, _ value: String) { unsafe ccurl_set_text(curl, option, value) }

        set(CURLOPT_URL, address)
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connect.milliseconds))
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, Int(limits.answer.inSeconds.rounded(.up))))
        set(CURLOPT_TIMEOUT_MS, Int(limits.total.milliseconds))
        if onNewLine { set(CURLOPT_FRESH_CONNECT, 1) }
        encrypt(handle)
        if let user = server.user, let password = server.password {
            set(CURLOPT_USERNAME, user)
            set(CURLOPT_PASSWORD, password.reveal())
            // Left alone, libcurl tries Kerberos and NTLM first wherever an Exchange server offers them.
            set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN")
        }
        switch errand {
        case .letter(let message, let from, let to):
            set(CURLOPT_UPLOAD, 1)
            set(CURLOPT_MAIL_FROM, from)
            unsafe progress.recipients = curl_slist_append(nil, to)
            unsafe ccurl_set_pointer(curl, CURLOPT_MAIL_RCPT, progress.recipients)
            unsafe ccurl_set_size(curl, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.count))
        case .question:
            set(CURLOPT_CUSTOMREQUEST, "NOOP")
            set(CURLOPT_NOBODY, 1)
            // There is no second question.
            set(CURLOPT_FORBID_REUSE, 1)
        }
        listen(handle)
    }

    private var address: String {
        let scheme = server.encryption == .implicit ? "smtps" : "smtp"
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        // The path is our name in EHLO. A machine at home or a container seldom has one that others know; some servers
        // refuse a name without a dot, none refuses this (RFC 5321 §4.1.3).
        let name = Self.machineName.contains(".") ? Self.machineName : "[127.0.0.1]"
        return "\(scheme)://\(host):\(server.port)/\(name.percentEncoded())"
    }

    private static let machineName: String = {
        var name = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()

    private func encrypt(_ handle: OpaqueHandle) {
        let curl = unsafe handle.raw
        let level =
            switch server.encryption {
            case .implicit, .required: CURLUSESSL_ALL
            case .opportunistic: CURLUSESSL_TRY
            case .none: CURLUSESSL_NONE
            }
        unsafe ccurl_set_number(curl, CURLOPT_USE_SSL, Int(level.rawValue))
        if server.encryption == .opportunistic {
            unsafe ccurl_set_number(curl, CURLOPT_SSL_VERIFYPEER, 0)
            unsafe ccurl_set_number(curl, CURLOPT_SSL_VERIFYHOST, 0)
        }
        if let file = server.authorityFile { unsafe ccurl_set_text(curl, CURLOPT_CAINFO, file) }
    }

    private func listen(_ handle: OpaqueHandle) {
        let curl = unsafe handle.raw
        let owner = unsafe Unmanaged.passUnretained(self).toOpaque()
        lines.watch(handle)
        unsafe ccurl_set_receiver(curl, CURLOPT_HEADERFUNCTION, hearLine)
        unsafe ccurl_set_pointer(curl, CURLOPT_HEADERDATA, owner)
        unsafe ccurl_set_receiver(curl, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
        unsafe ccurl_set_reader(curl, giveMessage)
        unsafe ccurl_set_pointer(curl, CURLOPT_READDATA, owner)
        unsafe ccurl_set_progress(curl, mayGoOn)
        unsafe ccurl_set_pointer(curl, CURLOPT_XFERINFODATA, owner)
        unsafe ccurl_set_number(curl, CURLOPT_NOPROGRESS, 0)
        // The only way to learn what is said to the server.
        unsafe ccurl_set_debug(curl, hearCommand)
        unsafe ccurl_set_pointer(curl, CURLOPT_DEBUGDATA, owner)
        unsafe ccurl_set_number(curl, CURLOPT_VERBOSE, 1)
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe ccurl_set_pointer(curl, CURLOPT_ERRORBUFFER, words)
        unsafe progress.words = words
    }

    /// A handle that is removed with half its message sent: libcurl 7.88 would end the message there and have it
    /// delivered (smtp_done). Without recipients it does not.
    func abandon(_ handle: OpaqueHandle) { unsafe ccurl_set_pointer(handle.raw, CURLOPT_MAIL_RCPT, nil) }

    func finish(_ handle: OpaqueHandle, code: UInt32) {
        var opened = 0
        unsafe ccurl_get_number(handle.raw, CURLINFO_NUM_CONNECTS, &opened)
        // Microseconds until somebody was there.
        var connected: curl_off_t = 0
        unsafe ccurl_get_size(handle.raw, CURLINFO_CONNECT_TIME_T, &connected)
        let code = CURLcode(rawValue: code)
        let words = unsafe progress.words.map { unsafe String(cString: $0) } ?? ""
        var trouble: HTTPError? =
            code == CURLE_OK ? nil : code == CURLE_ABORTED_BY_CALLBACK ? .cancelled : .curl(code, host: server.host)
        if case .tls = trouble {
            let isBroken = ["SYSCALL", "unexpected eof", "reset by peer"].contains { words.contains($0) }
            trouble =
                isBroken
                ? .unreachable("\(server.host) hung up while the line was being encrypted")
                : .tls("no trusted encrypted line to \(server.host): \(words)")
            if server.encryption == .implicit, words.contains("wrong version number") {
                trouble = .tls("\(server.host) begins in the open at port \(server.port): it may want STARTTLS")
            }
        }
        // Whoever waits for the other side to begin encrypting waits for ever.
        if case .timedOut = trouble, server.encryption != .implicit, connected > 0, unsafe progress.dialogue.isUnbegun {
            trouble = .timedOut(
                "\(server.host) says nothing at port \(server.port): it may want TLS from the first byte")
        }
        if code == CURLE_LOGIN_DENIED, unsafe progress.dialogue.stage == .hello {
            unsafe progress.dialogue.foundNoLogin()
        }
        // Where no login is offered at all, as on a line in the open, libcurl goes on without one; letters would be refused.
        if trouble == nil, case .question = errand, server.user != nil, unsafe !progress.dialogue.hasTriedToLogIn {
            unsafe progress.dialogue.foundNoLogin()
            trouble = .failed("no login is offered")
        }
        if code == CURLE_USE_SSL_FAILED {
            trouble = .tls("\(server.host) does not offer an encrypted line (STARTTLS)")
        }
        // A goodbye on the way is what cancelling looks like from here.
        if trouble != nil, !isWanted { trouble = .cancelled }
        // The dot that ends the message could not be sent: nobody has got it whole.
        report(trouble, wasLineKept: opened == 0, isSurelyIncomplete: code == CURLE_SEND_ERROR)
    }

    func cancelled() { report(.cancelled, wasLineKept: false, isSurelyIncomplete: false) }

    private func report(_ trouble: HTTPError?, wasLineKept: Bool, isSurelyIncomplete: Bool) {
        let dialogue = unsafe progress.dialogue
        let tell = unsafe progress.tell
        unsafe progress.tell = nil
        release()
        tell?(
            SMTPReport(
                stage: dialogue.stage, reply: dialogue.reply, trouble: trouble, wasLineKept: wasLineKept,
                isHandedOver: dialogue.isHandedOver && !isSurelyIncomplete))
    }

    private func release() {
        unsafe curl_slist_free_all(progress.recipients)
        unsafe progress.words?.deallocate()
        unsafe progress.recipients = nil
        unsafe progress.words = nil
    }

    fileprivate func hear(line: [UInt8]) { unsafe progress.dialogue.heard(line) }
    fileprivate func hear(command: [UInt8]) { unsafe progress.dialogue.said(command) }
    fileprivate var isWanted: Bool { isToEnd.withLock { !$0 } }

    fileprivate func give(into room: UnsafeMutableRawBufferPointer) -> Int {
        guard case .letter(let message, _, _) = errand else { return 0 }
        let count = unsafe min(room.count, message.count - progress.read)
        unsafe room.copyBytes(from: message[progress.read..<progress.read + count])
        unsafe progress.read += count
        if unsafe progress.read == message.count { unsafe progress.dialogue.gaveWholeMessage() }
        return count
    }
}

private func transfer(_ owner: UnsafeMutableRawPointer) -> SMTPTransfer {
    unsafe Unmanaged<SMTPTransfer>.fromOpaque(owner).takeUnretainedValue()
}

private func hearLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ owner: UnsafeMutableRawPointer?
) -> Int {
    guard let owner = unsafe owner else { return 0 }
    unsafe transfer(owner).hear(line: Array(UnsafeRawBufferPointer(start: bytes, count: size * count)))
    return size * count
}

private func giveMessage(
    _ room: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ owner: UnsafeMutableRawPointer?
) -> Int {
    guard let owner = unsafe owner else { return Int(CURL_READFUNC_ABORT) }
    return unsafe transfer(owner).give(into: UnsafeMutableRawBufferPointer(start: room, count: size * count))
}

private func mayGoOn(
    _ owner: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
    guard let owner = unsafe owner else { return 0 }
    return unsafe transfer(owner).isWanted ? 0 : 1
}

private func hearCommand(
    _ handle: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int,
    _ owner: UnsafeMutableRawPointer?
) -> Int32 {
    guard kind == CURLINFO_HEADER_OUT, let owner = unsafe owner else { return 0 }
    unsafe transfer(owner).hear(command: Array(UnsafeRawBufferPointer(start: bytes, count: count)))
    return 0
}
