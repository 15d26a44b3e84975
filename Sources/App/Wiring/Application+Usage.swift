// `usage` and its status message, made of what is configured: Tautulli, Plex or both.

internal import Bot
internal import Discord
internal import Domain
internal import Runtime
internal import Usage

extension Application {
    func usage(_ features: Features) -> Configured<Usage> {
        let outside = features.outside
        if case (.missing, .missing(let names)) = (outside.tautulli, outside.plex) { return .missing(names) }
        return .ready(
            Usage(
                tautulli: outside.tautulli.value, plex: outside.plex.value, studio: outside.studio,
                place: settings.zone, clock: clock, log: log, anonymousChannels: Set(settings.usageAnonymousChannels)))
    }

    /// Nil where no channel is set for it, or nothing that could be asked.
    func statusMessage(_ features: Features, _ desk: Desk, _ notices: Notices) -> StatusMessage? {
        guard let id = settings.usageStatusChannel, let usage = usage(features).value else { return nil }
        let channel = Snowflake(id)
        let voice = StatusMessage.Voice(
            post: { report throws(StatusMessage.Refused) in
                do {
                    guard let message = try await desk.post(.report(report), in: channel) else {
                        throw StatusMessage.Refused(.passing("nothing was posted"))
                    }
                    return message.rawValue
                } catch { throw StatusMessage.Refused(error, isPost: true) }
            },
            edit: { message, report throws(StatusMessage.Refused) in
                do { try await desk.edit(report, message: Snowflake(message), in: channel) } catch {
                    throw StatusMessage.Refused(error, isPost: false)
                }
            },
            tell: { await notices.tell($0) })
        return StatusMessage(
            channel: id, every: settings.usageStatusPause, database: features.database, voice: voice, clock: clock,
            log: log
        ) { await usage.now(in: id, tellsDetails: false).whole }
    }
}

extension StatusMessage.Refused {
    init(_ error: any Error, isPost: Bool) {
        let why: StatusMessageRules.Refusal =
            switch error as? DiscordError {
            // Nothing to post to: the channel itself is gone, which somebody has to set right.
            case .notFound(let why): isPost ? .forbidden(why) : .gone
            case .forbidden(let why), .invalid(let why): .forbidden(why)
            default: .passing("\(error)")
            }
        self.init(why)
    }
}
