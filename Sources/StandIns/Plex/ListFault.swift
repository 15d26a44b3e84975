// Answers of plex.tv and Plex that are well-formed, come with status 200, and are not true: what made such tools remove
// everybody (sheet plex.md §8: an empty list never means that everyone left).

package enum ListFault: Sendable {
    /// Nobody, and nothing odd about it.
    case empty
    /// The first half, which says of itself that it is all.
    case half
    /// The first half, which says how many there should be.
    case short
}

extension PlexAnswer {
    func bent(by fault: ListFault) -> PlexAnswer {
        guard status == 200 else { return self }
        var copy = self
        switch body {
        case .tree(let tree): copy.body = .tree(tree.bent(by: fault))
        case .xml(let tree): copy.body = .xml(tree.bent(by: fault))
        case .json(.array(let rows)): copy.body = .json(.array(Array(rows.prefix(fault.left(of: rows.count)))))
        case .json, .bytes, .html, .none: break
        }
        return copy
    }
}

extension ListFault {
    fileprivate func left(of count: Int) -> Int {
        switch self {
        case .empty: 0
        case .half, .short: count / 2
        }
    }
}

extension PlexElement {
    fileprivate func bent(by fault: ListFault) -> PlexElement {
        var copy = self
        copy.children = Array(children.prefix(fault.left(of: children.count)))
        guard case .short = fault else {
            for name in ["size", "totalSize"] where copy[name] != nil { copy[name] = .number(copy.children.count) }
            return copy
        }
        return copy
    }
}
