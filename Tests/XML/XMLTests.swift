// What plex.tv's XML may and may not do to us.

import Testing
import XML

@Suite struct `XML` {
    private func parsed(_ text: String, _ limits: XMLLimits = .standard) throws -> XMLElement {
        try XMLElement.parse(Array(text.utf8), limits: limits)
    }

    private func failure(_ text: String, _ limits: XMLLimits = .standard) -> XMLError? {
        do throws(XMLError) { _ = try XMLElement.parse(Array(text.utf8), limits: limits) } catch { return error }
        return nil
    }

    @Test func `elements, attributes and text come as they stand`() throws {
        let root = try parsed(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <MediaContainer size="2"><User id="1" title="Ann &amp; Bo &#128512;"><Server id="7"/></User>
            <User id="2" title=""/><note>a &lt;b&gt;<i/>c</note></MediaContainer>
            """)
        #expect(root.name == "MediaContainer")
        #expect(root["size"] == "2")
        #expect(root.children(named: "User").map { $0["title"] } == ["Ann & Bo 😀", ""])
        #expect(root.child(named: "User")?.child(named: "Server")?["id"] == "7")
        #expect(root.child(named: "note")?.text == "a <b>c")
        #expect(root["nothing"] == nil)
        #expect(root.child(named: "Nothing") == nil)
    }

    @Test(arguments: ["", "{}", "<a>", "<a><b></a></b>", "<a/><b/>", "<a x=1/>", "plain", "<a>&nbsp;</a>"])
    func `what is not XML is said to be none`(text: String) {
        guard case .malformed? = failure(text) else {
            Issue.record("\(failure(text)?.description ?? "was read")")
            return
        }
    }

    @Test func `half an answer is no answer`() throws {
        let whole = #"<MediaContainer><User id="1"/><User id="2"/></MediaContainer>"#
        #expect(try parsed(whole).children.count == 2)
        for end in 1..<whole.count { #expect(failure(String(whole.prefix(end))) != nil) }
    }

    @Test func `a document type is refused before it can declare anything`() {
        let laughs = """
            <!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <l>&b;</l>
            """
        #expect(failure(laughs) == .documentType(line: 1))
        #expect(
            failure("<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><x>&f;</x>") == .documentType(line: 1))
        #expect(failure("\n<!DOCTYPE html><html><body>404</body></html>") == .documentType(line: 2))
    }

    @Test func `depth, number and size have limits`() {
        let deep = String(repeating: "<a>", count: 9) + String(repeating: "</a>", count: 9)
        #expect(failure(deep, XMLLimits(depth: 9)) == nil)
        #expect(failure(deep, XMLLimits(depth: 8)) == .tooLarge("XML nested more than 8 deep (line 1)"))
        #expect(failure("<a><b/><b/></a>", XMLLimits(elements: 3)) == nil)
        #expect(failure("<a><b/><b/></a>", XMLLimits(elements: 2)) == .tooLarge("more than 2 XML elements"))
        #expect(failure("<a></a>", XMLLimits(bytes: 6)) == .tooLarge("7 bytes of XML, more than the 6 allowed"))
        #expect(failure(String(repeating: "<a>", count: 200_000)) == .tooLarge("XML nested more than 64 deep (line 1)"))
    }

    @Test func `an error says where`() {
        #expect(failure("<a>\n\n<b></a>") == .malformed(line: 3, why: "mismatched tag"))
        #expect(failure("<a>\n<b></a>")?.description == "not XML (line 2: mismatched tag)")
    }
}
