// `!plex dashboard`: a link that lets an admin into the dashboard, once, for ten minutes, seen by nobody else.

import Bot
import Discord
import Domain

package struct DashboardSource: Sendable {
    /// The link's whole address, for this person.
    package var link: @Sendable (_ discord: UInt64, _ name: String) async throws -> String
    /// Whether the address is one of the machine itself, which others cannot open.
    package var isLocal: Bool

    package init(link: @escaping @Sendable (UInt64, String) async throws -> String, isLocal: Bool) {
        self.link = link
        self.isLocal = isLocal
    }
}

struct DashboardCommand: Command {
    let source: Configured<DashboardSource>

    let signature = Signature(
        "dashboard", "Gives you a link into the dashboard", level: .admin, privacy: .secretly,
        examples: [.init("dashboard", "a link that works once, for ten minutes")])

    func run(_ call: Call) async throws -> Answer {
        let source = try source.get()
        let address = try await source.link(call.caller.id.rawValue, call.caller.name)
        var report = Report(
            "The dashboard", lines: ["\(link: "Open the dashboard", to: address)"],
            footer: "The link lets you in once, in the next ten minutes. Give it to nobody.", tone: .good)
        if source.isLocal {
            report.lines.append(
                "It works on the machine itself only: \(code: "PUBLIC_URL") says where others find me.")
        }
        return .report(report)
    }
}
