// `uri=` of playlists: "server://{machine}/com.plexapp.plugins.library/library/metadata/1,2,3" names items,
// "…/library/sections/3/all?type=10&userRating%3E=8" a filter (sheet plex.md §4).

struct PlexAddress: Sendable {
    /// From "/library/…" on.
    let path: String

    init(path: String) { self.path = path }

    init(_ uri: String, machine: String) throws(PlexRefusal) {
        let server = "server://\(machine)/com.plexapp.plugins.library"
        guard uri.hasPrefix(server + "/library/") else { throw .badRequest }
        path = String(uri.dropFirst(server.count))
    }

    var isFilter: Bool { path.hasPrefix("/library/sections/") }

    /// What it names; albums and artists stand for their tracks.
    func keys(in view: PlexView) throws(PlexRefusal) -> [Int] {
        let halves = path.split(separator: "?", maxSplits: 1)
        let parts = (halves.first ?? "").split(separator: "/")
        if isFilter {
            guard parts.count == 4, parts[3] == "all" else { throw .badRequest }
            let query = (halves.count > 1 ? halves[1] : "").split(separator: "&").map { field in
                let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (name: pair[0].percentDecoded, value: pair.count > 1 ? pair[1].percentDecoded : "")
            }
            let keys = try view.listing(of: try view.section(String(parts[2])), query)
            let limit = query.last { $0.name == "limit" }.flatMap { Int($0.value) }
            return limit.map { Array(keys.prefix($0)) } ?? keys
        }
        guard parts.count == 3, parts[1] == "metadata" else { throw .badRequest }
        return parts[2].percentDecoded.split(separator: ",").flatMap { word -> [Int] in
            guard let item = try? view.item(word) else { return [] }
            return item.kind.isLeaf ? [item.ratingKey] : view.world.leafKeys(of: item.ratingKey)
        }
    }

    /// How many were named, known or not.
    var count: Int { path.split(separator: "/").last?.percentDecoded.split(separator: ",").count ?? 0 }
}

extension StringProtocol {
    var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
