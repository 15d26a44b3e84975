// What mail programs ask of a letter (Gmail's limits, Outlook's engine, dark screens), and that nobody's text becomes
// markup on the way.

import Letters
import Mail
import Newsletter
import NewsletterSamples
import Testing

@Suite struct `In mail programs` {
    private func html(_ sample: Sample) async throws -> String {
        try await Workshop.proof(Workshop.press(), sample.issue, sample.personal).letter.html
    }

    @Test(arguments: Sample.allCases)
    func `a letter is whole: every tag closed, one heading of the first order, a language`(sample: Sample) async throws
    {
        let scan = HTMLScan(try await html(sample))
        #expect(scan.faults == [])
        #expect(scan.all("h1").count == 1)
        #expect(scan.all("html").first?.attribute("lang") == "en")
    }

    @Test(arguments: Sample.allCases)
    func `a letter is small enough for Gmail and uses only what is known to work`(sample: Sample) async throws {
        let html = try await html(sample)
        #expect(html.utf8.count <= 90_000)
        for word in [
            "flex", "grid;", "position:", "url(", "<svg", "data:", "javascript:", "@import", "<link",
            "http-equiv=\"refresh",
        ] {
            #expect(!html.contains(word), "\(word)")
        }
        let scan = HTMLScan(html)
        for name in ["script", "form", "input", "iframe", "object", "video", "svg"] { #expect(scan.all(name).isEmpty) }
        let style = html.split(separator: "<style>").last?.split(separator: "</style>").first ?? ""
        #expect((500...8_192).contains(style.utf8.count))
        #expect(style.contains("prefers-color-scheme:dark") && style.contains("[data-ogsc]"))
    }

    @Test(arguments: Sample.allCases)
    func `pictures have a width and an alternative, links are whole, letters are large enough`(sample: Sample)
        async throws
    {
        let html = try await html(sample)
        let scan = HTMLScan(html)
        for image in scan.all("img") {
            #expect(image.attribute("width").flatMap { Int($0) } ?? 0 > 0)
            #expect(image.attribute("alt") != nil)
            #expect(image.attribute("src")?.hasPrefix("cid:") == true)
        }
        for link in scan.all("a") {
            let target = link.attribute("href") ?? ""
            #expect(target.hasPrefix("https://") || target.hasPrefix("mailto:"), "\(target)")
        }
        // 0 and 1 are spacers and the line that the list of letters shows.
        let sizes = html.split(separator: "font-size:").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
        #expect(sizes.filter { $0 > 1 && $0 < 14 } == [])
    }

    @Test func `nobody's text becomes markup`() async throws {
        let letter = try await Workshop.proof(Workshop.press(), .hostile, .hostile).letter
        let scan = HTMLScan(letter.html)
        #expect(scan.all("b").isEmpty && scan.all("i").isEmpty && scan.all("script").isEmpty)
        #expect(letter.html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
        #expect(letter.html.contains("{{{personal}}}"))
        // Nothing that turns a line around, nothing that ends one.
        #expect(!letter.html.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) })
        #expect(!letter.subject.unicodeScalars.contains { $0.properties.generalCategory == .control })
        let printed = try letter.printed()
        let headers = String(decoding: printed.bytes, as: UTF8.self).split(separator: "\r\n\r\n").first ?? ""
        #expect(!headers.split(separator: "\r\n").contains { $0.hasPrefix("X-Evil") || $0.hasPrefix("Bcc") })
    }

    @Test func `a name that is an address is not given away`() async throws {
        let letter = try await Workshop.proof(Workshop.press(), .hostile, .hostile).letter
        #expect(!letter.html.contains("ann@example.org"))
        #expect(!letter.text.contains("ann@example.org"))
    }
}
