// The built-in templates and the owner's in front of them.

import Templates
import Testing

@Suite struct `The owner's templates` {
    private let builtIn = ["letter": "{{>head}} built in {{name}}", "head": "HEAD"]

    @Test func `stand in front of the built-in ones`() throws {
        let shelf = try TemplateShelf(builtIn: builtIn, owners: ["head": "{{>logo}}", "logo": "LOGO"])
        #expect(try shelf.render("letter", with: ["name": "x"]) == "LOGO built in x")
        #expect(shelf.broken == [])
        #expect(shelf.names == ["head", "letter", "logo"])
        #expect(try shelf.withoutOwners.render("letter", with: ["name": "x"]) == "HEAD built in x")
    }

    @Test func `that are broken are told of, and the built-in ones are used`() throws {
        let shelf = try TemplateShelf(
            builtIn: builtIn,
            owners: ["letter": "mine {{name}}\n{{#open}}", "head": "mine", "logo": "{{"])
        #expect(try shelf.render("letter", with: ["name": "x"]) == "mine built in x")
        #expect(shelf.broken.map(\.name) == ["letter", "logo"])
        #expect(
            shelf.broken.map(\.description) == [
                "letter, line 2, column 1: {{#open}} is opened and never closed: add {{/open}} where it should end "
                    + "(the built-in letter is used)",
                "logo, line 1, column 1: a tag begins with {{ and has no end: add }} (logo is left out)",
            ])
    }

    @Test func `that need a broken one of the owner's are broken too`() throws {
        let shelf = try TemplateShelf(
            builtIn: builtIn,
            owners: ["letter": "{{>a}}", "a": "{{>b}}", "b": "{{#c}}", "head": "{{>letter}}"])
        #expect(shelf.broken.map(\.name) == ["a", "b", "letter"])
        #expect(shelf.broken.map(\.hasBuiltIn) == [false, false, true])
        #expect(shelf.names == ["head", "letter"])
    }

    @Test func `that fail only with data leave the page to the built-in ones`() throws {
        let shelf = try TemplateShelf(builtIn: builtIn, owners: ["head": "{{>letter}}"])
        #expect(shelf.broken == [])
        let page = try shelf.renderOrFallBack("letter", with: ["name": "x"])
        #expect(page.text == "HEAD built in x")
        #expect(page.fellBack?.place?.template == "letter" || page.fellBack?.place?.template == "head")
        let other = try shelf.with(owners: ["head": "mine"]).renderOrFallBack("letter", with: ["name": "x"])
        #expect(other.text == "mine built in x")
        #expect(other.fellBack == nil)
    }

    @Test func `cannot excuse a built-in one that is broken`() {
        #expect(throws: TemplateError.self) { try TemplateShelf(builtIn: ["a": "{{#b}}"], owners: ["a": ""]) }
        #expect(
            throws: TemplateError.unknownTemplate(
                "greeting", at: TemplatePlace(template: "b", line: 1, column: 1), meant: nil)
        ) {
            try TemplateShelf(builtIn: ["b": "{{>greeting}}"])
        }
    }
}

@Suite struct `A preview` {
    private func warnings(
        _ text: String, _ data: TemplateValue, with others: [String: String] = [:]
    ) throws -> [String] {
        try TemplateShelf(builtIn: others.merging(["page": text]) { $1 }).preview("page", with: data)
            .warnings.map(\.description)
    }

    @Test func `asks whether another name was meant`() throws {
        let data: TemplateValue = ["title": "x", "person": ["name": "Ann"], "films": [["year": 1], ["year": 2]]]
        #expect(
            try warnings("{{titel}}\n{{#person}}{{titl}}{{/person}} {{person.nmae}} {{#fims}}{{/fims}}{{other}}", data)
                == [
                    "page, line 1, column 1: nothing is called \"titel\": did you mean \"title\"?",
                    "page, line 2, column 12: nothing is called \"titl\": did you mean \"title\"?",
                    "page, line 2, column 32: \"person\" has nothing called \"nmae\": did you mean \"name\"?",
                    "page, line 2, column 48: nothing is called \"fims\": did you mean \"films\"?",
                    "page, line 2, column 66: nothing is called \"other\"",
                ])
    }

    @Test func `tells of every tag once, in the template it stands in`() throws {
        let data: TemplateValue = ["films": [["year": 1], ["year": 2]]]
        #expect(
            try warnings("{{#films}}{{>film}}{{/films}}", data, with: ["film": "\n{{yaer}}"])
                == ["film, line 2, column 1: nothing is called \"yaer\": did you mean \"year\"?"])
    }

    @Test func `is silent about what the data says is absent or empty`() throws {
        #expect(
            try warnings("{{a}}{{#a}}{{b}}{{/a}}{{a.b}}{{#c}}{{d}}{{/c}}{{.}}", ["a": .absent, "c": []]) == [
                "page, line 1, column 47: \".\" is more than one value and prints nothing: go through it with {{#.}} … {{/.}}"
            ])
    }

    @Test func `tells of blocks that are shown nowhere`() throws {
        let others = ["layout": "{{>top}}{{$body}}{{$inner}}{{/inner}}{{/body}}", "top": "{{$title}}{{/title}}"]
        let text = "{{<layout}}{{$titel}}1{{/titel}}{{$title}}2{{/title}}{{$inner}}3{{/inner}}{{/layout}}"
        #expect(
            try warnings(text, [:], with: others) == [
                "page, line 1, column 12: \"layout\" has no block called \"titel\", so this is shown nowhere: "
                    + "did you mean \"title\"?"
            ])
    }

    @Test func `shows the same page as the mail`() throws {
        let shelf = try TemplateShelf(builtIn: ["page": "<{{a}}>{{b}}"])
        let preview = try shelf.preview("page", with: ["a": "&"], escaping: .none)
        #expect(preview.text == "<&>")
        #expect(try shelf.render("page", with: ["a": "&"], escaping: .none) == preview.text)
    }
}
