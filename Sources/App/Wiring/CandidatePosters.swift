// The posters of what a question is about, side by side. They come from the catalogues' own picture servers and from
// nowhere else, whatever an answer says; without them the question is asked in words.

internal import Canvas
internal import Domain
internal import HTTP
internal import Pictures
internal import Runtime
internal import Tracker

struct CandidatePosters: Sendable {
    private static let servers = ["https://image.tmdb.org/", "https://static.tvmaze.com/"]

    let http: HTTPClient
    let studio: Studio

    func picture(_ conflict: TrackerConflict) async -> Report.Picture? {
        guard conflict.kind != .episodeOrder, !conflict.candidates.isEmpty else { return nil }
        let candidates = Array(conflict.candidates.prefix(PosterRow.most))
        let posters = await withTaskGroup(of: (Int, [UInt8]?).self) { group in
            for (place, one) in candidates.enumerated() {
                group.addTask { (place, await poster(one.poster)) }
            }
            var posters: [Int: [UInt8]] = [:]
            for await (place, bytes) in group { posters[place] = bytes }
            return posters
        }
        // Tiles say no more than the words do.
        guard !posters.isEmpty else { return nil }
        defer { Memory.giveBack() }
        let row = PosterRow(
            title: "Which one is it?",
            entries: candidates.enumerated().map { place, one in
                PosterRow.Entry(one.title, year: one.year, poster: posters[place])
            })
        guard let picture = try? await studio.draw({ try row.picture() }) else { return nil }
        return Report.Picture(name: picture.name, bytes: picture.bytes, alternative: picture.alternativeText)
    }

    private func poster(_ address: String) async -> [UInt8]? {
        guard Self.servers.contains(where: { address.hasPrefix($0) }) else { return nil }
        var request = HTTPRequest("GET", address)
        request.limits = HTTPLimits(
            connect: .seconds(5), total: .seconds(10), stall: .seconds(5), maxBody: 2 << 20)
        guard let answer = try? await http.send(request), answer.status == 200 else { return nil }
        return answer.body
    }
}
