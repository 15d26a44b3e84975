// Proving who one is by a PIN.

import Runtime
import Sockets
import Synchronization
import Testing

@testable import PlexTV

@Suite(.timeLimit(.minutes(1))) struct `Signing in by PIN` {
    /// Two minutes after the virtual clock's start.
    private static let fresh = #"{"id":77,"code":"abc123","expiresAt":"2026-01-01T12:02:00Z","authToken":null}"#
    private static let granted = #"{"id":77,"code":"abc123","expiresAt":"2026-01-01T12:02:00Z","authToken":"theirs"}"#

    @Test func `the address to sign in at holds the code behind the hash`() async throws {
        try await Script.run({ _, _ in .json(Self.fresh, status: 201) }) { script in
            let pin = try await script.tv.makePIN()
            #expect(pin.id == 77)
            #expect(pin.expiresAt == script.clock.now + .minutes(2))
            #expect(
                pin.signInURL.hasSuffix("/auth#?clientID=test-1&code=abc123&context%5Bdevice%5D%5Bproduct%5D=Autoplex"))
            #expect(script.asked.lines == ["POST /api/v2/pins?strong=true"])
            // The owner's token has no business in somebody else's sign-in.
            #expect(script.asked.all.first?.token == nil)
            #expect(script.asked.all.first?.client == "test-1")
        }
    }

    @Test func `one signs in at plex.tv's own page, or at the stand-in's`() {
        #expect(PlexTV.signInPage(of: "https://plex.tv") == "https://app.plex.tv/auth")
        #expect(PlexTV.signInPage(of: "http://127.0.0.1:9") == "http://127.0.0.1:9/auth")
    }

    @Test func `a PIN is waiting, then granted`() async throws {
        try await Script.run({ _, before in .json(before < 2 ? Self.fresh : Self.granted) }) { script in
            let pin = try await script.tv.makePIN()
            let first = try await script.tv.state(of: pin)
            #expect(first == .waiting)
            let second = try await script.tv.state(of: pin)
            #expect(second == .granted(Secret("theirs")))
            #expect(!"\(second)".contains("theirs"))
            #expect(script.asked.lines.dropFirst() == ["GET /api/v2/pins/77", "GET /api/v2/pins/77"])
        }
    }

    @Test func `a PIN that plex.tv forgot, or that ran out, has expired`() async throws {
        try await Script.run({ _, before in before == 0 ? .json(Self.fresh) : .html("<html/>", status: 404) }) {
            script in
            let pin = try await script.tv.makePIN()
            let forgotten = try await script.tv.state(of: pin)
            #expect(forgotten == .expired)
            await script.clock.advance(by: .minutes(2))
            let late = try await script.tv.state(of: pin)
            #expect(late == .expired)
            #expect(script.asked.all.count == 2)
        }
    }

    @Test func `a PIN without a readable end lasts as many seconds as it says`() async throws {
        let answer = #"{"id":"77","code":"abc","expiresAt":"soon","expiresIn":"60"}"#
        try await Script.run({ _, _ in .json(answer) }) { script in
            let pin = try await script.tv.makePIN()
            #expect(pin.expiresAt == script.clock.now + .seconds(60))
        }
    }

    @Test func `waiting for a PIN outlasts passing faults`() async throws {
        try await Script.run({ _, before in
            switch before {
            case 0, 1: .json(Self.fresh)
            case 2: .html("<html/>", status: 502)
            case 3: .json(#"{"errors":[{"code":1003,"message":"Slow down","status":429}]}"#, status: 429)
            default: .json(Self.granted)
            }
        }) { script in
            let pin = try await script.tv.makePIN()
            let tv = script.tv
            async let token = tv.token(from: pin)
            for _ in 0..<3 {
                await script.clock.sleepers(atLeast: 1)
                await script.clock.advance(by: .seconds(1))
            }
            let theirs = try await token
            #expect(theirs == Secret("theirs"))
        }
    }

    @Test func `waiting ends when the PIN does`() async throws {
        try await Script.run({ _, _ in .json(Self.fresh) }) { script in
            let pin = try await script.tv.makePIN()
            let tv = script.tv
            async let token = tv.token(from: pin)
            for _ in 0..<120 {
                await script.clock.sleepers(atLeast: 1)
                await script.clock.advance(by: .seconds(1))
            }
            let theirs = try await token
            #expect(theirs == nil)
            #expect(script.asked.all.count == 1 + 120)
        }
    }

    @Test func `a refusal ends the waiting`() async throws {
        try await Script.run({ _, before in before == 0 ? .json(Self.fresh) : .json("{}", status: 401) }) { script in
            let pin = try await script.tv.makePIN()
            let refused = await failure { _ = try await script.tv.token(from: pin) }
            #expect(refused == .rejectedToken)
        }
    }

    @Test func `what they signed in with is asked as them`() async throws {
        try await Script.run({ _, _ in .json(#"{"id":4100002,"username":"ann"}"#) }) { script in
            let user = try await script.tv.acting(as: Secret("theirs")).user()
            #expect(user.username == "ann")
            #expect(script.asked.all.map(\.token) == ["theirs"])
        }
    }
}
