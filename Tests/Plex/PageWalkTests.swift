// What the pages of a long list say of themselves, and what is made of it.

import Testing

@testable import Plex

@Suite struct `Reading a list in pages` {
    /// Walks over a list that may be another for each request; what came, or why not.
    private func walk(
        size: Int, _ list: (_ request: Int) -> [String],
        page: (_ list: [String], _ start: Int, _ size: Int) -> PageWalk.Page = honest
    ) -> (rows: [String], requests: Int, failure: String?) {
        var walk = PageWalk(pageSize: size)
        var rows: [String] = []
        for request in 0..<1000 {
            let answer = page(list(request), walk.start, size)
            let (verdict, fresh) = walk.take(answer)
            rows += fresh.map { answer.keys[$0] }
            switch verdict {
            case .more: break
            case .again: rows = []
            case .done: return (rows, request + 1, nil)
            case .incomplete(let why): return (rows, request + 1, why)
            }
        }
        return (rows, 1000, "never ended")
    }

    private static func honest(_ list: [String], _ start: Int, _ size: Int) -> PageWalk.Page {
        PageWalk.Page(
            offset: start, total: list.count, keys: Array(list.dropFirst(start).prefix(size)))
    }

    private func keys(_ count: Int) -> [String] { (0..<count).map { "\($0)" } }

    @Test(arguments: [0, 1, 2, 3, 4, 6, 7, 100])
    func `all of it comes, in as many pages as it needs`(count: Int) {
        let result = walk(size: 3, { _ in keys(count) })
        #expect(result.failure == nil)
        #expect(result.rows == keys(count))
        #expect(result.requests == max(1, (count + 2) / 3))
    }

    @Test func `a server that gives fewer rows than asked is asked more often`() {
        let result = walk(size: 50, { _ in keys(7) }) { list, start, _ in Self.honest(list, start, 2) }
        #expect(result.failure == nil)
        #expect(result.rows == keys(7))
        #expect(result.requests == 4)
    }

    @Test func `a server that ignores paging and sends everything is taken at its word`() {
        for (offset, total) in [(nil, nil), (nil, 7), (0, nil)] as [(Int?, Int?)] {
            for size in [3, 7, 10] {
                let result = walk(size: size, { _ in keys(7) }) { list, _, _ in
                    PageWalk.Page(offset: offset, total: total, keys: list)
                }
                #expect(result.failure == nil)
                #expect(result.rows == keys(7))
                // Seven rows could be the first page of more: one look tells.
                #expect(result.requests == (size == 7 && total == nil ? 2 : 1))
            }
        }
    }

    @Test func `without a total a page that is not full is the last`() {
        let result = walk(size: 3, { _ in keys(8) }) { list, start, size in
            PageWalk.Page(offset: start, total: nil, keys: Array(list.dropFirst(start).prefix(size)))
        }
        #expect(result.failure == nil)
        #expect(result.rows == keys(8))
    }

    @Test func `the same page over and over is noticed`() {
        let saysSo = walk(size: 3, { _ in keys(8) }) { list, _, size in
            PageWalk.Page(offset: 0, total: 8, keys: Array(list.prefix(size)))
        }
        #expect(saysSo.failure == "asked for rows from 3, it gave those from 0")
        let doesNotSay = walk(size: 3, { _ in keys(8) }) { list, _, size in
            PageWalk.Page(offset: nil, total: 8, keys: Array(list.prefix(size)))
        }
        #expect(doesNotSay.failure == "asked for rows from 3, it gave the first ones again")
    }

    @Test func `an empty page before the end is no end`() {
        let result = walk(size: 3, { _ in keys(8) }) { list, start, size in
            start == 3 ? PageWalk.Page(offset: 3, total: 8, keys: []) : Self.honest(list, start, size)
        }
        #expect(result.failure == "nothing came at row 3 of 8")
    }

    @Test func `rows that never come are missed`() {
        // Ten announced, and of each page the first row only counted.
        let result = walk(size: 5, { _ in keys(10) }) { list, start, size in
            var page = Self.honest(list, start, size)
            page.keys[0] = "0"
            return page
        }
        #expect(result.failure == "it changed during each of 3 readings (9 of 10 rows)")
    }

    @Test func `an item deleted in front of us makes us read again`() {
        // Without a second reading row 3 would slip from page two to page one unseen.
        let result = walk(size: 3, { request in request == 0 ? keys(9) : Array(keys(9).dropFirst()) })
        #expect(result.failure == nil)
        #expect(result.rows == Array(keys(9).dropFirst()))
        #expect(result.requests == 3 + 3)
    }

    @Test func `an item added in front of us is not missed, and none comes twice`() {
        let result = walk(size: 3, { request in request == 0 ? keys(9) : ["new"] + keys(9) })
        #expect(result.failure == nil)
        #expect(result.rows == ["new"] + keys(9))
    }

    @Test func `an item added at the end costs nothing`() {
        let result = walk(size: 3, { request in keys(request == 0 ? 6 : 7) })
        #expect(result.failure == nil)
        #expect(result.rows == keys(7))
        #expect(result.requests == 3)
    }

    @Test func `a list that never rests is given up, not shown as it happened to be`() {
        let result = walk(size: 3, { request in keys(40 - request) })
        #expect(result.failure?.hasPrefix("it changed during each of 3 readings") == true)
    }
}
