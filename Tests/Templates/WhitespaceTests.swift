// Which lines vanish from the page and which stay as they were written.

import Templates
import Testing

@Suite struct `A line` {
    @Test(
        arguments: [
            ("one\n{{#yes}}\ntwo\n{{/yes}}\nthree\n", "one\ntwo\nthree\n"),
            ("one\n  {{#yes}}  \n  two\n\t{{/yes}}\nthree", "one\n  two\nthree"),
            ("one\r\n{{#yes}}\r\ntwo\r\n{{/yes}}\r\nthree", "one\r\ntwo\r\nthree"),
            ("  {{#yes}}\ntwo{{/yes}}\n", "two\n"),
            ("one\n  {{! two }}", "one\n"), ("{{! one }}\ntwo", "two"), ("one\n{{!\n a\n b\n}}\ntwo\n", "one\ntwo\n"),
            ("one\n {{=<% %>=}}\ntwo<%! %>\n", "one\ntwo\n"),
            ("{{^no}}\none\n{{/no}}\n\n{{#no}}\ntwo\n{{/no}}\nthree", "one\n\nthree"),
        ])
    func `that holds one tag and nothing else vanishes`(text: String, page: String) throws {
        #expect(try rendered(text, ["yes": true, "no": false]) == page)
    }

    @Test(
        arguments: [
            ("  {{a}}\n", "  1\n"), ("\t{{{a}}}\n", "\t1\n"), (" {{&a}} \n", " 1 \n"),
            (" {{#a}}x{{/a}}\n {{#a}}y{{/a}}\n", " x\n y\n"), (" | {{! c }}\n", " | \n"), ("{{! c }} |\n", " |\n"),
            ("{{#a}}{{#a}}\nx\n{{/a}}{{/a}}\n", "\nx\n\n"), (" {{#a}} {{! c }}\n {{/a}} |\n", "  \n  |\n"),
        ])
    func `that holds anything else stays as it was written`(text: String, page: String) throws {
        #expect(try rendered(text, ["a": 1]) == page)
    }
}

@Suite struct `A partial` {
    @Test func `is rendered with the names of where it stands`() throws {
        let text = try rendered(
            "{{#films}}{{>parts/film}}{{/films}}", ["films": [["name": "Heat"], ["name": "Ran"]], "end": ";"],
            with: ["parts/film": "<{{name}}{{> end.html }}>", "end.html": "{{end}}"])
        #expect(text == "<Heat;><Ran;>")
    }

    @Test(
        arguments: [
            ("a\n  {{>p}}\nb\n", "1\n2\n", "a\n  1\n  2\nb\n"), ("  {{>p}}\nb", "1\n2", "  1\n  2b"),
            ("  {{>p}}", "1\r\n2\r\n", "  1\r\n  2\r\n"), ("\t{{>p}}\n", "1\n\n\n2\n", "\t1\n\n\n\t2\n"),
            (" {{>p}} \n", "{{x}}{{x}}\n{{#x}}\n 1\n{{/x}}\n{{x}}\n", " !!\n  1\n !\n"),
            ("a {{>p}}\n", "1\n2", "a 1\n2\n"), ("{{>p}} b\n", "1\n2", "1\n2 b\n"),
            ("  {{>p}}\n", "{{! c }}x\n{{^x}}{{/x}}y\n{{! alone }}\n", "  x\n  y\n"),
        ])
    func `alone on a line is moved by what stands before it`(text: String, part: String, page: String) throws {
        #expect(try rendered(text, ["x": "!"], with: ["p": part]) == page)
    }

    @Test func `is moved as it was written, the lines of its values are not`() throws {
        #expect(try rendered("  {{>p}}\n", ["v": "1\n2"], with: ["p": "[\n{{v}}\n]\n"]) == "  [\n  1\n2\n  ]\n")
    }

    @Test func `in a partial is moved by both`() throws {
        let parts = ["outer": "o\n {{>inner}}\no\n", "inner": "i\n{{v}} {{>word}}\n", "word": "w\nw"]
        #expect(try rendered("  {{>outer}}\n.", ["v": 1], with: parts) == "  o\n   i\n   1 w\nw\n  o\n.")
    }

    @Test func `may show itself as far as the data goes`() throws {
        let tree: TemplateValue = ["n": 1, "in": [["n": 2, "in": []], ["n": 3, "in": [["n": 4, "in": []]]]]]
        let text = try rendered("{{>node}}", tree, with: ["node": "- {{n}}\n{{#in}}\n  {{>node}}\n{{/in}}\n"])
        #expect(text == "- 1\n  - 2\n  - 3\n    - 4\n")
    }
}
