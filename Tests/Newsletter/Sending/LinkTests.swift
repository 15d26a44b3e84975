// Links that act without a login: for whom and for what they were made, and for nothing else.

import Crypto
import Newsletter
import Runtime
import Testing

private let now = Instant(seconds: 1_767_268_800)

@Suite struct `A signed link` {
    private let links: NewsletterLinks
    init() throws {
        let key = try SealingKey(Secret("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"))
        links = NewsletterLinks(key, home: "https://plex.example.org/")
    }

    // Computed apart from the program, by Python's hmac and an HKDF of RFC 5869.
    @Test(arguments: [
        (NewsletterLinks.Purpose.unsubscribe, Int64(7), 0, Int64(0), "AQAAAAAAAAAHAAAAAAAAAAAAALak0YxHds0N3ZB9v8APd34"),
        (.preferences, 7, 0, 1_775_044_800, "AQAAAAAAAAAHAAAAAAAAac0IwERHlvCgNjiw6yC58_oE4GI"),
        (.archive, 4_294_967_296, 12, 1_775_044_800, "AQAAAAEAAAAAAAAADAAAac0IwCgyqSjsxm1_LgdHKA-ycL0"),
        (.preview, 1, 1, 1_767_355_200, "AQAAAAAAAAABAAAAAQAAaVezQLjnW9lKfKQ7WlkmcO7_zWY"),
    ])
    func `is the same for ever`(
        _ purpose: NewsletterLinks.Purpose, _ person: Int64, _ issue: Int, _ expires: Int64, _ token: String
    ) throws {
        let bearer = NewsletterLinks.Bearer(
            person: person, issue: issue, expires: expires == 0 ? nil : Instant(seconds: expires))
        #expect(links.token(purpose, for: bearer) == token)
        #expect(try links.bearer(of: token, purpose, at: now) == bearer)
    }

    @Test func `opens nothing it was not made for`() {
        for purpose in NewsletterLinks.Purpose.allCases {
            let token = links.token(purpose, for: .init(person: 7, issue: 3))
            for other in NewsletterLinks.Purpose.allCases where other != purpose {
                #expect(throws: NewsletterLinks.Refused.broken) { try links.bearer(of: token, other, at: now) }
            }
        }
    }

    @Test func `that was changed in any letter is refused`() {
        let token = Array(links.token(.unsubscribe, for: .init(person: 7)))
        for place in token.indices {
            for letter in "AZaz09-_" where letter != token[place] {
                var changed = token
                changed[place] = letter
                #expect(throws: NewsletterLinks.Refused.broken) {
                    try links.bearer(of: String(changed), .unsubscribe, at: now)
                }
            }
        }
    }

    @Test(arguments: [
        "", "A", "AAAA", "====", "ü", String(repeating: "A", count: 47), String(repeating: "B", count: 900),
    ])
    func `that is none is refused`(_ text: String) {
        #expect(throws: NewsletterLinks.Refused.broken) { try links.bearer(of: text, .unsubscribe, at: now) }
    }

    @Test func `of another key is refused`() {
        let token = NewsletterLinks(SealingKey.random(), home: nil).token(.unsubscribe, for: .init(person: 7))
        #expect(throws: NewsletterLinks.Refused.broken) { try links.bearer(of: token, .unsubscribe, at: now) }
    }

    @Test func `expires, but never the one to leave`() throws {
        let archive = try #require(links.address(.archive, person: 7, issue: 3, at: now))
        let leave = try #require(links.address(.unsubscribe, person: 7, at: now))
        #expect(archive.hasPrefix("https://plex.example.org/newsletter/archive/"))
        let (old, later) = (String(archive.split(separator: "/").last ?? ""), now + .days(91))
        #expect(try links.bearer(of: old, .archive, at: now + .days(89)).issue == 3)
        let bearer = NewsletterLinks.Bearer(person: 7, issue: 3, expires: now + .days(90))
        #expect(throws: NewsletterLinks.Refused.expired(bearer)) { try links.bearer(of: old, .archive, at: later) }
        let token = String(leave.split(separator: "/").last ?? "")
        #expect(try links.bearer(of: token, .unsubscribe, at: now + .days(36_500)).person == 7)
    }

    @Test func `of one click needs an address that mail programs follow`() {
        #expect(links.oneClick(person: 7, at: now)?.hasPrefix("https://") == true)
        #expect(NewsletterLinks(.random(), home: "http://192.168.1.10:8642").oneClick(person: 7, at: now) == nil)
        #expect(NewsletterLinks(.random(), home: "").address(.archive, person: 7, at: now) == nil)
        #expect(links.mailSubject(person: 7).hasPrefix("unsubscribe "))
    }
}
