// Posters and covers: drawn on request from the item's number, so that every item has its own and none is anybody's work.

import Runtime

extension PlexView {
    /// "/library/metadata/{}/thumb/{}"
    func thumbnail() throws(PlexRefusal) -> PlexAnswer {
        let item = try item(call.parameters[0])
        guard item.hasPoster else { throw .notFound }
        let isSquare = item.kind.levels.first == .artist
        return picture(of: item.ratingKey, width: isSquare ? 600 : 400, height: 600, asPNG: false)
    }

    func composite() throws(PlexRefusal) -> PlexAnswer {
        picture(of: try playlist(call.parameters[0]).ratingKey, width: 600, height: 600, asPNG: false)
    }

    /// Resized (sheet plex.md §6): the inner address is a path of this server's, or a whole address that must bring its
    /// own token.
    func resized() throws(PlexRefusal) -> PlexAnswer {
        guard let url = call["url"], let width = call.number("width"), let height = call.number("height"),
            1...4_096 ~= width, 1...4_096 ~= height
        else { throw .badRequest }
        let halves = url.split(separator: "?", maxSplits: 1)
        var path = String(halves.first ?? "")
        if path.hasPrefix("http") {
            let isOwn = ["http://127.0.0.1:", "http://localhost:"].contains { path.hasPrefix($0) }
            let token = (halves.count > 1 ? halves[1] : "").split(separator: "&").first {
                $0.hasPrefix("X-Plex-Token=")
            }
            guard isOwn, let token, world.member(token: String(token.dropFirst("X-Plex-Token=".count))) != nil else {
                throw .notFound
            }
            path = "/" + path.split(separator: "/").dropFirst(2).joined(separator: "/")
        }
        let parts = path.split(separator: "/")
        let asPNG = call["format"] == "png"
        if parts.count >= 3, parts[0] == "playlists" {
            return picture(of: try playlist(String(parts[1])).ratingKey, width: width, height: height, asPNG: asPNG)
        }
        guard parts.count >= 4, parts[0] == "library", parts[1] == "metadata", parts[3] == "thumb" else {
            throw .notFound
        }
        let item = try item(parts[2])
        guard item.hasPoster else { throw .notFound }
        return picture(of: item.ratingKey, width: width, height: height, asPNG: asPNG)
    }

    private func picture(of number: Int, width: Int, height: Int, asPNG: Bool) -> PlexAnswer {
        let drawing = CoverDrawing(number: number, width: width, height: height)
        let answer: PlexAnswer.Body =
            asPNG ? .bytes(drawing.png, type: "image/png") : .bytes(drawing.jpeg, type: "image/jpeg")
        return PlexAnswer(body: answer, headers: [("Cache-Control", "max-age=31536000")])
    }
}
