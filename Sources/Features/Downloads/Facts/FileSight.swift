// What lies at a path, where we can look ourselves. A path means something only together with whose it is: Radarr's folder
// may be mounted here under another name, or not at all.

/// What was seen.
package enum FileSight: Hashable, Sendable, Codable {
    /// To wherever: what it leads to is not followed, for following it may wake a cloud.
    case link
    /// `onRemote`: on a file system that is somebody else's machine, such as rclone's.
    case file(onRemote: Bool)
}

/// "As Radarr sees it" to "as we see it", by whole folders; the longest that fits.
package struct PathMap: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package var theirs: String
        package var ours: String
    }

    package var rows: [Row]

    package init(_ rows: [Row] = []) { self.rows = rows }

    /// "/storage/media=/data/media" or, where both see the same, "/movies". Nil: it is no such thing.
    package static func row(_ text: String) -> Row? {
        let halves = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard halves.count <= 2, let theirs = halves.first, let ours = halves.last,
            theirs.hasPrefix("/") || isDrive(theirs),
            ours.hasPrefix("/")
        else { return nil }
        return Row(theirs: theirs, ours: ours)
    }

    private static func isDrive(_ path: String) -> Bool { path.dropFirst().hasPrefix(":") }

    /// Nil: no folder of ours is that one. `root` is where the mapped folder begins.
    package func ours(_ path: String) -> (path: String, root: String)? {
        let parts = Self.parts(path)
        if parts.contains("..") { return nil }
        let fitting = rows.filter { row in
            let own = Self.parts(row.theirs)
            return !own.isEmpty && parts.starts(with: own)
        }
        guard let row = fitting.max(by: { Self.parts($0.theirs).count < Self.parts($1.theirs).count }) else {
            return nil
        }
        let rest = parts.dropFirst(Self.parts(row.theirs).count)
        var root = row.ours
        while root.count > 1, root.hasSuffix("/") { root.removeLast() }
        return (rest.isEmpty ? root : root + "/" + rest.joined(separator: "/"), root)
    }

    private static func parts(_ path: String) -> [Substring] {
        path.split { $0 == "/" || $0 == "\\" }.filter { $0 != "." }
    }
}
