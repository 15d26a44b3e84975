// The world as one caller may see it.

import Runtime

struct PlexView: Sendable {
    typealias Item = HouseholdWorld.Item
    typealias Kind = HouseholdWorld.Kind
    typealias Section = HouseholdWorld.Section

    let world: HouseholdWorld
    let caller: PlexCaller

    var call: PlexCall { caller.call }
    var viewer: HouseholdWorld.Person { caller.person }

    /// An empty list of sections means all of them.
    func mayVisit(_ section: Int) -> Bool {
        viewer.isOwner || viewer.sections.isEmpty || viewer.sections.contains(section)
    }

    var sections: [Section] { world.sections.filter { mayVisit($0.key) } }

    /// The section in the path: unknown and hidden ones alike are not there.
    func section(_ parameter: String) throws(PlexRefusal) -> Section {
        guard let key = Int(parameter), let section = world.section(key), mayVisit(key) else { throw .notFound }
        return section
    }

    func item(_ parameter: some StringProtocol) throws(PlexRefusal) -> Item {
        guard let key = Int(parameter), let item = world.items[key], mayVisit(item.section) else { throw .notFound }
        return item
    }

    /// A container; `size` and, for a page, where it is in the whole (sheet plex.md §1).
    func container(
        _ attributes: KeyValuePairs<String, PlexElement.Value?> = [:], _ children: [PlexElement]
    ) -> PlexElement {
        var container = PlexElement("MediaContainer", ["size": .number(children.count)], children)
        container.add(attributes)
        return container
    }

    /// The part of a list that was asked for, with what the answer's head says about it.
    struct Page {
        var keys: ArraySlice<Int>
        var start: Int
        var total: Int
        var isPaged: Bool
    }

    func page(of keys: [Int], limit: Int? = nil) -> Page {
        let keys = limit.map { keys.prefix($0) } ?? keys[...]
        let start = call.plex("Container-Start").flatMap { Int($0) }
        let size = call.plex("Container-Size").flatMap { Int($0) }
        guard start != nil || size != nil, !caller.rules.ignoresPaging else {
            return Page(keys: keys, start: 0, total: keys.count, isPaged: false)
        }
        let from = min(max(0, start ?? 0), keys.count)
        let most = min(max(0, size ?? keys.count), caller.rules.longestPage ?? .max)
        return Page(
            keys: keys.dropFirst(from).prefix(most), start: from, total: keys.count, isPaged: true)
    }

    func answer(
        _ page: Page, _ attributes: KeyValuePairs<String, PlexElement.Value?> = [:], _ children: [PlexElement]
    ) -> PlexAnswer {
        var container = container(attributes, children)
        guard page.isPaged else { return .tree(container) }
        container.add(["offset": .number(page.start), "totalSize": .number(page.total)])
        return PlexAnswer(
            body: .tree(container),
            headers: [
                ("X-Plex-Container-Start", String(page.start)), ("X-Plex-Container-Total-Size", String(page.total)),
            ])
    }

    /// When somebody last played something to its end, by rating key.
    var lastViews: [Int: Instant] {
        caller.kept.lastViews(of: viewer.id, revision: world.revision) {
            var last: [Int: Instant] = [:]
            for play in world.plays where play.person == viewer.id && play.isCounted {
                last[play.ratingKey] = max(last[play.ratingKey] ?? play.stopped, play.stopped)
            }
            return last
        }
    }
}

extension HouseholdWorld.Play {
    /// Past nine tenths the server takes it for seen (sheet plex.md §7).
    var isCounted: Bool { percent >= 90 }
}
