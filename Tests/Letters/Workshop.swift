// A press with invented settings and posters, for tests of letters.

import Canvas
import Domain
import Letters
import Mail
import Newsletter
import NewsletterSamples
import Pictures
import Runtime

enum Workshop {
    static func settings(_ names: NamesPolicy = .names, budget: LetterBudget = .standard) throws -> LetterSettings {
        LetterSettings(
            from: Mailbox("The Household", try MailAddress("plex@example.org")), domain: "plex.example.org",
            names: names, place: Diary.berlin, machineIdentifier: "0123456789abcdef", budget: budget)
    }

    static func reader(
        _ id: Int64 = 1, without: Set<NewsletterSection> = [], links: LetterLinks = links
    ) throws -> Recipient {
        Recipient(id: id, Mailbox("Ann", try MailAddress("ann@example.net")), without: without, links: links)
    }

    static let links = LetterLinks(
        unsubscribe: "https://plex.example.org/leave/abc?p=1&s=x", preferences: "https://plex.example.org/choose/abc",
        web: "https://plex.example.org/issues/12?p=1", archive: "https://plex.example.org/issues")

    static func press(
        _ names: NamesPolicy = .names, files: [String: String] = [:], budget: LetterBudget = .standard,
        poster: @escaping @Sendable (String) async -> [UInt8]? = { _ in nil }
    ) throws -> LetterPress {
        LetterPress(
            try settings(names, budget: budget), try Studio(), try LetterTemplates(files: files), poster: poster)
    }

    static func proof(
        _ press: LetterPress, _ issue: IssueFacts = .sample, _ personal: PersonalFacts? = .sample,
        reader: Recipient? = nil, extras: LetterExtras = .none
    ) async throws -> LetterProof {
        let pictures = await Gallery.shared.pictures(of: issue, press)
        return try await press.proof(
            for: try reader ?? Self.reader(), issue: issue, personal: personal, pictures: pictures,
            date: Instant(seconds: 1_794_900_000), extras: extras)
    }
}

/// Drawing an issue takes seconds in a debug build: each is drawn once for all tests.
actor Gallery {
    static let shared = Gallery()

    private struct Wanted: Hashable {
        var issue: IssueFacts
        var names: NamesPolicy
    }
    private var drawn: [Wanted: Task<IssuePictures, Never>] = [:]

    func pictures(of issue: IssueFacts, _ press: LetterPress) async -> IssuePictures {
        let wanted = Wanted(issue: issue, names: press.settings.names)
        if let known = drawn[wanted] { return await known.value }
        let task = Task { await press.pictures(of: issue) }
        drawn[wanted] = task
        return await task.value
    }
}
