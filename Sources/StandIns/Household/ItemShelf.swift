// Where a world keeps its items: those that were put there one by one, and, for measuring, half a million more that are
// told from their number and take no memory until somebody changes them (BulkMusic).

package struct ItemShelf: Sendable {
    package typealias Item = HouseholdWorld.Item
    package typealias Kind = HouseholdWorld.Kind

    /// Rating keys by their parent's.
    package struct Children: Sendable {
        let shelf: ItemShelf
        package subscript(ratingKey: Int) -> [Int]? {
            let keys = shelf.childKeys(of: ratingKey)
            return keys.isEmpty ? nil : keys
        }
    }

    private struct Place: Hashable, Sendable {
        var section: Int
        var kind: Kind
    }

    private var single: [Int: Item] = [:]
    private var bulk: BulkMusic?
    /// Of those in the bulk.
    private var gone: Set<Int> = []
    private var children: [Int: [Int]] = [:]
    private var places: [Place: [Int]] = [:]

    package subscript(ratingKey: Int) -> Item? {
        if let item = single[ratingKey] { return item }
        guard let bulk, !gone.contains(ratingKey) else { return nil }
        return bulk.item(ratingKey)
    }

    func milliseconds(of ratingKey: Int) -> Int {
        if let item = single[ratingKey] { return item.milliseconds }
        guard let bulk, !gone.contains(ratingKey) else { return 0 }
        return bulk.milliseconds(of: ratingKey)
    }

    package var count: Int {
        // Changed ones of the bulk stand in `single` too.
        guard let bulk else { return single.count }
        return single.keys.reduce(bulk.count - gone.count) { bulk.keys.contains($1) ? $0 : $0 + 1 }
    }

    package var keys: [Int] {
        let bulkKeys = bulk.map { $0.keys.filter { !gone.contains($0) } } ?? []
        return single.keys.filter { bulk?.keys.contains($0) != true }.sorted() + bulkKeys
    }

    package var isEmpty: Bool { count == 0 }
    package var values: [Item] { keys.compactMap { self[$0] } }

    func childKeys(of ratingKey: Int) -> [Int] {
        let own = children[ratingKey] ?? []
        guard let bulk, bulk.keys.contains(ratingKey), !gone.contains(ratingKey) else { return own }
        return without(bulk.childKeys(of: ratingKey)) + own
    }

    func keys(of kind: Kind, in section: Int) -> [Int] {
        let own = places[Place(section: section, kind: kind)] ?? []
        guard let bulk, bulk.section == section else { return own }
        return own + without(bulk.keys(of: kind))
    }

    private func without(_ keys: Range<Int>) -> [Int] {
        gone.isEmpty ? Array(keys) : keys.filter { !gone.contains($0) }
    }

    mutating func fill(with bulk: BulkMusic) { self.bulk = bulk }

    mutating func add(_ item: Item) {
        if let old = single[item.ratingKey] { forget(old) }
        single[item.ratingKey] = item
        places[Place(section: item.section, kind: item.kind), default: []].append(item.ratingKey)
        if let parent = item.parent { children[parent, default: []].append(item.ratingKey) }
    }

    mutating func change(_ ratingKey: Int, _ change: (inout Item) -> Void) {
        guard var item = self[ratingKey] else { return }
        change(&item)
        single[ratingKey] = item
    }

    mutating func remove(_ ratingKey: Int) {
        for child in childKeys(of: ratingKey) { remove(child) }
        children[ratingKey] = nil
        if let bulk, bulk.keys.contains(ratingKey) { gone.insert(ratingKey) }
        guard let item = single.removeValue(forKey: ratingKey) else { return }
        forget(item)
    }

    private mutating func forget(_ item: Item) {
        places[Place(section: item.section, kind: item.kind)]?.removeAll { $0 == item.ratingKey }
        if let parent = item.parent { children[parent]?.removeAll { $0 == item.ratingKey } }
    }
}
