// A letter made from what nobody would wish for: names that are markup, titles without end, posters that are none.

import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(2))) struct `A newsletter on a bad day` {
    static let long = String(repeating: "The Long and Winding Title ", count: 12)
    static let titles = ["<b>Bold</b> & \"Quoted\"", "O'Malley 🎬🍿", long]

    static func world() -> HouseholdWorld {
        var world = HouseholdWorld.small(now: SystemClock().now)
        let now = SystemClock().now
        for (number, title) in titles.enumerated() {
            world.change(101 + number) {
                $0.title = title
                $0.hasPoster = number > 0
            }
            for person in [`A newsletter`.People.ann, `A newsletter`.People.bo, `A newsletter`.People.robin] {
                _ = world.addPlay(of: 101 + number, by: person, started: now - .days(7))
            }
        }
        return world
    }

    @Test func `is whole and safe whatever the titles are and whatever Plex gives for posters`() async throws {
        try await Evening.spend(in: Self.world()) { evening in
            let street = try #require(evening.street)
            let faults: [HTTPFault] = [.garbage, .truncated, .html502, .status(404, [:])]
            for number in 0..<400 {
                await street.plex.fail("GET /photo/:/transcode", with: faults[number % faults.count])
            }
            try await evening.run(`A newsletter to look at`.settings) { _ in
                try await `A newsletter`.link(evening)
                let test = try await evening.slash("plex newsletter test")
                #expect(test.allText.contains("Sent to you"), "\(test.allText)")
            }
            let sent = try #require(street.mail.letters.entries.first)
            let letter = try LetterReading(sent.bytes)
            #expect(letter.html.contains("&lt;b&gt;Bold&lt;/b&gt; &amp; ") && !letter.html.contains("<b>Bold"))
            #expect(letter.text.contains("<b>Bold</b> & \"Quoted\"") && letter.html.contains("🎬🍿"))
            #expect(letter.html.contains("The Long and Winding Title") && !letter.html.contains(Self.long))
            #expect(letter.html.utf8.count <= 90_000 && sent.bytes.count < 1 << 20)
            // Cards with initials stand where posters would.
            let posters = letter.pictures.filter { $0.contentID.hasPrefix("poster") }
            #expect(posters.count >= 3 && posters.allSatisfy { $0.bytes.count < 12_000 }, "\(posters.count)")
        }
    }
}
