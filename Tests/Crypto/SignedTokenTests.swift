// Words in links: what was signed for one use opens for that use, whole and in time, and nowhere else.

import Crypto
import Runtime
import Testing

private let now = Instant(seconds: 1_767_268_800)

private enum Door: String, CaseIterable { case unsubscribe, preferences, archive }

@Suite struct `A signed token` {
    private let key: SealingKey
    private let links: SignedLinks<Door>

    init() throws {
        key = try SealingKey(Secret("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"))
        links = SignedLinks(key, room: "newsletter", home: "https://plex.example.org//")
    }

    // Computed apart from the program, by Python's hmac and an HKDF of RFC 5869. Letters with such words are in
    // mailboxes: they must open for ever.
    @Test(arguments: [
        (Door.unsubscribe, Int64(7), 0, Int64(0), "AQAAAAAAAAAHAAAAAAAAAAAAALak0YxHds0N3ZB9v8APd34"),
        (.preferences, 7, 0, 1_775_044_800, "AQAAAAAAAAAHAAAAAAAAac0IwERHlvCgNjiw6yC58_oE4GI"),
        (.archive, 4_294_967_296, 12, 1_775_044_800, "AQAAAAEAAAAAAAAADAAAac0IwCgyqSjsxm1_LgdHKA-ycL0"),
    ])
    fileprivate func `is the same for ever`(
        _ door: Door, _ person: Int64, _ number: Int, _ expires: Int64, _ text: String
    ) throws {
        let token = SignedToken(
            person: person, number: number, expires: expires == 0 ? nil : Instant(seconds: expires))
        #expect(links.text(door, token) == text)
        #expect(try links.token(text, door, at: now) == token)
        #expect(links.address(door, token) == "https://plex.example.org/newsletter/\(door.rawValue)/\(text)")
    }

    @Test func `opens neither another use nor another room`() throws {
        let text = links.text(.archive, SignedToken(person: 7))
        #expect(throws: SignedToken.Refused.broken) { try links.token(text, .preferences, at: now) }
        let other = SignedLinks<Door>(key, room: "prune", home: nil)
        #expect(throws: SignedToken.Refused.broken) { try other.token(text, .archive, at: now) }
        #expect(other.address(.archive, SignedToken(person: 7)) == nil)
    }

    @Test func `that was changed anywhere is refused`() {
        let text = Array(links.text(.archive, SignedToken(person: 7, number: 1, expires: now)))
        for place in text.indices {
            for letter in "AZaz09-_=" where letter != text[place] {
                var changed = text
                changed[place] = letter
                #expect(throws: SignedToken.Refused.broken) { try links.token(String(changed), .archive, at: now) }
            }
            #expect(throws: SignedToken.Refused.broken) {
                try links.token(String(text.prefix(place)), .archive, at: now)
            }
        }
    }

    @Test func `is good to its last second`() throws {
        let token = SignedToken(person: 7, number: 3, expires: now)
        let text = links.text(.archive, token)
        #expect(try links.token(text, .archive, at: now) == token)
        #expect(throws: SignedToken.Refused.expired(token)) {
            try links.token(text, .archive, at: now + .milliseconds(1))
        }
    }

    @Test func `takes any person, and numbers that fit`() throws {
        for person in [Int64.min, -1, 0, 1, .max] {
            let token = SignedToken(person: person, number: Int(UInt32.max))
            #expect(try links.token(links.text(.archive, token), .archive, at: now) == token)
        }
        let large = links.text(.archive, SignedToken(person: 1, number: Int.max))
        #expect(try links.token(large, .archive, at: now).number == Int(UInt32.max))
    }
}
