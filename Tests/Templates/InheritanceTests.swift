// Parents with blocks that children fill.

import Templates
import Testing

@Suite struct `A block` {
    static let layout = ["layout": "<h1>{{$title}}News of {{month}}{{/title}}</h1>{{$body}}{{/body}}."]

    private func page(_ text: String, _ others: [String: String] = layout) throws -> String {
        try rendered(text, ["month": "May", "title": "data", "old": ["month": "April"]], with: others)
    }

    @Test(
        arguments: [
            ("{{<layout}}{{/layout}}", "<h1>News of May</h1>."),
            ("{{>layout}}", "<h1>News of May</h1>."),
            ("{{<layout}}{{$title}}Hello{{/title}}{{/layout}}", "<h1>Hello</h1>."),
            (
                "{{<layout}}{{$body}}{{#old}}{{month}}{{/old}}{{/body}} ignored {{month}} {{/layout}}",
                "<h1>News of May</h1>April."
            ),
            ("{{$title}}alone{{/title}}", "alone"),
            ("a {{<layout}}{{$title}}1{{/title}}{{/layout}} b", "a <h1>1</h1>. b"),
            (
                "{{<layout}}{{$title}}1{{/title}}{{/layout}}{{<layout}}{{$body}}2{{/body}}{{/layout}}",
                "<h1>1</h1>.<h1>News of May</h1>2."
            ),
        ])
    func `shows what the child gives, else its own content`(text: String, expected: String) throws {
        #expect(try page(text) == expected)
    }

    @Test func `of a grandparent is filled by the nearest to the reader`() throws {
        let others = [
            "letter": "{{<layout}}{{$title}}Letter{{/title}}{{$body}}[{{$inner}}none{{/inner}}]{{/body}}{{/layout}}"
        ].merging(Self.layout) { $1 }
        #expect(try page("{{<letter}}{{/letter}}", others) == "<h1>Letter</h1>[none].")
        #expect(try page("{{<letter}}{{$title}}Mine{{/title}}{{/letter}}", others) == "<h1>Mine</h1>[none].")
        #expect(try page("{{<letter}}{{$inner}}{{month}}{{/inner}}{{/letter}}", others) == "<h1>Letter</h1>[May].")
        #expect(try page("{{<letter}}{{$body}}B{{/body}}{{/letter}}", others) == "<h1>Letter</h1>B.")
    }

    @Test func `means the names of where it is shown`() throws {
        let others = ["p": "{{#old}}{{$b}}{{/b}}{{/old}}"]
        #expect(try page("{{<p}}{{$b}}{{month}}{{/b}}{{/p}}", others) == "April")
    }

    @Test func `given from within another parent fills that one only`() throws {
        let others = ["a": "({{$x}}a{{/x}}{{$y}}{{/y}})", "b": "<{{$x}}b{{/x}}>"]
        let text = "{{<a}}{{$y}}{{<b}}{{$x}}1{{/x}}{{/b}}{{<b}}{{/b}}{{/y}}{{/a}}"
        #expect(try page(text, others) == "(a<1><b>)")
    }

    @Test func `whose content holds a block of its own name does not contain itself`() throws {
        let text = "{{<p}}{{$x}}1{{$x}}2{{/x}}{{/x}}{{/p}}"
        #expect(try page(text, ["p": "[{{$x}}0{{/x}}]"]) == "[12]")
        #expect(try page("{{<q}}{{$x}}9{{/x}}{{/q}}", ["p": "[{{$x}}0{{/x}}]", "q": text]) == "[9]")
    }

    @Test(
        arguments: [
            // Alone on a line, the parent is moved like a partial.
            ("a\n  {{<p}}{{/p}}\nb", "1\n2\n", "a\n  1\n  2\nb"),
            ("  {{<p}}\n  {{$x}}3{{/x}}\n  {{/p}}\nb", "1 {{$x}}2{{/x}}\n4\n", "  1 3\n  4\nb"),
            ("  {{<p}}{{/p}} b\n", "1\n2", "  1\n2 b\n"),
            // What is given moves to where the block stands.
            ("{{<p}}{{$x}}\n1\n2\n{{/x}}{{/p}}\n", "a\n  {{$x}}\n  {{/x}}\nb\n", "a\n  1\n  2\nb\n"),
            (
                "{{<p}}\n    {{$x}}\n      1\n        2\n\n      3\n    {{/x}}\n{{/p}}\n", "{{$x}}\n  0\n{{/x}}\n",
                "  1\n    2\n\n  3\n"
            ),
            ("{{<p}}{{$x}}\n  1\n  2{{/x}}{{/p}}", "a\n  {{$x}}{{/x}}\nb", "a\n  1\n  2\nb"),
            ("{{<p}}{{$x}}\r\n  1\r\n  2\r\n{{/x}}{{/p}}", " {{$x}}\r\n {{/x}}\r\nb", " 1\r\n 2\r\nb"),
            ("{{<p}}{{$x}}1{{/x}}{{/p}}", "a\n  {{$x}}b{{/x}} c\n", "a\n  1 c\n"),
            ("{{<p}}{{$x}}1{{/x}}{{/p}}", "a\n  {{$x}}\n    0\n  {{/x}}\nb", "a\n    1b"),
            // Its own content stays where it was written.
            ("  {{>p}}\n", "a\n  {{$x}}\n    1\n  {{/x}}\n  {{$y}}2\n3{{/y}}\n", "  a\n      1\n    2\n  3\n"),
            // Both ways of moving together.
            (
                "  {{<p}}{{$x}}\n      1\n      2\n{{/x}}{{/p}}\n", "a\n  {{$x}}\n  {{/x}}\nb\n",
                "  a\n    1\n    2\n  b\n"
            ),
        ])
    func `keeps its place on the page`(text: String, parent: String, expected: String) throws {
        #expect(try rendered(text, with: ["p": parent]) == expected)
    }
}
