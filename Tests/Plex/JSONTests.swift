// The reader of Plex's JSON: exact about form, lenient about types.

import Testing

@testable import Plex

@Suite struct `Plex's JSON` {
    private func root(_ text: String) throws -> JSONNode { try JSONDocument(Array(text.utf8)).root }

    @Test func `numbers, strings and booleans are taken for one another where they agree`() throws {
        let node = try root(
            #"""
            {"a":7,"b":"7","c":7.0,"d":"8.5","e":true,"f":1,"g":"1","h":"0","i":false,"j":null,"k":"true","l":-3,
             "m":"seven","n":{},"o":1e3,"p":"1e999"}
            """#)
        #expect(["a", "b", "c", "l", "o"].map { node[$0]?.int } == [7, 7, 7, -3, 1000])
        #expect(node["d"]?.double == 8.5)
        #expect(node["a"]?.double == 7)
        #expect(["e", "f", "g", "k"].map { node[$0]?.flag } == [true, true, true, true])
        #expect(["h", "i"].map { node[$0]?.flag } == [false, false])
        #expect(node["j"] == nil)
        #expect(node["m"]?.int == nil)
        #expect(node["m"]?.flag == nil)
        #expect(node["n"]?.text == nil)
        #expect(node["p"]?.double == nil)
        #expect(node["a"]?.text == "7")
        #expect(node["z"] == nil)
    }

    @Test func `a missing list is empty and a single object is a list of one`() throws {
        let node = try root(#"{"one":{"id":1},"many":[{"id":1},{"id":2}],"none":[],"no":"x"}"#)
        #expect(node.list("one").map { $0["id"]?.int } == [1])
        #expect(node.list("many").map { $0["id"]?.int } == [1, 2])
        #expect(["none", "no", "missing"].map { node.list($0).count } == [0, 0, 0])
    }

    @Test func `names are whole names, and those of inner objects are not ours`() throws {
        let node = try root(#"{"Media":[{"id":5,"title":"inner"}],"titleSort":"b","guid":"x","Guid":[{"id":"y"}]}"#)
        #expect(node["title"] == nil)
        #expect(node["id"] == nil)
        #expect(node["guid"]?.text == "x")
        #expect(node.list("Guid").first?["id"]?.text == "y")
    }

    @Test func `escapes are resolved, broken pairs replaced`() throws {
        let node = try root(#"{"a":"l\u00e9a \ud83d\ude00 \"q\" \\ \/ \n","b":"\ud83d x","c":"\ude00","d":"é😀"}"#)
        #expect(node["a"]?.text == "léa 😀 \"q\" \\ / \n")
        #expect(node["b"]?.text == "\u{FFFD} x")
        #expect(node["c"]?.text == "\u{FFFD}")
        #expect(node["d"]?.text == "é😀")
    }

    @Test func `half an answer is never read`() throws {
        let whole = #" {"a":[1,{"b":"c\"d"},true,null,[]],"e":{}} "#
        #expect(try root(whole)["a"]?.elements.count == 5)
        // The last two leave out nothing but space.
        for end in 0..<(whole.utf8.count - 1) {
            #expect(throws: JSONDamage.self) { try JSONDocument(Array(whole.utf8.prefix(end))) }
        }
    }

    @Test(
        arguments: [
            "", " ", "<html>", "{", "}", "{]", "[}", "[1,]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1}}"#,
            #"{"a":1} x"#, "[1 2]", "tru", "nul", "-", "\"", #"{a:1}"#, "[,1]", #"{"a":1 "b":2}"#, #"["\"]"#,
        ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONDamage.self) { try JSONDocument(Array(text.utf8)) }
    }

    @Test func `a million brackets are no danger`() throws {
        let deep = String(repeating: "[", count: 1_000_000) + String(repeating: "]", count: 1_000_000)
        #expect(try root(deep).elements.count == 1)
        #expect(throws: JSONDamage.self) { try JSONDocument(Array(String(repeating: "[{\"a\":", count: 9).utf8)) }
    }

    @Test func `random damage never crashes the reader`() {
        let whole = Array(#"{"a":[1,{"b":"c\"d\u00e9"},true,null,[-1.5e3]],"e":{"f":"\ud83d\ude00"}}"#.utf8)
        var dice = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &dice) {
                bytes[Int.random(in: 0..<bytes.count, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
            }
            guard let document = try? JSONDocument(bytes) else { continue }
            _ = document.root.list("a").map { [$0.text ?? "", "\($0.int ?? 0)"] }
            _ = document.root["e"]?["f"]?.text
        }
    }
}
