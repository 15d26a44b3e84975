// What the inbox keeps of a hook is what its decoder gives back, field by field.

import Domain
import FoundationEssentials
import HookMill
import Jellyfin
import Runtime
import Testing

@testable import Web

@Suite struct `A hook as it is kept` {
    static let full = Playback(
        source: .jellyfin, user: .init(id: "8d", name: "Robin \"R\" \u{1}🌳"),
        film: FilmIDs(tmdb: 5, imdb: "tt0000005", title: "Le \\ Phare", year: 1999), itemID: "i", mediaSourceID: "m",
        runtime: .milliseconds(7_860_001), position: .seconds(9_223_372_036_854), saidWatched: false,
        at: Instant(milliseconds: -5), client: "c", device: "d")
    static let film = FilmIDs(title: "X")

    static let events: [HookEvent] = [
        .playback(full), .playback(Playback(source: .plex, film: film, at: Instant(milliseconds: 0))),
        .playback(Playback(source: .tautulli, kind: .other("pause"), itemKind: .episode, film: film, at: full.at)),
        .playback(
            Playback(source: .jellyfin, itemKind: .other("Audio"), film: film, runtime: .seconds(-1), at: full.at)),
        .notice(
            ImportNotice(
                event: .imported(path: "/a/b", size: .max, isUpgrade: true), instance: "R", movieID: 5, film: full.film,
                downloadID: "D", at: full.at)),
        .notice(
            ImportNotice(event: .imported(path: "", size: nil, isUpgrade: false), instance: "", film: film, at: full.at)
        ),
        .notice(ImportNotice(event: .grab(release: "r", size: 7), instance: "R", film: film, at: full.at)),
        .notice(ImportNotice(event: .grab(release: "r", size: nil), instance: "R", film: film, at: full.at)),
        .notice(ImportNotice(event: .deleted(path: "/x"), instance: "\\R", film: film, at: full.at)),
        .notice(ImportNotice(event: .deleted(path: nil), instance: "R", film: film, at: full.at)),
        .notice(ImportNotice(event: .other("rename"), instance: "R", film: film, at: full.at)),
    ]

    @Test(arguments: events) func `comes back as it was`(event: HookEvent) throws {
        let bytes = KeptHook.bytes(event)
        #expect(try JSONDecoder().decode(HookEvent.self, from: Data(bytes)) == event)
    }

    /// A field that was added to one of them and is missing in KeptHook.
    @Test(arguments: events) func `has every field the coder writes`(event: HookEvent) throws {
        let coder = JSONEncoder()
        coder.outputFormatting = [.withoutEscapingSlashes]
        // Members come in no order of theirs, so letters are counted.
        #expect(KeptHook.bytes(event).sorted() == [UInt8](try coder.encode(event)).sorted())
    }

    /// Of JSON only those fields are made into values that Jellyfin's reader names; of a form all are. Each is missed once.
    @Test(arguments: [
        [], ["UtcTimestamp"], ["MediaSourceId"], ["UserId"], ["Provider_tmdb"], ["Provider_tmdb", "Provider_imdb"],
        ["Name"], ["ItemId"], ["ClientName"], ["DeviceName"], ["ItemType"], ["NotificationType"], ["Year"],
        ["PlayedToCompletion"], ["PlaybackPositionTicks"], ["RunTimeTicks"], ["NotificationUsername"],
        ["UtcTimestamp", "Timestamp"], ["ItemType", "+SeriesName"], ["ItemType", "+SeriesId"],
        ["ItemType", "+EpisodeNumber"], ["NotificationType", "+Event"],
    ]) func `is the same from JSON and from a form`(changes: [String]) {
        var fields: [(name: String, value: String)] = [
            ("NotificationType", "PlaybackStop"), ("Timestamp", "2026-01-01T10:00:00Z"), ("Client", "Other"),
            ("UtcTimestamp", "2026-01-01T11:59:00.1234567Z"), ("Name", "Salt Road"), ("ServerName", "Home"),
            ("ItemId", "f11a5e00000000000000000000000102"), ("ItemType", "Movie"), ("RunTimeTicks", "78600000000"),
            ("Year", "2023"), ("Provider_tmdb", "990102"), ("Provider_imdb", "tt9910102"), ("DeviceName", "Living"),
            ("PlaybackPositionTicks", "76242000000"), ("MediaSourceId", "f11a5e00000000000000000000000103"),
            ("ClientName", "Infuse"), ("PlayedToCompletion", "True"), ("NotificationUsername", "Robin"),
            ("UserId", "8d2c4f6a1b3e4d5f90a1b2c3d4e5f601"), ("Overview", "x"),
        ]
        for change in changes {
            if change.hasPrefix("+") {
                fields.append((String(change.dropFirst()), "playback.stop"))
            } else {
                fields.removeAll { $0.name == change }
            }
        }
        let text = "{" + fields.map { "\"\($0.name)\":\"\($0.value)\"" }.joined(separator: ",") + "}"
        let arrival = Instant(seconds: 1_767_268_800)
        let json = JellyfinHook.read(.text(Array(text.utf8)), arrival: arrival)
        let form = JellyfinHook.read(.form(fields), arrival: arrival)
        #expect("\(json)" == "\(form)")
    }
}
