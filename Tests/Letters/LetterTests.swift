// What a letter is: who it goes to, what it says, in both of its forms.

import Domain
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

    @Test func `without a public address is left by mail`() async throws {
        let mail = MailingList.UnsubscribeMail(try MailAddress("plex@example.org"), subject: "unsubscribe a/b&c")
        let reader = try Workshop.reader(links: LetterLinks(unsubscribeMail: mail))
        let proof = try await Workshop.proof(Workshop.press(), reader: reader)
        #expect(proof.letter.html.contains("href=\"mailto:plex@example.org?subject=unsubscribe%20a%2Fb%26c\""))
        #expect(proof.letter.list?.unsubscribeURL == nil)
        #expect(!proof.letter.html.contains("Read on the web"))
        #expect(proof.notes == [])
    }

    @Test func `made again is the same letter`() async throws {
        let first = try await Workshop.proof(Workshop.press(), .rich, .rich).letter
        let second = try await Workshop.proof(Workshop.press(), .rich, .rich).letter
        #expect(first.html == second.html)
        #expect(first.text == second.text)
        #expect(first.subject == second.subject)
        #expect(first.pictures == second.pictures)
    }

    @Test(arguments: Sample.allCases)
    func `says every number in its text too`(sample: Sample) async throws {
        let letter = try await Workshop.proof(Workshop.press(), sample.issue, sample.personal).letter
        var left = Set(HTMLScan.numbers(in: HTMLScan(letter.html).words))
        left.subtract(HTMLScan.numbers(in: letter.text))
        #expect(left == [])
    }

    @Test func `begins with the reader and goes on to what is new and what all of them watched`() async throws {
        let html = try await Workshop.proof(Workshop.press(), .rich, .rich).letter.html
        let headings = ["Your week", "You may like", "New on The Household", "Together", "The week in pictures"]
        let places = headings.map { html.firstRange(of: ">\($0)</h2>")?.lowerBound }
        #expect(!places.contains(nil))
        #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
    }

    @Test(arguments: [
        (NewsletterSection.you, ">Your week</h2>"), (.suggestions, ">You may like</h2>"),
        (.added, ">New on The Household</h2>"), (.popular, ">Most watched movies</h3>"),
        (.together, ">Watched by many</h3>"), (.people, ">Who watched most</h3>"),
        (.charts, ">The week in pictures</h2>"),
    ])
    func `leaves out what its reader does not want`(section: NewsletterSection, heading: String) async throws {
        let press = try Workshop.press()
        let whole = try await Workshop.proof(press, .rich, .rich).letter
        let part = try await Workshop.proof(press, .rich, .rich, reader: Workshop.reader(without: [section])).letter
        #expect(whole.html.contains(heading))
        #expect(!part.html.contains(heading))
    }

    @Test func `is kind to who did nothing, and shows what is new`() async throws {
        let letter = try await Workshop.proof(Workshop.press(), .rich, .idle).letter
        #expect(letter.html.contains("Nothing played this week, and that is fine"))
        #expect(letter.html.contains("New on The Household"))
        #expect(!letter.pictures.contains { $0.filename == "week.png" })
    }

    @Test func `about a server where nothing happened is short and whole`() async throws {
        let proof = try await Workshop.proof(Workshop.press(), .empty, .idle)
        #expect(proof.letter.subject == "The Household: A quiet week")
        #expect(proof.letter.html.contains("nobody played anything"))
        #expect(proof.letter.pictures == [])
        #expect(proof.notes == [])
    }

    @Test func `tells that a library could not be read, not that it has nothing new`() async throws {
        var issue = IssueFacts.sample
        let letter = try await Workshop.proof(Workshop.press(), issue).letter
        #expect(letter.html.contains("Could not be read this time."))
        issue.added = .unknown(why: "Plex is away")
        let other = try await Workshop.proof(Workshop.press(), issue).letter
        #expect(other.text.contains("What is new could not be read this time"))
        #expect(!other.text.contains("Nothing new"))
    }

    @Test func `has an introduction where there is one`() async throws {
        let extras = LetterExtras(introduction: ["Rain all week.", "Tea & <biscuits>."])
        let letter = try await Workshop.proof(Workshop.press(), extras: extras).letter
        #expect(letter.html.contains("Hello Ann,"))
        #expect(letter.html.contains("Tea &amp; &lt;biscuits&gt;."))
        #expect(letter.text.contains("Tea & <biscuits>."))
    }

    @Test func `leads to Plex where the server's id is known`() async throws {
        let html = try await Workshop.proof(Workshop.press()).letter.html
        let address = "https://app.plex.tv/desktop/#!/server/0123456789abcdef/details?key=%2Flibrary%2Fmetadata%2F101"
        #expect(html.contains("href=\"\(address)\""))
    }
}

/// What letters are tried with.
enum Sample: CaseIterable {
    case usual, rich, hostile, empty

    var issue: IssueFacts {
        switch self {
        case .usual: .sample
        case .rich: .rich
        case .hostile: .hostile
        case .empty: .empty
        }
    }

    var personal: PersonalFacts {
        switch self {
        case .usual: .sample
        case .rich: .rich
        case .hostile: .hostile
        case .empty: .idle
        }
    }
}
