// Where the link of a warning leads: /prune/here/TOKEN. A GET shows a page with a button and changes nothing, for scanners
// of mail follow every link; a POST says "I'm still here" for whom the link was signed for, and for nobody else.

internal import Crypto
internal import Domain
package import Prune
package import Runtime
package import Sockets

package struct PruneSite: Sendable {
    let links: PruneLinks
    let serverName: @Sendable () async -> String
    let place: LocalTime
    /// Nil: there is nobody of that number here.
    let standing: @Sendable (Int64) async throws -> PruneStanding?
    let say: @Sendable (Int64) async throws -> HereAnswer
    let hereDays: Int
    let clock: any Clock
    let log: Log

    package init(
        links: PruneLinks, serverName: @escaping @Sendable () async -> String, place: LocalTime, hereDays: Int,
        standing: @escaping @Sendable (Int64) async throws -> PruneStanding?,
        say: @escaping @Sendable (Int64) async throws -> HereAnswer, clock: any Clock, log: Log
    ) {
        self.links = links
        self.serverName = serverName
        self.place = place
        self.hereDays = hereDays
        self.standing = standing
        self.say = say
        self.clock = clock
        self.log = log.labelled("pages")
    }

    package var routes: [Route] { [route("GET", ask), route("POST", answer)] }

    private func route(
        _ method: String, _ page: @escaping @Sendable (PruneLinks.Bearer) async throws -> ServerResponse
    ) -> Route {
        .on(method, "/prune/here/{token}", maxBody: 4 << 10) { request in
            do {
                return try await page(try links.bearer(of: request.parameters["token"] ?? "", at: clock.now))
            } catch SignedToken.Refused.broken {
                return SitePages.note(
                    "This link does not work", "It is not whole: copy all of it from the letter.", status: 404)
            } catch SignedToken.Refused.expired {
                return SitePages.note("This link is old", "It has expired. \(Self.playing)", status: 410)
            } catch {
                log.error("a page could not be shown: \(error)", ["path": "prune/here"])
                return SitePages.note(
                    "That did not work", "Please try again in a few minutes. If it stays so, tell the server's owner.",
                    status: 503)
            }
        }
    }

    // MARK: Pages

    private func ask(_ bearer: PruneLinks.Bearer) async throws -> ServerResponse {
        guard let standing = try await standing(bearer.person) else { return await gone }
        guard bearer.isOfLapse(from: standing.baseline.at) else { return over(standing) }
        switch standing.verdict {
        case .immune: return await noNeed
        case .held(let until), .paused(let until): return time(until)
        case .new, .active, .inactive, .unknown: break
        }
        // As it would be answered: who has as long anyway gains nothing.
        if standing.left > .days(Int64(hereDays) - 1) { return time(standing.due) }
        // Never before the date that the letter told.
        let end = max(standing.due, bearer.stated ?? standing.due)
        guard standing.heresLeft > 0 else { return await noMore(end) }
        return try SitePages.form(
            "Stay on \(await serverName())",
            "If nothing changes, your access ends \(day(end)). Say that you are still here, and you have "
                + "at least \(Self.count(hereDays, "day")) from now. You can do this "
                + "\(Self.times(standing.heresLeft)). \(Self.playing)",
            button: "I’m still here", others: [])
    }

    private func answer(_ bearer: PruneLinks.Bearer) async throws -> ServerResponse {
        guard let standing = try await standing(bearer.person) else { return await gone }
        guard bearer.isOfLapse(from: standing.baseline.at) else { return over(standing) }
        switch try await say(bearer.person) {
        case .moved(let until, let left):
            let more = left > 0 ? "You can say so \(Self.times(left)) more." : "That was the last time it can be said."
            return SitePages.note(
                "Good to have you", "Your access now lasts until \(words(until)). \(more) \(Self.playing)")
        case .notNeeded(let until): return time(until)
        case .noMore(let until): return await noMore(max(until, bearer.stated ?? until))
        case .safe: return await noNeed
        case .unknown: return await gone
        }
    }

    private static let playing = "Playing anything on the server keeps your access too."

    private func time(_ until: Instant) -> ServerResponse {
        SitePages.note(
            "You have time", "Your access lasts until \(words(until)), and longer when you watch something before.")
    }

    private func noMore(_ until: Instant) async -> ServerResponse {
        SitePages.note(
            "Please watch something now",
            "You have said that you are still here as often as it counts. Your access ends \(day(until)), unless you "
                + "play anything on \(await serverName()) before.", status: 409)
    }

    /// They watched since the letter: its date is void.
    private func over(_ standing: PruneStanding) -> ServerResponse {
        let more =
            standing.counts
            ? " As things are now, your access lasts until \(words(standing.due)), and longer when you watch something."
            : ""
        return SitePages.note(
            "That letter is void", "You have been seen since it was written, so it no longer counts.\(more)")
    }

    private var noNeed: ServerResponse {
        get async { SitePages.note("Nothing to do", "Your access to \(await serverName()) is not about to end.") }
    }

    private var gone: ServerResponse {
        get async {
            SitePages.note(
                "You are not on this server any more",
                "So there is nothing to keep. You are welcome back: ask the owner of \(await serverName()) for an "
                    + "invitation.", status: 404)
        }
    }

    // MARK: Words

    private func words(_ moment: Instant) -> String { "\(LongDate(moment, in: place))" }

    private func day(_ moment: Instant) -> String {
        moment > clock.now ? "on \(words(moment))" : "any moment now"
    }

    private static func count(_ number: Int, _ one: String) -> String { "\(number) \(one)\(number == 1 ? "" : "s")" }

    private static func times(_ number: Int) -> String {
        switch number {
        case 1: "once"
        case 2: "twice"
        default: "\(number) times"
        }
    }
}
