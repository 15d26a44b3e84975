// What a letter is: who it goes to, what it says, in both of its forms.

import Letters
import Mail
import Newsletter
import NewsletterSamples
import Testing

@Suite struct `A letter` {
    @Test func `goes to its reader under a name of its own, and can be left`() async throws {
        let letter = try await Workshop.proof(Workshop.press()).letter
        #expect(letter.to.address.description == "ann@example.net")
        #expect(letter.messageID == "issue-12.person-1@plex.example.org")
        #expect(letter.list?.unsubscribeURL == Workshop.links.unsubscribe)
        #expect(letter.html.contains("https://plex.example.org/leave/abc?p=1&amp;s=x"))
        #expect(letter.text.contains("Unsubscribe: https://plex.example.org/leave/abc?p=1&s=x"))
        _ = try letter.printed()
    }
}
