// Looks whether a film's file is a link, where Radarr's folder is mounted here as well. On a thread of its own: a look
// into a cloud that has gone away may hang for ever, and must hold up nobody else.

internal import Domain
internal import Downloads
internal import FoundationEssentials
internal import Runtime
internal import Synchronization

final class FileLook: Sendable {
    private let map: PathMap
    /// How many looks have not come back.
    private let under = Mutex(0)
    private static let most = 4

    init(_ map: PathMap) { self.map = map }

    func look(at path: String) async -> Reading<FileSight> {
        guard let place = map.ours(path) else { return .absent }
        let isFree = under.withLock { under in
            if under >= Self.most { return false }
            under += 1
            return true
        }
        guard isFree else { return .unknown(why: "\(place.root) does not answer") }
        let (sights, sight) = AsyncStream.makeStream(of: Reading<FileSight>.self)
        do {
            try SystemThread.start(named: "look") { [self] in
                sight.yield(Self.see(place.path, in: place.root))
                sight.finish()
                under.withLock { $0 -= 1 }
            }.detach()
        } catch {
            under.withLock { $0 -= 1 }
            return .unknown(why: "\(error)")
        }
        // Whoever has waited long enough is let go, though the thread is not back.
        for await seen in sights { return seen }
        return .unknown(why: "\(place.root) does not answer")
    }

    private static func see(_ path: String, in root: String) -> Reading<FileSight> {
        let files = FileManager.default
        // An empty folder is what remains where a disk is not mounted.
        guard let there = try? files.contentsOfDirectory(atPath: root), !there.isEmpty else {
            return .unknown(why: "\(root) is not mounted here")
        }
        // Of a link itself, never of what it leads to.
        guard let facts = try? files.attributesOfItem(atPath: path) else {
            return .unknown(why: "\(path) is not to be seen here")
        }
        switch facts[.type] as? FileAttributeType {
        case .typeSymbolicLink?: return .known(.link)
        case .typeRegular?:
            let mounts = (try? Files.text("/proc/self/mountinfo")) ?? ""
            return .known(.file(onRemote: isRemote(path, mounts)))
        default: return .unknown(why: "\(path) is no file")
        }
    }

    /// proc(5): the fifth word is where it is mounted, the first after " - " what it is. Others' machines that are disks
    /// (NFS, SMB) count as disks.
    static func isRemote(_ path: String, _ mounts: String) -> Bool {
        var best: (length: Int, kind: Substring) = (0, "")
        for line in mounts.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 4, let dash = words.firstIndex(of: "-"), dash + 1 < words.count else { continue }
            let point = words[4].replacing("\\040", with: " ")
            let isAbove = point == "/" || path == point || path.hasPrefix(point + "/")
            if isAbove, point.count >= best.length { best = (point.count, words[dash + 1]) }
        }
        return ["fuse.rclone", "fuse.davfs", "fuse.davfs2", "fuse.zurg"].contains(String(best.kind))
    }
}
