// `!plex enrich` in the real program: from the words to the summary in Plex, and back.

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@testable import App

/// The household's Plex and the record shops, for the settings of a program.
private struct MusicRoom: Sendable {
    let plex: PlexStandIn
    let records: MusicBrainzStandIn
    let shop: DiscogsStandIn

    var settings: [String: String] {
        [
            "PLEX_URL": plex.url, "PLEX_TOKEN": plex.token, "MUSICBRAINZ_URL": records.url, "DISCOGS_URL": shop.url,
            "DISCOGS_TOKEN": shop.token, "DRY_RUN": "false",
        ]
    }

    func summary(_ album: Int) -> String { plex.household.read { $0.items[album]?.summary ?? "" } }
    var puts: Int { plex.requests.entries.count { $0.method == "PUT" } }

    static func enter(
        _ more: [String: String] = [:], _ body: (MusicRoom, Evening) async throws -> Void
    ) async throws {
        try await enter(more) { room, evening, _ in try await body(room, evening) }
    }

    static func enter(
        _ more: [String: String] = [:], _ body: (MusicRoom, Evening, Int) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "records", log: .silent)
        let clock = SystemClock()
        let room = MusicRoom(
            plex: try await PlexStandIn.start(loop: loop, clock: clock, household: Household(.small())),
            records: try await MusicBrainzStandIn.start(loop: loop, clock: clock, rules: .mirror),
            shop: try await DiscogsStandIn.start(loop: loop, clock: clock))
        let outcome: Result<Void, any Error>
        do {
            try await Evening.spend { evening in
                try await evening.run(room.settings.merging(more) { $1 }) { port in
                    try await body(room, evening, port)
                }
            }
            outcome = .success(())
        } catch { outcome = .failure(error) }
        await room.plex.stop()
        await room.records.stop()
        await room.shop.stop()
        await loop.stop()
        try outcome.get()
    }
}

extension Evening {
    /// Presses a button, and waits until the message shows `words`.
    fileprivate func press(_ label: String, on message: ShownMessage, shows words: String) async throws -> ShownMessage
    {
        let id = try #require(message.button(label), "\(message.allText)")
        try await discord.press(id, on: message.id, as: House.robin)
        return try await discord.message(message.id) { $0.allText.contains(words) }
    }
}

private let lanterns = HouseholdWorld.Music.lanternsAtLow

