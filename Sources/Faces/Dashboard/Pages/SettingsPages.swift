// Every setting as it is in force, secrets masked; what another start would change, for files are edited while we run;
// and the services tested, all at once or one by itself.

package import Domain
internal import HTTP

package struct SettingLine: Hashable, Sendable {
    package var name: String
    package var group: String
    /// Masked where it is a secret.
    package var value: String
    package var standard: String
    package var isSet: Bool
    package var summary: String
    /// What it would be after another start, if that is something else.
    package var next: String?

    package init(
        name: String, group: String, value: String, standard: String, isSet: Bool, summary: String, next: String?
    ) {
        self.name = name
        self.group = group
        self.value = value
        self.standard = standard
        self.isSet = isSet
        self.summary = summary
        self.next = next
    }
}

package struct CheckLine: Hashable, Sendable {
    package var name: String
    package var words: String
    package var tone: Report.Tone
    /// By this it can be tested without the others; nil: it is no service.
    package var service: String?

    package init(_ name: String, _ words: String, tone: Report.Tone, service: String? = nil) {
        self.name = name
        self.words = words
        self.tone = tone
        self.service = service
    }
}

package struct SettingsPages: Sendable {
    package var settings: @Sendable () async -> [SettingLine]
    /// As `autoplex check` tests: everything, or one service.
    package var check: @Sendable (_ service: String?) async -> [CheckLine]

    package init(
        settings: @escaping @Sendable () async -> [SettingLine],
        check: @escaping @Sendable (_ service: String?) async -> [CheckLine]
    ) {
        self.settings = settings
        self.check = check
    }

    package var pages: [Page] {
        [
            Page("settings", in: .settings, title: "Settings", live: false) { visit in
                await list(all: visit.query["all"] == "yes")
            },
            Page("settings/check", in: .settings, title: "Check", live: false) { visit in
                let service = visit.query["service"].flatMap { $0.isEmpty ? nil : $0 }
                let lines = await check(service)
                return [
                    views(service == nil ? "check" : ""),
                    .table(
                        Block.Table(
                            service.map { "\($0), by itself" } ?? "What was found",
                            [.init("What"), .init("How it is"), .init("Test")], rows: lines.map(Self.row),
                            empty: service == nil ? "Nothing is configured." : "There is no such service.")),
                ]
            },
        ]
    }

    /// What tests one service alone, within the dashboard.
    static func check(_ service: String) -> String { "settings/check".asking([(name: "service", value: service)]) }

    private static func row(_ line: CheckLine) -> Block.Table.Row {
        .init([
            .init("\(strong: line.name)"), .init("\(line.words)", tone: line.tone),
            line.service.map { .init("by itself", path: check($0)) } ?? .init(""),
        ])
    }

    private func views(_ shown: String) -> Block {
        .views([
            .init("What is set", path: "settings", isShown: shown == "set"),
            .init("Everything", path: "settings?all=yes", isShown: shown == "all"),
            .init("Test the services now", path: "settings/check", isShown: shown == "check"),
        ])
    }

    private func list(all: Bool) async -> [Block] {
        let settings = await settings()
        var blocks = [views(all ? "all" : "set")]
        let changed = settings.filter { $0.next != nil }
        if !changed.isEmpty {
            blocks.append(
                .table(
                    Block.Table(
                        "What another start would change", [.init("Setting"), .init("Now"), .init("Then")],
                        rows: changed.map { line in
                            .init([
                                .init("\(code: line.name)"), .init("\(line.value)"),
                                .init("\(line.next ?? "")", tone: .warning),
                            ])
                        }, empty: "")))
        }
        var groups: [String] = []
        for line in settings where !groups.contains(line.group) { groups.append(line.group) }
        for group in groups {
            let lines = settings.filter { $0.group == group && (all || $0.isSet) }
            if lines.isEmpty { continue }
            blocks.append(
                .table(
                    Block.Table(
                        group, [.init("Setting"), .init("Value"), .init("Meaning")],
                        rows: lines.map { line in
                            .init([
                                .init("\(code: line.name)"),
                                .init(line.isSet ? "\(strong: line.value)" : "\(line.value)"),
                                .init("\(line.summary)"),
                            ])
                        }, empty: "")))
        }
        return blocks
    }
}
