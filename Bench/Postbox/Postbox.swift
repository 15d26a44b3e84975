// Posts letters from a file, for foreign judges (`make conformance`): `postbox LETTERS.json SMTP_URL [AUTHORITY.pem]`.
// One line of JSON a letter: {"sent": true}, or why not. With `-` for the address the letters are printed, in base64.
// `postbox notices` prints the notices of Letters instead.

internal import FoundationEssentials
internal import Mail
internal import Runtime

@main struct Postbox {
    static func main() async {
        Signals.catchStops()
        let words = Array(CommandLine.arguments.dropFirst())
        guard words == ["notices"] || words.count == 2 || words.count == 3 else {
            StandardOutput.writeLine("usage: postbox notices | postbox LETTERS.json SMTP_URL|- [AUTHORITY.pem]")
            Program.exit(64)
        }
        do {
            if words.count == 1 { return try NoticePrinting.printAll() }
            let bytes = try Files.read(words[0], limit: 64 << 20)
            let letters = try JSONDecoder().decode([WrittenLetter].self, from: Data(bytes)).map { try $0.letter }
            if words[1] == "-" { return try print(letters) }
            var server = try MailServer(url: words[1])
            server.authorityFile = words.count == 3 ? words[2] : nil
            let mailer = try Mailer(server)
            for letter in letters { await send(letter, by: mailer) }
            await mailer.stop()
        } catch {
            StandardOutput.writeLine("postbox: \(error)")
            Program.exit(1)
        }
    }

    private static func print(_ letters: [Letter]) throws {
        for letter in letters {
            StandardOutput.writeLine(Data(try letter.printed().bytes).base64EncodedString())
        }
    }

    private static func send(_ letter: Letter, by mailer: Mailer) async {
        do throws(MailError) {
            try await mailer.send(letter)
            StandardOutput.writeLine("{\"sent\": true}")
        } catch {
            let words = (try? JSONEncoder().encode("\(error)")) ?? Data()
            StandardOutput.writeLine(
                "{\"sent\": false, \"course\": \"\(error.course)\", \"why\": \(String(decoding: words, as: UTF8.self))}"
            )
        }
    }
}

/// A letter as the judge writes it.
private struct WrittenLetter: Decodable {
    struct Person: Decodable {
        var name: String
        var address: String

        var mailbox: Mailbox { get throws { Mailbox(name, try MailAddress(address)) } }
    }
    struct WrittenPicture: Decodable {
        var id: String
        var type: String
        var filename: String
        var base64: Data
    }

    var from: Person
    var to: Person
    var subject: String
    var seconds: Int64
    var id: String
    var text: String
    var html: String
    var pictures: [WrittenPicture]
    var listName: String?

    var letter: Letter {
        get throws {
            let list = listName.map {
                MailingList(name: $0, id: "newsletter.example.org", unsubscribeURL: "https://plex.example.org/u?k=1")
            }
            return Letter(
                from: try from.mailbox, to: try to.mailbox, subject: subject, date: Instant(seconds: seconds),
                messageID: id, list: list, language: "en", text: text, html: html,
                pictures: pictures.map {
                    Picture(contentID: $0.id, type: $0.type, filename: $0.filename, bytes: Array($0.base64))
                })
        }
    }
}
