// Covers that were fetched lately: the same artist is asked about again, by others too, and Plex scales a cover anew for
// everybody who wants one.

internal import Synchronization

final class CoverShelf: Sendable {
    private struct Shelf {
        var covers: [String: [UInt8]] = [:]
        /// The one looked at longest ago first.
        var order: [String] = []
        var size = 0
    }

    private let most: Int
    private let shelf = Mutex(Shelf())

    /// - Parameter most: bytes in all
    init(most: Int = 4 << 20) { self.most = most }

    subscript(path: String) -> [UInt8]? {
        shelf.withLock { shelf in
            guard let cover = shelf.covers[path] else { return nil }
            shelf.order.removeAll { $0 == path }
            shelf.order.append(path)
            return cover
        }
    }

    func put(_ cover: [UInt8], for path: String) {
        guard Self.isLasting(path), cover.count <= most else { return }
        shelf.withLock { shelf in
            if let old = shelf.covers.updateValue(cover, forKey: path) {
                shelf.size -= old.count
                shelf.order.removeAll { $0 == path }
            }
            shelf.size += cover.count
            shelf.order.append(path)
            while shelf.size > most {
                shelf.size -= shelf.covers.removeValue(forKey: shelf.order.removeFirst())?.count ?? 0
            }
        }
    }

    /// Plex ends the path of a picture with when it was made, "/library/metadata/7/thumb/1700000000": another picture has
    /// another path. One without is asked for every time.
    private static func isLasting(_ path: String) -> Bool {
        path.split(separator: "/").last.map { $0.allSatisfy(\.isNumber) && $0.count >= 9 } ?? false
    }
}
