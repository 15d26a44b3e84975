// What every stand-in that speaks HTTP can do besides its own: have bad days, and answer whatever method it is asked by.

import Sockets

package protocol HTTPStandIn: Sendable {
    var troubles: Troubles { get }
}

extension HTTPStandIn {
    /// - Parameter route: a name from its journal, such as "POST /channels/{}/messages"; empty for any
    package func fail(_ route: String = "", with fault: HTTPFault, times: Int = 1) async {
        troubles.order(fault, on: route, times: times)
    }

    package func endFaults() async { troubles.end() }
}

extension Route {
    /// Whatever is done to whatever lies there.
    static func any(
        _ path: String = "/{rest...}", _ answer: @escaping @Sendable (ServerRequest) async -> ServerResponse
    ) -> [Route] {
        [.get(path, answer), .post(path, answer), .put(path, answer), .delete(path, answer)]
    }
}
