// In place of api.themoviedb.org/3 about television (sheet tracker.md §8).

package import Runtime
package import Sockets

package typealias TMDBStandIn = RecordStandIn<TMDBService>

extension RecordStandIn where Service == TMDBService {
    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, television: Television, rules: TMDBRules = .standard,
        log: Log = .silent
    ) async throws(SocketError) -> TMDBStandIn {
        let service = TMDBService(television: television, rules: rules)
        return try await open(service, loop: loop, clock: clock, port: port, log: log)
    }

    /// The short key, which goes into the address.
    package var apiKey: String { rules.apiKey }
    /// The long one, which goes into a header.
    package var readToken: String { rules.readToken }

    package func changeTelevision(_ change: @escaping @Sendable (inout Television) -> Void) async {
        await desk.change { change(&$0.television) }
    }
}

package struct TMDBRules: Sendable {
    /// 32 hexadecimal digits.
    package var apiKey = "0123456789abcdef0123456789abcdef"
    package var readToken = "standin.readtoken.notarealone"
    /// In any second, of one address.
    package var mostPerSecond = 45
    package var pageSize = 20
    /// Seasons that are announced and left out of what is appended, as happens right after an edit.
    package var hiddenSeasons: Set<Int> = []

    package init() {}
    package static let standard = TMDBRules()
}
