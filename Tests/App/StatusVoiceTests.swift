// What Discord's refusals mean for the status message: what is gone is posted anew, what is forbidden is told, the rest
// passes.

import Discord
import Testing
import Usage

@testable import App

@Suite struct `A refusal of the status message` {
    @Test(
        arguments: [
            (DiscordError.notFound("gone"), false, StatusMessageRules.Refusal.gone),
            // With nothing to post to, somebody has to act.
            (.notFound("no channel"), true, .forbidden("no channel")),
            (.forbidden("give it Send Messages"), false, .forbidden("give it Send Messages")),
            (.forbidden("give it Send Messages"), true, .forbidden("give it Send Messages")),
            (.invalid("too long"), true, .forbidden("too long")),
            (.unavailable("502"), false, .passing("Discord cannot be reached: 502")),
            (.rateLimited(for: .seconds(9)), true, .passing("\(DiscordError.rateLimited(for: .seconds(9)))")),
        ])
    func `is understood`(error: DiscordError, isPost: Bool, refusal: StatusMessageRules.Refusal) {
        #expect(StatusMessage.Refused(error, isPost: isPost).why == refusal)
    }
}
