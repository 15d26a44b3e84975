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

    @Test func `the Grafana dashboard asks for numbers that there are`() throws {
        let page = try document("Sources/App/Wiring/MetricsPage.swift")
        let asked = Set(
            try document("deploy/grafana-dashboard.json").matches(of: /autoplex_([a-z_]+)/).map { "\($0.1)" })
        #expect(asked.count > 10)
        for name in asked { #expect(page.contains("\"\(name)\""), "\(name)") }
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

    @Test func `the README names every verb`() throws {
        let readme = try document("README.md")
        for verb in Verb.all { #expect(readme.contains("`autoplex \(verb.usage)`"), "\(verb.name)") }
    }
}
