// Reading a long list in pages, and knowing whether it was all of it (sheet plex.md §1, Paging). A pure machine: it is
// told what each page said of itself and says what to ask next.
//
// Plex may ignore the paging, give fewer rows than asked, or change underneath: an item deleted in front of where we are
// moves all others forward, and one of them slips between two pages unseen. So rows are known by their key, and a pass
// in which the total shrank or fewer rows came than there are is walked again from the start.

struct PageWalk: Sendable {
    struct Page: Sendable {
        /// As the server says; nil where it does not.
        var offset: Int?
        var total: Int?
        var keys: [String]
    }

    enum Verdict: Equatable, Sendable {
        /// Go on asking from `start`.
        case more
        /// The list moved: begin again at 0.
        case again
        case done
        case incomplete(String)
    }

    let pageSize: Int
    private let mostPasses: Int
    private(set) var start = 0
    private(set) var total: Int?
    private(set) var pass = 1
    private var seen: Set<String> = []
    private var hasShrunk = false

    init(pageSize: Int, mostPasses: Int = 3) {
        self.pageSize = max(1, pageSize)
        self.mostPasses = mostPasses
    }

    /// What to make of the page that was asked for at `start`, and which of its rows this pass had not seen.
    mutating func take(_ page: Page) -> (verdict: Verdict, fresh: [Int]) {
        if let total, let now = page.total, now < total { hasShrunk = true }
        let known = page.total ?? total
        total = known

        let fresh = page.keys.indices.filter { seen.insert(page.keys[$0]).inserted }
        if fresh.isEmpty, start > 0, known == nil {
            // A reply without a total is unpaged and whole (sheet §1), and its size happened to be that of a page.
            return (ending(), [])
        }
        if let offset = page.offset, offset != start {
            return (.incomplete("asked for rows from \(start), it gave those from \(offset)"), [])
        }
        if page.keys.isEmpty {
            guard let known, start < known else { return (ending(), []) }
            return (.incomplete("nothing came at row \(start) of \(known)"), [])
        }
        // A server that knows no paging gives its first rows again and again.
        if fresh.isEmpty, start > 0, page.offset == nil {
            return (.incomplete("asked for rows from \(start), it gave the first ones again"), [])
        }
        start += page.keys.count
        if let known { return (start < known ? .more : ending(), fresh) }
        // No total: a page not exactly full was all of it.
        return (page.keys.count == pageSize ? .more : ending(), fresh)
    }

    /// All pages are in. Was that all, and did it hold still?
    private mutating func ending() -> Verdict {
        if !hasShrunk, seen.count >= total ?? 0 { return .done }
        guard pass < mostPasses else {
            return .incomplete("it changed during each of \(mostPasses) readings (\(seen.count) of \(total ?? 0) rows)")
        }
        pass += 1
        start = 0
        total = nil
        hasShrunk = false
        seen.removeAll(keepingCapacity: true)
        return .again
    }
}
