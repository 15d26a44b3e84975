// How long the services outside take to answer, and how: for `/metrics`. A service is named after its setting, never by its
// address, and whatever is in no setting (a picture's host, a place for notices) is "other".

internal import Runtime
internal import Synchronization
internal import Web

final class RequestTimes: Sendable {
    private struct Tally: Sendable {
        var times = HistogramTally()
        var outcomes: [String: Int] = [:]
    }

    private let services: [(address: String, name: String)]
    private let tallies = Mutex<[String: Tally]>([:])

    /// - Parameter addresses: by the names of their settings: ["PLEX_URL": "http://10.0.0.2:32400"]
    init(_ addresses: [String: String]) {
        services = addresses.map { (address: $0.value, name: Self.service($0.key)) }
            // The longer first: one may be a folder of the other's machine. Of two alike the same one at each start.
            .sorted { ($1.address.count, $0.name) < ($0.address.count, $1.name) }
    }

    private static func service(_ setting: String) -> String {
        ["_API_URL", "_URL"].reduce(setting) { $0.hasSuffix($1) ? String($0.dropLast($1.count)) : $0 }.lowercased()
    }

    func note(_ url: String, _ took: Duration, _ status: Int?) {
        let name = services.first { url.hasPrefix($0.address) }?.name ?? "other"
        let outcome = status.map { "\($0 / 100)xx" } ?? "none"
        tallies.withLock { tallies in
            tallies[name, default: Tally()].times.note(took.inSeconds)
            tallies[name, default: Tally()].outcomes[outcome, default: 0] += 1
        }
    }

    func families() -> [MetricFamily] {
        var times = MetricFamily(
            "outside_request_duration_seconds", .histogram, "How long requests to each service took, answered or not.")
        var outcomes = MetricFamily(
            "outside_requests_total", .counter, "Requests to each service by the answer's status; none: no answer.")
        for (service, tally) in tallies.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            times.add(tally.times, ["service": service])
            for (outcome, count) in tally.outcomes.sorted(by: { $0.key < $1.key }) {
                outcomes.add(Double(count), ["service": service, "outcome": outcome])
            }
        }
        return [times, outcomes]
    }
}
