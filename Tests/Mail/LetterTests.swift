// The bytes of a letter, read again by the stand-in's strict reader, which shares no line with what made them.

import Mail
import Runtime
import StandIns
import Testing

@Suite struct `A printed letter` {
    private let pixels = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    private func read(_ letter: Letter) throws -> (reading: LetterReading, source: String) {
        let bytes = try letter.printed().bytes
        return (try LetterReading(bytes), String(decoding: bytes, as: UTF8.self))
    }

    @Test func `offers the text, or the page with its pictures`() throws {
        var letter = Letter.sample(
            text: "Grüße, Ann.\n\nThis week: 3 films.\n",
            pictures: [
                Picture(contentID: "days@autoplex", type: "image/png", filename: "days.png", bytes: pixels),
                Picture(contentID: "race@autoplex", type: "image/gif", filename: "race.gif", bytes: [0]),
            ])
        letter.html = "<p>Grüße 🎬</p><img src=\"cid:days@autoplex\">"
        let (reading, _) = try read(letter)
        let types = reading.whole.all.map(\.type)
        #expect(
            types == [
                "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "image/gif",
            ])
        #expect(reading.text == "Grüße, Ann.\r\n\r\nThis week: 3 films.\r\n")
        #expect(reading.html == letter.html)
        #expect(reading.pictures.map(\.contentID) == ["days@autoplex", "race@autoplex"])
        #expect(reading.pictures.map(\.bytes) == [pixels, [0]])
        let picture = try #require(reading.whole.all.first { $0.type == "image/png" })
        #expect(picture["Content-Disposition"] == "inline; filename=\"days.png\"")
        #expect(picture["Content-Transfer-Encoding"] == "base64")
        #expect(reading.whole.all[3]["Content-Transfer-Encoding"] == "quoted-printable")
        #expect(reading.whole.all[2]["Content-Type"]?.contains("type=\"text/html\"") == true)
    }

    @Test func `has the page alone beside the text when there are no pictures`() throws {
        let types = try read(.sample()).reading.whole.all.map(\.type)
        #expect(types == ["multipart/alternative", "text/plain", "text/html"])
    }

    @Test func `says who, to whom, when, which, and of which list`() throws {
        var letter = Letter.sample()
        letter.replyTo = Mailbox(.known("robin@example.org"))
        letter.language = "pt-BR"
        letter.list = MailingList(
            name: "Plex newsletter", id: "newsletter.plex.example.org",
            unsubscribeURL: "https://plex.example.org/u?k=abc",
            unsubscribeMail: .init(.known("plex@example.org"), subject: "unsubscribe ann & co"))
        let (reading, source) = try read(letter)
        let expected = [
            "Date": "Sat, 21 Nov 2026 09:46:07 +0000", "From": "Plex <plex@example.org>",
            "To": "Ann <ann@example.org>", "Reply-To": "robin@example.org", "Subject": "This week",
            "Message-ID": "<issue-1.person-1@example.org>", "Content-Language": "pt-BR",
            "List-ID": "Plex newsletter <newsletter.plex.example.org>",
            "List-Unsubscribe": "<https://plex.example.org/u?k=abc>, "
                + "<mailto:plex@example.org?subject=unsubscribe%20ann%20%26%20co>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply", "MIME-Version": "1.0",
        ]
        for (name, value) in expected { #expect(reading.whole[name] == value, "\(name)") }
        #expect(reading.whole.headers.count == expected.count + 1, "\(source.prefix(1500))")
    }

    @Test func `leaves out what belongs to a list when it is of none`() throws {
        let (reading, _) = try read(.sample())
        #expect(reading.whole.headers.filter { $0.name.hasPrefix("List-") }.isEmpty)
    }

    @Test(arguments: [
        "Ann", "Ann Lee", "Lee, Ann", "Ann \"Bee\" Lee", "back\\slash", "a@b.c", "Dr. Ann (the first)", "Ærøskøbing",
        "山田太郎", "Ann 🎬🎉", "=?UTF-8?B?QW5u?=", " leading", "trailing ", "two  spaces", "semi;colon:<b>",
        String(repeating: "Langer Name ", count: 30), String(repeating: "ü", count: 300),
        String(repeating: "👩‍👩‍👧‍👦", count: 40), String(repeating: "x", count: 200), "'",
    ])
    func `carries any name and title whole, in lines of 76 columns`(_ text: String) throws {
        var letter = Letter.sample()
        letter.to.name = text
        letter.from.name = text
        letter.subject = text
        letter.list = MailingList(name: text, id: "newsletter.example.org")
        let (reading, source) = try read(letter)
        // Where a part begins, libcurl writes a longer line.
        let lines = source.split(separator: "\r\n").filter { !$0.hasPrefix("Content-Type: multipart/") }
        #expect(lines.allSatisfy { $0.utf8.count <= 76 }, "\(lines.filter { $0.utf8.count > 76 })")
        // A title keeps every letter; before the first, programs drop spaces.
        #expect(reading.subject == String(text.drop { $0 == " " && !source.contains("Subject: =?") }))
        for (name, address) in [
            ("To", "ann@example.org"), ("From", "plex@example.org"), ("List-ID", "newsletter.example.org"),
        ] {
            let value = reading.header(name)
            let end = " <\(address)>"
            try #require(value.hasSuffix(end), "\(value)")
            #expect(unquoted(String(value.dropLast(end.count))) == text)
        }
    }

    private func unquoted(_ text: String) -> String {
        guard text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 else { return text }
        return String(text.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    }

    @Test func `folds plain words no reader takes for a header`() throws {
        var letter = Letter.sample()
        letter.subject = "A plain title that is just about as long as one line of a header may be, and on"
        #expect(try read(letter).reading.subject == letter.subject)
    }

    @Test func `keeps every line of text and page as it is`() throws {
        let lines = [
            ".", "..", ".dot first", "trailing space ", "trailing tab\t", "=3D equals =", "",
            String(repeating: "long ", count: 400),
            String(repeating: "x", count: 3000), "From here on", "--boundary--", "ümläut €", "\u{0}zero", "end=",
        ]
        var letter = Letter.sample(text: lines.joined(separator: "\n"))
        letter.html = lines.joined(separator: "\r\n")
        let (reading, source) = try read(letter)
        #expect(reading.text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init) == lines)
        #expect(reading.html.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init) == lines)
        #expect(source.utf8.allSatisfy { $0 < 128 && $0 != 0 })
        let sourceLines = source.split(separator: "\r\n").filter { !$0.hasPrefix("Content-Type: multipart/") }
        #expect(sourceLines.allSatisfy { $0.utf8.count <= 76 && !$0.contains("\n") })
    }

    @Test func `may be empty`() throws {
        var letter = Letter.sample(text: "")
        letter.html = ""
        letter.subject = ""
        letter.to.name = ""
        let (reading, _) = try read(letter)
        #expect(reading.text == "" && reading.html == "" && reading.subject == "")
        #expect(reading.header("To") == "ann@example.org")
    }

    @Test(arguments: [
        "a\r\nBcc: eve@example.org", "a\nX: y", "a\rb", "\u{0}", "tab\tstop", "\u{85}next", "escape \u{1B}[31m",
    ])
    func `has no header that somebody's name or title wrote`(_ text: String) {
        var letters = Array(repeating: Letter.sample(), count: 5)
        letters[0].subject = text
        letters[1].to.name = text
        letters[2].from.name = text
        letters[3].replyTo = Mailbox(text, .known("robin@example.org"))
        letters[4].list = MailingList(name: text, id: "newsletter.example.org")
        for letter in letters { expectInvalid(letter) }
    }

    @Test(arguments: [
        "", "issue", "@example.org", "issue@", "a@b@c", "a b@example.org", "a@example.org>\r\nX: y", "<a@example.org>",
        "ä@example.org", String(repeating: "a", count: 300) + "@example.org", "a..b@c",
    ])
    func `has a Message-ID that can be found again, or none is made`(_ id: String) {
        var letter = Letter.sample()
        letter.messageID = id
        expectInvalid(letter)
    }

    @Test(arguments: [
        "http://plex.example.org/u", "https://plex.example.org/a b", "https://x/>,<mailto:eve@example.org",
        "https://x/\r\nBcc: eve@example.org", "javascript:alert(1)", "https://x/" + String(repeating: "a", count: 1000),
    ])
    func `offers no way out that leads astray`(_ url: String) {
        var letter = Letter.sample()
        letter.list = MailingList(name: "Plex", id: "newsletter.example.org", unsubscribeURL: url)
        expectInvalid(letter)
    }

    @Test func `has pictures that can be told apart`() {
        let good = Picture(contentID: "days@autoplex", type: "image/png", filename: "days.png", bytes: [1])
        var bad = Array(repeating: good, count: 6)
        bad[0].contentID = "a>\r\nX: y"
        bad[1].type = "text/html"
        bad[2].filename = "a\"; x=\"b.png"
        bad[3].filename = "\r\n.png"
        bad[4].contentID = ""
        bad[5].type = "image/png\r\nX: y"
        for picture in bad { expectInvalid(.sample(pictures: [picture])) }
        expectInvalid(.sample(pictures: [good, good]))
    }

    private func expectInvalid(_ letter: Letter) {
        let error = #expect(throws: MailError.self) { try letter.printed() }
        guard case .invalid(let why) = error else {
            Issue.record("not refused: \(String(describing: error))")
            return
        }
        #expect(error?.course == .giveUpOnLetter && !why.contains("\n"))
    }
}
