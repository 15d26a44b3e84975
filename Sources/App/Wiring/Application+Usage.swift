// `usage` and its status message, made of what is configured: Tautulli, Plex or both.

internal import Bot
internal import Discord
internal import Domain
internal import Runtime
internal import Storage
internal import Usage

extension Application {
    func usage(_ features: Features, _ parents: ChannelParents) -> Configured<Usage> {
        let outside = features.outside
        if case (.missing, .missing(let names)) = (outside.tautulli, outside.plex) { return .missing(names) }
        return .ready(
            Usage(
                tautulli: outside.tautulli.value, plex: outside.plex.value, studio: outside.studio,
                place: settings.zone, clock: clock, log: log, anonymousChannels: Set(settings.usageAnonymousChannels),
                parent: { await parents.parent(of: $0) }))
    }

    /// Nil where no channel is set for it, or nothing that could be asked.
    func statusMessage(
        _ usage: Configured<Usage>, _ database: Database, _ desk: Desk, _ notices: Notices
    ) -> StatusMessage? {
        guard let id = settings.usageStatusChannel, let usage = usage.value else { return nil }
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
            tell: { await notices.tell($0, as: .service) })
        return StatusMessage(
            channel: id, every: settings.usageStatusPause, database: database, voice: voice, clock: clock,
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

/// What a channel belongs to, asked once: a thread stays where it is.
actor ChannelParents {
    private let rest: DiscordREST
    private var known: [UInt64: Reading<UInt64>] = [:]

    init(_ rest: DiscordREST) { self.rest = rest }

    func parent(of channel: UInt64) async -> Reading<UInt64> {
        if let known = known[channel] { return known }
        do throws(DiscordError) {
            let parent = try await rest.channel(Snowflake(channel)).parentID
            let reading: Reading<UInt64> = parent.map { .known($0.rawValue) } ?? .absent
            known[channel] = reading
            return reading
        } catch { return .unknown(why: "\(error)") }
    }
}
