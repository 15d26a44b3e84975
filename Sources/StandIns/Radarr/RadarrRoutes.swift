// Everything Radarr is asked here, in one list. Paths are found whatever their case, as ASP.NET does.

struct RadarrRoute: Sendable {
    let name: String
    /// Without a key.
    let isOpen: Bool
    let action: @Sendable (RadarrCaller) -> ServarrAnswer
    private let template: RouteTemplate

    private init(
        _ name: String, isOpen: Bool = false, _ action: @escaping @Sendable (RadarrCaller) -> ServarrAnswer
    ) {
        self.name = name
        self.isOpen = isOpen
        self.action = action
        let halves = name.split(separator: " ")
        template = RouteTemplate("\(halves[0]) \(halves[1].lowercased())")
    }

    static func find(_ call: ServarrCall, base: String) -> (route: RadarrRoute, parameters: [String])? {
        let path = below(base, call.path)
        for route in all {
            if let found = route.template.match(call.method, path) { return (route, found) }
        }
        return nil
    }

    static func knows(_ path: String, base: String) -> Bool {
        let path = below(base, path)
        return all.contains { route in
            ["GET", "POST", "PUT", "DELETE"].contains { route.template.match($0, path) != nil }
        }
    }

    private static func below(_ base: String, _ path: String) -> String {
        let path = path.lowercased()
        return path.hasPrefix(base) ? String(path.dropFirst(base.count)) : path
    }

    static let all: [RadarrRoute] = [
        RadarrRoute("GET /ping", isOpen: true) { _ in .json(["status": "OK"]) },
        RadarrRoute("GET /api/v3/system/status") { $0.status() },
        RadarrRoute("GET /api/v3/health") { $0.health() },
        RadarrRoute("GET /api/v3/tag") { $0.tags() },
        RadarrRoute("GET /api/v3/tag/{}") { $0.tag() },
        RadarrRoute("POST /api/v3/tag") { $0.makeTag() },
        RadarrRoute("GET /api/v3/qualityprofile") { $0.profiles() },
        RadarrRoute("GET /api/v3/rootfolder") { $0.rootFolders() },
        RadarrRoute("GET /api/v3/diskspace") { $0.diskSpace() },

        // Before `/movie/{}`, which would take them for numbers.
        RadarrRoute("GET /api/v3/movie/lookup") { $0.lookUp() },
        RadarrRoute("GET /api/v3/movie/lookup/tmdb") { $0.lookUpByNumber() },
        RadarrRoute("PUT /api/v3/movie/editor") { $0.editFilms() },
        RadarrRoute("GET /api/v3/movie") { $0.films() },
        RadarrRoute("POST /api/v3/movie") { $0.addFilm() },
        RadarrRoute("GET /api/v3/movie/{}") { $0.film() },
        RadarrRoute("GET /api/v3/moviefile/{}") { $0.file() },
        RadarrRoute("DELETE /api/v3/moviefile/{}") { $0.deleteFile() },

        RadarrRoute("GET /api/v3/command") { $0.commands() },
        RadarrRoute("POST /api/v3/command") { $0.begin() },
        RadarrRoute("GET /api/v3/command/{}") { $0.command() },
        RadarrRoute("DELETE /api/v3/command/{}") { $0.cancel() },

        RadarrRoute("GET /api/v3/queue") { $0.queue() },
        RadarrRoute("GET /api/v3/queue/details") { $0.queueDetails() },
        RadarrRoute("GET /api/v3/history") { $0.history() },
        RadarrRoute("GET /api/v3/history/movie") { $0.historyOfFilm() },
        RadarrRoute("GET /api/v3/history/since") { $0.historySince() },
        RadarrRoute("GET /api/v3/release") { $0.releases() },
        RadarrRoute("POST /api/v3/release") { $0.grab() },
    ]
}
