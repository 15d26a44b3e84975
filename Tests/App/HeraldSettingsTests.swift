// Which notices go where, as an owner writes it.

import Domain
import Runtime
import Testing

@testable import App

@Suite struct `Notices elsewhere` {
    private func routes(_ text: String) throws -> [NoticeEvent: Set<String>] {
        try HeraldSettings.routes(text, among: ["ntfy", "webhook"])
    }

    @Test func `go to all ways that are set, or to those named`() throws {
        let found = try routes("approval, service = ntfy, *=webhook, start=none")
        #expect(found[.approval] == ["ntfy", "webhook"])
        #expect(found[.service] == ["ntfy"])
        #expect(found[.start] == [])
        #expect(found[.prune] == ["webhook"])
    }

    @Test func `go nowhere unless they are wanted`() throws {
        #expect(try routes("approval")[.tracker] == [])
        #expect(try routes("")[.approval] == [])
    }

    @Test(arguments: ["aproval", "approval=telegram", "approval=ntfy+", "*=x"])
    func `that are misspelt are refused`(_ text: String) {
        if text == "approval=ntfy+" {
            #expect(throws: Never.self) { try routes(text) }
        } else {
            #expect(throws: HeraldSettings.Mistake.self) { try routes(text) }
        }
    }

    @Test(arguments: [
        ("services", NoticeEvent.service), ("prune-new", .prune), ("downloads-week", .downloads), ("backup", .job),
        ("newsletter", .newsletter), ("people", .people), ("tracker-history", .tracker),
    ])
    func `of jobs are told by what the job is about`(_ job: String, _ event: NoticeEvent) {
        #expect(NoticeEvent(job: job) == event)
    }

    @Test func `tell times by the calendar of the house`() throws {
        let prose = Prose(parts: [
            .words("Ann "), .time(Instant(seconds: 1_797_919_200), .relative), .text(" and "),
            .time(Instant(seconds: 1_797_919_200), .date), .strong("!"),
        ])
        #expect(prose.told(in: .utc) == "Ann Tuesday, 22 December 2026, 06:00 UTC and Tuesday, 22 December 2026!")
    }

    @Test func `need both halves of Gotify, and an address that is one`() {
        for values in [
            ["NOTIFY_GOTIFY_URL": "https://a.example"], ["NOTIFY_GOTIFY_TOKEN": "x"],
            ["NOTIFY_NTFY_URL": "a.example/b"],
        ] {
            #expect(throws: BrokenConfiguration.self) {
                try Configuration(Environment(process: values, dotEnvPaths: []))
            }
        }
    }
}
