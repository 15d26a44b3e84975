// No issue on half the evidence: what must be there before anything is judged.

import Domain
import FoundationEssentials
import Newsletter
import NewsletterSamples
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Gathering for an issue` {
    private struct Away: Error, CustomStringConvertible {
        var description: String { "Tautulli is away" }
    }

    private static let monday = Diary.moment(16, "08:00")

    /// Everything there and in order; a test breaks one thing.
    private static var sources: NewsletterSources {
        let diary = Diary.sample
        return NewsletterSources(
            readUp: {}, knownThrough: { monday },
            plays: { end, use in
                for play in diary.plays where play.started < end { try await use([play]) }
            }, people: { diary.people },
            libraries: LibraryReader(
                shelves: { .known([]) }, news: { _, _ in .known([]) }, size: { _ in .absent }, parts: { _ in [:] },
                sections: { _ in .known([:]) }))
    }

    private func with(
        _ change: (inout NewsletterSources) -> Void, _ body: (Newsletter) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/gather-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try await Database.open(
            path: folder + "/a.db", clock: VirtualClock(Self.monday), schemas: [.newsletter])
        var sources = Self.sources
        change(&sources)
        let newsletter = Newsletter(database, sources: sources, wishes: NewsletterWishes(), place: Diary.berlin)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(newsletter)) } catch { outcome = .failure(error) }
        await database.close()
        try outcome.get()
    }

    private func refusal(_ change: (inout NewsletterSources) -> Void) async throws -> String? {
        var said: String?
        try await with(change) { newsletter in
            do { _ = try await newsletter.make(Diary.week) } catch { said = "\(error)" }
            let kept = try await newsletter.latest()
            #expect(kept == nil || said == nil)
        }
        return said
    }

    @Test func `goes well when everything answers`() async throws {
        let said = try await refusal { _ in }
        #expect(said == nil)
    }

    @Test func `ends where the history cannot be brought up to date`() async throws {
        let said = try await refusal { $0.readUp = { throw Away() } }
        #expect(said == "what was played is not known, so no issue is made: Tautulli is away")
    }

    @Test func `ends where the history breaks off midway`() async throws {
        let said = try await refusal { sources in
            let plays = sources.plays
            sources.plays = { end, use in
                var count = 0
                try await plays(end) { some in
                    count += 1
                    if count > 10 { throw Away() }
                    try await use(some)
                }
            }
        }
        #expect(said == "what was played is not known, so no issue is made: Tautulli is away")
    }

    @Test func `ends where the copy does not reach the end of the period`() async throws {
        let said = try await refusal { $0.knownThrough = { Diary.week.ends - .seconds(1) } }
        #expect(said?.contains("does not reach that far yet") == true)
        let never = try await refusal { $0.knownThrough = { nil } }
        #expect(never != nil)
    }

    @Test func `ends where nobody knows who is there`() async throws {
        let said = try await refusal { $0.people = { throw Away() } }
        #expect(said == "who is there is not known, so no issue is made: Tautulli is away")
        // Rather no issue than one that names who asked not to be named.
        let unnamed = try await refusal { $0.unnamed = { throw Away() } }
        #expect(unnamed != nil)
    }

    @Test func `made twice at once, the issue is one`() async throws {
        try await with({ _ in }) { newsletter in
            async let first = newsletter.make(Diary.week)
            async let second = newsletter.make(Diary.week)
            let both = try await (first, second)
            #expect(both.0 == both.1)
            let another = try await newsletter.archive.issue(2)
            let readers = try await newsletter.archive.readers(of: 1)
            #expect(another == nil && readers.count == 4)
        }
    }
}
