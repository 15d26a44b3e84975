// A mail server on loopback that keeps what it is given. It knows nothing of the client it judges. A thread serves each
// line (Platform/Streams), since SMTP is a talk in turns.

internal import Streams
internal import Synchronization

package final class MailStandIn: Sendable {
    package enum Encryption: Sendable { case none, startTLS, implicit }

    private struct Fault: Sendable {
        var moment: MailMoment
        var recipient: String?
        var fault: MailFault
        var left: Int
    }

    private struct State: Sendable {
        var rules: MailRules
        var faults: [Fault] = []
        /// How often the faults have been ended.
        var timesEnded = 0
        var greylisted: Set<String> = []
        var sent: [String: Int] = [:]
        var delivered = 0
        var lines = 0
        var server: StreamServer?
    }

    package let port: Int
    package let encryption: Encryption
    /// PEM: whom to trust.
    package let certificate: [UInt8]
    package let letters = Chronicle<DeliveredLetter>(limit: 10_000)
    package let requests = Chronicle<MailEntry>()

    let identity: TLSIdentity
    private let state: Mutex<State>

    package struct NotStarted: Error, CustomStringConvertible {
        package let description: String
    }

    package static func start(
        port: Int = 0, encryption: Encryption = .startTLS, rules: MailRules = .standard
    ) throws(NotStarted) -> MailStandIn {
        do {
            let identity = try TLSIdentity()
            let server = try StreamServer(port: port)
            let standIn = MailStandIn(
                port: server.port, encryption: encryption, identity: identity, rules: rules, server: server)
            try server.begin { MailLine($0, of: standIn).serve() }
            return standIn
        } catch {
            throw NotStarted(description: "\(error)")
        }
    }

    private init(port: Int, encryption: Encryption, identity: TLSIdentity, rules: MailRules, server: StreamServer) {
        self.port = port
        self.encryption = encryption
        self.identity = identity
        certificate = identity.certificate
        state = Mutex(State(rules: rules, server: server))
    }

    /// "smtp://127.0.0.1:PORT" or "smtps://…", without a login.
    package var url: String { "\(encryption == .implicit ? "smtps" : "smtp")://127.0.0.1:\(port)" }

    package var rules: MailRules { state.withLock { $0.rules } }

    package func changeRules(_ change: @Sendable (inout MailRules) -> Void) { state.withLock { change(&$0.rules) } }

    /// A new day: what was sent no longer counts.
    package func forgetCounts() { state.withLock { $0.sent = [:] } }

    /// - Parameter recipient: only for this mailbox; nil for any
    package func fail(
        _ moment: MailMoment, with fault: MailFault, to recipient: String? = nil, times: Int = 1
    ) {
        state.withLock { $0.faults.append(Fault(moment: moment, recipient: recipient, fault: fault, left: times)) }
    }

    package func endFaults() {
        state.withLock { state in
            state.faults = []
            state.timesEnded += 1
        }
    }

    /// The port is closed and every line ends; `comeBack` listens there again.
    package func goAway() async {
        let server = state.withLock { state in
            defer { state.server = nil }
            return state.server
        }
        await server?.stop()
    }

    package func comeBack() throws(NotStarted) {
        do {
            let server = try StreamServer(port: port)
            try server.begin { [self] in MailLine($0, of: self).serve() }
            state.withLock { $0.server = server }
        } catch {
            throw NotStarted(description: error.description)
        }
    }

    package func stop() async { await goAway() }

    // MARK: For the lines

    func newLine() -> Int {
        state.withLock { state in
            state.lines += 1
            return state.lines
        }
    }

    func fault(at moment: MailMoment, for recipients: [String] = []) -> MailFault? {
        state.withLock { state in
            let place = state.faults.firstIndex { fault in
                fault.moment == moment && (fault.recipient.map { recipients.contains($0) } ?? true)
            }
            guard let place else { return nil }
            state.faults[place].left -= 1
            defer { if state.faults[place].left <= 0 { state.faults.remove(at: place) } }
            return state.faults[place].fault
        }
    }

    /// What a line that holds still is to compare: see `isHolding`.
    var timesEnded: Int { state.withLock { $0.timesEnded } }

    func isHolding(since times: Int) -> Bool {
        state.withLock { $0.timesEnded == times && $0.server != nil }
    }

    /// Nil when the mailbox takes the letter now.
    func putOff(_ recipient: String) -> MailSession.Step? {
        state.withLock { state in
            guard state.rules.greylists, state.greylisted.insert(recipient.lowercased()).inserted else { return nil }
            return .say(451, "4.7.1 Greylisted, please try again in 5 minutes")
        }
    }

    func overLimit(_ login: String?, onThisLine count: Int) -> MailSession.Step? {
        state.withLock { state in
            if let most = state.rules.lettersPerLine, count >= most {
                return .hangUp(421, "4.7.0 too many messages over one connection")
            }
            guard let most = state.rules.dailyLimit, state.sent[login ?? "", default: 0] >= most else { return nil }
            return .say(550, "5.4.5 Daily user sending limit exceeded.")
        }
    }

    func deliver(_ bytes: [UInt8], _ envelope: MailSession.Envelope, _ session: MailSession, line: Int) -> Int {
        let number = state.withLock { state in
            state.delivered += 1
            state.sent[session.login ?? "", default: 0] += 1
            return state.delivered
        }
        letters.append(
            DeliveredLetter(
                number: number, from: envelope.from, to: envelope.to, login: session.login,
                wasEncrypted: session.isEncrypted, line: line, bytes: bytes))
        return number
    }
}
