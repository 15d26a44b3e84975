// The house in a few numbers, for widgets of start pages (Homepage, Homarr): JSON behind a token of its own, for it tells
// how many people there are and what waits.

internal import Crypto
internal import FoundationEssentials
package import Runtime
package import Sockets

package enum SummaryRoutes {
    /// Nil token: there is no such page.
    package static func routes(
        token: Secret?, summary: @escaping @Sendable () async -> [String: Int]
    ) -> [Route] {
        guard let token else { return [] }
        let wanted = Digest.sha256(Array("Bearer \(token.reveal())".utf8))
        return [
            .get("/api/summary") { request in
                let given = Digest.sha256(Array((request.headers["authorization"] ?? "").utf8))
                guard areEqualInConstantTime(given, wanted) else {
                    return ServerResponse(
                        status: 401,
                        headers: [("WWW-Authenticate", "Bearer"), ("Content-Type", "text/plain; charset=utf-8")],
                        body: .bytes(Array("Send Authorization: Bearer with the API_TOKEN of the settings.\n".utf8)))
                }
                let encoder = JSONEncoder()
                encoder.outputFormatting = .sortedKeys
                guard let json = try? encoder.encode(await summary()) else { return ServerResponse(status: 500) }
                var response = ServerResponse.json([UInt8](json))
                response.headers += [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
                return response
            }
        ]
    }
}
