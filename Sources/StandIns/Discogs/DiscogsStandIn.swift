// In place of api.discogs.com (sheet musicbrainz.md §7), with a few invented releases.

package import Runtime
package import Sockets

package typealias DiscogsStandIn = RecordStandIn<DiscogsService>

extension RecordStandIn where Service == DiscogsService {
    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, catalogue: DiscogsCatalogue = .standard,
        rules: DiscogsRules = .standard, log: Log = .silent
    ) async throws(SocketError) -> DiscogsStandIn {
        let service = DiscogsService(catalogue: catalogue, rules: rules)
        return try await open(service, loop: loop, clock: clock, port: port, log: log)
    }

    package var token: String { rules.token }

    package func changeCatalogue(_ change: @escaping @Sendable (inout DiscogsCatalogue) -> Void) async {
        await desk.change { change(&$0.catalogue) }
    }

    /// Somebody behind the same address uses up so much of the allowance.
    package func spend(_ requests: Int) async { await desk.change { $0.spentByOthers += requests } }
}

package struct DiscogsRules: Sendable {
    package var token = "StandInDiscogsTokenNotARealOne"
    /// In any 60 seconds.
    package var allowed = 60
    package var allowedWithoutToken = 25
    package var searchNeedsToken = true

    package init() {}
    package static let standard = DiscogsRules()
}
