// Why Tautulli did not tell, by what the caller can do about it, in words for the owner of the server (sheet §1: keys are
// refused with 400, a wrong path with 404; §7: with Plex down many commands succeed and say nothing).

internal import HTTP

package enum TautulliError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No answer: wrong host or port, not running, or too slow.
    case unreachable(String)
    case rejectedKey(String)
    /// Something answers there, but it is not Tautulli's API.
    case wrongAddress(String)
    case refused(String)
    /// Tautulli met an error of its own; its log has more.
    case crashed
    /// Success, but not of a form we know.
    case unreadable(String)
    /// Tautulli is there and has nothing to tell, since its Plex does not answer. Nothing follows from such silence.
    case plexIsDown
    /// The history changed under our eyes, or came short, however often we read it.
    case incomplete(String)
    case cancelled

    package var description: String {
        switch self {
        case .unreachable(let why):
            "Tautulli cannot be reached: \(why). Check TAUTULLI_URL, and that Tautulli is running"
        case .rejectedKey(let message): "Tautulli answered 400 \(message): check TAUTULLI_API_KEY"
        case .wrongAddress(let why):
            "\(why): check TAUTULLI_URL (with the HTTP root, if Tautulli has one, such as http://host:8181/tautulli)"
        case .refused("API not enabled"):
            "Tautulli's API is switched off: enable it in Tautulli's settings under Web Interface"
        case .refused(let message): "Tautulli refused: \(message)"
        case .crashed: "Tautulli failed while answering: see its log (Settings, View Logs)"
        case .unreadable(let what): "Tautulli's answer to \(what) cannot be read: is it version 2 of Tautulli?"
        case .plexIsDown: "Tautulli has no connection to Plex: check that the Plex server is running"
        case .incomplete(let why): "Tautulli's history could not be read whole: \(why). Try again later"
        case .cancelled: "the question to Tautulli was cancelled"
        }
    }
}

extension TautulliError {
    init(_ error: HTTPError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .badAddress(let why): .wrongAddress(why)
            case .tooLarge: .unreadable("a question (\(error))")
            case .unreachable, .timedOut, .tls, .failed: .unreachable(error.description)
            }
    }

    /// What an answer that is no success means.
    init(status: Int, message: String?, isEnvelope: Bool) {
        let message = message.flatMap { $0.isEmpty ? nil : $0 }
        switch status {
        case _ where isEnvelope && (message == "Invalid apikey" || message == "Parameter apikey is required"):
            self = .rejectedKey(message ?? "")
        case 500 where isEnvelope: self = .crashed
        case _ where isEnvelope: self = .refused(message ?? "the command, without saying why")
        case 300..<400: self = .wrongAddress("that address only points elsewhere (\(status))")
        case 404: self = .wrongAddress("there is no Tautulli API at that address (404)")
        // Tautulli itself answers 403 to a POST outside its API.
        case 401, 403:
            self = .refused(
                "\(status): is TAUTULLI_URL right, or does something before Tautulli want a login of its own")
        case 502, 503, 504: self = .unreachable("a proxy before it answered \(status)")
        case 200..<300: self = .wrongAddress("what answers at that address is not Tautulli's API")
        default: self = .refused("HTTP status \(status)")
        }
    }
}
