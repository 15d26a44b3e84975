// The pure parts: pages that may shift, windows of time, whose turn it is.

import Runtime
import Testing

@testable import Tautulli

@Suite struct `Pages of a history` {
    /// A history that a test changes between pages.
    private func read(
        length: Int = 3, _ rows: [Int], changing change: (_ page: Int, _ rows: inout [Int]) -> Void = { _, _ in }
    ) -> [Int]? {
        var rows = rows
        var reading = HistoryReading(filter: TautulliHistoryFilter(), length: length)
        var pages = 0
        while let start = reading.nextStart, pages < 100 {
            change(pages, &rows)
            pages += 1
            let cut = rows.dropFirst(start).prefix(length).map { HistoryPage.Row(play: play($0)) }
            reading.take(HistoryPage(isWhole: true, total: rows.count, rows: Array(cut)))
        }
        return reading.plays?.map(\.id)
    }

    private func play(_ id: Int) -> TautulliPlay {
        TautulliPlay(
            id: id, sitting: id, userID: 1, username: "", friendlyName: "", started: Instant(seconds: Int64(id)),
            stopped: Instant(seconds: Int64(id)), played: .zero, paused: .zero, mediaType: .track, isLiveTV: false,
            ratingKey: nil, parentRatingKey: nil, grandparentRatingKey: nil, title: "", parentTitle: "",
            grandparentTitle: "", originalTitle: "", fullTitle: "", year: nil, index: nil, parentIndex: nil, guid: "",
            thumb: "", released: "", percentComplete: 100, watchedStatus: 1, decision: nil, player: "", product: "",
            platform: "", location: "")
    }

    @Test(arguments: 0...12)
    func `that stay are read whole`(count: Int) {
        #expect(read(Array(0..<count)) == Array(0..<count))
    }

    @Test func `that grow at the end are read to the new end`() {
        let found = read(Array(0..<7)) { page, rows in if page == 1 { rows.append(70) } }
        #expect(found == Array(0..<7) + [70])
    }

    @Test(arguments: [1, 2])
    func `that lose a row before the reader are not trusted`(page: Int) {
        let found = read(Array(0..<7)) { now, rows in if now == page { rows.removeFirst() } }
        #expect(found == nil)
    }

    @Test func `that gain a row before the reader are not trusted`() {
        let found = read(Array(0..<7)) { page, rows in if page == 1 { rows.insert(-1, at: 0) } }
        #expect(found == nil)
    }

    @Test func `that end too early are not trusted`() {
        var reading = HistoryReading(filter: TautulliHistoryFilter(), length: 3)
        reading.take(HistoryPage(isWhole: true, total: 9, rows: (0..<3).map { HistoryPage.Row(play: play($0)) }))
        #expect(reading.nextStart == 2)
        reading.take(HistoryPage(isWhole: true, total: 9, rows: [HistoryPage.Row(play: play(2))]))
        #expect(reading.nextStart == nil)
        #expect(reading.plays == nil)
    }

    @Test func `count running streams as read and leave them out`() {
        var reading = HistoryReading(filter: TautulliHistoryFilter(), length: 5)
        let rows = [HistoryPage.Row(play: nil), HistoryPage.Row(play: play(4))]
        reading.take(HistoryPage(isWhole: true, total: 2, rows: rows))
        #expect(reading.plays?.map(\.id) == [4])
    }

    @Test func `leave out what is outside the span`() {
        let span = Instant(seconds: 2)..<Instant(seconds: 4)
        var reading = HistoryReading(filter: TautulliHistoryFilter(started: span))
        reading.take(HistoryPage(isWhole: true, total: 6, rows: (0..<6).map { HistoryPage.Row(play: play($0)) }))
        #expect(reading.plays?.map(\.id) == [2, 3])
    }
}

@Suite struct `Windows of a history` {
    let now = Instant(seconds: 1_767_225_600)

    @Test func `follow each other without a gap, from before what was read to after now`() {
        let windows = HistoryWindows().windows(after: now - .days(100), until: now)
        #expect(windows.count == 4)
        #expect(windows.first?.lowerBound == now - .days(102))
        for (a, b) in zip(windows, windows.dropFirst()) { #expect(a.upperBound == b.lowerBound) }
        #expect(windows.last?.contains(now) == true)
        #expect(windows.allSatisfy { $0.upperBound - $0.lowerBound <= .days(30) })
    }

    @Test(arguments: [0, 1, 86_400, 27 * 86_400, 28 * 86_400, 28 * 86_400 + 1])
    func `hold now, however long ago the last reading was`(seconds: Int) {
        let windows = HistoryWindows().windows(after: now - .seconds(seconds), until: now)
        #expect(windows.filter { $0.contains(now) }.count == 1)
        #expect(windows.last?.upperBound == now + .seconds(1))
    }
}
