// Asks Tautulli, and Plex where that is not enough. Nothing is thrown here: what did not answer is evidence too.

import Domain
internal import HTTP
internal import Plex
internal import Runtime
internal import Tautulli

struct UsageGather: Sendable {
    let tautulli: Tautulli?
    let plex: Plex?
    let clock: any Clock
    private let posters = PosterShelf()

    init(tautulli: Tautulli?, plex: Plex?, clock: any Clock) {
        self.tautulli = tautulli
        // Somebody waits: a server that is starting is told of, not waited for.
        self.plex = plex.map { plex in
            var plex = plex
            plex.patience = RetryPolicy(
                attempts: 2, firstDelay: .milliseconds(500), longestRetryAfter: .seconds(3))
            return plex
        }
        self.clock = clock
    }

    /// How long Tautulli may think while Plex could be asked instead.
    static let patience = Duration.seconds(8)
    /// How long what only adorns the answer may take.
    static let shortPatience = Duration.seconds(4)

    func evidence() async -> UsageEvidence {
        var evidence = UsageEvidence()
        if let tautulli {
            if plex == nil {
                evidence.tautulli = await Self.activity(tautulli)
            } else {
                evidence.tautulli =
                    await within(Self.patience, on: clock) { await Self.activity(tautulli) }
                    ?? .failed("Tautulli did not answer within \(Self.patience.components.seconds) s")
            }
        }
        guard let plex, UsageRules.needsPlex(evidence.tautulli) else { return evidence }
        evidence.plex = await Self.sessions(plex)
        if let told = evidence.plex.told {
            let wanted = UsageRules.originalsWanted(told)
            if !wanted.isEmpty {
                let found = await within(Self.shortPatience, on: clock) { await Self.items(wanted, plex) } ?? []
                evidence.originals = Dictionary(
                    found.map { ($0.ratingKey, $0) }, uniquingKeysWith: { first, _ in first })
            }
        }
        return evidence
    }

    private static func activity(_ tautulli: Tautulli) async -> UsageEvidence.Word<TautulliActivity> {
        do throws(TautulliError) { return .told(try await tautulli.activity()) } catch { return .failed("\(error)") }
    }

    private static func sessions(_ plex: Plex) async -> UsageEvidence.Word<PlexSessions> {
        do throws(PlexError) { return .told(try await plex.sessions()) } catch { return .failed("\(error)") }
    }

    /// Without them the answer lacks some reasons, no more.
    private static func items(_ keys: [String], _ plex: Plex) async -> [PlexItem] {
        do throws(PlexError) { return try await plex.items(keys) } catch { return [] }
    }

    // MARK: The poster

    static let largestPoster = 1 << 20

    /// Of the first stream that has one. None is no failure.
    func poster(of streams: [UsageStream]) async -> Report.Picture? {
        guard let stream = streams.first(where: { $0.poster != nil }), let path = stream.poster else { return nil }
        let alternative = stream.title.isEmpty ? "Poster" : "Poster of \(stream.title)"
        return await within(Self.shortPatience, on: clock) { [tautulli, plex, posters] in
            await posters.picture(at: path) {
                if let plex, let picture = await Self.poster(path, plex, alternative) { return picture }
                guard let tautulli else { return nil }
                return await Self.poster(path, tautulli, alternative)
            }
        } ?? nil
    }

    private static func poster(_ path: String, _ plex: Plex, _ alternative: String) async -> Report.Picture? {
        do throws(PlexError) {
            let image = try await plex.image(path, width: 240, height: 360, largest: largestPoster)
            return Report.Picture(
                name: "poster.\(image.kind.fileExtension)", bytes: image.bytes, alternative: alternative,
                place: .thumbnail)
        } catch { return nil }
    }

    private static func poster(_ path: String, _ tautulli: Tautulli, _ alternative: String) async -> Report.Picture? {
        do throws(TautulliError) {
            let image = try await tautulli.image(path, width: 240, height: 360)
            guard let image, image.bytes.count <= largestPoster else { return nil }
            let ending = image.type == "image/jpeg" ? "jpg" : String(image.type.dropFirst("image/".count))
            return Report.Picture(
                name: "poster.\(ending)", bytes: image.bytes, alternative: alternative, place: .thumbnail)
        } catch { return nil }
    }
}
