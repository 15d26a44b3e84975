// What a Radarr posts under Settings, Connect, Webhook. It does not try again, and after failures leaves us alone for a
// while. A link replaced by a file is an upgrade to it: "On File Upgrade" must be ticked, or nothing is sent.

package import Domain
internal import LooseJSON
package import Runtime

package enum RadarrHook {
    package static func read(_ body: [UInt8], arrival: Instant) -> HookReading<ImportNotice> {
        do throws(Loose.Refusal) { return try read(.hook(body), arrival) } catch { return .refused(error.why) }
    }

    private static func read(_ json: Loose, _ arrival: Instant) throws(Loose.Refusal) -> HookReading<ImportNotice> {
        guard let event = json.text("eventType") else {
            throw Loose.Refusal("it has no eventType: is this Radarr's webhook?")
        }
        if event == "Test" { return .test }
        guard let movie = json["movie"], movie.isObject else {
            return .ignored("\(event.prefix(40)) is about no film")
        }
        let notice = ImportNotice(
            event: try what(event, json), instance: String((json.text("instanceName") ?? "Radarr").prefix(100)),
            movieID: movie.whole("id") ?? 0,
            film: FilmIDs(
                tmdb: movie.whole("tmdbId") ?? json["remoteMovie"]?.whole("tmdbId"),
                imdb: movie.text("imdbId") ?? json["remoteMovie"]?.text("imdbId"),
                title: String((movie.text("title") ?? "").prefix(300)), year: movie.whole("year")),
            downloadID: json.text("downloadId").map { String($0.prefix(200)) }, at: arrival)
        if case .other(let word) = notice.event { return .ignored("\(word) changes nothing here", notice) }
        guard notice.movieID > 0 else { throw Loose.Refusal("its film has no number") }
        return .event(notice)
    }

    private static func what(_ event: String, _ json: Loose) throws(Loose.Refusal) -> ImportNotice.Event {
        let file = json["movieFile"]
        switch event {
        case "Grab":
            let release = json["release"]
            return .grab(
                release: String((release?.text("releaseTitle") ?? "").prefix(300)), size: size(release?.number("size")))
        case "Download":
            guard let path = file?.text("path") else { throw Loose.Refusal("an import without the file's path") }
            return .imported(
                path: String(path.prefix(4_096)), size: size(file?.number("size")),
                isUpgrade: json.claim("isUpgrade") ?? false)
        // What an upgrade replaced goes with the import that replaced it.
        case "MovieFileDelete" where json.text("deleteReason")?.lowercased() == "upgrade":
            return .other("the deletion by an upgrade")
        case "MovieFileDelete", "MovieDelete":
            return .deleted(path: file?.text("path").map { String($0.prefix(4_096)) })
        default: return .other(String(event.prefix(40)))
        }
    }

    private static func size(_ number: Double?) -> Int64? { number.flatMap { $0 >= 0 ? Int64(exactly: $0) : nil } }
}
