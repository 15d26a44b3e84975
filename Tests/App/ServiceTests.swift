// What each service's answers mean, told to the owner in a sentence that names the setting to mend.

import HTTP
import Runtime
import Testing

@testable import App

@Suite struct `A look at a service` {
    private func settings(_ values: [String: String]) throws -> Configuration {
        try Configuration(Environment(process: values, read: { _ in nil }))
    }

    private func answer(_ status: Int, _ body: String = "") -> HTTPResponse {
        HTTPResponse(status: status, headers: HTTPHeaders(), body: [UInt8](body.utf8))
    }

    private func judge(_ service: Service) throws -> @Sendable (HTTPResponse) -> Finding {
        guard case .question(let question) = service.way else { throw NotAQuestion() }
        return question.judge
    }
    private struct NotAQuestion: Error {}

    @Test(arguments: [
        (Service.plex, 200, #"{"MediaContainer":{"friendlyName":"Attic","version":"1.42","machineIdentifier":"ab"}}"#),
        (Service.plexTV, 401, ""),
        (Service.tautulli, 200, #"{"response":{"result":"success","message":null,"data":"Well"}}"#),
        (Service.musicBrainz, 200, #"{"id":"89ad"}"#), (Service.musicBrainz, 503, #"{"error":"busy"}"#),
        (Service.discogs, 200, "{}"),
        (Service.jellystat, 200, #"{"results":[]}"#), (Service.jellystat, 200, "[]"),
        (Service.prowlarr, 200, #"{"appName":"Prowlarr","version":"2.0"}"#), (Service.tmdb, 200, #"{"images":{}}"#),
        (Service.tvmaze, 200, #"{"id":1}"#),
        (Service.tvmaze, 404, #"{"name":"Not Found","message":"Page not found.","code":0,"status":404}"#),
    ])
    func `finds it well when it answers as itself`(service: Service, status: Int, body: String) throws {
        #expect(try judge(service)(answer(status, body)).isFine)
    }

    @Test(arguments: [
        (Service.plex, 401, "", "PLEX_TOKEN"), (Service.plex, 200, "<html>router</html>", "PLEX_URL"),
        (Service.plex, 200, #"{"MediaContainer":{"machineIdentifier":"ab","claimed":false}}"#, "sign in"),
        (Service.plexTV, 502, "", "502"),
        (Service.tautulli, 401, #"{"response":{"result":"error","message":"Invalid apikey"}}"#, "TAUTULLI_API_KEY"),
        (Service.tautulli, 303, "", "TAUTULLI_URL"), (Service.tautulli, 200, "{}", "TAUTULLI_URL"),
        (Service.discogs, 401, "", "DISCOGS_TOKEN"), (Service.jellystat, 403, "", "JELLYSTAT_API_KEY"),
        (Service.jellystat, 404, #"{"message":"No API keys configured"}"#, "make one"),
        (Service.prowlarr, 500, "", "500"), (Service.tmdb, 401, "", "TMDB_API_KEY"),
        (Service.tvmaze, 404, "", "TVMAZE_URL"),
        (Service.musicBrainz, 404, "", "MUSICBRAINZ_URL"),
    ])
    func `names what to mend`(service: Service, status: Int, body: String, word: String) throws {
        let finding = try judge(service)(answer(status, body))
        #expect(!finding.isFine)
        #expect(finding.text.contains(word), "\(finding.text)")
    }

    @Test func `asks only what the owner configured`() throws {
        #expect(Service.configured(try settings([:])) == [])
        #expect(
            Service.configured(
                try settings(["RADARR_URL": "http://r", "SMTP_HOST": "m", "EMAIL_FROM": "plex@example.org"])) == [
                    "Radarr", "Mail",
                ])
        #expect(Service.configured(try settings(["PLEX_URL": "http://p", "PLEX_TOKEN": "t"])) == ["Plex", "plex.tv"])
    }

    @Test func `keeps keys out of addresses where it can`() throws {
        let settings = try settings([
            "PLEX_URL": "http://p", "PLEX_TOKEN": "hunter2", "TAUTULLI_URL": "http://t", "TAUTULLI_API_KEY": "hunter2",
            "JELLYFIN_URL": "http://j", "JELLYFIN_API_KEY": "hunter2", "JELLYSTAT_URL": "http://s",
            "JELLYSTAT_API_KEY": "hunter2", "RADARR_URL": "http://r", "RADARR_API_KEY": "hunter2",
            "PROWLARR_URL": "http://w", "PROWLARR_API_KEY": "hunter2", "DISCOGS_TOKEN": "hunter2",
        ])
        for service in Service.all(for: settings) {
            guard case .question(let question) = service.way, let request = question.request(settings) else { continue }
            #expect(!request.url.contains("hunter2"), "\(service.name)")
        }
    }
}
