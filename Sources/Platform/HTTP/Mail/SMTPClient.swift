// Hands letters to one mail server, one after the other over a line that is kept. libcurl speaks SMTP; it has a thread of
// its own here, because it waits for the answer to a letter, and for the goodbye, without doing anything else meanwhile
// (7.88: smtp_done and smtp_disconnect block).

internal import Glibc
package import Runtime
internal import Synchronization

package struct SMTPServer: Sendable, Hashable {
    package enum Encryption: Sendable, Hashable {
        case implicit, required, none
        /// STARTTLS where offered, without asking who offers it.
        case opportunistic
    }

    package var host: String
    package var port: Int
    package var encryption: Encryption
    package var user: String?
    package var password: Secret?
    package var authorityFile: String?

    package init(
        host: String, port: Int, encryption: Encryption, user: String?, password: Secret?, authorityFile: String?
    ) {
        self.host = host
        self.port = port
        self.encryption = encryption
        self.user = user
        self.password = password
        self.authorityFile = authorityFile
    }
}

package struct SMTPLimits: Sendable {
    package var connect: Duration
    /// For each answer.
    package var answer: Duration
    /// For the whole of one letter.
    package var total: Duration

    package init(
        connect: Duration = .seconds(20), answer: Duration = .seconds(120), total: Duration = .seconds(300)
    ) {
        self.connect = connect
        self.answer = answer
        self.total = total
    }

    package static let standard = SMTPLimits()
}

/// How one conversation ended.
package struct SMTPReport: Sendable, Equatable {
    package var stage: SMTPStage
    /// What the server answered at that stage, if it did.
    package var reply: SMTPReply?
    /// Nil when libcurl is content.
    package var trouble: HTTPError?
    /// Whether the line was opened for an earlier letter: the server may have hung up meanwhile.
    package var wasLineKept: Bool
    /// The message went out whole, as far as we know.
    package var isHandedOver: Bool

    package init(
        stage: SMTPStage, reply: SMTPReply?, trouble: HTTPError?, wasLineKept: Bool = false, isHandedOver: Bool = false
    ) {
        self.stage = stage
        self.reply = reply
        self.trouble = trouble
        self.wasLineKept = wasLineKept
        self.isHandedOver = isHandedOver
    }
}

package final class SMTPClient: Sendable {
    private let thread: CurlThread
    private let lines: SMTPLines
    private let server: SMTPServer
    private let limits: SMTPLimits
    private let flights = Mutex<[ObjectIdentifier: SMTPTransfer]>([:])

    package init(_ server: SMTPServer, limits: SMTPLimits = .standard) throws(HTTPError) {
        lines = SMTPLines()
        thread = try CurlThread(keeping: lines)
        self.server = server
        self.limits = limits
    }

    deinit {
        thread.stopSoon()
        lines.stopListening()
    }

    /// `onNewLine`: not over a line kept from before.
    package func deliver(
        _ message: [UInt8], from: String, to: String, onNewLine: Bool = false
    ) async -> SMTPReport {
        await run(.letter(message, from: from, to: to), onNewLine: onNewLine)
    }

    /// Up to and with the login, then NOOP. Nothing is sent.
    package func ask() async -> SMTPReport { await run(.question, onNewLine: true) }

    /// Breaks off what is going on and says goodbye, without waiting for an answer to that.
    package func stop() async {
        for transfer in flights.withLock({ Array($0.values) }) { transfer.askToEnd() }
        thread.stopSoon()
        lines.stopListening()
        await thread.stop()
    }

    private func run(_ errand: SMTPTransfer.Errand, onNewLine: Bool) async -> SMTPReport {
        let transfer = SMTPTransfer(errand, server: server, limits: limits, lines: lines, onNewLine: onNewLine)
        flights.withLock { $0[ObjectIdentifier(transfer)] = transfer }
        defer { flights.withLock { $0[ObjectIdentifier(transfer)] = nil } }
        let flight = Mutex<(number: UInt64?, isCancelled: Bool)>((nil, false))
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.tell { continuation.resume(returning: $0) }
                guard let number = thread.start(transfer) else { return transfer.cancelled() }
                let isCancelled = flight.withLock { flight in
                    flight.number = number
                    return flight.isCancelled
                }
                if isCancelled { thread.cancel(number) }
            }
        } onCancel: {
            // libcurl may be waiting for an answer on its thread: this reaches it there.
            transfer.askToEnd()
            let number = flight.withLock { flight in
                flight.isCancelled = true
                return flight.number
            }
            if let number { thread.cancel(number) }
        }
    }
}
