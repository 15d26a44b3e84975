// `autoplex hook test`: posts to the running program what Jellyfin's plugin and Radarr would, for Jellyfin has no button to
// try it with. The stop is of a film and by a person that nobody has, so that nothing follows from it.

internal import HTTP
internal import Runtime

enum HookTest {
    /// A film of no number, seen to its end by nobody.
    private static let stop = """
        {"NotificationType":"PlaybackStop","Name":"Autoplex hook test","ItemType":"Movie","Year":1900,
        "ItemId":"00000000000000000000000000000001","RunTimeTicks":36000000000,"PlaybackPositionTicks":36000000000,
        "PlayedToCompletion":true,"NotificationUsername":"autoplex hook test","ServerName":"autoplex hook test"}
        """
    private static let button = """
        {"eventType":"Test","instanceName":"autoplex hook test","movie":{"id":1,"title":"Test Title","year":1970}}
        """

    static func perform(_ settings: Configuration) async -> ExitCode {
        let secret = settings.key("WEBHOOK_SECRET")
        let host = ["0.0.0.0", "::", ""].contains(settings.host) ? "127.0.0.1" : settings.host
        let base = "http://\(host.contains(":") ? "[\(host)]" : host):\(settings.port)"
        guard let http = try? HTTPClient(userAgent: Version.userAgent) else { return .failed }
        var isWell = true
        for (path, body) in [("/jellyfin/playback", stop), ("/radarr", button)] {
            let headers = secret.map { [(name: "X-Webhook-Secret", value: $0.reveal())] } ?? []
            let request = HTTPRequest(
                "POST", base + path, headers: headers,
                body: .bytes([UInt8](body.utf8), type: "text/plain; charset=utf-8"),
                limits: HTTPLimits(connect: .seconds(2), total: .seconds(10), stall: .seconds(10), maxBody: 4096))
            do {
                let answer = try await http.send(request)
                isWell = isWell && answer.isSuccess
                print("\(path): \(answer.status) \(meaning(of: answer))")
            } catch {
                isWell = false
                Program.complain("\(path): autoplex does not answer: \(error)")
            }
        }
        await http.stop()
        return isWell ? .ok : .failed
    }

    private static func meaning(of answer: HTTPResponse) -> String {
        switch answer.status {
        case 401: "the secret does not fit: WEBHOOK_SECRET here is not that of the running program"
        case 404: "there is no such door: the running program has no RADARR_URL"
        default: answer.text
        }
    }
}
