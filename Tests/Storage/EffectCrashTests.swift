// The process dies at the worst moments of an effect; the next one must neither do it twice nor lose it.

import Domain
import FoundationEssentials
import Glibc
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct EffectCrashTests {
    private let scene: Scene
    init() throws { scene = try Scene() }

    private static let effect = Effect(
        key: "letter to Ann", kind: "letter", summary: "Writes to Ann", actor: "job:newsletter", subject: "person:7")

    /// The outside world is a file with one line per letter sent.
    private static func send(_ outbox: String) {
        let file = unsafe fopen(outbox, "a")
        unsafe fputs("Dear Ann\n", file)
        unsafe fclose(file)
    }

    private static func letters(_ outbox: String) -> Int {
        guard let data = FileManager.default.contents(atPath: outbox) else { return 0 }
        return data.count { $0 == UInt8(ascii: "\n") }
    }

    @Test(arguments: [true, false])
    func `a letter is sent once although the process was killed while sending it`(_ wasSent: Bool) async throws {
        let outbox = scene.file("outbox")
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = scene.path as String, outbox = outbox as String, wasSent = wasSent as Bool] in
            let effects = Effects(try await Database.open(path: path), isDryRun: false)
            _ = try await effects.perform(Self.effect) {
                if wasSent { Self.send(outbox) }
                kill(getpid(), SIGKILL)
            }
        }
        let database = try await scene.open()
        let effects = Effects(database, isDryRun: false)
        // Nobody has looked yet: it must not be repeated.
        #expect(try await effects.perform(Self.effect) { Self.send(outbox) } == .interrupted)
        #expect(Self.letters(outbox) == (wasSent ? 1 : 0))

        // The service cannot be asked: it stays open and is reported.
        let unknown = try await effects.settleInterrupted(["letter": { _ in .unknown(why: "no answer") }])
        #expect(unknown.map(\.finding) == [.unknown("no answer")])
        #expect(try await effects.interrupted() == [Self.effect])

        let settled = try await effects.settleInterrupted(["letter": { _ in .known(Self.letters(outbox) > 0) }])
        #expect(settled.map(\.finding) == [wasSent ? .happened : .didNotHappen])
        #expect(try await effects.perform(Self.effect) { Self.send(outbox) } == (wasSent ? .alreadyDone : .done))
        #expect(Self.letters(outbox) == 1)
        let last = try #require(try await Ledger(database).entries().first)
        #expect(last.outcome == .done)
    }
}
