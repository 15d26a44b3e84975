// Reports as embeds and as plain text: escaped, within every limit, cut by whole lines and told so.

import Discord
import Domain
import Runtime
import Testing

@testable import Bot

@Suite struct WriterTests {
    let prose = ProseWriter()
    let nasty = "@everyone <@1> **x** [free](http://evil) `code` # ||spoiler|| discord.gg/x\n> quote"

    func embed(_ report: Report) -> Embed { EmbedWriter().embed(report) }

    @Test func `nobody's text becomes markup, a ping or a link`() {
        let report = Report("\(nasty)", lines: ["\(nasty)"], fields: [Report.Field("\(nasty)", "\(nasty)")])
        let embed = embed(report)
        for text in [embed.title, embed.description, embed.fields[0].name, embed.fields[0].value] {
            let text = text ?? ""
            #expect(!text.contains("@everyone"))
            #expect(!text.contains("<@1>") || text.contains("\\<\\@1"))
            #expect(!text.contains("](") || text.contains("\\]("))
            #expect(text.contains(#"\*\*x\*\*"#))
        }
    }

    @Test func `our own words stay plain too`() {
        #expect(prose.write("Run sync_playlists now: 2 * 3", on: .body).text == #"Run sync\_playlists now: 2 \* 3"#)
    }

    @Test func `names stand where mentions would not show`() {
        let who = Prose(parts: [.person(discord: 5, name: "Ann_")])
        #expect(prose.write(who, on: .body).text == "<@5>")
        #expect(prose.write(who, on: .heading).text == #"Ann\_"#)
        #expect(prose.write(who, on: .bare).text == "Ann_")
    }

    @Test func `times are Discord's where it shows them and written where not`() {
        let noon = Instant(seconds: 1_767_268_800)
        #expect(prose.write("\(time: noon)", on: .body).text == "<t:1767268800:R>")
        #expect(prose.write("\(time: noon)", on: .bare).text == "2026-01-01 12:00")
    }

    @Test(arguments: ["javascript:alert(1)", "https://x.y/> <@1>", "https://x.y/\u{202E}", "ftp://x", ""])
    func `a link that is none is only its words`(url: String) {
        #expect(prose.write("\(link: "here", to: url)", on: .body).text == "here")
    }

    @Test func `a link keeps its address`() {
        #expect(prose.write("\(link: "a]b", to: "https://x.y/(z)")", on: .body).text == #"[a\]b](<https://x.y/(z)>)"#)
    }

    @Test(arguments: [1, 2, 3, 10, 57])
    func `a cut never loses a closing mark`(limit: Int) {
        for part in [Prose.Part.strong(nasty), .code(nasty), .text(nasty), .link(nasty, url: "https://x.y")] {
            let written = prose.write(Prose(parts: [part]), on: .body, limit: limit)
            #expect(DiscordLimits.count(written.text) <= limit)
            #expect(!written.isWhole)
            if case .strong = part { #expect(written.text == "…" || written.text.hasSuffix("**")) }
            if case .code = part { #expect(written.text == "…" || written.text.filter { $0 == "`" }.count == 2) }
        }
    }

    @Test func `lines that do not fit are counted`() {
        let lines = (1...500).map { "Line number \($0) of many" as Prose }
        let embed = embed(Report("Many", lines: lines))
        let shown = embed.description?.split(separator: "\n") ?? []
        #expect(DiscordLimits.count(embed.description ?? "") <= 4096)
        #expect(shown.last == "…and \(500 - shown.count + 1) more")
        #expect(shown.dropLast().last == "Line number \(shown.count - 1) of many")
    }

    @Test func `exactly as much as fits is not cut`() {
        let lines = [
            Prose(text: String(repeating: "a", count: 2047)), Prose(text: String(repeating: "b", count: 2048)),
        ]
        #expect(DiscordLimits.count(embed(Report("", lines: lines)).description ?? "") == 4096)
    }

    @Test func `fields beyond twenty-five are counted`() {
        let fields = (1...40).map { Report.Field("Field \($0)", "value") }
        let written = embed(Report("Many", fields: fields)).fields
        #expect(written.count == 25)
        #expect(written.last?.name == "…and 16 more")
    }

    @Test func `a value is cut by its lines`() {
        let value = (1...200).map { "entry \($0)" as Prose }.joined(by: "\n")
        let written = embed(Report("x", fields: [Report.Field("Entries", value)])).fields[0].value
        #expect(DiscordLimits.count(written) <= 1024)
        #expect(written.contains("\n…and "))
    }

    @Test(arguments: [0, 1, 25, 60], [0, 1, 400])
    func `every embed fits, whatever is put in`(fields: Int, lines: Int) {
        let long = String(repeating: "👨‍👩‍👧‍👦é*_ ", count: 300)
        let report = Report(
            "\(long)", lines: (0..<lines).map { _ in "\(long)" },
            fields: (0..<fields).map { _ in Report.Field("\(long)", "\(long)") }, footer: "\(long)")
        let embed = embed(report)
        #expect(DiscordLimits.count(embed.title ?? "") <= 256)
        #expect(DiscordLimits.count(embed.description ?? "") <= 4096)
        #expect(embed.fields.count <= 25)
        for field in embed.fields {
            #expect((1...256).contains(DiscordLimits.count(field.name)))
            #expect((1...1024).contains(DiscordLimits.count(field.value)))
        }
        #expect(embed.size <= 6000)
        #expect(embed.fitted() == embed, "nothing is left for the client to cut")
        #expect(DiscordLimits.count(PlainWriter().draft(report).content) <= 2000)
    }

    @Test func `an empty report is still a message`() {
        #expect(!embed(Report("")).isEmpty)
        #expect(!PlainWriter().draft(Report("")).content.isEmpty)
    }

    @Test func `the picture travels along under a safe name`() {
        let picture = Report.Picture(name: "../Bälle €.PNG", bytes: [1, 2], alternative: "Balls", place: .thumbnail)
        let draft = EmbedWriter().draft(Report("x", picture: picture))
        #expect(draft.files.map(\.name) == [".._B_lle__.PNG"])
        #expect(draft.files.first?.type == "image/png")
        #expect(draft.embeds[0].thumbnail == "attachment://.._B_lle__.PNG")
    }

    @Test func `plain text says the same`() {
        let report = Report(
            "Ti_tle", lines: ["one"], fields: [Report.Field("Name", "value")], footer: "foot",
            picture: Report.Picture(name: "a.png", bytes: [1], alternative: "A chart"))
        let draft = PlainWriter().draft(report, withPicture: false)
        #expect(draft.content == "**Ti\\_tle**\none\n**Name**: value\nfoot\nPicture: A chart")
        #expect(draft.embeds.isEmpty && draft.files.isEmpty)
    }

    @Test(arguments: [
        (Duration.milliseconds(35), "35 ms"), (.milliseconds(1200), "1.2 s"), (.seconds(42), "42 s"),
        (.seconds(125), "2 min 5 s"), (.seconds(3600), "1 h"), (.hours(28), "1 day 4 h"), (.days(12), "12 days"),
    ])
    func `spans are said as people say them`(span: Duration, words: String) {
        #expect(span.inWords == words)
    }

    @Test(arguments: [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (12_345_678, "12.3 MB"), (123_456_789, "123 MB")])
    func `sizes too`(bytes: Int64, words: String) {
        #expect(sizeInWords(bytes) == words)
    }
}
