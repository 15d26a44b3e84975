// Plex's rows, in the forms the sheet has seen them.

import Runtime
import Testing

@testable import Plex

@Suite struct `What Plex says` {
    private func node(_ text: String) throws -> JSONNode { try JSONDocument(Array(text.utf8)).root }

    @Test func `a track keeps everything`() throws {
        let item = try PlexItem(
            node(
                #"""
                {"ratingKey":"12224","key":"/library/metadata/12224","parentRatingKey":"12221","grandparentRatingKey":"12200",
                 "guid":"plex://track/5d07cdb0403c640290511111","parentGuid":"plex://album/5d07cdb0403c640290522222",
                 "type":"track","title":"Low Tide","parentTitle":"Harbour","grandparentTitle":"Various Artists",
                 "originalTitle":"Mira Solen","index":3,"parentIndex":1,"duration":182000,"viewCount":2,
                 "lastViewedAt":1790000000,"userRating":8.0,"lastRatedAt":1780000000,"addedAt":1700000000,
                 "thumb":"/library/metadata/12221/thumb/1787999920","librarySectionID":3,"year":1999,
                 "Guid":[{"id":"mbid://1a7e2000-0001-4a10-8000-000000000001"}],
                 "Field":[{"locked":true,"name":"summary"},{"locked":false,"name":"title"}],
                 "Genre":[{"tag":"Jazz"},{"tag":"Bop"}],
                 "Media":[{"id":7,"bitrate":900,"audioCodec":"flac","Part":[{"id":8,"file":"/data/a.flac","size":123}]}]}
                """#), in: nil)
        #expect(item.ratingKey == "12224")
        #expect(item.kind == .track)
        #expect(item.performer == "Mira Solen")
        #expect(item.parentRatingKey == "12221")
        #expect(item.grandparentRatingKey == "12200")
        #expect(item.index == 3)
        #expect(item.parentIndex == 1)
        #expect(item.duration == .seconds(182))
        #expect(item.viewCount == 2)
        #expect(item.lastViewedAt == Instant(seconds: 1_790_000_000))
        #expect(item.userRating == 8)
        #expect(item.sectionID == 3)
        #expect(item.musicBrainzID == "1a7e2000-0001-4a10-8000-000000000001")
        #expect(item.isSummaryLocked)
        #expect(item.lockedFields == ["summary"])
        #expect(item.genres == ["Jazz", "Bop"])
        #expect(item.media.first?.parts.first?.file == "/data/a.flac")
        #expect(item.media.first?.id == "7")
    }

    @Test func `numbers as strings, strings as numbers and single objects are read alike`() throws {
        let item = try PlexItem(
            node(
                #"""
                {"ratingKey":12224,"type":"album","title":1984,"index":"3","duration":"182000","viewCount":"2",
                 "userRating":"8","addedAt":"1700000000","Media":{"id":"7","Part":{"size":"123","selected":"1"}},
                 "Guid":{"id":"mbid://x"},"Field":{"locked":"1","name":"summary"}}
                """#), in: node(#"{"librarySectionID":"3","librarySectionTitle":"Music"}"#))
        #expect(item.ratingKey == "12224")
        #expect(item.title == "1984")
        #expect(item.index == 3)
        #expect(item.duration == .seconds(182))
        #expect(item.viewCount == 2)
        #expect(item.userRating == 8)
        #expect(item.addedAt == Instant(seconds: 1_700_000_000))
        #expect(item.sectionID == 3)
        #expect(item.sectionTitle == "Music")
        #expect(item.media.first?.parts.first?.size == 123)
        #expect(item.media.first?.parts.first?.isSelected == true)
        #expect(item.guids == ["mbid://x"])
        #expect(item.isSummaryLocked)
    }

    @Test func `what is left out is unset`() throws {
        let item = try PlexItem(node(#"{"ratingKey":"1","type":"track"}"#), in: nil)
        #expect(item == PlexItem(ratingKey: "1", kind: .track))
        #expect(item.viewCount == 0)
        #expect(item.userRating == nil)
        #expect(item.musicBrainzID == nil)
    }

    @Test(arguments: [
        (#"{"type":"track"}"#, "has no ratingKey"), (#"{"ratingKey":"1"}"#, "has no type"),
        (#"{"ratingKey":"","type":"track"}"#, "has no ratingKey"),
        (#"{"ratingKey":{},"type":"track"}"#, "has no ratingKey"),
        (#"[]"#, "has no ratingKey"),
    ])
    func `a row without what it cannot exist without is no row`(text: String, why: String) throws {
        let row = try node(text)
        do throws(Unreadable) {
            _ = try PlexItem(row, in: nil)
            Issue.record("was read")
        } catch { #expect(error.why == why) }
    }

    @Test func `times and lengths beyond reason are unset, not crashes`() throws {
        let item = try PlexItem(
            node(
                #"{"ratingKey":"1","type":"track","addedAt":9223372036854775807,"lastViewedAt":-5,"updatedAt":0,"index":1e300}"#
            ), in: nil)
        #expect(item.addedAt == nil)
        #expect(item.lastViewedAt == nil)
        #expect(item.updatedAt == nil)
        #expect(item.index == nil)
    }

    @Test func `a play in the history outlives its item`() throws {
        let row = try PlexHistoryRow(
            node(
                #"""
                {"historyKey":"/status/sessions/history/123","key":"/library/metadata/12224","ratingKey":"12224",
                 "librarySectionID":"3","parentKey":"/library/metadata/12221","grandparentKey":"/library/metadata/12200",
                 "title":"Low Tide","parentTitle":"Harbour","type":"track","index":3,"viewedAt":1790000000,"accountID":1}
                """#))
        #expect(row.ratingKey == "12224")
        #expect(row.parentRatingKey == "12221")
        #expect(row.grandparentRatingKey == "12200")
        #expect(row.sectionID == 3)
        #expect(row.accountID == 1)
        let gone = try PlexHistoryRow(
            node(
                #"{"historyKey":"/status/sessions/history/124","title":"Gone","type":"track","viewedAt":5,"accountID":"7"}"#
            ))
        #expect(gone.ratingKey == nil)
        #expect(gone.parentRatingKey == nil)
        #expect(gone.accountID == 7)
        #expect(gone.historyKey == "/status/sessions/history/124")
    }

    @Test func `kinds keep their names, also those unheard of`() {
        for name in ["movie", "show", "season", "episode", "artist", "album", "track", "hologram"] {
            #expect(PlexKind(name).name == name)
        }
        #expect(PlexKind("hologram") == .other("hologram"))
    }
}
