// What the author of a template is told when it cannot be used.

import Templates
import Testing

@Suite struct `A broken template` {
    @Test(
        arguments: [
            ("Hello\n  {{name", "page, line 2, column 3: a tag begins with {{ and has no end: add }}"),
            ("é{{a} and {{b}}", "page, line 1, column 2: a tag begins with {{ and has no end: add }}"),
            ("{{{a}} {{{b}}}", "page, line 1, column 1: a tag begins with {{{ and has no end: add }}}"),
            ("x{{! never", "page, line 1, column 2: a tag begins with {{ and has no end: add }}"),
            (
                "<ul>\n{{#films}}\n<li>",
                "page, line 2, column 1: {{#films}} is opened and never closed: add {{/films}} where it should end"
            ),
            (
                "{{=<% %>=}}<%#a%>",
                "page, line 1, column 12: <%#a%> is opened and never closed: add <%/a%> where it should end"
            ),
            (
                "{{#films}}\n {{^people}}\n{{/films}}{{/people}}",
                "page, line 3, column 1: {{/films}} closes something else than what is open: {{^people}} of line 2, "
                    + "column 2 wants {{/people}} first"
            ),
            ("a{{/b}}", "page, line 1, column 2: {{/b}} closes what was never opened: remove it, or open it before"),
            ("a{{}}", "page, line 1, column 2: {{}} names nothing: write a name inside"),
            ("a{{# }}", "page, line 1, column 2: {{# }} names nothing: write a name inside"),
            ("{{#a}}{{/}}", "page, line 1, column 7: {{/}} names nothing: write a name inside"),
            ("{{first name}}", "page, line 1, column 1: {{first name}} is no name: a name has no spaces inside"),
            (
                "{{#if films}}",
                "page, line 1, column 1: {{#if films}} is no name: Mustache has no \"if\", write {{#name}} … {{/name}}"
            ),
            ("{{a..b}}", "page, line 1, column 1: {{a..b}} is no name: dots stand between names, as in person.name"),
            (
                "{{=<%=}}",
                "page, line 1, column 1: {{=<%=}} does not set delimiters: write two marks with a space between and "
                    + "none inside them, such as {{=<% %>=}}"
            ),
            ("{{=a b c=}}", nil), ("{{==}}", nil), ("{{= = = =}}", nil),
            (
                "{{<p}}{{$x}}1{{/x}}\n{{$x}}2{{/x}}{{/p}}",
                "page, line 2, column 1: the block \"x\" is given twice to the same parent: the first is at line 1, "
                    + "column 7"
            ),
        ] as [(String, String?)])
    func `is told by place, fault and remedy`(text: String, expected: String?) {
        let said = complaint(text, with: ["p": ""])
        #expect(said != nil)
        if let expected { #expect(said == expected) }
    }

    @Test func `names the template that nobody has and the one probably meant`() {
        let said =
            "page, line 2, column 2: there is no template called \"parts/haeder\": did you mean \"parts/header\"?"
        #expect(complaint("a\n {{>parts/haeder}}", with: ["parts/header": ""]) == said)
        #expect(complaint("{{<x}}{{/x}}") == "page, line 1, column 1: there is no template called \"x\"")
        // Even where the data would never lead there.
        #expect(complaint("{{#never}}{{>x}}{{/never}}") == "page, line 1, column 11: there is no template called \"x\"")
    }

    @Test func `is told by the name of the file the fault is in`() {
        #expect(complaint("{{>part}}", with: ["part": "\n{{#a}}"])?.hasPrefix("part, line 2, column 1: ") == true)
    }

    @Test func `is not what a template asked for by a wrong name is`() throws {
        let shelf = try TemplateShelf(builtIn: ["letter.html": ""])
        #expect(throws: TemplateError.unknownTemplate("leter.html", at: nil, meant: "letter.html")) {
            try shelf.render("leter.html", with: [:])
        }
    }

    @Test func `never takes the program with it, wherever its text is cut or bent`() throws {
        let text = "a\n {{#b}}{{>p}} {{{c}}}\n{{=<% %>=}}<%$d%>\n e<%/d%><%/b%>\n<%<p%><%$x%>\r\n  1<%/x%><%/p%>\n"
        let bytes = Array(text.utf8)
        for length in 0...bytes.count {
            _ = complaint(
                String(decoding: bytes.prefix(length), as: UTF8.self), ["b": [1, 2]], with: ["p": "{{$x}}\n{{/x}}"])
        }
        for at in bytes.indices {
            for byte in "{}#/^><$=! \n.x".utf8 {
                var bent = bytes
                bent[at] = byte
                _ = complaint(String(decoding: bent, as: UTF8.self), ["b": [1, 2]], with: ["p": " {{$x}}\n{{/x}}"])
            }
        }
        #expect(try rendered(text, ["b": [1, 2]], with: ["p": ""]) == "a\n  \n\n e \n\n e\n")
    }
}

@Suite struct `A template without end` {
    private let ten = TemplateValue.list(Array(repeating: 1, count: 10))

    @Test(
        arguments: [
            "{{>page}}", "x\n  {{>page}}\n", "{{<page}}{{/page}}", "{{>other}}", "{{#list}}{{>page}}{{/list}}",
            "{{<other}}{{$x}}{{>page}}{{/x}}{{/other}}", "{{$a}}{{<page}}{{$a}}{{>page}}{{/a}}{{/page}}{{/a}}",
        ])
    func `that shows itself ends in a sentence`(text: String) {
        let said = complaint(text, ["list": ten], with: ["other": "{{$x}}{{>page}}{{/x}}"])
        #expect(said?.contains("more than 128 deep: does a template show itself without end?") == true)
    }

    @Test func `that shows itself again and again without getting deep ends as well`() {
        // Ten to the sixth, and not a letter printed.
        let text =
            "{{^deep}}{{/deep}}" + String(repeating: "{{#list}}", count: 6) + String(repeating: "{{/list}}", count: 6)
        let said = complaint(text, ["list": ten], limits: TemplateLimits(steps: 10_000))
        #expect(said?.contains("not done after 10000 steps: does a template show itself again and again?") == true)
        #expect(complaint(text, ["list": ten]) == nil)
    }

    @Test func `that prints too much ends before the memory does`() {
        let data: TemplateValue = ["list": ten, "text": .text(String(repeating: "x", count: 100))]
        let text = "\n{{#list}}{{text}}{{/list}}"
        #expect(complaint(text, data, limits: TemplateLimits(output: 1001)) == nil)
        #expect(
            complaint(text, data, limits: TemplateLimits(output: 1000))
                == "page, line 2, column 10: the result grows over 1000 bytes: does a template or a list repeat itself?"
        )
    }

    @Test func `that is too long or too deep is not read at all`() {
        #expect(
            complaint("123456", limits: TemplateLimits(bytes: 5))
                == "page, line 1, column 1: the template has 6 bytes, more than the 5 allowed")
        let deep = String(repeating: "{{#a}}", count: 100_000)
        #expect(
            complaint(deep)?.hasPrefix("page, line 1, column 769: things stand inside each other more than 128 deep")
                == true)
    }

    @Test func `is not one that is as deep as its data`() async throws {
        // 2 levels for every branch, 127 in all.
        let tree = (0..<62).reduce(["n": 0, "in": .absent] as TemplateValue) { ["n": .whole($1), "in": $0] }
        let text = try rendered("{{>node}}", tree, with: ["node": "{{n}} {{#in}}{{>node}}{{/in}}"])
        #expect(text.hasPrefix("61 60 59 "))
    }
}
