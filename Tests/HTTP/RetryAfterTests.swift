// Retry-After in both its forms.

import HTTP
import Runtime
import Testing

@Suite struct `Retry-After` {
    private func wait(_ fields: (name: String, value: String)...) -> Duration? {
        // 1994-11-06T08:00:00Z
        HTTPResponse(status: 503, headers: HTTPHeaders(fields), body: []).retryAfter(now: Instant(seconds: 784_108_800))
    }

    @Test func `is a number of seconds`() {
        #expect(wait(("Retry-After", "7")) == .seconds(7))
        #expect(wait(("retry-after", "0")) == .zero)
        #expect(wait(("Retry-After", "-3")) == .zero)
    }

    @Test func `is a date, read against the answer's own`() {
        #expect(wait(("Retry-After", "Sun, 06 Nov 1994 08:00:30 GMT")) == .seconds(30))
        #expect(
            wait(("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Date", "Sun, 06 Nov 1994 08:49:27 GMT"))
                == .seconds(10))
        #expect(wait(("Retry-After", "Sun, 06 Nov 1994 07:00:00 GMT")) == .zero)
    }

    @Test(arguments: [
        "soon", "", "Sun, 06 Nov 1994", "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET", "inf",
    ])
    func `is nothing else`(text: String) {
        #expect(wait(("Retry-After", text)) == nil)
    }

    @Test func `may be missing`() {
        #expect(wait() == nil)
    }
}
