// The owner's own notices: theirs where they work, ours where they do not; and docs/notices.md, which names all there is.

import Domain
import FoundationEssentials
@testable import Letters
import Mail
import Newsletter
import Prune
import Runtime
import Templates
import Testing

@Suite struct `An owner's notice` {
    @Test func `stands before the built-in one`() throws {
        let press = try Notary.press(files: [
            "hero.mustache": "<tr><td><h1>{{headline}} {{reader.firstName}}</h1></td></tr>",
            "text-warning.mustache": "{{removal.exact}}",
        ])
        let letter = try Notary.proof(press, Notary.notice(.warning)).letter
        #expect(letter.html.contains("<h1>Are you still with us? Ann</h1>"))
        #expect(letter.text == "Saturday, 5 December 2026, 15:00 CET (UTC+1)\n")
    }

    @Test func `that is broken names its file and line, and the built-in one is used`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/notices-\(UInt64.random(in: 0...UInt64.max))"
        try Files.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Files.write(Array("<tr>\n<td>{{#removal}}\n</td></tr>".utf8), to: "\(folder)/warning.mustache")
        try Files.write(Array("x".utf8), to: "\(folder)/warnings.mustache")
        let press = NoticePress(try Notary.settings(), try LetterTemplates.read(folder: folder, .notices))
        let proof = try Notary.proof(press, Notary.notice(.warning))
        #expect(proof.notes.first?.description.hasPrefix("warning.mustache, line 2, column 5: ") == true)
        #expect(
            proof.notes.last?.description
                == "warnings.mustache is shown by no other template: did you mean warning.mustache?")
        #expect(proof.letter.html.contains("Your access ends on"))
    }

    @Test func `that shows itself without end does not stop a warning`() throws {
        let press = try Notary.press(files: ["date.mustache": "{{> date}}"])
        let proof = try Notary.proof(press, Notary.notice(.warning))
        #expect(proof.letter.html.contains("Saturday, 5 December 2026"))
        #expect(proof.notes.contains { $0.description.hasPrefix("date.mustache, line 1") })
    }

    @Test func `with a misspelt name is told of in its sample`() throws {
        let press = try Notary.press(files: ["hero.mustache": "<tr><td><h1>{{headlin}}</h1></td></tr>"])
        let proof = try press.sample(.warning, to: Notary.mailbox(), date: Notary.noon)
        #expect(
            proof.notes.map(\.description) == [
                "hero.mustache, line 1, column 13: nothing is called \"headlin\": did you mean \"headline\"?"
            ])
    }
}

@Suite struct `A sample of a notice` {
    @Test(arguments: NoticeSample.allCases)
    func `is a letter as it would be sent`(sample: NoticeSample) throws {
        let proof = try Notary.press().sample(sample, to: Notary.mailbox(), here: Notary.here, date: Notary.noon)
        #expect(proof.notes == [])
        #expect(HTMLScan(proof.letter.html).faults == [])
        #expect(proof.letter.subject.hasPrefix("[Sample] "))
        #expect(try proof.letter.printed().bytes.count > 1_000)
    }

    @Test func `has the owner's own numbers`() throws {
        let limits = NoticeSampleLimits(warnDays: 50, kickDays: 60, hereDays: 20, hereMost: 1)
        let text = try Notary.press().sample(
            .warning, limits: limits, to: Notary.mailbox(), here: Notary.here, date: Notary.noon
        ).letter.text
        #expect(text.contains("50 days") && text.contains("60 days") && text.contains("in 10 days"))
        #expect(text.contains("at least 20 days") && text.contains("once."))
    }

    @Test(arguments: [LetterTemplates.Kind.newsletter, .notices])
    func `shares page, colours and button with the newsletter`(kind: LetterTemplates.Kind) {
        for name in ["layout", "style", "button"] { #expect(kind.builtIn[name] == BuiltInTemplates.all[name]) }
    }
}

@Suite struct `The page about notices` {
    private static let path =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/") + "/docs/notices.md"

    private func page() throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: Self.path)), as: UTF8.self)
    }

    /// Every name with what it says first.
    private func names() throws -> [String: String] {
        var names: [String: String] = [:]
        for kind in [PruneNotice.Kind.warning, .welcome] {
            walk(
                NoticeData(
                    notice: Notary.notice(kind), settings: try Notary.settings(), here: Notary.here, date: Notary.noon
                ).value, "", into: &names)
        }
        var report = NoticePress.sampleReport(NoticeSampleLimits(), Notary.noon)
        report.lines.append("\(link: "a link", to: "https://plex.example.org")")
        let data = ReportData(report: report, settings: try Notary.settings(), asks: false, date: Notary.noon)
        walk(data.value, "", into: &names)
        return names
    }

    private func walk(_ value: TemplateValue, _ path: String, into names: inout [String: String]) {
        switch value {
        case .object(let members):
            for (name, member) in members { walk(member, path.isEmpty ? name : "\(path).\(name)", into: &names) }
        case .list(let items):
            for item in items { walk(item, "\(path)[]", into: &names) }
        case .absent: break
        case .text, .number, .whole, .flag:
            guard names[path] ?? "" == "" else { return }
            let text = (value.printed ?? "").replacing("|", with: "\\|").replacing("\n", with: " ")
            names[path] = text.count > 60 ? "\(text.prefix(59))…" : text
        }
    }

    @Test func `lists every name there is, with what it says`() throws {
        let rows = try names().sorted { $0.key < $1.key }.map { "| `\($0.key)` | \($0.value) |" }
        let listed = try page().split(separator: "\n").filter { $0.hasPrefix("| `") && !$0.contains(".mustache") }
            .map(String.init)
        #expect(rows == listed, "the list should be:\n\(rows.joined(separator: "\n"))")
    }

    @Test func `names every template`() throws {
        let page = try page()
        for name in LetterTemplates.Kind.notices.builtIn.keys {
            #expect(page.contains("`\(name).mustache`"), "\(name)")
        }
    }

    @Test func `shows the warning as it is`() throws {
        let text = try Notary.press().sample(
            .warning, to: Notary.mailbox(), here: Notary.here, date: Notary.noon
        ).letter.text
        let shown = try page().replacing("\n    ", with: "\n")
        for line in text.split(separator: "\n") { #expect(shown.contains(line), "\(line)") }
    }
}
