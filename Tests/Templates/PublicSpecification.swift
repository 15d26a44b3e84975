// The cases of the public Mustache specification, read from wherever somebody has them: with MUSTACHE_SPEC naming the
// folder of its JSON files, every case in it is played. The project neither holds nor needs them.

import FoundationEssentials
import Templates
import Testing

private let folder = ProcessInfo.processInfo.environment["MUSTACHE_SPEC"]

@Suite(.enabled(if: folder != nil)) struct `The public specification` {
    struct Case: Decodable {
        let name: String
        let template: String
        let data: JSONValue
        let partials: [String: String]?
        let expected: String
    }

    struct Chapter: Decodable { let tests: [Case] }

    @Test(arguments: ["comments", "delimiters", "interpolation", "inverted", "partials", "sections", "inheritance"])
    func `is met in`(chapter: String) throws {
        let bytes = try Data(contentsOf: URL(filePath: "\(folder ?? "")/\(chapter).json"))
        let cases = try JSONDecoder().decode(Chapter.self, from: bytes).tests
        try #require(!cases.isEmpty)
        var passed = 0
        for test in cases {
            var texts = test.partials ?? [:]
            texts[" the template"] = test.template
            let shelf = try TemplateShelf(builtIn: texts, missing: .shownAsNothing)
            let text = try shelf.render(" the template", with: test.data.value)
            #expect(text == test.expected, "\(chapter): \(test.name)")
            if text == test.expected { passed += 1 }
        }
        print("\(chapter): \(passed) of \(cases.count)")
    }
}

struct JSONValue: Decodable {
    let value: TemplateValue

    init(from decoder: any Decoder) throws {
        let one = try decoder.singleValueContainer()
        if one.decodeNil() {
            value = .absent
        } else if let flag = try? one.decode(Bool.self) {
            value = .flag(flag)
        } else if let whole = try? one.decode(Int.self) {
            value = .whole(whole)
        } else if let number = try? one.decode(Double.self) {
            value = .number(number)
        } else if let text = try? one.decode(String.self) {
            value = .text(text)
        } else if let items = try? one.decode([JSONValue].self) {
            value = .list(items.map(\.value))
        } else {
            value = .object(try one.decode([String: JSONValue].self).mapValues(\.value))
        }
    }
}
