// Two at once, and the program cut off anywhere: nothing twice, nothing lost.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Two engines on one database` {
    private let unasked = Stage.wishes { $0.wantsApproval = false }

    @Test func `do everything once`() async throws {
        try await Stage.open(
            Stage.wishes {
                $0.wantsApproval = false; $0.welcomes = true; $0.reminderDays = [20]
            }
        ) { stage in
            let (other, _) = try await stage.another()
            _ = try await stage.prune.lookForNew()
            stage.change { $0.people.append(Stage.member(13, joined: Stage.start)) }
            let end = stage.clock.now + .days(36)
            while stage.clock.now < end {
                stage.clock.move(by: .hours(6))
                for number in 2...13 { stage.play(number) }
                async let mine = stage.prune.lookForNew()
                async let theirs = other.lookForNew()
                _ = try await (mine, theirs)
                async let first = stage.prune.scan()
                async let second = other.scan()
                _ = try await (first, second)
            }
            #expect(stage.journal.removals == [.remove(share: 9001)])
            let letters: [Deed] = [.mail(.welcome, 14), .mail(.reminder, 2), .mail(.warning, 2), .mail(.removal, 2)]
            for letter in letters { #expect(stage.journal.count(letter) == 1, "\(letter)") }
            #expect(stage.journal.count(.word("arrival")) == 1 && stage.journal.count(.word("removal")) == 1)
        }
    }

    @Test func `take one approval once`() async throws {
        try await Stage.open { stage in
            let (other, _) = try await stage.another()
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            async let a = stage.prune.approve(removal.id, by: "discord:1")
            async let b = other.approve(removal.id, by: "discord:2")
            async let c = stage.prune.approve(removal.id, by: "discord:3")
            let ends = try await [a, b, c].map(\.end)
            #expect(ends.count { $0 == .done } == 1)
            #expect(stage.journal.removals.count == 1)
        }
    }
}

extension `Two engines on one database` {
    @Test func `find the day's room once, for two people at once`() async throws {
        try await Stage.open(Stage.week, members: 40) { stage in
            let (other, _) = try await stage.another()
            try await stage.live(.days(8), watching: Array(3...40))
            let one = try #require(try await stage.openCase(1))
            let two = try #require(try await stage.openCase(2))
            async let a = stage.prune.approve(one.id, by: "discord:1")
            async let b = other.approve(two.id, by: "discord:2")
            let ends = try await [a, b].map(\.end)
            #expect(ends.count { $0 == .done } == 1 && stage.journal.removals.count == 1)
            // The other one has its turn a day later.
            try await stage.live(.days(1) - .hours(6), watching: Array(3...40))
            #expect(stage.journal.removals.count == 1)
            try await stage.live(.hours(12), watching: Array(3...40))
            #expect(stage.journal.removals.count == 2)
        }
    }
}

@Suite(.timeLimit(.minutes(2))) struct `The program cut off` {
    /// Throws what a cancelled call throws, once, at that place.
    @Test(arguments: ["mail", "tell", "remove"], [true, false])
    func `in the middle of an act repeats nothing that may have happened`(_ place: String, _ happened: Bool)
        async throws
    {
        try await Stage.open(Stage.wishes { $0.wantsApproval = false }) { stage in
            let fault = Uncertain("cut off")
            stage.change { world in
                world.removeHappens = happened
                switch place {
                case "mail": world.mailError = fault
                case "tell": world.tellError = fault
                default: world.removeError = fault
                }
            }
            for _ in 0..<160
            where !stage.journal.contains(where: { deed in
                switch (place, deed) {
                case ("mail", .mail), ("tell", .word), ("remove", .remove): true
                default: false
                }
            }) {
                try await stage.live(.hours(6))
            }
            stage.change { world in
                (world.mailError, world.tellError, world.removeError) = (nil, nil, nil)
            }
            let (again, _) = try await stage.another()
            let end = stage.clock.now + .days(12)
            while stage.clock.now < end {
                stage.clock.move(by: .hours(6))
                for number in 2...12 { stage.play(number) }
                _ = try await again.scan()
            }
            // The share goes once; where the first try did not arrive, a second one does it.
            let tries = stage.journal.removals.count
            #expect(tries == (place == "remove" && !happened ? 2 : 1))
            #expect(stage.now.people[1].access == .former)
            let removed = try #require(try await stage.prune.book.cases(of: 2).last)
            #expect(removed.state == .removed && removed.isClosed)
            // A warning that may have arrived was no warning.
            if place == "mail" {
                let told = try await stage.prune.book.state().told(2).filter {
                    $0.kind == .warning && $0.state == .sent
                }
                let at = try #require(removed.removedAt)
                #expect(told.contains { at - $0.at >= .hours(72) })
            }
            #expect(stage.journal.count(.word("removal")) <= 1)
        }
    }

    @Test(arguments: [
        "streams", "server", "people", "plexHistory", "history", "discord", "share", "mail", "tell", "remove",
    ])
    func `at any question goes on where it was`(_ place: String) async throws {
        try await Stage.open(Stage.wishes { $0.wantsApproval = false }) { stage in
            for _ in 0..<36 {
                // Stopped in the middle of a look; then a new start.
                let (gate, open) = AsyncStream.makeStream(of: Void.self)
                let look = Task {
                    for await _ in gate {}
                    stage.clock.move(by: .hours(3))
                    for number in 2...12 { stage.play(number) }
                    return try await stage.prune.scan()
                }
                stage.before(place) {
                    look.cancel()
                    throw CancellationError()
                }
                open.finish()
                _ = try? await look.value
                stage.change { $0.before = [:] }
                let (again, _) = try await stage.another()
                for _ in 0..<7 {
                    stage.clock.move(by: .hours(3))
                    for number in 2...12 { stage.play(number) }
                    _ = try await again.scan()
                }
            }
            #expect(stage.journal.removals.count <= 1)
            #expect(Set(stage.journal.removals).isSubset(of: [.remove(share: 9001)]))
            #expect(stage.journal.count(.mail(.warning, 2)) <= 2)
        }
    }
}
