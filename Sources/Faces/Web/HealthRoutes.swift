// What machines ask of the program: is it alive, is it ready, how is it doing. Without login, so without anything that
// names a person or a secret.

package import Sockets

/// One thing readiness depends on.
package struct ReadinessCheck: Sendable {
    package let name: String
    /// Nil when all is well; else why not, fit for strangers' eyes.
    package let fault: @Sendable () async -> String?

    package init(_ name: String, fault: @escaping @Sendable () async -> String?) {
        self.name = name
        self.fault = fault
    }
}

package enum HealthRoutes {
    package static func routes(
        checks: [ReadinessCheck], metrics: @escaping @Sendable () async -> [MetricFamily]
    ) -> [Route] {
        [
            // Answered on the loop itself: it tells that the loop turns, and costs next to nothing.
            .immediate("/health/live") { _ in plain("ok\n") },
            .get("/health/ready") { _ in await readiness(checks) },
            .get("/metrics") { _ in
                ServerResponse(
                    status: 200,
                    headers: [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")] + quiet,
                    body: .bytes([UInt8](await metrics().prometheusText().utf8)))
            },
        ]
    }

    private static func readiness(_ checks: [ReadinessCheck]) async -> ServerResponse {
        var lines: [String] = []
        var isReady = true
        for check in checks {
            let fault = await check.fault()
            isReady = isReady && fault == nil
            lines.append("\(check.name): \(fault ?? "ok")\n")
        }
        return plain(lines.joined(), status: isReady ? 200 : 503)
    }

    private static func plain(_ text: String, status: Int = 200) -> ServerResponse {
        ServerResponse(
            status: status, headers: [("Content-Type", "text/plain; charset=utf-8")] + quiet,
            body: .bytes([UInt8](text.utf8)))
    }

    /// For answers that must be neither kept nor guessed at.
    private static let quiet = [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
}
