// Tests wait for events and for virtual time (Tests/README.md). A sleep on the real clock measures the machine: too short on
// a busy one, and always too long.

import FoundationEssentials
import Testing

@Suite struct `Time in tests` {
    /// A line that sleeps although no clock of a test wakes it.
    private static func sleeps(_ line: Substring) -> Bool {
        guard line.contains("sleep") else { return false }
        return line.contains(
            /SystemClock\(\)\s*\.sleep\(|\b(?:Task|Thread|time|asyncio|real)\.sleep\(|\b(?:u|nano)?sleep\((?:\d|&)/)
    }

    @Test(arguments: [
        "try await SystemClock().sleep(for: .milliseconds(20))", "try await Task.sleep(for: .seconds(1))",
        "usleep(200)",
        "    sleep(1)", "time.sleep(0.02)", "await asyncio.sleep(0.05)",
    ])
    func `a sleep on the real clock is seen`(_ line: String) { #expect(Self.sleeps(line[...])) }

    @Test(arguments: [
        "try await clock.sleep(for: .days(1))", "func sleep(for duration: Duration) async throws {",
        "let sleeper = Task { try await clock.sleep(for: .days(1)) }", "await clock.sleepers(atLeast: 2)",
    ])
    func `a sleep on a clock of the test is none`(_ line: String) { #expect(!Self.sleeps(line[...])) }

    @Test func `no test in Swift sleeps on the real clock`() throws {
        let files = try SourceTree.swiftFiles(in: "Tests").filter { !$0.path.hasPrefix("Tests/Architecture/") }
        let found = files.flatMap { file in file.code.filter(Self.sleeps).map { "\(file.path): \($0)" } }
        #expect(found == [])
    }

    /// Judges are other people's programs, in real time by nature. Each sleep has its reason, and there are no more of them.
    private static let reasons = [
        // What a foreign client knows by now is an attribute of it; it tells nobody that it changed.
        "Tests/conformance/judging.py": 1,
        "Tests/conformance/standin.py": 1,
        // MusicBrainz allows one request a second, and its stand-in holds its clients to a real one.
        "Tests/conformance/music.py": 1,
        // A bot that thinks before it answers: that a person sees it think is what is judged.
        "Tests/conformance/bot.py": 1,
    ]

    @Test func `what is not Swift sleeps only where nothing tells it more`() throws {
        var found: [String: Int] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: "\(SourceTree.root)/Tests")
        where path.hasSuffix(".py") || !path.contains(".") {
            let whole = "\(SourceTree.root)/Tests/\(path)"
            guard let bytes = FileManager.default.contents(atPath: whole) else { continue }
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            let count = lines.count { Self.sleeps($0) || $0.contains(/^\s*sleep \d/) }
            if count > 0 { found["Tests/\(path)"] = count }
        }
        #expect(found == Self.reasons)
    }
}
