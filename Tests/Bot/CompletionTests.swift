// What slash commands offer while somebody types.

import Discord
import Runtime
import Testing

@testable import Bot

@Suite(.timeLimit(.minutes(1))) struct CompletionTests {
    static let completing = Scripted(
        Signature(
            "find", "F",
            options: [
                .text("artist", "A") { completion in
                    if completion.partial == "boom" { throw RouterTests.Trouble() }
                    if completion.partial == "slow" { try await completion.clock.sleep(for: .seconds(60)) }
                    return completion.narrowing(
                        (0..<100).map { .init("Artist \($0)", value: "\($0)") } + [
                            .init("Nobody", value: String(repeating: "x", count: 101))
                        ])
                }
            ])
    ) { _ in .nothing }

    func completions(_ stage: Stage, _ typed: String) async throws -> [String]? {
        let asked = stage.complete(["find"], [.init("artist", kind: .text, value: .text(typed), focused: true)])
        if typed == "slow" {
            await stage.clock.sleepers(atLeast: 2)
            await stage.clock.advance(by: .milliseconds(2500))
        }
        let answer = try await stage.recorder.first { if case .responded(asked, .choices) = $0 { true } else { false } }
        guard case .responded(_, .choices(let choices)) = answer else { return nil }
        return choices.map(\.name)
    }

    @Test func `completions are narrowed, within limits, and empty rather than late or broken`() async throws {
        try await Stage.with([Self.completing]) { stage in
            let expected: [(String, [String])] = [
                ("artist 99", ["Artist 99"]), ("nobody", []), ("boom", []), ("slow", []),
            ]
            let all = try await completions(stage, "")
            #expect(all?.count == 25)
            for (typed, names) in expected {
                let offered = try await completions(stage, typed)
                #expect(offered == names)
            }
        }
    }
}
