// What changes something in Radarr. None of it is tried twice by itself.

internal import HTTP
internal import LooseJSON
internal import Servarr

package enum RadarrTagging: String, Hashable, Sendable {
    case add, remove, replace
}

extension Radarr {
    /// Tags and folder of films at once. `rootFolder` moves nothing on the disk: it says where the next import goes.
    package func edit(
        films: [Int], tags: [Int] = [], tagging: RadarrTagging = .add, rootFolder: String? = nil,
        profile: Int? = nil
    ) async throws(RadarrError) {
        let call = ServarrCall("PUT", "/api/v3/movie/editor", what: "a change of films").saying(
            .fields([
                "movieIds": .list(films.map(JSONText.whole)),
                "tags": tags.isEmpty && tagging != .replace ? nil : .list(tags.map(JSONText.whole)),
                "applyTags": tags.isEmpty && tagging != .replace ? nil : .text(tagging.rawValue),
                "rootFolderPath": rootFolder.map(JSONText.text),
                "qualityProfileId": profile.map(JSONText.whole),
                "moveFiles": .claim(false),
            ]))
        try await server.send(call)
    }

    /// A film this Radarr does not have: what `lookUp` found goes back as it came, with where it shall live.
    package func add(
        tmdb: Int, rootFolder: String, profile: Int, tags: [Int] = [], searches: Bool
    ) async throws(RadarrError) -> RadarrFilm {
        let look = ServarrCall("GET", "/api/v3/movie/lookup/tmdb", [("tmdbId", "\(tmdb)")], what: "TMDb \(tmdb)")
        guard case .fields(let members) = try await server.ask(look) else {
            throw server.failed(.unreadable(look.what))
        }
        let ours: Set<String> = [
            "id", "rootFolderPath", "qualityProfileId", "tags", "monitored", "addOptions", "path",
        ]
        let kept = members.all.filter { !ours.contains($0.key) }
        let added: [(String, JSONText)] = [
            ("rootFolderPath", .text(rootFolder)), ("qualityProfileId", .whole(profile)),
            ("tags", .list(tags.map(JSONText.whole))), ("monitored", .claim(true)),
            ("addOptions", .fields(["searchForMovie": .claim(searches), "monitor": .text("movieOnly")])),
        ]
        let call = ServarrCall("POST", "/api/v3/movie", what: "the new film TMDb \(tmdb)")
            .saying(.members(kept.map { ($0.key, JSONText($0.value)) } + added))
        guard let film = RadarrFilm(try await server.ask(call)), film.isInRadarr else {
            throw server.failed(.unreadable(call.what))
        }
        return film
    }

    /// The file goes from the disk (or into Radarr's recycling bin, if it has one); the film stays.
    package func deleteFile(_ id: Int) async throws(RadarrError) {
        try await server.send(ServarrCall("DELETE", "/api/v3/moviefile/\(id)", what: "the file number \(id)"))
    }
}
