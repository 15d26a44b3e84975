// Where a file lies, by the beginnings of paths the owner set. Whole folders are compared, and the longest beginning
// wins, so that a folder of links may lie within the disk that holds the films. Sizes say nothing: Radarr reads through
// links.

package import Domain

package enum PlaceRules {
    /// Absent: under none of them.
    package static func place(of path: String, cloud: [String], local: [String]) -> Reading<FilmPlace> {
        let parts = Self.parts(path)
        func longest(_ prefixes: [String]) -> Int {
            prefixes.map(Self.parts).filter { !$0.isEmpty && parts.starts(with: $0) }.map(\.count).max() ?? 0
        }
        let (inCloud, onDisk) = (longest(cloud), longest(local))
        if inCloud == 0, onDisk == 0 { return .absent }
        // The same folder in both lists says nothing.
        if inCloud == onDisk { return .unknown(why: "CLOUD_PATHS and LOCAL_PATHS both have it: \(path)") }
        return .known(inCloud > onDisk ? .cloud : .disk)
    }

    static func place(of entry: FilmEntry, _ wishes: DownloadWishes) -> Reading<FilmPlace> {
        if entry.fileID == nil { return .known(.nowhere) }
        return place(of: entry.path, cloud: wishes.cloudPaths, local: wishes.localPaths)
    }

    private static func parts(_ path: String) -> [Substring] {
        let parts = path.split { $0 == "/" || $0 == "\\" }
        // What climbs out of a folder is not in it.
        return parts.contains("..") ? [] : parts.filter { $0 != "." }
    }
}
