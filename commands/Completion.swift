// `!plex completion`: how much of an artist somebody has heard, and which artists they know best.

package import Bot
import Discord
package import Domain
import FoundationEssentials
package import Music
package import People
import Runtime

package struct CompletionSource: Sendable {
    package var completion: Music.Completion
    package var people: People
    package var census: PeopleScan
    /// Verdict to pages, with covers and picture.
    package var pages: @Sendable (CompletionVerdict, Listener, _ doubt: String?, _ linkHint: Prose) async -> [Report]

    package init(
        completion: Music.Completion, people: People, census: PeopleScan,
        pages: @escaping @Sendable (CompletionVerdict, Listener, String?, Prose) async -> [Report]
    ) {
        self.completion = completion
        self.people = people
        self.census = census
        self.pages = pages
    }

    /// The caller where they are linked, else the owner, and it says so.
    func listener(for discord: UInt64) async throws -> Listener {
        // Of somebody on Jellyfin only, Plex and Tautulli know nothing to tell.
        if let person = try await people.person(discord: discord), person.localID != nil {
            return Listener(person, isCaller: true)
        }
        guard let owner = try await census.owner() else {
            throw Complaint(
                "I do not know anybody on Plex yet.",
                advice: ["An admin can ask me to look: \(code: "jobs run people")."])
        }
        return Listener(owner, isCaller: false)
    }

    func answer(_ artist: Music.Completion.Artist, for discord: UInt64, _ spelling: Spelling) async throws -> [Report] {
        let listener = try await listener(for: discord)
        let (verdict, doubt) = try await completion.verdict(on: artist, for: listener)
        return await pages(verdict, listener, doubt, "\(code: spelling("link")) tells me.")
    }
}

struct CompletionCommand: Command {
    static let card = "completion.artist"
    let source: Configured<CompletionSource>

    var signature: Signature {
        Signature(
            "completion", "Shows how much of an artist you have heard",
            options: [
                .text("artist", "The artist; without one, those you know best", rest: true) { [source] completion in
                    guard !completion.partial.isEmpty, let music = source.value?.completion else { return [] }
                    return completion.narrowing(try await music.names(containing: completion.partial).map { .init($0) })
                }
            ], cooldown: .seconds(3), isSlow: true,
            examples: [
                .init("completion The Lantern Quintet", "how much of their albums you have played"),
                .init("completion", "the ten artists you know best"),
            ])
    }

    func run(_ call: Call) async throws -> Answer {
        let source = try source.get()
        let caller = call.caller.id.rawValue
        guard let typed = call.arguments.text("artist") else {
            let listener = try await source.listener(for: caller)
            let (verdicts, doubt) = try await source.completion.top(10, for: listener)
            return .report(
                CompletionReport.top(
                    verdicts, for: listener, doubt: doubt, linkHint: "\(code: call.spelling("link")) tells me."))
        }
        switch try await source.completion.find(typed) {
        case .one(let artist): return .pages(try await source.answer(artist, for: caller, call.spelling))
        case .several(let artists): return .card(try menu(artists, typed))
        case .none(let suggestions):
            throw Complaint(
                "There is no artist called “\(typed)” on this server.",
                advice: suggestions.map { "Did you mean \(code: call.spelling("completion \($0)"))?" })
        }
    }

    private func menu(_ artists: [Music.Completion.Artist], _ typed: String) throws -> Card {
        // Keys, not the whole artists: a menu's values are short, and the subject holds the rest.
        let subject = String(decoding: try JSONEncoder().encode(artists), as: UTF8.self)
        let choices = artists.enumerated().map { index, artist in
            Card.Choice(artist.name, value: String(index), detail: "in " + artist.libraries.joined(separator: " and "))
        }
        return Card(
            Report("Which “\(typed)”?"), kind: Self.card, subject: subject, choices: choices,
            layout: .menu(prompt: "Choose the artist"), lasts: .minutes(15))
    }
}

package enum CompletionCards {
    package static func handlers(_ source: Configured<CompletionSource>, _ spelling: Spelling) -> [CardHandler] {
        [
            CardHandler(CompletionCommand.card) { decision in
                let artists = try JSONDecoder().decode(
                    [Music.Completion.Artist].self, from: Data(decision.subject.utf8))
                guard let index = Int(decision.choice.value), artists.indices.contains(index) else {
                    return .note(Report("That choice is not there any more.", tone: .warning))
                }
                return .pages(try await source.get().answer(artists[index], for: decision.by.id.rawValue, spelling))
            }
        ]
    }
}
