// What the documents say of settings and version is what the program knows.

import Runtime
import Testing

@testable import App

@Suite struct `The documents` {
    /// The project's folder, from where this file was compiled.
    private func document(_ path: String) throws -> String {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        return try Files.text("\(root)/\(path)")
    }

    @Test func `.env.example is what the program prints`() throws {
        #expect(try document(".env.example") == SettingsText.dotEnv())
    }

    @Test(arguments: ["README.md", "docs/settings.md"])
    func `hold the table of settings`(_ path: String) throws {
        #expect(try document(path).contains(SettingsText.markdown()))
    }

    @Test func `VERSION and the changelog name this version`() throws {
        #expect(try document("VERSION") == Version.number + "\n")
        #expect(try document("CHANGELOG.md").contains("## \(Version.number)"))
    }

    /// With what they are made of: the pages that make them.
    private func metrics() throws -> [String: String] {
        var kinds: [String: String] = [:]
        for file in ["MetricsPage", "MetricsPage+Tables", "RequestTimes"] {
            let page = try document("Sources/App/Wiring/\(file).swift")
            for match in page.matches(of: /MetricFamily\(\s*"([a-z_]+)",\s*\.(\w+),/) {
                kinds["autoplex_\(match.1)"] = String(match.2)
            }
        }
        try #require(kinds.count > 35)
        return kinds
    }

    @Test func `the Grafana dashboard asks for numbers that there are`() throws {
        let known = try metrics()
        let asked = Set(
            try document("deploy/grafana-dashboard.json").matches(of: /autoplex_([a-z_]+)/).map { "\($0.0)" })
        #expect(asked.count > 10)
        for name in asked {
            let family = ["_bucket", "_sum", "_count"].reduce(name) {
                $0.hasSuffix($1) && known[$0] == nil ? String($0.dropLast($1.count)) : $0
            }
            #expect(known[family] != nil, "\(name)")
        }
    }

    @Test func `every number is in the table, and every one of the table is there`() throws {
        let known = Set(try metrics().keys)
        let told = Set(
            try document("docs/operations.md").matches(of: /`(autoplex_[a-z_]+)[`\s{]/).map { "\($0.1)" })
        #expect(known.subtracting(told) == [] && told.subtracting(known) == [])
    }

    /// Base units, and the ending that Prometheus expects of what only grows (prometheus.io, Metric and label naming).
    @Test func `numbers are named after their unit`() throws {
        for (name, kind) in try metrics() {
            #expect((kind == "counter") == name.hasSuffix("_total"), "\(name)")
            for unit in ["milliseconds", "minutes", "hours", "kilobytes", "megabytes", "percent"] {
                #expect(!name.contains(unit), "\(name)")
            }
            if kind == "histogram" { #expect(name.hasSuffix("_seconds") || name.hasSuffix("_bytes"), "\(name)") }
        }
    }

    @Test func `the widget for start pages names fields that there are, and no more than are shown`() throws {
        let widget = try #require(
            try document("docs/operations.md").firstMatch(of: /```yaml\nwidget:\n(?s:(.*?))```/)
        ).1
        let fields = widget.matches(of: /field: (\w+)/).map { "\($0.1)" }
        let source = try document("Sources/App/Wiring/Application+Dashboard.swift")
        #expect((1...4).contains(fields.count) && widget.contains("type: customapi") && widget.contains("Bearer "))
        for field in fields { #expect(source.contains("\"\(field)\""), "\(field)") }
    }

    @Test func `the Unraid template and the compose file name settings that there are`() throws {
        let names = Set(Variable.all.map(\.name))
        for name in try document("deploy/unraid.xml").matches(of: /Target="([A-Z_]+)"/).map({ "\($0.1)" }) {
            #expect(names.contains(name), "\(name)")
        }
        for name in try document("docker-compose.yml").matches(of: /(?m)^      ([A-Z_]+):/).map({ "\($0.1)" }) {
            #expect(names.contains(name), "\(name)")
        }
    }

    @Test func `the container is asked how it is, and its files are backed up and come back`() throws {
        let (compose, image) = (try document("docker-compose.yml"), try document("Dockerfile"))
        // Of compose's own, so that it holds for whatever image somebody names there.
        #expect(compose.contains(#"test: ["CMD", "autoplex", "healthcheck"]"#))
        #expect(image.contains(#"CMD ["autoplex", "healthcheck"]"#))
        #expect(Verb.all.contains { $0.name == "healthcheck" } && Verb.all.contains { $0.name == "restore" })
        let pages = try document("docs/operations.md")
        #expect(pages.contains("docker compose run --rm autoplex restore /config/backups/autoplex-"))
        #expect(pages.contains("--platform linux/amd64,linux/arm64"))
        // One recipe for both: nothing in it is of one machine alone.
        for word in ["x86_64", "amd64", "aarch64", "--platform"] {
            let lines = image.split(separator: "\n").filter { !$0.hasPrefix("#") }
            #expect(!lines.contains { $0.contains(word) }, "\(word)")
        }
        #expect(image.contains("FROM swift:6.") && image.contains("FROM debian:bookworm-slim"))
    }

    @Test func `a backup is made every night, and called what the documents call it`() throws {
        let settings = try Configuration(Environment(process: ["DISCORD_TOKEN": "a.b.c"], dotEnvPaths: []))
        #expect(settings.backupKeep == 7)
        let noon = Instant(seconds: 1_767_268_800)
        let nights = settings.backupSchedule.next(after: noon, in: .utc)
        #expect(nights.map { $0 - noon } == .seconds((16 * 60 + 30) * 60))
        let name = try #require(
            try document("docs/operations.md").firstMatch(of: /\/config\/backups\/(autoplex-[^\s]+\.db)/)
        ).1
        #expect(name.wholeMatch(of: /autoplex-\d{8}T\d{6}Z\.db/) != nil, "\(name)")
    }

    @Test func `the README names every verb`() throws {
        let readme = try document("README.md")
        for verb in Verb.all { #expect(readme.contains("`autoplex \(verb.usage)`"), "\(verb.name)") }
    }
}
