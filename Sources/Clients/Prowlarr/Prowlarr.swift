// Prowlarr's API v1: what the indexers have of a film, for the one question how many share it. Every search goes to every
// indexer at once and counts against their limits, so nothing here is asked twice by itself; and whatever goes wrong at
// an indexer ends as an empty list, so nothing found is never "none there".

internal import Domain
package import HTTP
internal import LooseJSON
package import Runtime
package import Servarr

package typealias ProwlarrError = ServarrError

package struct Prowlarr: Sendable {
    let server: Servarr

    /// - Parameter url: with the URL base if it has one: "http://host:9696/prowlarr"
    package init(
        url: String, apiKey: Secret, http: HTTPClient, clock: any Clock, log: Log, patience: RetryPolicy = .standard,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        server = Servarr(
            service: ServarrError.Service(name: "Prowlarr", setting: "PROWLARR"), url: url, apiKey: apiKey,
            http: http, clock: clock, log: log.labelled("prowlarr"), patience: patience, chance: chance)
    }

    /// Its version: the harmless question that needs the key.
    package func status() async throws(ProwlarrError) -> String {
        let call = ServarrCall("GET", "/api/v1/system/status", what: "its description")
        let json = try await server.ask(call)
        guard let version = json.text("version"), let program = json.text("appName") else {
            throw server.failed(.unreadable(call.what))
        }
        guard program == "Prowlarr" else { throw server.failed(.wrongAddress("\(program) answers at that address")) }
        return version
    }

    /// Those that are switched on.
    package func indexers() async throws(ProwlarrError) -> [ProwlarrIndexer] {
        try await server.list(ServarrCall("GET", "/api/v1/indexer", what: "the indexers")) { ProwlarrIndexer($0) }
            .filter(\.isEnabled)
    }

    /// Ids of indexers that Prowlarr leaves alone for now after failures.
    package func restingIndexers() async throws(ProwlarrError) -> Set<Int> {
        let now = server.clock.now
        let resting = try await server.list(
            ServarrCall("GET", "/api/v1/indexerstatus", what: "the indexers' condition")
        ) { json in json.whole("indexerId").map { ($0, json.instant("disabledTill")) } }
        return Set(resting.filter { $0.1.map { $0 > now } ?? false }.map(\.0))
    }
}

package struct ProwlarrIndexer: Hashable, Sendable, Identifiable {
    package var id: Int
    package var name: String
    package var isTorrent: Bool
    package var isEnabled: Bool

    init?(_ json: Loose) {
        guard let id = json.whole("id") else { return nil }
        self.id = id
        name = json.text("name") ?? "\(id)"
        isTorrent = json.text("protocol") == "torrent"
        isEnabled = json.claim("enable") ?? true
    }
}

package struct ProwlarrRelease: Hashable, Sendable {
    package var guid: String
    package var title: String
    package var indexer: String
    package var size: Int64
    /// Nil: not said.
    package var imdb: String?
    package var tmdb: Int?
    /// Nil: unknown, as of Usenet.
    package var seeders: Int?
    package var isTorrent: Bool

    init?(_ json: Loose) {
        guard let guid = json.text("guid") ?? json.text("title") else { return nil }
        self.guid = guid
        title = json.text("title") ?? ""
        indexer = json.text("indexer") ?? ""
        size = Int64(json.whole("size") ?? 0)
        // A number without its "tt", at least seven digits long in IMDb's own writing; 0 is unknown.
        imdb = json.whole("imdbId").flatMap { $0 > 0 ? "tt\($0.padded(7))" : nil }
        tmdb = json.whole("tmdbId").flatMap { $0 > 0 ? $0 : nil }
        seeders = json.whole("seeders").flatMap { $0 >= 0 ? $0 : nil }
        isTorrent = json.text("protocol") == "torrent"
    }
}
