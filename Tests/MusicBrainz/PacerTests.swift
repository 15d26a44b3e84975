// The pacer alone: pure, with the time as an argument.

@testable import MusicBrainz
import Runtime
import Testing

struct RequestPacerProbe {
    private var pacer = RequestPacer(spacing: .milliseconds(1100))

    mutating func waitAfterRefusal(retryAfter: Duration?) -> Duration {
        pacer.started(now: .zero)
        _ = pacer.failed(attempt: 1, retryAfter: retryAfter, now: .zero)
        return pacer.wait(now: .zero)
    }
}

@Suite struct `The pacer` {
    @Test func `doubles to half a minute and no further, until an answer comes`() {
        var pacer = RequestPacer(spacing: .milliseconds(1100))
        var waits: [Duration] = []
        for attempt in 1...8 {
            pacer.started(now: .zero)
            _ = pacer.failed(attempt: attempt, retryAfter: .zero, now: .zero)
            waits.append(pacer.wait(now: .zero))
        }
        #expect(
            waits == [
                .milliseconds(1100), .seconds(2), .seconds(4), .seconds(8), .seconds(16), .seconds(32), .seconds(32),
                .seconds(32),
            ])
        pacer.answered()
        pacer.started(now: .seconds(100))
        _ = pacer.failed(attempt: 1, retryAfter: nil, now: .seconds(100))
        #expect(pacer.wait(now: .seconds(100)) == .milliseconds(1100))
    }

    @Test func `obeys a longer Retry-After`() {
        var probe = RequestPacerProbe()
        #expect(probe.waitAfterRefusal(retryAfter: .seconds(7)) == .seconds(7))
    }

    @Test func `tries five times`() {
        var pacer = RequestPacer(spacing: .zero)
        let verdicts = (1...5).map { pacer.failed(attempt: $0, retryAfter: nil, now: .zero) }
        #expect(verdicts == [.again, .again, .again, .again, .giveUp])
    }

    @Test(arguments: [
        ("https://musicbrainz.org/ws/2", nil, 1100), ("https://musicbrainz.org/ws/2", 0, 1100),
        ("https://beta.musicbrainz.org/ws/2", 10, 1100), ("https://musicbrainz.org/ws/2", 5000, 5000),
        ("http://mirror.lan:5000/ws/2", nil, 0), ("http://mirror.lan:5000/ws/2", 250, 250),
        ("http://notmusicbrainz.org/ws/2", nil, 0),
    ])
    func `gives MusicBrainz its due and lets a mirror's owner decide`(base: String, asked: Int?, expected: Int) {
        let asked = asked.map { Duration.milliseconds($0) }
        #expect(MusicBrainzClient.spacing(base, asked: asked) == .milliseconds(expected))
    }

    @Test(arguments: [
        "http://mirror.lan:5000", "http://mirror.lan:5000/", "http://mirror.lan:5000/ws/2",
        "http://mirror.lan:5000/ws/2/",
    ])
    func `takes a mirror's address as people write it`(address: String) {
        #expect(MusicBrainzClient.base(address) == "http://mirror.lan:5000/ws/2")
    }
}
