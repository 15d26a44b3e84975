// In place of musicbrainz.org/ws/2 (sheet musicbrainz.md §1–§4, §9), with invented records in it. JSON only.

package import Runtime
package import Sockets

package typealias MusicBrainzStandIn = RecordStandIn<MusicBrainzService>

extension RecordStandIn where Service == MusicBrainzService {
    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, catalogue: MusicBrainzCatalogue = .standard,
        rules: MusicBrainzRules = .standard, log: Log = .silent
    ) async throws(SocketError) -> MusicBrainzStandIn {
        let service = MusicBrainzService(catalogue: catalogue, rules: rules)
        return try await open(service, loop: loop, clock: clock, port: port, log: log)
    }

    /// The whole site is busy for the next requests: 503 with `Retry-After: 0`, through no fault of the client's.
    package func beBusy(times: Int) async { await desk.change { $0.busyFor = times } }

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
