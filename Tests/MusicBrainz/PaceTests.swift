// The walking pace: what MusicBrainz asks of its guests, measured at the stand-in's door.

import HTTP
import MusicBrainz
import Runtime
import Sockets
import StandIns
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct `The pace` {
    @Test func `is one request at a time and more than a second apart, however many ask at once`() async throws {
        try await Archive.open { archive in
            let ids = [Known.lanternsAtLow, Known.blueHarbour, Known.sampler, Known.tideTables, Known.signalsNoise]
            let titles = try await archive.moving {
                try await withThrowingTaskGroup(of: String.self) { group in
                    for id in ids {
                        let mbid = try Archive.mbid(id)
                        group.addTask { try await archive.client.release(mbid).title }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
            #expect(titles.count == 5)
            #expect(archive.asked.map(\.status) == [200, 200, 200, 200, 200])
            #expect(archive.gaps.allSatisfy { $0 >= .milliseconds(1100) })
        }
    }

    @Test func `waits for a slow answer before the next question`() async throws {
        try await Archive.open { archive in
            await archive.standIn.fail(with: .slow(.seconds(9)))
            let first = try Archive.mbid(Known.sampler)
            let second = try Archive.mbid(Known.tideTables)
            _ = try await archive.moving {
                async let one = archive.client.release(first)
                async let two = archive.client.release(second)
                return try await (one, two)
            }
            #expect(archive.gaps.count == 1)
            #expect(archive.gaps[0] >= .seconds(9))
        }
    }

    @Test func `stops for longer each time the site is busy, though it says to wait 0 seconds`() async throws {
        try await Archive.open { archive in
            await archive.standIn.beBusy(times: 3)
            let id = try Archive.mbid(Known.sampler)
            let release = try await archive.moving { try await archive.client.release(id) }
            #expect(release.title == "Harbour Lights: A Sampler")
            #expect(archive.asked.map(\.status) == [503, 503, 503, 200])
            #expect(archive.gaps == [.milliseconds(1100), .seconds(2), .seconds(4)])
            #expect(archive.lines.text.contains("too busy"))
        }
    }

    @Test func `recovers from asking too fast`() async throws {
        try await Archive.open(pause: .milliseconds(100)) { archive in
            let first = try Archive.mbid(Known.sampler)
            let second = try Archive.mbid(Known.tideTables)
            _ = try await archive.moving { try await archive.client.release(first) }
            _ = try await archive.moving { try await archive.client.release(second) }
            #expect(archive.asked.map(\.status) == [200, 503, 503, 200])
        }
    }

    @Test func `gives up after five tries, and stops the whole queue meanwhile`() async throws {
        try await Archive.open { archive in
            await archive.standIn.beBusy(times: 5)
            let first = try Archive.mbid(Known.sampler)
            let second = try Archive.mbid(Known.tideTables)
            let outcome = try await archive.moving {
                async let one = archive.client.release(first)
                async let two = archive.client.release(second)
                var failures = 0
                do { _ = try await one } catch { failures += 1 }
                do { _ = try await two } catch { failures += 1 }
                return failures
            }
            #expect(outcome == 1)
            #expect(archive.asked.map(\.status) == [503, 503, 503, 503, 503, 200])
            #expect(
                archive.gaps
                    == [.milliseconds(1100), .seconds(2), .seconds(4), .seconds(8), .seconds(16)])
            let trouble = await archive.client.lastTrouble?.error
            #expect(trouble == .busy(for: .seconds(1)))
        }
    }

    @Test func `does not sleep for an hour when told to`() async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "patience", log: .silent)
        let asked = Mutex(0)
        let server = try await HTTPServer.start(
            on: loop, port: 0,
            routes: [
                .get("/{rest...}") { _ in
                    asked.withLock { $0 += 1 }
                    return ServerResponse(
                        status: 503, headers: [("Retry-After", "3600")],
                        body: .bytes(Array(#"{"error": "later"}"#.utf8)))
                }
            ], log: .silent)
        let http = try HTTPClient(userAgent: "nobody")
        let client = MusicBrainzClient(
            address: "http://127.0.0.1:\(server.port)", userAgent: "a/1", http: http, clock: clock, log: .silent)
        let id = try Archive.mbid(Known.sampler)
        for _ in 1...2 {
            let outcome: Result<MusicBrainzRelease, any Error>
            do { outcome = .success(try await client.release(id)) } catch { outcome = .failure(error) }
            #expect(throws: MusicBrainzError.busy(for: .seconds(3600))) { try outcome.get() }
        }
        #expect(asked.withLock { $0 } == 1)
        await http.stop()
        await server.stop()
        await loop.stop()
    }

    @Test func `of a mirror is the operator's`() async throws {
        try await Archive.open(pause: .zero, rules: .mirror) { archive in
            let first = try Archive.mbid(Known.sampler)
            let second = try Archive.mbid(Known.tideTables)
            _ = try await archive.client.release(first)
            _ = try await archive.client.release(second)
            #expect(archive.gaps == [.zero])
        }
    }

    @Test func `a cancelled question leaves the line to the others`() async throws {
        try await Archive.open { archive in
            await archive.standIn.fail(with: .stall)
            let first = try Archive.mbid(Known.sampler)
            let second = try Archive.mbid(Known.tideTables)
            let third = try Archive.mbid(Known.signalsNoise)
            async let stalled = archive.failure { try await archive.client.release(first) }
            _ = try await archive.standIn.requests.first { $0.status == nil }
            // Nobody moves the clock here, so the second stands in line or sleeps until it is cancelled.
            let waiting = Task { try await archive.client.release(second) }
            waiting.cancel()
            let outcome = await waiting.result
            #expect(throws: MusicBrainzError.cancelled) { try outcome.get() }
            await archive.standIn.endFaults()
            let title = try await archive.moving { try await archive.client.release(third).title }
            #expect(title == "Signals / Noise")
            // The stalled one was asked again once its line had been dropped.
            #expect(await stalled == nil)
            #expect(!archive.asked.contains { $0.path.hasSuffix(Known.tideTables) })
        }
    }
}
