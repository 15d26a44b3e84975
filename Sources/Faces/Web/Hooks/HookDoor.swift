// Where Jellyfin, Plex, Tautulli and Radarr knock. What counts is on the disk before it is acknowledged, and worked off
// later: Jellyfin's player waits until we have answered, and nobody sends anything twice. Bad input gets one sentence.

internal import Domain
internal import Jellyfin
internal import Plex
internal import Radarr
package import Runtime
package import Sockets
internal import Synchronization
internal import Tautulli

package final class HookDoor: Sendable {
    private let secret: HookSecret
    private let source: HookSource
    private let clock: any Clock
    private let log: Log
    private let memory = Mutex(Memory())

    private struct Memory {
        var stops = RecentStops()
        var counts: [HookCount: Int] = [:]
        /// Complaints made already: a sender that is set up wrongly would repeat them with every stop.
        var said: Set<String> = []
    }

    package init(secret: Secret?, source: HookSource, clock: any Clock, log: Log) {
        self.secret = HookSecret(secret)
        self.source = source
        self.clock = clock
        self.log = log.labelled("hooks")
    }

    /// Headers the server must be told to look for.
    package static let headers = ["X-Webhook-Secret"]
    /// Bodies are small, and who sends half of one is let go of.
    package static let limits = ServerLimits(bodyTime: .seconds(10))

    /// A real one has 3 to 30 kB; Plex may send a poster along.
    private static let longest = 256 << 10
    private static let longestWithPicture = 1 << 20

    package var routes: [Route] {
        let health: Route.Handler = { _ in HookAnswer.health.response }
        return doors(["/jellyfin/playback", "/jellyfin/generic"], Self.longest) { door, request, now in
            door.take("jellyfin", JellyfinHook.read(Self.body(of: request), arrival: now))
        }
            + doors(["/plex/hook"], Self.longestWithPicture) { door, request, now in
                door.take("plex", PlexHook.read(Self.payload(of: request), arrival: now))
            }
            + doors(["/tautulli/hook"], Self.longest) { door, request, now in
                door.take("tautulli", TautulliHook.read(request.body, arrival: now))
            }
            + doors(["/radarr"], Self.longest) { door, request, now in
                door.take("radarr", RadarrHook.read(request.body, arrival: now))
            }
            + [.get("/health", health), .post("/health", maxBody: 1 << 10, health)]
    }

    /// How often each came to what, for `/metrics`.
    package var counts: [HookCount: Int] { memory.withLock { $0.counts } }

    // MARK: At the door

    private enum Taken {
        case keep(HookEvent)
        case answer(HookAnswer, Playback? = nil)
    }

    /// Each address with and without the secret at its end.
    private func doors(
        _ paths: [String], _ longest: Int, _ read: @escaping @Sendable (HookDoor, ServerRequest, Instant) -> Taken
    ) -> [Route] {
        paths.flatMap { path in
            let answer: Route.Handler = { [self] request in await self.answer(request, at: path, read) }
            // A Radarr may be set to PUT as well.
            return [path, path + "/{secret}"].flatMap { pattern in
                // Reading one takes some microseconds, less than passing it on to another thread.
                [Route.quick("POST", pattern, maxBody: longest, answer)]
                    + (path == "/radarr" ? [.quick("PUT", pattern, maxBody: longest, answer)] : [])
            }
        }
    }

    private func answer(
        _ request: ServerRequest, at path: String, _ read: (HookDoor, ServerRequest, Instant) -> Taken
    ) async -> ServerResponse {
        let sender = String(path.split(separator: "/").first ?? "")
        guard secret.admits(request) else { return tell(sender, .stranger) }
        switch read(self, request, clock.now) {
        case .keep(let event): return tell(sender, await keep(event))
        case .answer(let answer, let playback):
            if let playback, case .ignored(let why) = answer { await note(playback, why) }
            return tell(sender, answer)
        }
    }

    private func take(_ sender: String, _ reading: HookReading<Playback>) -> Taken {
        switch reading {
        case .event(let playback): .keep(.playback(playback))
        case .ignored(let why, let playback): .answer(.ignored(why), playback)
        case .test: .answer(.test)
        case .refused(let why): .answer(.refused(why))
        }
    }

    private func take(_ sender: String, _ reading: HookReading<ImportNotice>) -> Taken {
        switch reading {
        case .event(let notice): .keep(.notice(notice))
        case .ignored(let why, _): .answer(.ignored(why))
        case .test: .answer(.test)
        case .refused(let why): .answer(.refused(why))
        }
    }

    private func keep(_ event: HookEvent) async -> HookAnswer {
        if case .playback(let playback) = event {
            if let why = await source.indifference(playback) {
                await note(playback, why)
                return .ignored(why)
            }
            if memory.withLock({ $0.stops.has(playback) }) { return .duplicate }
        }
        do {
            guard try await source.accept(event.key, KeptHook.bytes(event)) else { return .duplicate }
        } catch {
            log.error("a hook could not be kept", ["why": "\(error)"])
            return .unkept
        }
        // Only now: a repetition that comes while the first is still on its way to the disk must wait for its own place.
        if case .playback(let playback) = event { memory.withLock { $0.stops.remember(playback) } }
        return .accepted
    }

    /// Not on the server's thread: how long that takes is not ours to say.
    private func note(_ playback: Playback, _ why: String) async {
        await withTaskExecutorPreference(globalConcurrentExecutor) { await source.note(playback, why) }
    }

    private func tell(_ sender: String, _ answer: HookAnswer) -> ServerResponse {
        let isNews = memory.withLock { memory in
            memory.counts[HookCount(sender: sender, outcome: answer.outcome), default: 0] += 1
            guard let complaint = answer.complaint, memory.said.count < 200 else { return false }
            return memory.said.insert("\(sender): \(complaint)").inserted
        }
        if isNews, let complaint = answer.complaint {
            log.warning("a hook is refused", ["from": sender, "why": complaint])
        }
        return answer.response
    }

    // MARK: Bodies

    private static func body(of request: ServerRequest) -> HookBody {
        request.contentType == "application/x-www-form-urlencoded" ? .form(request.formFields) : .text(request.body)
    }

    /// Plex sends a form with a part, a plain form, or, from whoever tries it by hand, the JSON itself.
    private static func payload(of request: ServerRequest) -> [UInt8] {
        switch request.contentType {
        case "multipart/form-data": (try? request.multipart())?["payload"]?.bytes ?? []
        case "application/x-www-form-urlencoded":
            request.formFields.first { $0.name == "payload" }.map { [UInt8]($0.value.utf8) } ?? []
        default: request.body
        }
    }
}
