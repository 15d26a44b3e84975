// What is on its way, what became of it, and what could be fetched. Queue and history are joined by the download's id.

internal import HTTP
internal import LooseJSON
package import Runtime
internal import Servarr

package struct RadarrQueueItem: Hashable, Sendable, Identifiable {
    package var id: Int
    package var movieID: Int?
    package var title: String
    /// "queued", "paused", "downloading", "completed", "failed", "warning", "delay" …
    package var status: String
    /// "ok", "warning", "error"
    package var health: String
    /// "downloading", "importBlocked", "importPending", "importing", "imported", "failedPending", "failed", "ignored"
    package var state: String
    /// Why it does not go on, in Radarr's words.
    package var messages: [String]
    package var downloadID: String?
    package var client: String?
    package var size: Int64
    package var sizeLeft: Int64
}

package struct RadarrEvent: Hashable, Sendable, Identifiable {
    package enum Kind: Hashable, Sendable {
        case grabbed, imported, failed, fileDeleted, ignored
        case other(String)
    }

    package var id: Int
    package var movieID: Int
    package var kind: Kind
    package var at: Instant
    package var downloadID: String?
    package var title: String
    /// Where an import landed.
    package var importedPath: String?
    package var client: String?
    package var indexer: String?
    package var size: Int64?
    /// Why a download failed or a file was deleted ("Manual", "MissingFromDisk", "Upgrade").
    package var reason: String?
}

package struct RadarrRelease: Hashable, Sendable {
    package var guid: String
    package var indexerID: Int
    package var title: String
    package var indexer: String
    package var size: Int64
    package var quality: String?
    /// Nil: unknown, as of Usenet.
    package var seeders: Int?
    package var isTorrent: Bool
    package var isApproved: Bool
    /// Why a search would not take it, in Radarr's words.
    package var rejections: [String]
    package var downloadClientID: Int?
}

extension Radarr {
    package func queue(film: Int) async throws(RadarrError) -> [RadarrQueueItem] {
        let call = ServarrCall("GET", "/api/v3/queue/details", [("movieId", "\(film)")], what: "the queue of a film")
        // A Radarr that does not know the filter answers with all.
        return try await server.list(call) { RadarrQueueItem($0) }.filter { $0.movieID == film }
    }

    package func history(film: Int) async throws(RadarrError) -> [RadarrEvent] {
        let call = ServarrCall(
            "GET", "/api/v3/history/movie", [("movieId", "\(film)")], what: "the history of a film")
        return try await server.list(call) { RadarrEvent($0) }.filter { $0.movieID == film }
    }

    package func history(since moment: Instant) async throws(RadarrError) -> [RadarrEvent] {
        let query = [("date", LocalTime.utc.iso8601(moment))]
        let call = ServarrCall("GET", "/api/v3/history/since", query, what: "the history")
        return try await server.list(call) { RadarrEvent($0) }
    }

    /// Asks every indexer at once, as a search does: costly, and never asked twice by itself.
    package func releases(film: Int) async throws(RadarrError) -> [RadarrRelease] {
        var call = ServarrCall("GET", "/api/v3/release", [("movieId", "\(film)")], what: "the releases of a film")
        call.patience = .seconds(180)
        call.mayBeAskedAgain = false
        return try await server.list(call) { RadarrRelease($0) }
    }

    /// Within half an hour of `releases`. Radarr takes it whatever it thinks of it.
    package func grab(_ release: RadarrRelease, client: Int? = nil) async throws(RadarrError) {
        var call = ServarrCall("POST", "/api/v3/release", what: "a release of \(release.indexer)").saying(
            .fields([
                "guid": .text(release.guid), "indexerId": .whole(release.indexerID),
                "downloadClientId": (client ?? release.downloadClientID).map(JSONText.whole),
            ]))
        call.patience = .seconds(120)
        try await server.send(call)
    }
}

extension RadarrQueueItem {
    init?(_ json: Loose) {
        guard let id = json.whole("id") else { return nil }
        self.id = id
        movieID = json.whole("movieId")
        title = json.text("title") ?? ""
        status = json.text("status") ?? ""
        health = json.text("trackedDownloadStatus") ?? ""
        state = json.text("trackedDownloadState") ?? ""
        messages = json.elements("statusMessages").flatMap { $0.texts("messages") }
        if let error = json.text("errorMessage") { messages.append(error) }
        downloadID = json.text("downloadId")
        client = json.text("downloadClient")
        size = Int64(json.whole("size") ?? 0)
        sizeLeft = Int64(json.whole("sizeleft") ?? 0)
    }
}

extension RadarrEvent {
    init?(_ json: Loose) {
        guard let id = json.whole("id"), let movie = json.whole("movieId"), let kind = json.text("eventType"),
            let at = json.instant("date")
        else { return nil }
        self.id = id
        movieID = movie
        self.kind =
            switch kind {
            case "grabbed": .grabbed
            case "downloadFolderImported", "movieFolderImported": .imported
            case "downloadFailed": .failed
            case "movieFileDeleted": .fileDeleted
            case "downloadIgnored": .ignored
            default: .other(kind)
            }
        self.at = at
        downloadID = json.text("downloadId")
        title = json.text("sourceTitle") ?? ""
        let data = json["data"]
        importedPath = data?.text("importedPath")
        client = data?.text("downloadClientName") ?? data?.text("downloadClient")
        indexer = data?.text("indexer")
        size = data?.whole("size").map(Int64.init)
        reason = data?.text("reason") ?? data?.text("message")
    }
}

extension RadarrRelease {
    init?(_ json: Loose) {
        guard let guid = json.text("guid"), let indexer = json.whole("indexerId") else { return nil }
        self.guid = guid
        indexerID = indexer
        title = json.text("title") ?? ""
        self.indexer = json.text("indexer") ?? ""
        size = Int64(json.whole("size") ?? 0)
        quality = json["quality"]?["quality"]?.text("name")
        seeders = json.whole("seeders").flatMap { $0 >= 0 ? $0 : nil }
        isTorrent = json.text("protocol") == "torrent"
        isApproved = json.claim("approved") ?? false
        rejections = json.texts("rejections")
        downloadClientID = json.whole("downloadClientId")
    }
}
