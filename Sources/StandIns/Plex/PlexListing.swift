// `/library/sections/{}/all`: kind, filters, order, page (sheet plex.md §2).

import Runtime

extension PlexView {
    typealias Query = [(name: String, value: String)]

    func all() throws(PlexRefusal) -> PlexAnswer {
        let section = try section(call.parameters[0])
        if call["includeMeta"] == "1" { return meta(of: section) }
        let keys = try listing(of: section, call.query)
        return list(keys, of: section)
    }

    /// A music library's second door.
    func albums() throws(PlexRefusal) -> PlexAnswer {
        let section = try section(call.parameters[0])
        guard section.kind == .artist else { throw .notFound }
        return list(try listing(of: section, call.query + [("type", "9")]), of: section)
    }

    func list(_ keys: [Int], of section: Section) -> PlexAnswer {
        let page = page(of: keys, limit: call.number("limit"))
        let detail = Detail(hasGUIDs: call["includeGuids"] == "1")
        return answer(
            page,
            [
                "allowSync": true, "art": .text("/:/resources/\(section.kind.word)-fanart.jpg"),
                "identifier": "com.plexapp.plugins.library", "librarySectionID": .number(section.key),
                "librarySectionTitle": .text(section.title), "librarySectionUUID": .text(section.uuid),
                "title1": .text(section.title), "viewGroup": .text(section.kind.word),
            ], page.keys.compactMap { world.items[$0] }.map { element($0, detail) })
    }

    /// Also a smart playlist's items are such a list.
    func listing(of section: Section, _ query: Query) throws(PlexRefusal) -> [Int] {
        var kind = section.kind
        if let type = query.last(where: { $0.name == "type" })?.value {
            guard let asked = Int(type).flatMap(Kind.init(rawValue:)) ?? Kind.named(type) else { throw .badRequest }
            // Another library's kind: nothing of it here.
            guard section.kind.levels.contains(asked) else { return [] }
            kind = asked
        }
        let telling = query.filter {
            !$0.name.hasPrefix("X-Plex-") && !$0.name.hasPrefix("include") && $0.name != "limit"
        }
        let name =
            "\(viewer.id) \(section.key) " + telling.map { "\($0.name)\u{1}\($0.value)" }.joined(separator: "\u{2}")
        // Two dates relative to now must not be kept for long; a minute does no harm.
        let stamp = telling.contains { $0.value.hasPrefix("-") } ? " \(caller.now.seconds / 60)" : ""
        do {
            return try caller.kept.listing(name + stamp, revision: world.revision) {
                try filtered(kind, in: section, query)
            }
        } catch let refusal as PlexRefusal {
            throw refusal
        } catch {
            throw .badRequest
        }
    }

    private func filtered(_ kind: Kind, in section: Section, _ query: Query) throws(PlexRefusal) -> [Int] {
        let filters = try PlexFilterGroup(query)
        let order = try PlexOrder.read(query.last { $0.name == "sort" }?.value, for: kind)
        var keys = world.keys(of: kind, in: section.key)
        if filters.isEmpty && order.isEmpty { return keys }
        if let exact = filters.exactKeys {
            keys = exact.filter { world.items[$0].map { $0.kind == kind && $0.section == section.key } ?? false }
                .sorted()
        }
        let items = keys.compactMap { world.items[$0] }.filter { filters.holds(for: $0, in: self) }
        return PlexOrder.sort(items, by: order, in: self)
    }
}
