// `!plex me`: how somebody stands with the rules about watching: nobody should be surprised by them.

import Bot
import Discord
import Domain
import People
import Prune
import Runtime

struct Me: Command {
    let source: Configured<PruneSource>

    let signature = Signature(
        "me", "Shows how you stand: what I last saw you watch, and until when all is well", privacy: .privately,
        examples: [.init("me", "your own standing")])

    func run(_ call: Call) async throws -> Answer {
        let source = try source.get()
        guard let person = try await source.people.person(discord: call.caller.id.rawValue) else {
            throw Complaint(
                "I do not know who you are on Plex.",
                advice: ["\(code: call.spelling("link")) lets you sign in and tells me."])
        }
        guard source.prune.wishes.mode != .off else {
            return .report(Report("All is well", lines: ["Nobody has to watch anything here."], tone: .good))
        }
        let report = try await source.prune.standingReport(of: person.id)
        guard let standing = try await source.prune.standing(of: person.id),
            PruneNotice.mayStay(standing, source.prune.wishes)
        else { return .report(report) }
        return .card(PruneNotice.mayStay(report, standing))
    }
}
