// `autoplex healthcheck`: the container's HEALTHCHECK. It asks whether the program turns, not whether Discord does: a
// restart would not bring Discord back.

internal import HTTP
internal import Runtime

enum Healthcheck {
    static func perform(_ settings: Configuration) async -> ExitCode {
        let host = ["0.0.0.0", "::", ""].contains(settings.host) ? "127.0.0.1" : settings.host
        let url = "http://\(host.contains(":") ? "[\(host)]" : host):\(settings.port)/health/live"
        do {
            let http = try HTTPClient(userAgent: Version.userAgent)
            let limits = HTTPLimits(connect: .seconds(2), total: .seconds(4), stall: .seconds(4), maxBody: 4096)
            let answer = try await http.send(HTTPRequest("GET", url, limits: limits))
            await http.stop()
            if answer.status == 200 { return .ok }
            Program.complain("autoplex answered \(answer.status)")
        } catch {
            Program.complain("autoplex does not answer: \(error)")
        }
        return .failed
    }
}
