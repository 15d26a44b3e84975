// Which pictures a letter takes along. Pure: the most important ones first, each as long as there is room, so that a
// large one that does not fit makes way for smaller ones behind it.

struct PictureBudget {
    struct Candidate: Hashable, Sendable {
        var name: String
        var bytes: Int
        /// 0 stays longest.
        var rank: Int

        init(_ name: String, _ bytes: Int, rank: Int) {
            self.name = name
            self.bytes = bytes
            self.rank = rank
        }
    }

    let kept: Set<String>
    /// In the order in which they were given.
    let dropped: [String]

    init(_ candidates: [Candidate], limit: Int) {
        var kept: Set<String> = []
        var room = limit
        // A stable order: by rank, then as given.
        let order = candidates.indices.sorted { (candidates[$0].rank, $0) < (candidates[$1].rank, $1) }
        for index in order where !kept.contains(candidates[index].name) && candidates[index].bytes <= room {
            kept.insert(candidates[index].name)
            room -= candidates[index].bytes
        }
        self.kept = kept
        dropped = candidates.map(\.name).filter { !kept.contains($0) }
    }
}
