// Proving who one is by Quick Connect (QuickConnectController, QuickConnectManager): we ask for a code, the person types it
// into a Jellyfin they are signed in to, and our secret then stands for them. We never see a password. Codes have six
// digits and live ten minutes; the server may have all of this switched off.

internal import FoundationEssentials
internal import HTTP
package import Runtime

package struct JellyfinQuickConnect: Hashable, Sendable {
    /// Whoever holds it becomes the person who types the code.
    package var secret: Secret
    package var code: String
    package var expiresAt: Instant

    package init(secret: Secret, code: String, expiresAt: Instant) {
        self.secret = secret
        self.code = code
        self.expiresAt = expiresAt
    }
}

package enum JellyfinQuickConnectState: Hashable, Sendable {
    case waiting
    case approved
    /// Too late, or the server was restarted: it keeps the codes in memory only.
    case expired
}

/// Somebody has signed in.
package struct JellyfinSession: Sendable {
    package var user: JellyfinUser
    package var token: Secret
}

extension Jellyfin {
    /// As the server counts it, from when it made the code.
    private static let life = Duration.minutes(10)

    package func isQuickConnectEnabled() async throws(JellyfinError) -> Bool {
        var call = JellyfinCall("GET", "/QuickConnect/Enabled", what: "whether Quick Connect is on")
        call.needsToken = false
        return try await json(call)
    }

    /// POST since 10.9; before that the same address answers 405 to it.
    package func initiateQuickConnect() async throws(JellyfinError) -> JellyfinQuickConnect {
        let call = JellyfinCall("POST", "/QuickConnect/Initiate", what: "a Quick Connect code")
        let wire = try await open(call, as: WireQuickConnect.self)
        guard let secret = wire.secret, let code = wire.code else {
            throw .unreadable("a Quick Connect code: it is not there")
        }
        // By our own clock: the server's may differ.
        return JellyfinQuickConnect(secret: Secret(secret), code: code, expiresAt: clock.now + Self.life)
    }

    package func state(ofQuickConnect secret: Secret) async throws(JellyfinError) -> JellyfinQuickConnectState {
        let call = JellyfinCall(
            "GET", "/QuickConnect/Connect", [("secret", secret.reveal())], what: "the Quick Connect code")
        do throws(JellyfinError) {
            return try await open(call, as: WireQuickConnect.self).isApproved ? .approved : .waiting
        } catch {
            if case .notFound = error { return .expired }
            throw error
        }
    }

    /// Who typed the code. The session stays until `signOut` by its token. Throws `.notFound` once the code has run out.
    package func signIn(withQuickConnect secret: Secret) async throws(JellyfinError) -> JellyfinSession {
        var call = JellyfinCall("POST", "/Users/AuthenticateWithQuickConnect", what: "the sign-in by Quick Connect")
        do { call.body = .json([UInt8](try JSONEncoder().encode(["Secret": secret.reveal()]))) } catch {
            throw .invalid("\(call.what): it cannot be written as JSON")
        }
        return try await open(call, as: WireSession.self).session
    }

    /// Ends the session whose token this client acts with. One that has ended already is as good.
    package func signOut() async throws(JellyfinError) {
        do throws(JellyfinError) {
            try await send(JellyfinCall("POST", "/Sessions/Logout", what: "the end of a session"))
        } catch {
            if error != .rejectedKey { throw error }
        }
    }

    /// Anybody may ask these; a 401 says that Quick Connect is off, not that the key is wrong.
    private func open<Value: Decodable>(
        _ call: JellyfinCall, as type: Value.Type
    ) async throws(JellyfinError) -> Value {
        var call = call
        call.needsToken = false
        do throws(JellyfinError) { return try await json(call, as: type) } catch {
            if error == .rejectedKey { throw .quickConnectIsOff }
            throw error
        }
    }
}

private struct WireQuickConnect: Decodable {
    var secret: String?
    var code: String?
    var isApproved: Bool

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        secret = fields.text("Secret")
        code = fields.text("Code")
        guard let claim = fields.claim("Authenticated") else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not a Quick Connect state"))
        }
        isApproved = claim
    }
}

private struct WireSession: Decodable {
    var session: JellyfinSession

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        guard let token = fields.text("AccessToken"), let user = try? fields.decode(WireUser.self, forKey: "User")
        else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not a session"))
        }
        session = JellyfinSession(user: user.user, token: Secret(token))
    }
}
