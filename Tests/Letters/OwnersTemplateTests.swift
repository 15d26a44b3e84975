// The owner's templates: theirs where they work, ours where they do not.

import Canvas
import FoundationEssentials
import Letters
import Mail
import Newsletter
import NewsletterSamples
import Runtime
import Testing

@Suite struct `An owner's template` {
    @Test func `stands before the built-in one of its name`() async throws {
        let press = try Workshop.press(files: [
            "hero.mustache": "<tr><td><h1>{{server}} says {{headline}}</h1>{{> motto}}</td></tr>",
            "motto.mustache": "<p>Be kind, {{reader.firstName}}.</p>",
        ])
        let proof = try await Workshop.proof(press)
        #expect(proof.letter.html.contains("<h1>The Household says Three of you watched Northern Line</h1>"))
        #expect(proof.letter.html.contains("<p>Be kind, Ann.</p>"))
        #expect(proof.letter.html.contains("Your week"))
        #expect(proof.notes == [])
    }

    @Test func `that is broken names its file and line, and the built-in one is used`() async throws {
        let press = try Workshop.press(files: ["hero.mustache": "<tr>\n<td>{{#totals}}\n</td></tr>"])
        let proof = try await Workshop.proof(press)
        let words = try #require(proof.notes.first).description
        #expect(words.hasPrefix("hero.mustache, line 2, column 5: "))
        #expect(proof.letter.html.contains("<h1 class=\"h1\""))
    }

    @Test func `that shows itself without end does not stop a letter`() async throws {
        let proof = try await Workshop.proof(Workshop.press(files: ["charts.mustache": "{{> charts}}"]))
        #expect(proof.letter.html.contains("The week in pictures"))
        #expect(proof.notes.contains { $0.description.hasPrefix("charts.mustache, line 1") })
    }

    @Test func `is read from its folder, where there is one`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/letters-\(UInt64.random(in: 0...UInt64.max))"
        #expect(try LetterTemplates.read(folder: folder).problems == [])
        try Files.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Files.write(Array("<h1>Mine</h1>".utf8), to: "\(folder)/hero.mustache")
        try Files.write(Array("{{#a}}".utf8), to: "\(folder)/footer.mustache")
        try Files.write(Array("{{#a}}".utf8), to: "\(folder)/notes.txt")
        let templates = try LetterTemplates.read(folder: folder)
        #expect(templates.problems.count == 1)
        #expect(templates.problems.first?.description.hasPrefix("footer.mustache, line 1") == true)
        let press = LetterPress(try Workshop.settings(), try Studio(), templates) { _ in nil }
        let proof = try await Workshop.proof(press)
        #expect(proof.letter.html.contains("<h1>Mine</h1>"))
        #expect(proof.notes == templates.problems)
    }

    @Test func `under a name that nothing shows is asked about`() throws {
        let templates = try LetterTemplates(files: ["heroo.mustache": "x"])
        #expect(
            templates.problems.map(\.description) == [
                "heroo.mustache is shown by no other template: did you mean hero.mustache?"
            ])
    }

    @Test func `that leaves out the way to leave is told of`() async throws {
        let proof = try await Workshop.proof(Workshop.press(files: ["footer.mustache": "<tr><td>Bye</td></tr>"]))
        #expect(proof.notes == [.noWayOut])
        #expect(proof.letter.list?.unsubscribeURL != nil)
    }

    @Test func `with a misspelt name is told of in a preview`() async throws {
        let press = try Workshop.press(files: ["hero.mustache": "<h1>{{headlin}}</h1>"])
        let notes = await press.slips(
            for: try Workshop.reader(), issue: .sample, personal: .sample,
            pictures: Gallery.shared.pictures(of: .sample, press))
        #expect(
            notes.map(\.description) == [
                "hero.mustache, line 1, column 5: nothing is called \"headlin\": did you mean \"headline\"?"
            ])
    }

    @Test(arguments: Sample.allCases)
    func `is not needed: the built-in ones ask for nothing that is not there`(sample: Sample) async throws {
        let press = try Workshop.press()
        let notes = await press.slips(
            for: try Workshop.reader(), issue: sample.issue, personal: sample.personal,
            pictures: Gallery.shared.pictures(of: sample.issue, press))
        #expect(notes == [])
    }
}
