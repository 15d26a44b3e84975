// `!plex usage`: who plays what right now, and how the day went.

import Bot
import Discord
import Domain
import Runtime
import Usage

struct UsageCommand: Command {
    let signature = Signature(
        "usage", "Shows what is playing on the server",
        verbs: [
            Signature(
                "now", "Shows every stream: who, what, where, how far, and what the server does to it",
                examples: [.init("usage", "shows what plays now"), .init("usage now", "the same")]),
            Signature(
                "day", "Shows how many streams began in each hour of today, beside yesterday",
                examples: [.init("usage day", "draws the day")]),
        ], bareVerb: "now", cooldown: .seconds(5), isSlow: true)

    let usage: Configured<Usage>

    func run(_ call: Call) async throws -> Answer {
        let usage = try usage.get()
        if call.verb == "day" {
            do throws(UsageError) { return .report(try await usage.day()) } catch {
                throw complaint(error, call)
            }
        }
        let report = await usage.now(in: call.caller.channel.rawValue, tellsDetails: call.caller.level == .admin)
        return .pages(report.pages)
    }

    private func complaint(_ error: UsageError, _ call: Call) -> Complaint {
        switch error {
        case .needsTautulli:
            return Complaint(
                "The day's streams are told by Tautulli, which is not set up.",
                advice: ["Whoever runs the bot can set \(code: "TAUTULLI_URL") and \(code: "TAUTULLI_API_KEY")."])
        case .noHistory(let why):
            call.log.warning("\(why)")
            return Complaint(
                "Tautulli does not tell what was played.",
                advice: [call.caller.level == .admin ? "\(why)." : "Try again later."])
        }
    }
}
