// Finished plays (sheet plex.md §3). The owner sees everyone's, others their own. Rows of items that have gone stay, but
// no longer say which item it was.

import Runtime

extension PlexView {
    typealias Play = HouseholdWorld.Play

    func history() throws(PlexRefusal) -> PlexAnswer {
        let order = call["sort"] ?? "viewedAt"
        guard ["viewedAt", "viewedAt:asc", "viewedAt:desc"].contains(order) else { throw .badRequest }
        var tests: [(Play) -> Bool] = [\.isCounted]
        if !viewer.isOwner { tests.append { $0.person == self.viewer.id } }
        for (name, value) in call.query {
            if let test = try test(name, value) { tests.append(test) }
        }
        let rows = world.plays.filter { play in tests.allSatisfy { $0(play) } }
        let isDescending = order.hasSuffix("desc")
        let sorted = rows.indices.sorted { a, b in
            let first = (rows[a].stopped, rows[a].id), second = (rows[b].stopped, rows[b].id)
            return isDescending ? first > second : first < second
        }
        let page = page(of: sorted)
        return answer(page, [:], page.keys.map { row(rows[$0]) })
    }

    private func test(_ name: String, _ value: String) throws(PlexRefusal) -> ((Play) -> Bool)? {
        switch name {
        case "accountID":
            guard let id = Int(value) else { throw .badRequest }
            let person = id == 1 ? world.owner?.id : id
            return { $0.person == person }
        case "librarySectionID":
            guard let section = Int(value) else { throw .badRequest }
            return { $0.snapshot.section == section }
        case "metadataItemID":
            guard let key = Int(value) else { throw .badRequest }
            return { play in self.family(of: play).contains(key) }
        case _ where name.hasPrefix("viewedAt"):
            guard let wanted = PlexFilter.date(value, now: caller.now) else { throw .badRequest }
            switch name.dropFirst("viewedAt".count) {
            case "": return { Double($0.stopped.seconds) == wanted }
            case ">>": return { Double($0.stopped.seconds) > wanted }
            case ">": return { Double($0.stopped.seconds) >= wanted }
            case "<<": return { Double($0.stopped.seconds) < wanted }
            case "<": return { Double($0.stopped.seconds) <= wanted }
            default: throw .badRequest
            }
        case "sort",
            _ where name.hasPrefix("X-Plex-") || name.hasPrefix("include"):
            return nil
        default: throw .badRequest
        }
    }

    /// The item, its parent and its parent's, as far as they are known.
    private func family(of play: Play) -> [Int] {
        let parent = play.snapshot.parent
        return [play.ratingKey] + [parent, parent.flatMap { world.items[$0]?.parent }].compactMap { $0 }
    }

    private func row(_ play: Play) -> PlexElement {
        let item = play.snapshot
        let isThere = world.items[play.ratingKey] != nil
        let parent = item.parent.flatMap { world.items[$0] }
        let top = parent.flatMap { world.parent(of: $0) }
        let device = HouseholdWorld.Devices.all.firstIndex(of: play.device).map { $0 + 1 } ?? 99
        return PlexElement(
            item.kind == .track ? "Track" : "Video", as: "Metadata",
            [
                "historyKey": "/status/sessions/history/\(play.id)",
                "key": isThere ? "/library/metadata/\(play.ratingKey)" : nil,
                "ratingKey": isThere ? "\(play.ratingKey)" : nil, "librarySectionID": "\(item.section)",
                "parentKey": item.parent.map { "/library/metadata/\($0)" },
                "grandparentKey": top.map { "/library/metadata/\($0.ratingKey)" }, "title": .text(item.title),
                "parentTitle": .some(parent?.title), "grandparentTitle": .some(top?.title),
                "type": .text(item.kind.word), "thumb": isThere ? thumb(of: item, parent) : nil,
                "index": .number(item.index),
                "parentIndex": item.kind == .track ? .number(item.discIndex ?? 1) : .number(parent?.index),
                "originallyAvailableAt": .some(item.released), "viewedAt": .number(Int(play.stopped.seconds)),
                "accountID": .number(world.person(play.person)?.localID ?? play.person), "deviceID": .number(device),
            ])
    }
}
