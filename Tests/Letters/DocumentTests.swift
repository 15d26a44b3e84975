// docs/newsletter-templates.md lists every name a template may ask for, with what it says in a sample issue. The list is
// what the code gives: where they differ, this test prints the list as it should be.

import Domain
import FoundationEssentials
@testable import Letters
import Newsletter
import NewsletterSamples
import Pictures
import Templates
import Testing

@Suite struct `The page about templates` {
    private static let path =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/") + "/docs/newsletter-templates.md"

    private func page() throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: Self.path)), as: UTF8.self)
    }

    /// Every name with what it says first, in a letter that has everything.
    private func names() async throws -> [String: String] {
        let press = try Workshop.press()
        var issue = IssueFacts.rich
        issue.doubts = ["The history of Tuesday is not whole."]
        if case .known(var libraries) = issue.added {
            libraries.append(
                LibraryAdditions(section: 9, name: "Home Videos", kind: "movie", items: .unknown(why: "away")))
            issue.added = .known(libraries)
        }
        let shared = await Gallery.shared.pictures(of: issue, press)
        let own = await press.room.pictures(of: .rich, issue.period, beside: shared)
        var data = try data(press, issue, shared, own, .full)
        var names: [String: String] = [:]
        walk(data.value, "", into: &names)
        // Lists that are shown whole say nothing of what is left out.
        data = try self.data(press, issue, shared, own, LetterLimits.steps[LetterLimits.steps.count - 1])
        walk(data.value, "", into: &names)
        issue.added = .unknown(why: "away")
        walk(try self.data(press, issue, shared, own, .full).value, "", into: &names)
        return names
    }

    private func data(
        _ press: LetterPress, _ issue: IssueFacts, _ shared: IssuePictures, _ own: PersonalPictures,
        _ limits: LetterLimits
    ) throws -> LetterData {
        let recipient = try Workshop.reader()
        let reader = LetterData.Reader(
            id: 1, name: "Ann Whitfield", sections: recipient.sections, links: recipient.links, isPage: false)
        let extras = LetterExtras(introduction: ["A long week of rain."], banner: shared.charts[.activity])
        return LetterData(
            issue: issue, personal: .rich, reader: reader, settings: press.settings, names: Names(.names, of: issue),
            extras: extras, limits: limits,
            pictures: ShownPictures(shared, own, keeping: nil) { "cid:\($0.name)" })
    }

    private func walk(_ value: TemplateValue, _ path: String, into names: inout [String: String]) {
        switch value {
        case .object(let members):
            for (name, member) in members { walk(member, path.isEmpty ? name : "\(path).\(name)", into: &names) }
        case .list(let items):
            for item in items { walk(item, "\(path)[]", into: &names) }
        case .absent: break
        case .text, .number, .whole, .flag:
            let known = names[path]
            guard known == nil || known == "" else { return }
            names[path] = example(value.printed ?? "", path)
        }
    }

    private func example(_ text: String, _ path: String) -> String {
        // What pictures say and where they lie is their own affair.
        if path.hasSuffix(".alt") { return "(what the picture shows, in words)" }
        if path.hasSuffix(".url") || path.hasSuffix("unsubscribe") { return "(an address)" }
        let shown = text.replacing("|", with: "\\|").replacing("\n", with: " ")
        return shown.count > 60 ? "\(shown.prefix(59))…" : shown
    }

    @Test func `lists every name there is, with what it says`() async throws {
        let rows = try await names().sorted { $0.key < $1.key }.map { "| `\($0.key)` | \($0.value) |" }
        let listed = try page().split(separator: "\n").filter { $0.hasPrefix("| `") && !$0.contains(".mustache") }.map(
            String.init)
        #expect(rows == listed, "the list should be:\n\(rows.joined(separator: "\n"))")
    }

    @Test func `names every built-in template`() throws {
        let page = try page()
        for name in BuiltInTemplates.all.keys { #expect(page.contains("`\(name).mustache`"), "\(name)") }
    }

    @Test func `lists no name that a template cannot print`() async throws {
        let press = try Workshop.press()
        let shared = await Gallery.shared.pictures(of: .rich, press)
        let own = await press.room.pictures(of: .rich, IssueFacts.rich.period, beside: shared)
        let value = try data(press, .rich, shared, own, .full).value
        for path in try await names().keys.sorted() where !path.contains(".more.") {
            // "new.libraries[].name" is {{#new.libraries}}{{name}}{{/new.libraries}}.
            let parts = path.split(separator: "[]", omittingEmptySubsequences: false).map { $0.drop { $0 == "." } }
            let inner = parts.last.map { $0.isEmpty ? "{{.}}" : "{{\($0)}}" } ?? ""
            let text = parts.dropLast().reversed().reduce(inner) { "{{#\($1)}}\($0){{/\($1)}}" }
            let templates = press.templates.with(files: ["letter.mustache": "[\(text)]"])
            #expect(templates.problems == [], "\(path)")
            let shown = try templates.shelf.preview("letter", with: value)
            #expect(shown.warnings == [], "\(path)")
        }
    }
}
