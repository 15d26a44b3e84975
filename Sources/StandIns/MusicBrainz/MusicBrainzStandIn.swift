// A real server on loopback that answers like musicbrainz.org/ws/2 (sheet musicbrainz.md §1–§4, §9), with invented records
// in it. JSON only. It knows nothing of the client it judges.

package import Runtime
package import Sockets

package final class MusicBrainzStandIn: Sendable {
    /// "http://127.0.0.1:PORT/ws/2"
    package let url: String
    package let port: Int
    package let requests: Chronicle<RecordEntry>

    private let desk: RecordDesk<MusicBrainzService>
    private let server: HTTPServer

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, catalogue: MusicBrainzCatalogue = .standard,
        rules: MusicBrainzRules = .standard, log: Log = .silent
    ) async throws(SocketError) -> MusicBrainzStandIn {
        let desk = RecordDesk(
            loop: loop, clock: clock, service: MusicBrainzService(catalogue: catalogue, rules: rules))
        let server = try await HTTPServer.start(
            on: loop, port: port, routes: [.get("/{rest...}") { request in await desk.serve(request) }], log: log)
        return MusicBrainzStandIn(desk: desk, server: server)
    }

    private init(desk: RecordDesk<MusicBrainzService>, server: HTTPServer) {
        self.desk = desk
        self.server = server
        port = server.port
        url = "http://127.0.0.1:\(server.port)/ws/2"
        requests = desk.requests
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        await server.stop()
    }

    /// - Parameter route: such as "GET /release/{}", "GET /release?query", "GET /release?release-group"; empty for any
    package func fail(_ route: String = "", with fault: HTTPFault, times: Int = 1) async {
        desk.troubles.order(fault, on: route, times: times)
    }

    package func endFaults() async { desk.troubles.end() }

    /// The whole site is busy for the next requests: 503 with `Retry-After: 0`, through no fault of the client's.
    package func beBusy(times: Int) async { await desk.change { $0.busyFor = times } }

    package func changeRules(_ change: @escaping @Sendable (inout MusicBrainzRules) -> Void) async {
        await desk.change { change(&$0.rules) }
    }

    package func changeCatalogue(_ change: @escaping @Sendable (inout MusicBrainzCatalogue) -> Void) async {
        await desk.change { change(&$0.catalogue) }
    }
}

package struct MusicBrainzRules: Sendable {
    /// Per address; zero: no limiter, as on a private mirror.
    package var spacing = Duration.seconds(1)
    /// Of so many requests one is answered "busy", by a dice that always falls the same; nil: none.
    package var busyOneIn: Int?
    /// Lookups of more recordings than this come without their relations.
    package var mostRecordings = 500
    /// False: as a mirror without a search index.
    package var hasSearch = true

    package init() {}
    package static let standard = MusicBrainzRules()
    package static let mirror: MusicBrainzRules = {
        var rules = MusicBrainzRules()
        rules.spacing = .zero
        return rules
    }()
}
