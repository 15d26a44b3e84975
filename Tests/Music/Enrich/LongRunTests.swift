// A whole artist, a whole library: what is sure is written, what is not is listed, and nothing is done twice.

import Domain
import Music
import MusicBrainz
import Plex
import Runtime
import StandIns
import Storage
import Synchronization
import Testing

private let quintet = RunScope(artist: "\(Discs.lanternQuintet)", name: "The Lantern Quintet")

/// Hears the progress of a run, and may stop it.
private final class Listener: Sendable {
    private let heard = Mutex<[RunTally]>([])
    var tallies: [RunTally] { heard.withLock { $0 } }
    func hear(_ tally: RunTally) { heard.withLock { $0.append(tally) } }
}

/// Ends something at the third write.
private final class Stop: Sendable {
    private let state = Mutex<(writes: Int, end: (@Sendable () -> Void)?)>((0, nil))

    func atThird(_ end: @escaping @Sendable () -> Void) {
        let isDue = state.withLock { state in
            state.end = end
            return state.writes >= 3
        }
        if isDue { end() }
    }

    func count() {
        let end = state.withLock { state in
            state.writes += 1
            return state.writes == 3 ? state.end : nil
        }
        end?()
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A long run` {
    @Test func `writes what is sure and counts the rest`() async throws {
        try await JazzCellar.open { cellar in
            let listener = Listener()
            let tally = try await cellar.patiently {
                try await cellar.enrichment.run(quintet, by: "discord:1") { listener.hear($0) }
            }
            #expect(tally.stopped == nil && tally.done == tally.total)
            #expect(tally.counts[.written] == tally.total, "\(tally)")
            #expect(cellar.puts.count == tally.total)
            for key in [Discs.lanternsAtLow, Discs.blueHarbour, Discs.liveAtTheMill, Discs.albumWithoutGUID] {
                #expect(SummaryBlock(in: cellar.summary(key)) != nil)
            }
            #expect(listener.tallies.first?.done == 0)
            let progress = cellar.enrichment.reports.progress(listener.tallies[0]).plainText
            #expect(progress.contains("0 of \(tally.total)"))
        }
    }

    @Test func `over all libraries lists what a person has to choose`() async throws {
        try await JazzCellar.open { cellar in
            cellar.write("[Performers · autoplex]\nno end", in: Discs.lanternsAtLow)
            let tally = try await cellar.patiently {
                try await cellar.enrichment.run(.libraries, by: "job:enrich") { _ in }
            }
            #expect(tally.stopped == nil && tally.failed.isEmpty)
            #expect(tally.done == tally.total && tally.counts.values.reduce(0, +) == tally.total)
            #expect(tally.asks.contains { $0.name == "Mud Season by Delta Ferry" })
            #expect(tally.asks.contains { $0.why.contains("no [/Performers] follows") })
            #expect(tally.counts[.nobody, default: 0] >= 1 && tally.counts[.written, default: 0] >= 5)
            #expect(cellar.summary(Discs.lanternsAtLow) == "[Performers · autoplex]\nno end")
            let report = cellar.enrichment.reports.report(tally).plainText
            #expect(report.contains("To be chosen by hand") && report.contains("Mud Season"))
            let overview = try await cellar.enrichment.overview().plainText
            #expect(overview.contains("Mud Season"))
            // Every write went to one album's own address.
            #expect(cellar.puts.allSatisfy { $0.route == "PUT /library/metadata/{}" })
        }
    }

    @Test func `over one library leaves the others alone, and knows a wrong name`() async throws {
        try await JazzCellar.open(settings: EnrichSettings(sections: ["vinyl"])) { cellar in
            let tally = try await cellar.patiently {
                try await cellar.enrichment.run(.libraries, by: "job:enrich") { _ in }
            }
            #expect(tally.total == 2)
        }
        try await JazzCellar.open(settings: EnrichSettings(sections: ["Vinyl", "Jass"])) { cellar in
            await #expect(throws: EnrichTrouble.unknownSections(["Jass"])) {
                _ = try await cellar.enrichment.run(.libraries, by: "job:enrich") { _ in }
            }
        }
    }

    @Test func `done a second time asks nobody and writes nothing, until it is old`() async throws {
        try await JazzCellar.open { cellar in
            _ = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            let (puts, questions) = (cellar.puts.count, cellar.recordStandIn.requests.end)
            await cellar.clock.advance(by: .days(2))
            let second = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            #expect(second.counts == [.there: second.total])
            #expect(!second.isWorthTelling)
            #expect(cellar.puts.count == puts && cellar.recordStandIn.requests.end == questions)
            await cellar.clock.advance(by: .days(90))
            let third = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            #expect(third.counts == [.there: third.total])
            #expect(cellar.puts.count == puts && cellar.recordStandIn.requests.end > questions)
        }
    }

    @Test func `writes again where somebody has wiped the block`() async throws {
        try await JazzCellar.open { cellar in
            _ = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            cellar.write("Wiped by a refresh.", in: Discs.blueHarbour)
            await cellar.clock.advance(by: .days(2))
            let second = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            #expect(second.counts[.written] == 1)
            #expect(cellar.summary(Discs.blueHarbour).hasPrefix("Wiped by a refresh.\n\n[Performers"))
        }
    }

    @Test(arguments: [SummaryChange.Action.undo, .remove])
    func `leaves out what a person has taken back`(action: SummaryChange.Action) async throws {
        try await JazzCellar.open { cellar in
            _ = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            let retreat = try await cellar.enrichment.retreat(action, of: "\(Discs.blueHarbour)")
            _ = try await cellar.enrichment.carryOut(retreat.change, by: "discord:1")
            await cellar.clock.advance(by: .days(400))
            let second = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            #expect(second.counts[.declined] == 1)
            #expect(cellar.summary(Discs.blueHarbour) == "")
            // Unless they ask for it again.
            try await cellar.enrich(Discs.blueHarbour)
            let third = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            #expect(third.counts[.declined] == nil)
        }
    }

    @Test func `cut off in the middle goes on where it was`() async throws {
        let stop = Stop()
        let effects: @Sendable (JazzCellar.Doors) -> EnrichEffects = { doors in
            EnrichEffects { album, summary, locked in
                stop.count()
                try await doors.plex.setSummary(of: album, to: summary, locked: locked)
            }
        }
        try await JazzCellar.open(doing: effects) { cellar in
            let run = Task { try await cellar.enrichment.run(quintet, by: "discord:1") { _ in } }
            stop.atThird { run.cancel() }
            let outcome = await run.result
            #expect(throws: CancellationError.self) { try outcome.get() }
            let done = cellar.puts.map(\.path)
            #expect(done.count == 2)

            let listener = Listener()
            await cellar.enrichment.resume { listener.hear($0) }
            let tally = try #require(listener.tallies.first)
            #expect(tally.counts[.written] == 4 && tally.stopped == nil)
            #expect(cellar.puts.count == 4 && Set(cellar.puts.map(\.path)).count == 4)
            // What was cut off is settled at the next start.
            let found = try await cellar.effects.settleInterrupted([
                EnrichEffects.setSummaryKind: { await cellar.enrichment.verify($0) }
            ])
            #expect(found.map(\.finding) == [.happened])
            // And then there is nothing left to go on with.
            await cellar.enrichment.resume { listener.hear($0) }
            #expect(listener.tallies.count == 1)
        }
    }

    @Test func `stops and says so when MusicBrainz is gone, and loses nothing`() async throws {
        try await JazzCellar.open { cellar in
            await cellar.recordStandIn.fail(with: .refuse, times: 10_000)
            let tally = try await cellar.patiently {
                try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            }
            #expect(tally.stopped?.contains("MusicBrainz cannot be reached") == true)
            #expect(cellar.puts.isEmpty)
            #expect(cellar.enrichment.reports.report(tally).plainText.contains("goes on from there"))
            await cellar.recordStandIn.endFaults()
            let again = try await cellar.patiently {
                try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            }
            #expect(again.counts[.written] == again.total)
        }
    }

    @Test func `waits while Plex restarts`() async throws {
        try await JazzCellar.open { cellar in
            await cellar.plexStandIn.fail("GET /library/metadata/{}", with: .status(503, .null), times: 2)
            let tally = try await cellar.patiently {
                // The artist's list comes first; the first album is what meets the restart.
                try await cellar.enrichment.run(.libraries, by: "discord:1") { _ in }
            }
            #expect(tally.failed.isEmpty && tally.stopped == nil && tally.done == tally.total)
        }
    }

    @Test func `lists a write that Plex refused, and the next run makes up for it`() async throws {
        try await JazzCellar.open { cellar in
            await cellar.plexStandIn.fail("PUT /library/metadata/{}", with: .status(503, .null))
            let tally = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            #expect(tally.failed.count == 1 && tally.stopped == nil)
            #expect(cellar.enrichment.reports.report(tally).plainText.contains("Failed"))
            await cellar.clock.advance(by: .minutes(1))
            let again = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            #expect(again.counts == [.written: 1, .there: 3])
        }
    }

    @Test func `with a token that is refused stops at once`() async throws {
        try await JazzCellar.open { cellar in
            let listener = Listener()
            let tally = try await cellar.enrichment.run(quintet, by: "discord:1") { tally in
                listener.hear(tally)
                await cellar.plexStandIn.fail("GET /library/metadata/{}", with: .status(401, .null), times: 100)
            }
            #expect(tally.stopped?.contains("PLEX_TOKEN") == true)
            #expect(tally.done == 0)
        }
    }

    @Test func `keeps to the release a person chose`() async throws {
        let mud = RunScope(artist: "\(Discs.deltaFerry)", name: "Delta Ferry")
        try await JazzCellar.open { cellar in
            let key = cellar.key("Mud Season")
            let change = try await cellar.change(key, release: MusicBrainzCatalogue.Known.mudSeasonAgain)
            _ = try await cellar.enrichment.carryOut(change, by: "discord:1")
            for _ in 1...2 {
                await cellar.clock.advance(by: .days(100))
                let tally = try await cellar.enrichment.run(mud, by: "job:enrich") { _ in }
                #expect(tally.counts == [.there: 1])
            }
            cellar.write("Wiped.", in: key)
            let tally = try await cellar.enrichment.run(mud, by: "job:enrich") { _ in }
            #expect(tally.counts == [.written: 1])
            #expect(cellar.summary(key).contains(MusicBrainzCatalogue.Known.mudSeasonAgain))
        }
    }

    @Test func `is one at a time`() async throws {
        try await JazzCellar.open { cellar in
            _ = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in
                await #expect(throws: EnrichTrouble.underWay("The Lantern Quintet")) {
                    _ = try await cellar.enrichment.run(.libraries, by: "job:enrich") { _ in }
                }
            }
        }
    }

    @Test func `in a dry run tells what it would write, and writes it later`() async throws {
        try await JazzCellar.open(isDryRun: true) { cellar in
            let tally = try await cellar.enrichment.run(quintet, by: "discord:1") { _ in }
            #expect(tally.counts[.due] == tally.total && tally.failed.isEmpty)
            #expect(cellar.puts.isEmpty)
            #expect(cellar.enrichment.reports.report(tally).plainText.contains("would be written"))
        }
    }
}

@Suite struct `The words of enriching` {
    @Test func `show long summaries by their difference`() async throws {
        try await JazzCellar.open { cellar in
            let long = String(repeating: "A long, long story of an album. ", count: 200)
            cellar.write(long, in: Discs.lanternsAtLow)
            let finding = try await cellar.enrichment.look(at: "\(Discs.lanternsAtLow)")
            let report = cellar.enrichment.reports.preview(finding)
            let after = report.fields.first { $0.name.plainText == "After" }?.value.plainText ?? ""
            #expect(after.hasPrefix("[… ") && after.contains("characters …]") && after.contains("Ottilie Brandt"))
            #expect(after.count < 1000)
        }
    }

    @Test func `carry a change through a card and back`() throws {
        let change = SummaryChange(
            album: "1", library: "u", name: "\"Q\" @everyone 🚌 \u{200F}", action: .write,
            lines: ["Anna: \"prepared\" piano | Bo: o'ud", "x"], source: "discogs:1", atTop: true)
        #expect(SummaryChange(json: change.json) == change)
        #expect(SummaryChange(json: "{}") == nil)
    }

    @Test func `warn of few credits and of a release whose tracks differ`() async throws {
        try await JazzCellar.open { cellar in
            let fuse = try await cellar.enrichment.look(at: "\(cellar.key("Fuse Box"))")
            #expect(cellar.enrichment.reports.preview(fuse).plainText.contains("credits on 3 of 5 tracks"))
            let other = try #require(MBID(MusicBrainzCatalogue.Known.mudSeason))
            let forced = try await cellar.enrichment.look(at: "\(Discs.lanternsAtLow)", release: other)
            #expect(cellar.enrichment.reports.preview(forced).plainText.contains("only if you are sure"))
        }
    }
}
