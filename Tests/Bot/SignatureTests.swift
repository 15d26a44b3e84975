// The self-checks of signatures, and the slash definitions made of them.

import Discord
import Testing

@testable import Bot

@Suite struct SignatureTests {
    func faults(_ signatures: Signature...) -> [String] {
        CommandList(signatures.map { Scripted($0) { _ in .nothing } }).faults()
    }
    func signature(_ name: String, _ options: [Option] = [], summary: String = "Does it", example: String? = nil)
        -> Signature
    {
        Signature(name, summary, options: options, examples: [.init(example ?? name, "does it")])
    }

    @Test func `a sound signature has no faults`() {
        #expect(
            faults(signature("one"), signature("two", [.number("n", "N", 1...2, required: true)], example: "two 2"))
                == [])
    }

    @Test(arguments: ["Big", "with space", "", String(repeating: "a", count: 33), "a.b", "ärger!"])
    func `a name Discord would refuse is found`(name: String) {
        #expect(!faults(signature(name, example: "x")).isEmpty)
    }

    @Test(arguments: ["", String(repeating: "a", count: 101)])
    func `a summary too long or missing is found`(summary: String) {
        #expect(
            faults(signature("one", summary: summary)) == [
                "one: a summary has 1 to 100 characters, not \(summary.count)"
            ])
    }

    @Test func `two with one name are found, aliases too`() {
        var other = signature("two")
        other.aliases = ["one"]
        #expect(faults(signature("one"), other).contains("the list: two are called one"))
        #expect(
            faults(signature("one", [.flag("x", "X"), .flag("X", "X")])).contains("one X: two options of that name"))
    }

    @Test func `a missing or wrong example is found`() {
        var none = signature("one")
        none.examples = []
        #expect(faults(none) == ["one: no example"])
        #expect(
            faults(signature("one", example: "one more")) == [
                "one: the example “one more” is not understood (I do not know what to do with “more”.)"
            ])
        #expect(faults(signature("one"), signature("two", example: "one")) == ["two: the example “one” calls one"])
    }

    @Test func `too many are found`() {
        let many = (0..<26).map { signature("c\($0)") }
        #expect(
            CommandList(many.map { Scripted($0) { _ in .nothing } }).faults().contains { $0.hasPrefix("26 commands") })
        let options = (0..<26).map { Option.flag("o\($0)", "O") }
        #expect(faults(signature("one", options)).contains("one: more than 25 options"))
    }

    @Test func `what takes the rest must come last`() {
        let options: [Option] = [.text("a", "A", rest: true), .text("b", "B")]
        #expect(faults(signature("one", options)).contains("one: what takes the rest must come last"))
    }

    @Test func `more text than a command may hold is found`() {
        let long = String(repeating: "x", count: 100)
        let many = (0..<25).map { index in
            signature("c\(index)", (0..<4).map { .flag("o\($0)", long) }, summary: long)
        }
        #expect(
            CommandList(many.map { Scripted($0) { _ in .nothing } }).faults().contains {
                $0.contains("Discord takes 8000")
            })
    }

    @Test func `slash asks for the same in Discord's order`() throws {
        let verbs = [
            signature(
                "show", [.text("filter", "F"), .number("days", "D", 1...9, required: true)], example: "x show 1"),
            signature("map", example: "x map"),
        ]
        let list = CommandList([
            Scripted(Signature("x", "X", verbs: verbs, bareVerb: "map")) { _ in .nothing },
            Scripted(signature("y", [.choice("c", "C", [.init("a"), .init("b")])])) { _ in .nothing },
        ])
        #expect(list.faults() == [])
        let root = try #require(SlashDefinitions.definitions(of: list, root: "plex", allowsDirectMessages: false).first)
        #expect(root.name == "plex" && root.contexts == [.guild])
        #expect(root.options.map(\.kind) == [.group, .subcommand])
        #expect(root.options[0].options[0].options.map(\.name) == ["days", "filter"], "required first")
        #expect(root.options[0].options[0].options[0].most == 9)
        #expect(root.options[1].options[0].choices.map(\.name) == ["a", "b"])
    }

    @Test func `more choices than Discord takes are offered while typing`() throws {
        let choices = (0..<40).map { Option.Choice("c\($0)") }
        let list = CommandList([Scripted(signature("y", [.choice("c", "C", choices)])) { _ in .nothing }])
        let option = try #require(
            SlashDefinitions.definitions(of: list, root: "plex", allowsDirectMessages: true).first?.options[0].options[
                0])
        #expect(option.completes && option.choices.isEmpty)
        #expect(list.faults() == [])
    }
}
