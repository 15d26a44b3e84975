// Sections: shown, left out, repeated.

import Templates
import Testing

@Suite struct `A section` {
    private static let shown: [TemplateValue] = [true, "text", 1, 0.5, ["x": 1], [:], ["one"], [0], -1]
    private static let nothing: [TemplateValue] = [false, "", 0, 0.0, .number(.nan), [], .absent]

    @Test(arguments: shown)
    func `is shown for what is something, and its inverse is not`(value: TemplateValue) throws {
        #expect(try rendered("{{#v}}yes{{/v}}{{^v}}no{{/v}}", ["v": value]) == "yes")
    }

    @Test(arguments: nothing)
    func `is left out for what is nothing, and its inverse is not`(value: TemplateValue) throws {
        #expect(try rendered("{{#v}}yes{{/v}}{{^v}}no{{/v}}", ["v": value]) == "no")
    }

    @Test func `over a name the data does not have is left out`() throws {
        #expect(try rendered("{{#v}}yes{{/v}}{{^v}}no{{/v}}{{#a.b}}yes{{/a.b}}") == "no")
    }

    @Test func `repeats itself for every one of a list`() throws {
        let data: TemplateValue = [
            "sign": "*", "films": [["name": "Heat", "people": ["Ann", "Bo"]], ["name": "Ran", "people": []]],
        ]
        let text = "{{#films}}{{sign}}{{name}}:{{#people}} {{.}}{{/people}}{{^people}} nobody{{/people}};{{/films}}"
        #expect(try rendered(text, data) == "*Heat: Ann Bo;*Ran: nobody;")
    }

    @Test func `takes lists of lists and a list as the whole of the data`() throws {
        #expect(try rendered("{{#rows}}<{{#.}}{{.}}{{/.}}>{{/rows}}", ["rows": [[1, 2], ["a", 0]]]) == "<12><a0>")
        #expect(try rendered("{{#.}}({{n}}){{/.}}", [["n": 1], ["n": 2]]) == "(1)(2)")
        #expect(try rendered("{{#.}}{{{.}}}{{.}}{{/.}}", ["<", ">"]) == "<&lt;>&gt;")
    }

    @Test func `makes a text or number what the dot means, but a flag only decides`() throws {
        #expect(try rendered("{{#name}}{{.}} is {{name}}{{/name}}", ["name": "Bo"]) == "Bo is Bo")
        #expect(try rendered("{{#list}}{{#isOn}}{{.}}{{/isOn}}{{/list}}", ["isOn": true, "list": [7, 8]]) == "78")
    }

    @Test func `looks for names in what is around it`() throws {
        let data: TemplateValue = ["a": ["x": 1, "b": ["y": 2, "x": 3]], "x": 9, "y": 8, "z": 7]
        #expect(try rendered("{{#a}}{{x}}{{y}}{{#b}}{{x}}{{y}}{{z}}{{/b}}{{x}}{{/a}}{{x}}", data) == "1832719")
    }

    @Test func `may stand in another of the same name`() throws {
        #expect(try rendered("{{#a}}1{{#a}}2{{/a}}3{{/a}}4", ["a": true]) == "1234")
        #expect(try rendered("{{#a}}1{{#a}}2{{/a}}3{{/a}}4", ["a": false]) == "4")
    }
}

@Suite struct `Delimiters` {
    @Test(
        arguments: [
            ("{{=<% %>=}}<%a%> {{a}}", "1 {{a}}"), ("{{=| |=}}|a||={{ }}=|{{a}}", "11"),
            ("{{= [ ] =}}[#a]x[/a][={{ }}=]{{a}}", "x1"), ("{{#a}}{{=@ @=}}@a@@/a@@a@", "11"),
        ])
    func `can be changed from any place on`(text: String, page: String) throws {
        #expect(try rendered(text, ["a": 1]) == page)
    }

    @Test func `are each template's own`() throws {
        #expect(
            try rendered("{{=| |=}}|>part|{{a}}|a|", ["a": 1], with: ["part": "{{a}}|a|{{=% %=}}%a%"]) == "1|a|1{{a}}1")
    }
}

@Suite struct `A comment` {
    @Test(arguments: ["a{{! not shown }}b", "a{{!\n many\n lines {{ and }}b", "a{{!}}b", "a{{!#b/}}b"])
    func `is not printed`(text: String) throws {
        #expect(try rendered(text, ["b": 1]) == "ab")
    }
}
