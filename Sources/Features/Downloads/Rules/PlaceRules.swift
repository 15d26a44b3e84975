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

    /// What was seen decides; where nothing could be seen, the folder does. That a file cannot be seen never means that
    /// there is none: the folder may not be mounted here.
    static func place(of path: String, seen: Reading<FileSight>, _ wishes: DownloadWishes) -> Piece<FilmPlace> {
        switch seen {
        case .known(.link): return Piece(.known(.cloud), from: "a link, looked at")
        case .known(.file(onRemote: true)): return Piece(.known(.cloud), from: "on a mounted cloud, looked at")
        case .known(.file(onRemote: false)): return Piece(.known(.disk), from: "a file, looked at")
        case .absent, .unknown:
            let byFolder = place(of: path, cloud: wishes.cloudPaths, local: wishes.localPaths)
            if byFolder == .absent, case .unknown(let why) = seen { return Piece(.unknown(why: why), from: "looking") }
            return Piece(byFolder, from: "by its folder")
        }
    }

    private static func parts(_ path: String) -> [Substring] {
        let parts = path.split { $0 == "/" || $0 == "\\" }
        // What climbs out of a folder is not in it.
        return parts.contains("..") ? [] : parts.filter { $0 != "." }
    }
}
