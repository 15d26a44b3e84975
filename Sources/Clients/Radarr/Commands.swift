// Commands run on inside Radarr after it has answered, and are followed by their number. That one completed says nothing
// about whether anything was found: only its message does.

internal import HTTP
internal import LooseJSON
package import Runtime
internal import Servarr

package struct RadarrCommand: Hashable, Sendable, Identifiable {
    package enum Status: String, Hashable, Sendable, Codable {
        case queued, started, completed, failed, aborted, cancelled
        /// Radarr was restarted over it.
        case orphaned
    }

    package var id: Int
    package var name: String
    package var status: Status
    package var message: String?
    /// Of one that failed, for whoever looks into Radarr's log.
    package var exception: String?
    package var queued: Instant?
    package var ended: Instant?
    /// The films it is about.
    package var films: [Int]

    package var isOver: Bool { status != .queued && status != .started }

    /// Of a search that completed: how many reports were sent to a download client. Nil: it does not say.
    package var downloads: Int? {
        guard status == .completed, let message,
            let match = message.firstMatch(of: /(\d+) reports? downloaded/.ignoresCase())
        else { return nil }
        return Int(match.1)
    }
}

extension Radarr {
    /// One that is queued or runs for the same films is joined, not begun anew.
    package func search(films: [Int]) async throws(RadarrError) -> RadarrCommand {
        try await command(
            "MoviesSearch", .fields(["name": .text("MoviesSearch"), "movieIds": .list(films.map(JSONText.whole))]))
    }

    /// Looks for the film's file where the film is now.
    package func rescan(film: Int) async throws(RadarrError) -> RadarrCommand {
        try await command("RescanMovie", .fields(["name": .text("RescanMovie"), "movieId": .whole(film)]))
    }

    /// All it remembers: those of the last day, whoever gave them.
    package func commands() async throws(RadarrError) -> [RadarrCommand] {
        try await server.list(ServarrCall("GET", "/api/v3/command", what: "the commands")) { RadarrCommand($0) }
    }

    private func command(_ name: String, _ body: JSONText) async throws(RadarrError) -> RadarrCommand {
        let call = ServarrCall("POST", "/api/v3/command", what: "the command \(name)").saying(body)
        guard let command = RadarrCommand(try await server.ask(call)) else {
            throw server.failed(.unreadable(call.what))
        }
        return command
    }

    /// Nil: forgotten, as Radarr does a day after the end.
    package func command(_ id: Int) async throws(RadarrError) -> RadarrCommand? {
        let call = ServarrCall("GET", "/api/v3/command/\(id)", what: "the command number \(id)")
        let answer: Loose
        do throws(RadarrError) { answer = try await server.ask(call) } catch {
            if case .notFound = error.trouble { return nil }
            throw error
        }
        guard let command = RadarrCommand(answer) else { throw server.failed(.unreadable(call.what)) }
        return command
    }
}

extension RadarrCommand {
    init?(_ json: Loose) {
        guard let id = json.whole("id"), let name = json.text("name"),
            let status = json.text("status").flatMap({ Status(rawValue: $0) })
        else { return nil }
        self.id = id
        self.name = name
        self.status = status
        message = json.text("message")
        exception = json.text("exception")
        queued = json.instant("queued")
        ended = json.instant("ended")
        let body = json["body"]
        films = (body?.elements("movieIds").compactMap(\.whole) ?? []) + [body?.whole("movieId")].compactMap { $0 }
    }
}