@Suite(.timeLimit(.minutes(1))) struct `Enriching an album` {
    @Test func `shows first, writes on the button, and takes it back`() async throws {
        try await MusicRoom.enter { room, evening in
            room.plex.household.change { $0.change(lanterns) { $0.summary = "Robin's own *words*.\r\n" } }
            let preview = try await evening.ask("!plex enrich Lantern Quintet - Lanterns at Low Tide")
            #expect(preview.allText.contains("Ottilie Brandt: trumpet"), "\(preview.allText)")
            #expect(preview.allText.contains("named by the album's own files"))
            #expect(
                preview.embeds.first?["thumbnail"]?["url"]?.string?.contains("cover.jpg") == true, "\(preview.json)")
            #expect(room.puts == 0)
            let done = try await evening.press("Write it", on: preview, shows: "stand in the summary")
            #expect(done.controls.isEmpty)
            #expect(room.summary(lanterns).hasPrefix("Robin's own *words*.\r\n"))
            #expect(room.summary(lanterns).contains("[Performers · autoplex]"))
            #expect(room.puts == 1)

            let undo = try await evening.ask("!plex enrich \(lanterns) --undo")
            _ = try await evening.press("Take it back", on: undo, shows: "is taken back")
            #expect(room.summary(lanterns) == "Robin's own *words*.\r\n")
        }
    }

    @Test func `is taken back on the dashboard, unless somebody has written since`() async throws {
        try await MusicRoom.enter { room, evening, port in
            room.plex.household.change { $0.change(lanterns) { $0.summary = "Robin's own words." } }
            let preview = try await evening.ask("!plex enrich \(lanterns)")
            _ = try await evening.press("Write it", on: preview, shows: "stand in the summary")
            let written = room.summary(lanterns)
            try await LedgerDesk.open(evening, port) { desk in
                let path = try await desk.entry("plex:album:\(lanterns)")
                let typed = try desk.words(try await desk.page(path))
                let card = try await evening.ask("!plex \(typed)")
                #expect(card.allText.contains("Take back the last change of"), "\(card.allText)")

                room.plex.household.change { $0.change(lanterns) { $0.summary = written + " And more." } }
                let (_, kept) = try await desk.undo(path)
                #expect(kept.contains("was edited since"), "\(kept)")
                #expect(room.summary(lanterns) == written + " And more.")

                room.plex.household.change { $0.change(lanterns) { $0.summary = written } }
                let (_, told) = try await desk.undo(path)
                #expect(told.contains("is taken back"), "\(told)")
                #expect(room.summary(lanterns) == "Robin's own words.")
                #expect(told.contains("It was taken back already") && !told.contains(">Undo</button>"), "\(told)")
                let last = try await desk.page(try await desk.entry("plex:album:\(lanterns)"))
                #expect(last.contains("This took a change back"), "\(last)")
                let anew = try await evening.ask("!plex \(try desk.words(last))")
                #expect(anew.button("Write it") != nil, "\(anew.allText)")
            }
        }
    }

    @Test func `is a preview for who is only trusted, and nothing for the others`() async throws {
        try await MusicRoom.enter { room, evening in
            let trusted = try await evening.ask("!plex enrich Lanterns at Low Tide", as: House.chris)
            #expect(trusted.allText.contains("Ottilie Brandt") && trusted.allText.contains("only admins write"))
            #expect(trusted.controls.isEmpty)
            let whole = try await evening.ask("!plex enrich --artist The Lantern Quintet", as: House.chris)
            #expect(whole.allText.contains("for admins only"))
            let stranger = try await evening.ask("!plex enrich Lanterns at Low Tide", as: House.ann)
            #expect(stranger.allText.contains("trusted"), "\(stranger.allText)")
            #expect(room.puts == 0)
        }
    }

    @Test func `asks which of two releases it is`() async throws {
        try await MusicRoom.enter { room, evening in
            let menu = try await evening.ask("!plex enrich Mud Season")
            #expect(menu.allText.contains("will not choose by myself"), "\(menu.allText)")
            try await evening.discord.choose(["1"], in: try #require(menu.menu), on: menu.id, as: House.robin)
            let preview = try await evening.discord.message(menu.id) { $0.allText.contains("chosen by hand") }
            _ = try await evening.press("Write it", on: preview, shows: "stand in the summary")
            #expect(room.puts == 1)
        }
    }

    @Test func `offers what was meant, by words, by number and while typing`() async throws {
        try await MusicRoom.enter { _, evening in
            let slip = try await evening.ask("!plex enrich Lanterns at Low Tyde")
            #expect(slip.allText.contains("Perhaps one of these?") && slip.menu != nil, "\(slip.allText)")
            let nothing = try await evening.ask("!plex enrich @everyone \u{202E}xyzzy")
            #expect(nothing.allText.contains("Plex has no album"))
            #expect(nothing.json["mention_everyone"]?.bool == false)
            let choices = try await evening.discord.complete(
                "plex enrich", option: "album", typed: "blue har", as: House.robin, in: House.media)
            #expect(choices.contains { $0["value"]?.string == "3102" }, "\(choices)")
            let both = try await evening.ask("!plex enrich Blue Harbour --undo --remove")
            #expect(both.allText.contains("one thing at a time"))
            let wrong = try await evening.ask("!plex enrich Blue Harbour --release banana")
            #expect(wrong.allText.contains("is no MusicBrainz release"))
            let early = try await evening.ask("!plex enrich Blue Harbour --undo")
            #expect(early.allText.contains("nothing of mine to undo"))
        }
    }

    @Test func `of a whole artist goes by itself, and reports`() async throws {
        try await MusicRoom.enter { room, evening in
            let card = try await evening.ask("!plex enrich --artist The Lantern Quintet")
            #expect(card.allText.contains("Plex has 4 of them"), "\(card.allText)")
            let done = try await evening.press("Enrich them", on: card, shows: "4 written")
            #expect(done.allText.contains("Credits of"))
            #expect(room.puts == 4)
            let overview = try await evening.ask("!plex enrich")
            #expect(overview.allText.contains("4 written"))
        }
    }

    @Test func `in a dry run writes nothing`() async throws {
        try await MusicRoom.enter(["DRY_RUN": "true"]) { room, evening in
            let preview = try await evening.ask("!plex enrich Lanterns at Low Tide")
            _ = try await evening.press("Write it", on: preview, shows: "Dry run: nothing was written")
            #expect(room.puts == 0)
        }
    }

    @Test func `says in one sentence what is wrong, and goes on when it is right again`() async throws {
        try await MusicRoom.enter { room, evening in
            let preview = try await evening.ask("!plex enrich Lanterns at Low Tide")
            await room.plex.fail("PUT /library/metadata/{}", with: .status(403, .null))
            let id = try #require(preview.button("Write it"))
            let start = evening.discord.requests.end
            try await evening.discord.press(id, on: preview.id, as: House.robin)
            _ = try await evening.discord.requests.first(from: start) {
                "\($0.form ?? .null)".contains("was not changed")
            }
            #expect(room.summary(lanterns).isEmpty)
            // The same button.
            _ = try await evening.press("Write it", on: preview, shows: "stand in the summary")
            #expect(room.puts == 2)

            await room.plex.goAway()
            let away = try await evening.ask("!plex enrich Blue Harbour")
            #expect(away.allText.contains("Plex cannot be reached"), "\(away.allText)")
            #expect(!away.allText.contains("That did not work"))
            try await room.plex.comeBack()
            let back = try await evening.ask("!plex enrich Blue Harbour")
            #expect(back.allText.contains("Selma Ferro"), "\(back.allText)")
        }
    }

    @Test func `runs by itself on its schedule's job`() async throws {
        let job = ["ENRICH_SCHEDULE": "0 3 * * sun", "ENRICH_SECTIONS": "Music"]
        try await MusicRoom.enter(job) { room, evening in
            let jobs = try await evening.ask("!plex jobs")
            #expect(jobs.allText.contains("writes who plays into album summaries"))
            _ = try await evening.ask("!plex jobs run enrich")
            let report = try await evening.discord.nextMessage(in: House.admin) { $0.allText.contains("Credits of") }
            #expect(report.allText.contains("written") && report.allText.contains("without credits"))
            #expect(room.puts > 4)
        }
    }
}
