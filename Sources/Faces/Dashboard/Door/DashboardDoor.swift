// The dashboard's door: one-time links that `!plex dashboard` gives an admin, a password where the owner wants one, a
// cookie after that. Nothing behind it is shown or done without a session, and nothing is done for a form that a page of
// ours did not make for this very session (docs/threat-model.md).

package import Crypto
package import Runtime
internal import Sockets
package import Storage
internal import Synchronization

package struct DashboardDoor: Sendable {
    static let cookie = "autoplex_session"

    let sessions: SessionBook
    let password: PasswordHash?
    let proxies: TrustedProxies
    /// "/autoplex", or empty: what a reverse proxy puts in front of every path.
    let base: String
    /// Whether the address people know begins with https.
    let isPublicSecure: Bool
    let key: [UInt8]
    let clock: any Clock
    let log: Log
    private let attempts = AttemptBook()

    /// `clock` is a real one: a session lasts as long as somebody sits there, whatever day it is.
    package init(
        database: Database, key: SealingKey, password: PasswordHash?, proxies: TrustedProxies, base: String,
        isPublicSecure: Bool, clock: any Clock, log: Log
    ) {
        sessions = SessionBook(database: database, clock: clock)
        self.password = password
        self.proxies = proxies
        self.base = base
        self.isPublicSecure = isPublicSecure
        self.key = key.key(for: "dashboard form")
        self.clock = clock
        self.log = log.labelled("dashboard")
    }

    /// The path of a link that lets this visitor in once.
    package func link(for visitor: Visitor) async throws(StorageError) -> String {
        "\(base)/dashboard/enter/\(try await sessions.makeLink(for: visitor))"
    }

    // MARK: Who is it

    /// A session with the word that its forms carry.
    struct Guest: Sendable {
        var visitor: Visitor
        var word: String
        var formWord: String
    }

    func guest(_ request: ServerRequest) async throws -> Guest? {
        guard let word = Self.cookie(request), let visitor = try await sessions.visitor(word) else { return nil }
        return Guest(visitor: visitor, word: word, formWord: formWord(word))
    }

    /// Whether a form comes from a page made for this session.
    func mayAct(_ request: ServerRequest, _ guest: Guest, word: String) -> Bool {
        !Arrival.isFromElsewhere(request)
            && areEqualInConstantTime(Array(word.utf8), Array(guest.formWord.utf8))
    }

    private func formWord(_ session: String) -> String {
        Digest.hmacSHA256(Array(session.utf8), key: key).base64URL
    }

    private static func cookie(_ request: ServerRequest) -> String? {
        for field in (request.headers["cookie"] ?? "").split(separator: ";") {
            let halves = field.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].trimmed == cookie else { continue }
            let word = halves[1].trimmed
            return word.utf8.count <= 64 ? word : nil
        }
        return nil
    }

    // MARK: In and out

    enum Entry: Sendable {
        /// The `Set-Cookie` header.
        case entered(String)
        case wrong
        case wait(Duration)
    }

    func enter(password typed: Secret, _ request: ServerRequest) async throws -> Entry {
        guard let password else { return .wrong }
        let arrival = arrival(request)
        if let wait = attempts.wait(arrival.address, at: clock.now) { return .wait(wait) }
        // Counted before it is known: many at once are many.
        attempts.failed(arrival.address, at: clock.now)
        guard await check(typed, password) else {
            log.warning("a wrong password for the dashboard", ["from": arrival.address])
            return .wrong
        }
        attempts.forgive(arrival.address)
        return .entered(try await begin(Visitor(name: "the dashboard", discord: nil), arrival))
    }

    func enter(link word: String, _ request: ServerRequest) async throws -> Entry {
        // Nobody guesses 32 bytes, so tries are not counted: strangers must not be able to keep the owner out.
        guard let visitor = try await sessions.useLink(word) else { return .wrong }
        return .entered(try await begin(visitor, arrival(request)))
    }

    private func begin(_ visitor: Visitor, _ arrival: Arrival) async throws -> String {
        let word = try await sessions.begin(visitor)
        log.info("somebody entered the dashboard", ["who": visitor.actor, "from": arrival.address])
        return header(word, lasts: SessionBook.longest, arrival)
    }

    func leave(_ guest: Guest, _ request: ServerRequest) async throws -> String {
        try await sessions.end(guest.word)
        return header("", lasts: .zero, arrival(request))
    }

    /// Lax, not Strict: who follows a link in Discord to a page is logged in there; forms carry a word of their own.
    private func header(_ word: String, lasts: Duration, _ arrival: Arrival) -> String {
        "\(Self.cookie)=\(word); Path=\(base)/dashboard; Max-Age=\(lasts.milliseconds / 1000); HttpOnly; SameSite=Lax"
            + (arrival.isSecure ? "; Secure" : "")
    }

    private func arrival(_ request: ServerRequest) -> Arrival {
        Arrival(request, trusting: proxies, isPublicSecure: isPublicSecure)
    }

    /// scrypt takes a tenth of a second of a thread that others want.
    @concurrent private func check(_ typed: Secret, _ password: PasswordHash) async -> Bool { password.fits(typed) }
}

private final class AttemptBook: Sendable {
    private let attempts = Mutex(Attempts())

    func wait(_ address: String, at now: Instant) -> Duration? { attempts.withLock { $0.wait(address, at: now) } }
    func failed(_ address: String, at now: Instant) { attempts.withLock { $0.failed(address, at: now) } }
    func forgive(_ address: String) { attempts.withLock { $0.forgive(address) } }
}
