// What is printed for the values of the data.

import Templates
import Testing

@Suite struct `A value` {
    @Test func `cannot break out of HTML`() throws {
        let data: TemplateValue = ["title": "<b>Tom & \"Jerry\"</b> 'n co"]
        let escaped = "&lt;b&gt;Tom &amp; &quot;Jerry&quot;&lt;/b&gt; &#39;n co"
        #expect(try rendered("<p title='{{title}}'>{{ title }}</p>", data) == "<p title='\(escaped)'>\(escaped)</p>")
    }

    @Test(arguments: ["{{{title}}}", "{{&title}}", "{{{ title }}}", "{{& title }}", "{{=<% %>=}}<%{title}%>"])
    func `is printed as it is where the template says so`(text: String) throws {
        #expect(try rendered(text, ["title": "<i>&</i>"]) == "<i>&</i>")
    }

    @Test func `is not escaped in plain text`() throws {
        let text = try rendered("{{a}} {{{a}}} {{>line}}", ["a": "<&>"], with: ["line": "{{a}}"], escaping: .none)
        #expect(text == "<&> <&> <&>")
    }

    @Test func `is never read as a template`() throws {
        #expect(
            try rendered("{{a}}{{{a}}}", ["a": "{{secret}}{{^a}}", "secret": "!"])
                == "{{secret}}{{^a}}{{secret}}{{^a}}")
    }

    @Test(
        arguments: [
            (3.0, "3"), (0.1 + 0.2, "0.3"), (1.21, "1.21"), (-0.0, "0"), (-2.5, "-2.5"), (100, "100"),
            (1e16, "10000000000000000"),
            (1.5e-7, "0.00000015"), (1e21, "1000000000000000000000"), (2.0 / 3, "0.666666666666667"),
            (99.99999999999999, "100"), (1234567.891, "1234567.891"), (.infinity, ""), (.nan, ""),
            (0.05, "0.05"), (9.999999999999999e22, "100000000000000000000000"),
        ] as [(Double, String)])
    func `that is a number is printed as people write it`(number: Double, text: String) throws {
        #expect(try rendered("{{n}}", ["n": .number(number)]) == text)
    }

    @Test func `keeps every digit of a whole number`() throws {
        #expect(try rendered("{{n}}", ["n": .whole(.max)]) == "9223372036854775807")
    }

    @Test func `that is missing prints nothing`() throws {
        #expect(try rendered("[{{a}}{{b}}{{{b}}}{{&b.c}}]", ["a": .absent]) == "[]")
    }

    @Test func `is found by a dotted name, and only in there`() throws {
        let data: TemplateValue = [
            "person": ["name": "Ann", "home": ["town": "Ulm"]], "town": "Rome", "person.name": "wrong",
            "inner": ["person": [:]],
        ]
        #expect(try rendered("{{person.name}} in {{person.home.town}}{{person.town}}", data) == "Ann in Ulm")
        #expect(try rendered("{{#person}}{{name}}, {{home.town}}, {{town}}{{/person}}", data) == "Ann, Ulm, Rome")
        // The nearest "person" is the one, though it has no name.
        #expect(try rendered("{{#inner}}[{{person.name}}]{{/inner}}", data) == "[]")
    }
}
