// The statements of one connection that stay prepared between uses: preparing costs several times what a small query
// does. Non-copyable values cannot stand in a dictionary yet, so each has a shelf.

final class PreparedStatements {
    final class Shelf {
        var statement: Statement
        init(_ statement: consuming Statement) { self.statement = statement }
    }

    private var shelves: [String: Shelf] = [:]
    /// The program has some hundred different statements; more means that SQL is being composed, and memory matters.
    private let most = 200

    /// Taken out, so that nobody else gets it meanwhile.
    func take(_ sql: String) -> Shelf? { shelves.removeValue(forKey: sql) }

    func putBack(_ shelf: Shelf) {
        if shelves.count >= most { shelves.removeAll(keepingCapacity: true) }
        shelves[shelf.statement.sql] = shelf
    }

    func removeAll() { shelves.removeAll() }
}
