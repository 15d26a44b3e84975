// One summary, written, taken back, and kept through every trouble.

import Domain
import Music
import Plex
import Runtime
import StandIns
import Storage
import Testing

private let line =
    "Ottilie Brandt: trumpet | Hal Marsh: tenor saxophone, flute | Cosmo Devereux: piano | "
    + "Ivo Lindqvist: double bass | Ruth Okafor: drums | Selma Ferro: bongos, congas"
private let block =
    "[Performers · autoplex]\n\(line)\nMusicBrainz release 1a7e2000-0001-4a10-8000-00000000a101\n[/Performers]"

@Suite(.timeLimit(.minutes(1))) struct `A summary` {
    @Test(arguments: [
        "", "One line.", "Two lines,\nthe second with blanks at its end.   ", "With\r\nthe line ends\r\nof Windows\r\n",
        "cafe\u{301} and café, 🚌💨, \u{200F}مرحبا\u{200F}, @everyone, 100% & a=b#c+d", "\n\n  indented\t\n\n",
        "[Performers] is no mark of ours", "Quotes \"'“”, commas, ;semicolons; \\ and / slashes",
    ])
    func `keeps the owner's text to the byte, and has it back`(text: String) async throws {
        for place in SummaryBlock.Place.allCases {
            try await JazzCellar.open(settings: EnrichSettings(place: place)) { cellar in
                cellar.write(text, in: Discs.lanternsAtLow)
                let written = try await cellar.enrich(Discs.lanternsAtLow)
                #expect(written == .done(note: nil))
                let now = cellar.summary(Discs.lanternsAtLow)
                let ours = text.contains("\r\n") ? block.split(separator: "\n").joined(separator: "\r\n") : block
                let isAtItsPlace =
                    place == .top
                    ? Array(now.utf8).starts(with: Array(ours.utf8))
                    : Array(now.utf8.reversed()).starts(with: ours.utf8.reversed())
                #expect(isAtItsPlace, "\(now)")
                #expect(Array(now.utf8).count >= Array(text.utf8).count + Array(ours.utf8).count)
                #expect(cellar.isLocked(Discs.lanternsAtLow))

                let undo = try await cellar.enrichment.retreat(.undo, of: "\(Discs.lanternsAtLow)")
                #expect(!undo.losesLaterWords)
                _ = try await cellar.enrichment.carryOut(undo.change, by: "discord:1")
                #expect(Array(cellar.summary(Discs.lanternsAtLow).utf8) == Array(text.utf8))
                #expect(!cellar.isLocked(Discs.lanternsAtLow))

                try await cellar.enrich(Discs.lanternsAtLow)
                let remove = try await cellar.enrichment.retreat(.remove, of: "\(Discs.lanternsAtLow)")
                _ = try await cellar.enrichment.carryOut(remove.change, by: "discord:1")
                #expect(Array(cellar.summary(Discs.lanternsAtLow).utf8) == Array(text.utf8))
                #expect(!cellar.isLocked(Discs.lanternsAtLow))

                // Only ever the one album, by its own address.
                #expect(cellar.puts.count == 4)
                #expect(cellar.puts.allSatisfy { $0.path == "/library/metadata/\(Discs.lanternsAtLow)" })
            }
        }
    }

    @Test func `that says it already is left alone`() async throws {
        try await JazzCellar.open { cellar in
            try await cellar.enrich(Discs.lanternsAtLow)
            guard case .alreadyThere = try await cellar.enrichment.look(at: "\(Discs.lanternsAtLow)") else {
                return #expect(Bool(false))
            }
            #expect(cellar.puts.count == 1)
        }
    }

    @Test func `is written once when two press at the same moment`() async throws {
        try await JazzCellar.open { cellar in
            let change = try await cellar.change(Discs.lanternsAtLow)
            async let first = cellar.enrichment.carryOut(change, by: "discord:1")
            async let second = cellar.enrichment.carryOut(change, by: "discord:2")
            let both = try await [first, second]
            #expect(both.contains(.done(note: nil)) && both.contains(.alreadyThere))
            #expect(cellar.puts.count == 1)
        }
    }

    @Test func `edited after the preview keeps the edit`() async throws {
        try await JazzCellar.open { cellar in
            let change = try await cellar.change(Discs.lanternsAtLow)
            cellar.write("Robin's later words.", in: Discs.lanternsAtLow)
            _ = try await cellar.enrichment.carryOut(change, by: "discord:1")
            #expect(cellar.summary(Discs.lanternsAtLow) == "Robin's later words.\n\n\(block)")
        }
    }

    @Test func `edited in the moment before the writing keeps the edit too`() async throws {
        try await JazzCellar.open { cellar in
            cellar.write("Early.", in: Discs.lanternsAtLow)
            let change = try await cellar.change(Discs.lanternsAtLow)
            // It has looked at the summary, and now waits for the list of libraries.
            await cellar.plexStandIn.fail("GET /library/sections", with: .slow(.seconds(5)))
            async let writing = cellar.enrichment.carryOut(change, by: "discord:1")
            await cellar.clock.sleepers(atLeast: 1)
            cellar.write("Late.", in: Discs.lanternsAtLow)
            await cellar.clock.advance(by: .seconds(5))
            let written = try await writing
            #expect(written == .done(note: nil))
            #expect(cellar.summary(Discs.lanternsAtLow) == "Late.\n\n\(block)")
            #expect(cellar.puts.count == 1)
            let undo = try await cellar.enrichment.retreat(.undo, of: "\(Discs.lanternsAtLow)")
            #expect(undo.draft.after == "Late.")
        }
    }

    @Test func `edited after the writing is not taken back without saying so`() async throws {
        try await JazzCellar.open { cellar in
            cellar.write("First.", in: Discs.lanternsAtLow)
            try await cellar.enrich(Discs.lanternsAtLow)
            cellar.write("Second.\n\n\(block)", locked: true, in: Discs.lanternsAtLow)
            let undo = try await cellar.enrichment.retreat(.undo, of: "\(Discs.lanternsAtLow)")
            #expect(undo.losesLaterWords)
            #expect(cellar.enrichment.reports.retreat(undo).plainText.contains("was edited since"))
            cellar.write("Third.", locked: true, in: Discs.lanternsAtLow)
            await #expect(throws: EnrichTrouble.changedMeanwhile(title: undo.change.name)) {
                _ = try await cellar.enrichment.carryOut(undo.change, by: "discord:1")
            }
            #expect(cellar.summary(Discs.lanternsAtLow) == "Third.")
            let again = try await cellar.enrichment.retreat(.undo, of: "\(Discs.lanternsAtLow)")
            _ = try await cellar.enrichment.carryOut(again.change, by: "discord:1")
            #expect(cellar.summary(Discs.lanternsAtLow) == "First.")
            // Once more, as after a crash: nothing is left to do.
            let repeated = try await cellar.enrichment.carryOut(again.change, by: "discord:1")
            #expect(repeated == .alreadyThere)
        }
    }

    @Test func `is not touched in a dry run`() async throws {
        try await JazzCellar.open(isDryRun: true) { cellar in
            let written = try await cellar.enrich(Discs.lanternsAtLow)
            #expect(written == .dryRun)
            #expect(cellar.puts.isEmpty)
            let entries = try await Ledger(cellar.database).entries()
            #expect(entries.map(\.outcome) == [.dryRun])
            await #expect(throws: EnrichTrouble.self) {
                _ = try await cellar.enrichment.retreat(.undo, of: "\(Discs.lanternsAtLow)")
            }
        }
    }

    @Test func `has its whole story in the Ledger`() async throws {
        try await JazzCellar.open { cellar in
            try await cellar.enrich(Discs.lanternsAtLow)
            let entry = try #require(try await Ledger(cellar.database).entries().first)
            #expect(entry.action == "enrich.setSummary" && entry.actor == "discord:1" && entry.outcome == .done)
            #expect(entry.subject == "plex:album:3101")
            #expect(entry.reason.contains("musicbrainz:1a7e2000-0001-4a10-8000-00000000a101"))
            #expect(entry.evidence.contains("Ottilie Brandt") && entry.undo?.contains("3101") == true)
        }
    }

    @Test func `with marks out of order is only repaired when asked to`() async throws {
        try await JazzCellar.open { cellar in
            let broken = "Mine.\n\n\(block)\n\nAlso mine.\n\n\(block)"
            cellar.write(broken, in: Discs.lanternsAtLow)
            guard case .broken(_, let why) = try await cellar.enrichment.look(at: "\(Discs.lanternsAtLow)") else {
                return #expect(Bool(false))
            }
            #expect(why.contains("2 blocks"))
            let finding = try await cellar.enrichment.look(at: "\(Discs.lanternsAtLow)", repairs: true)
            guard case .preview(let change, _, _, _) = finding else { return #expect(Bool(false), "\(finding)") }
            #expect(cellar.puts.isEmpty)
            _ = try await cellar.enrichment.carryOut(change, by: "discord:1")
            #expect(cellar.summary(Discs.lanternsAtLow) == "Mine.\n\n\(block)\n\nAlso mine.")
        }
    }

    @Test func `whose credits were corrected gets the new line in the old place`() async throws {
        try await JazzCellar.open { cellar in
            let old = "Above.\n\n[Performers · autoplex]\nNobody: kazoo\nelsewhere\n[/Performers]\n\nBelow.\r\n"
            cellar.write(old, in: Discs.lanternsAtLow)
            try await cellar.enrich(Discs.lanternsAtLow)
            #expect(cellar.summary(Discs.lanternsAtLow) == "Above.\n\n\(block)\n\nBelow.\r\n")
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A summary through Plex's bad days` {
    /// What came of a write, and whether the block stands there.
    enum End: String, Sendable { case failed, done }

    @Test(arguments: [
        (HTTPFault.status(401, .null), End.failed), (.status(403, .null), .failed), (.status(404, .null), .failed),
        (.status(414, .null), .failed), (.status(429, .null), .failed), (.status(503, .null), .failed),
        (.html502, .failed), (.refuse, .failed), (.garbage, .failed), (.lostAnswer, .done), (.truncated, .done),
    ])
    func `is written or is not, and we know which`(fault: HTTPFault, end: End) async throws {
        try await JazzCellar.open { cellar in
            cellar.write("Mine.", in: Discs.lanternsAtLow)
            let change = try await cellar.change(Discs.lanternsAtLow)
            await cellar.plexStandIn.fail("PUT /library/metadata/{}", with: fault)
            let written = try await cellar.enrichment.carryOut(change, by: "discord:1")
            switch end {
            case .failed:
                guard case .failed = written else { return #expect(Bool(false), "\(written)") }
                #expect(cellar.summary(Discs.lanternsAtLow) == "Mine.")
                // The same button again.
                let again = try await cellar.enrichment.carryOut(change, by: "discord:1")
                #expect(again == .done(note: nil))
            case .done: #expect(written == .done(note: nil))
            }
            #expect(cellar.summary(Discs.lanternsAtLow) == "Mine.\n\n\(block)")
        }
    }

    @Test(arguments: [
        ("GET /library/metadata/{}", HTTPFault.status(401, .null), "check PLEX_TOKEN"),
        ("GET /library/metadata/{}", .status(404, .null), "does not have item"),
        ("GET /library/metadata/{}", .status(429, .null), "429"),
        ("GET /library/metadata/{}", .status(503, .null), "starting or busy"),
        ("GET /library/metadata/{}", .truncated, "Plex"),
        ("GET /library/metadata/{}", .garbage, "cannot be read"),
        ("GET /library/metadata/{}", .html502, "try again"),
        ("GET /library/metadata/{}/children", .status(404, .null), "Plex does not have"),
        ("GET /library/metadata/{}/children", .garbage, "cannot be read"),
        ("GET /library/sections", .status(503, .null), "starting or busy"),
        ("GET /library/sections", .refuse, "cannot be reached"),
    ])
    func `that cannot be read is not written`(route: String, fault: HTTPFault, words: String) async throws {
        try await JazzCellar.open { cellar in
            // Twice: a line that was lost while warm is tried once more.
            await cellar.plexStandIn.fail(route, with: fault, times: 2)
            let trouble = await #expect(throws: EnrichTrouble.self) {
                _ = try await cellar.enrichment.look(at: "\(Discs.lanternsAtLow)")
            }
            #expect(trouble?.description.contains(words) == true, "\(trouble?.description ?? "")")
            #expect(trouble?.description.contains(cellar.plexStandIn.token) == false)
            #expect(cellar.puts.isEmpty)
        }
    }

    @Test func `is asked about after Plex went away in the midst of it`() async throws {
        // Written, and from then on no answer.
        let effects: @Sendable (JazzCellar.Doors) -> EnrichEffects = { doors in
            EnrichEffects { album, summary, locked in
                try await doors.plex.setSummary(of: album, to: summary, locked: locked)
                await doors.server.fail("GET /library/metadata/{}", with: .refuse, times: 50)
            }
        }
        try await JazzCellar.open(doing: effects) { cellar in
            let change = try await cellar.change(Discs.lanternsAtLow)
            let written = try await cellar.enrichment.carryOut(change, by: "discord:1")
            guard case .unknown = written else { return #expect(Bool(false), "\(written)") }
            // Still away: nobody guesses.
            let verify: [String: Effects.Verify] = [
                EnrichEffects.setSummaryKind: { await cellar.enrichment.verify($0) }
            ]
            let early = try await cellar.effects.settleInterrupted(verify)
            guard case .unknown = early.first?.finding else { return #expect(Bool(false)) }
            await cellar.plexStandIn.endFaults()
            let late = try await cellar.effects.settleInterrupted(verify)
            #expect(late.map(\.finding) == [.happened])
            let again = try await cellar.enrichment.carryOut(change, by: "discord:1")
            #expect(again == .alreadyThere)
            #expect(cellar.puts.count == 1)
            let undo = try await cellar.enrichment.retreat(.undo, of: "\(Discs.lanternsAtLow)")
            _ = try await cellar.enrichment.carryOut(undo.change, by: "discord:1")
            #expect(cellar.summary(Discs.lanternsAtLow) == "")
        }
    }

    @Test func `is not written into another library's album of that number`() async throws {
        try await JazzCellar.open { cellar in
            var change = try await cellar.change(Discs.lanternsAtLow)
            change.library = "another server's"
            await #expect(throws: EnrichTrouble.anotherLibrary(title: change.name)) {
                _ = try await cellar.enrichment.carryOut(change, by: "discord:1")
            }
            #expect(cellar.puts.isEmpty)
        }
    }

    @Test func `survives a restart of Plex between preview and button`() async throws {
        try await JazzCellar.open { cellar in
            let change = try await cellar.change(Discs.lanternsAtLow)
            await cellar.plexStandIn.goAway()
            await #expect(throws: EnrichTrouble.self) {
                _ = try await cellar.enrichment.carryOut(change, by: "discord:1")
            }
            try await cellar.plexStandIn.comeBack()
            let written = try await cellar.enrichment.carryOut(change, by: "discord:1")
            #expect(written == .done(note: nil))
        }
    }
}
