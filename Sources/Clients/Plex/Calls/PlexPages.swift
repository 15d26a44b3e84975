// Long lists as a sequence of pages, so that half a million rows need no more memory than one page and the keys seen.

package struct PlexPage<Row: Sendable>: Sendable {
    /// Rows not delivered before.
    package var rows: [Row]
    /// How many there are in all, as far as known: for progress.
    package var total: Int?
    /// True for the first page of another reading, because the list moved during the one before. Whoever needs the list
    /// exactly as it is throws away what came so far; whoever needs every row once just goes on.
    package var isFreshStart: Bool
    /// A sentence for each row that is there but cannot be read. `all()` throws at the first; whoever walks the pages may
    /// go on without, and should tell.
    package var unreadable: [String]
}

/// Ends only when all rows came; everything else throws.
package struct PlexPages<Row: Sendable>: AsyncSequence, Sendable {
    package typealias Element = PlexPage<Row>
    package typealias Failure = PlexError

    let plex: Plex
    let call: PlexCall
    let read: @Sendable (PlexAnswer) throws(PlexError) -> [PlexRow<Row>]
    let key: @Sendable (Row) -> String

    package func makeAsyncIterator() -> Iterator { Iterator(pages: self, walk: PageWalk(pageSize: plex.pageSize)) }

    package struct Iterator: AsyncIteratorProtocol {
        let pages: PlexPages<Row>
        var walk: PageWalk
        var isOver = false
        var isFreshStart = false

        package mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(PlexError) -> PlexPage<Row>? {
            if isOver { return nil }
            // Whatever is thrown, there is no going on after it.
            isOver = true
            let answer = try await pages.plex.read(pages.call.page(from: walk.start, size: walk.pageSize))
            return try take(answer)
        }

        private mutating func take(_ answer: PlexAnswer) throws(PlexError) -> PlexPage<Row> {
            let outcomes = try pages.read(answer)
            let keys = outcomes.enumerated().map { index, outcome in
                // What has no key is known by its place.
                if case .row(let row) = outcome { pages.key(row) } else { "#\(walk.start + index)" }
            }
            let (verdict, fresh) = walk.take(
                PageWalk.Page(offset: answer.offset, total: answer.totalSize, keys: keys))
            if case .incomplete(let why) = verdict { throw .incomplete("\(answer.what): \(why)") }
            var page = PlexPage<Row>(
                rows: [], total: walk.total ?? answer.totalSize, isFreshStart: isFreshStart, unreadable: [])
            page.rows.reserveCapacity(fresh.count)
            for index in fresh {
                switch outcomes[index] {
                case .row(let row): page.rows.append(row)
                case .unreadable(let why): page.unreadable.append(why)
                case .nothing: break
                }
            }
            isFreshStart = verdict == .again
            isOver = verdict == .done
            return page
        }
    }

    /// The whole list, in its order, each row once; throws where a row cannot be read.
    package func all() async throws(PlexError) -> [Row] {
        var rows: [Row] = []
        var iterator = makeAsyncIterator()
        while let page = try await iterator.next() {
            if let why = page.unreadable.first { throw .unreadable(why) }
            if page.isFreshStart { rows.removeAll() }
            rows += page.rows
        }
        return rows
    }
}

extension PlexCall {
    /// In headers, as plexapi sends them; both always (sheet §1).
    func page(from start: Int, size: Int) -> PlexCall {
        var call = self
        call.headers.append(("X-Plex-Container-Start", "\(start)"))
        call.headers.append(("X-Plex-Container-Size", "\(size)"))
        return call
    }
}
