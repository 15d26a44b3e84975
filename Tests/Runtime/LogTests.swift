// The log tells what happened, on one line, and never a secret.

import Runtime
import Synchronization
import Testing

private final class Lines: Sendable {
    private let kept = Mutex<[String]>([])
    var all: [String] { kept.withLock { $0 } }
    func write(_ line: String) { kept.withLock { $0.append(line) } }
}

@Suite struct `The log` {
    private let lines = Lines()

    private func log(
        _ level: Log.Level = .info, _ format: Log.Format = .text, secrets: [String] = []
    ) -> Log {
        Log(
            level: level, format: format, secrets: secrets.map(Secret.init), clock: VirtualClock(Instant(seconds: 0)),
            write: { [lines] in lines.write($0) })
    }

    @Test func `writes a line for people`() {
        log().labelled("jobs").warning("slow", ["job": "backup", "why": "disk full", "none": ""])
        #expect(lines.all == ["1970-01-01T00:00:00Z WARNING [jobs] slow job=backup why=\"disk full\" none=\"\""])
    }

    @Test func `writes an object for machines`() {
        log(.info, .json).info("said \"hi\"\u{1}", ["a b": "ü\n"])
        #expect(
            lines.all == [
                #"{"time":"1970-01-01T00:00:00Z","level":"info","message":"said \"hi\"\u0001","a b":"ü\n"}"#
            ])
    }

    @Test(arguments: zip(Log.Level.allCases, [4, 3, 2, 1]))
    func `says as much as it is asked to`(level: Log.Level, count: Int) {
        let log = log(level)
        log.debug("1")
        log.info("2")
        log.warning("3")
        log.error("4")
        #expect(lines.all.count == count)
    }

    @Test func `masks secrets wherever they stand, also as an address spells them`() {
        let log = log(secrets: ["hunter2!", "hunter2!!", "tiny"])
        log.error("token hunter2! or hunter2!!", ["url": "http://x/?k=hunter2%21&t=tiny"])
        #expect(lines.all.count == 1)
        #expect(lines.all[0].contains("hunter2") == false)
        #expect(lines.all[0].contains("tiny") == false)
        #expect(log.masked("hunter2!") == "•••")
    }

    @Test func `masks a secret in the midst of whatever stands around it`() {
        let log = log(secrets: ["hunter2!", "•••", "pässwörd"])
        // The accent joins the last character of the secret, which is still there.
        #expect(log.masked("hunter2!\u{301}") == "•••\u{301}")
        #expect(log.masked("hunter2!hunter2!") == "••••••")
        #expect(log.masked("pässwörd p%C3%A4ssw%C3%B6rd") == "••• •••")
        // A secret that looks like the mask must not be masked for ever.
        #expect(log.masked("•••") == "•••")
        #expect(log.masked("nothing to hide") == "nothing to hide")
    }

    @Test func `cannot be made to forge a field`() {
        log().info("joined", ["name": "x\" level=\"error", "path": "a=b", "quote": "\"", "slash": "a b\\"])
        #expect(
            lines.all == [
                #"1970-01-01T00:00:00Z INFO joined name="x\" level=\"error" path="a=b" quote="\"" slash="a b\\""#
            ])
    }

    @Test func `does not work for lines that nobody wants`() {
        let asked = Mutex(0)
        func costly() -> String {
            asked.withLock { $0 += 1 }
            return "costly"
        }
        log(.warning).info(costly())
        #expect(asked.withLock { $0 } == 0)
    }

    @Test func `cannot be made to forge a line`() {
        log().info("name\n1970-01-01T00:00:00Z ERROR forged\u{1b}[31m\u{202e}", ["x": "a\rb"])
        #expect(lines.all.count == 1)
        #expect(lines.all[0].unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x202E })
        log(.info, .json).info("a\",\"level\":\"error\n")
        #expect(lines.all[1].hasSuffix(#""message":"a\",\"level\":\"error\n"}"#))
    }

    @Test func `a secret prints as dots wherever it is printed by accident`() {
        struct Settings { let token = Secret("hunter2") }
        #expect(!"\(Secret("hunter2")) \(Settings()) \([Secret("hunter2")])".contains("hunter2"))
        #expect(!String(reflecting: Settings()).contains("hunter2"))
    }
}
