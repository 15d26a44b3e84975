// A real server on loopback that answers like api.themoviedb.org/3 about television (sheet tracker.md §8). It knows nothing
// of the client it judges.

package import Runtime
package import Sockets

package final class TMDBStandIn: Sendable {
    /// "http://127.0.0.1:PORT/3"
    package let url: String
    package let port: Int
    /// The short key, which goes into the address.
    package let apiKey: String
    /// The long one, which goes into a header.
    package let readToken: String
    package let requests: Chronicle<RecordEntry>

    private let desk: RecordDesk<TMDBService>
    private let server: HTTPServer

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, television: Television, rules: TMDBRules = .standard,
        log: Log = .silent
    ) async throws(SocketError) -> TMDBStandIn {
        let desk = RecordDesk(loop: loop, clock: clock, service: TMDBService(television: television, rules: rules))
        let server = try await HTTPServer.start(
            on: loop, port: port, routes: [.get("/{rest...}") { request in await desk.serve(request) }], log: log)
        return TMDBStandIn(desk: desk, server: server, rules: rules)
    }

    private init(desk: RecordDesk<TMDBService>, server: HTTPServer, rules: TMDBRules) {
        self.desk = desk
        self.server = server
        apiKey = rules.apiKey
        readToken = rules.readToken
        port = server.port
        url = "http://127.0.0.1:\(server.port)/3"
        requests = desk.requests
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        await server.stop()
    }

    /// - Parameter route: such as "GET /3/tv/{}" or "GET /3/search/tv"; empty for any
    package func fail(_ route: String = "", with fault: HTTPFault, times: Int = 1) async {
        desk.troubles.order(fault, on: route, times: times)
    }

    package func endFaults() async { desk.troubles.end() }

    package func changeRules(_ change: @escaping @Sendable (inout TMDBRules) -> Void) async {
        await desk.change { change(&$0.rules) }
    }

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
