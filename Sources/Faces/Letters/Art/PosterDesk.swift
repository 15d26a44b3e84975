// Posters made small, each once, however many letters show it. What Plex does not answer for becomes a tile with the
// title's initials, so a letter never waits for a poster twice and never has a hole.

internal import Canvas
internal import Newsletter
internal import Pictures
internal import Runtime
internal import Synchronization

final class PosterDesk: Sendable {
    /// Asks for a picture in Plex by its path.
    typealias Source = @Sendable (_ path: String) async -> [UInt8]?

    /// In points; files have twice as many pixels.
    static let width = 120
    static let heights = (poster: 180, cover: 120)
    static let mostBytes = 10_000
    /// Some issues' worth; then those begin again from nothing.
    private static let mostKept = 2_000

    private struct Request: Hashable {
        var path: String
        var isSquare: Bool
    }

    private let source: Source
    private let shelf: PosterShelf
    private let studio: Studio
    private struct Kept {
        var picture: Pictures.Picture
        var isStandIn: Bool
    }

    private let kept = Mutex<[Request: Kept]>([:])

    init(_ source: @escaping Source, shelf: PosterShelf, _ studio: Studio) {
        self.source = source
        self.shelf = shelf
        self.studio = studio
    }

    func poster(of order: PosterOrder) async -> Pictures.Picture? {
        let request = Request(path: order.path ?? "title:\(order.title)", isSquare: order.isSquare)
        if let known = kept.withLock({ $0[request]?.picture }) { return known }
        let found = await shelved(order)
        if let found, found.isFresh { return remember(found.picture, isStandIn: false, request) }
        var bytes: [UInt8]?
        if let path = order.path { bytes = await source(path) }
        let poster = Poster(order.title, bytes: bytes)
        let (name, height) = (order.name, Self.height(of: order))
        let drawn = try? await studio.draw {
            try poster.thumbnailOrStandIn(named: name, width: Self.width, height: height, mostBytes: Self.mostBytes)
        }
        // An old one is better than none.
        if drawn?.isStandIn ?? true, let found { return remember(found.picture, isStandIn: true, request) }
        guard let drawn else { return nil }
        if !drawn.isStandIn, let key = Self.key(of: order) { await shelf.put(key, drawn.picture.bytes) }
        return remember(drawn.picture, isStandIn: drawn.isStandIn && order.path != nil, request)
    }

    private func remember(_ picture: Pictures.Picture, isStandIn: Bool, _ request: Request) -> Pictures.Picture {
        kept.withLock { kept in
            if kept.count >= Self.mostKept { kept.removeAll() }
            kept[request] = Kept(picture: picture, isStandIn: isStandIn)
        }
        return picture
    }

    private static func height(of order: PosterOrder) -> Int { order.isSquare ? heights.cover : heights.poster }

    /// With the size, so that another one begins anew.
    private static func key(of order: PosterOrder) -> String? {
        order.path.map { "\($0) \(2 * width)×\(2 * height(of: order))" }
    }

    private func shelved(_ order: PosterOrder) async -> (picture: Pictures.Picture, isFresh: Bool)? {
        guard let path = order.path, let key = Self.key(of: order), let found = await shelf.get(key) else {
            return nil
        }
        let picture = Poster(order.title, bytes: nil).thumbnail(
            of: found.jpeg, named: order.name, width: Self.width, height: Self.height(of: order))
        return (picture, Self.isVersioned(path) || found.age < Self.mostAge)
    }

    /// A path that does not say which version it is of may have another picture by now.
    private static let mostAge = Duration.days(30)

    /// Plex ends the path of a picture with when it was made: another picture has another path.
    private static func isVersioned(_ path: String) -> Bool {
        path.split(separator: "/").last.map { $0.count >= 9 && $0.allSatisfy(\.isNumber) } ?? false
    }

    /// What Plex did not answer for is asked for again: it may have been away when the last issue was made.
    func forgetStandIns() {
        kept.withLock { $0 = $0.filter { !$0.value.isStandIn } }
    }

    /// Four at a time, which no server minds, and one slow answer does not hold up the others.
    func posters(of orders: Set<PosterOrder>) async -> [String: Pictures.Picture] {
        await withTaskGroup(of: (String, Pictures.Picture?).self) { group in
            var waiting = orders.sorted { $0.name < $1.name }[...]
            var posters: [String: Pictures.Picture] = [:]
            for order in waiting.prefix(4) { group.addTask { (order.name, await self.poster(of: order)) } }
            waiting = waiting.dropFirst(4)
            while let (name, poster) = await group.next() {
                posters[name] = poster
                if let order = waiting.popFirst() { group.addTask { (order.name, await self.poster(of: order)) } }
            }
            return posters
        }
    }
}

/// A poster that something shows.
struct PosterOrder: Hashable, Sendable {
    var title: String
    var path: String?
    /// Albums and artists.
    var isSquare: Bool

    init(_ addition: Addition) {
        title = Shown.text(addition.name)
        path = addition.posterPath ?? addition.ratingKey.map { "/library/metadata/\($0)/thumb" }
        isSquare = addition.kind == .album
    }

    init(_ title: FactsTitle) {
        self.title = Shown.text(title.name)
        path = title.posterPath
        isSquare = title.kind == .artist
    }

    /// The same for the same poster, whoever shows it, and unlike any other's: letters name pictures by it.
    var name: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        // FNV-1a: Swift's own differs from start to start.
        for byte in "\(path ?? title) \(isSquare)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return "poster-\(String(hash, radix: 36)).jpg"
    }
}
