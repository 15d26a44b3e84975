// Proving who one is by a PIN (sheet plex.md §8, PIN login): we make one, the person signs in at plex.tv in their own
// browser and confirms it there, and the PIN then holds a token of theirs. We never see a password.

internal import HTTP
package import Runtime

package struct PlexTVPIN: Hashable, Sendable {
    package var id: Int
    package var code: String
    package var expiresAt: Instant
    /// Where the person signs in. Holds the code, which is worthless without our client identifier's requests.
    package var signInURL: String

    package init(id: Int, code: String, expiresAt: Instant, signInURL: String) {
        self.id = id
        self.code = code
        self.expiresAt = expiresAt
        self.signInURL = signInURL
    }
}

package enum PlexTVPINState: Hashable, Sendable {
    /// Nobody has confirmed it yet.
    case waiting
    case granted(Secret)
    /// Too late: make a new one.
    case expired
}

extension PlexTV {
    /// A strong PIN: its code is long and only ever travels inside the address.
    package func makePIN() async throws(PlexTVError) -> PlexTVPIN {
        var call = PlexTVCall("POST", "/api/v2/pins", [("strong", "true")], what: "a sign-in code")
        call.needsToken = false
        let wire = try await json(call, as: WirePIN.self)
        let expiry =
            LocalTime.instant(iso8601: wire.expiresAt)
            ?? clock.now + .seconds(Int64(max(0, min(wire.expiresIn ?? 900, 86400))))
        return PlexTVPIN(id: wire.id, code: wire.code, expiresAt: expiry, signInURL: signInURL(code: wire.code))
    }

    private func signInURL(code: String) -> String {
        // After the `#`, so that the code reaches no server's log; each name and value encoded.
        let fields = [
            (name: "clientID", value: clientIdentifier), ("code", code), ("context[device][product]", product),
        ]
        return "\(Self.signInPage(of: base))#".asking(fields)
    }

    /// The real one has a host of its own; a stand-in has all in one place.
    static func signInPage(of base: String) -> String {
        (base == "https://plex.tv" ? "https://app.plex.tv" : base) + "/auth"
    }

    package func state(of pin: PlexTVPIN) async throws(PlexTVError) -> PlexTVPINState {
        if clock.now >= pin.expiresAt { return .expired }
        var call = PlexTVCall("GET", "/api/v2/pins/\(pin.id)", what: "the sign-in code")
        call.needsToken = false
        let wire: WirePIN
        do throws(PlexTVError) { wire = try await json(call) } catch {
            // plex.tv forgets PINs that ran out.
            if case .notFound = error { return .expired }
            throw error
        }
        return wire.authToken.isEmpty ? .waiting : .granted(Secret(wire.authToken))
    }

    /// Asks once a second until the person has confirmed or the PIN has run out (nil). A passing fault does not end it.
    package func token(from pin: PlexTVPIN) async throws(PlexTVError) -> Secret? {
        while true {
            do throws(PlexTVError) {
                switch try await state(of: pin) {
                case .granted(let token): return token
                case .expired: return nil
                case .waiting: break
                }
            } catch {
                switch error {
                case .unreachable, .unavailable, .tooMany: break
                default: throw error
                }
            }
            do { try await clock.sleep(for: .seconds(1)) } catch { throw .cancelled }
        }
    }
}
