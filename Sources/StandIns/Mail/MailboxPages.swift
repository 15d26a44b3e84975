// Everybody's mailbox on one page, for the demo: what was delivered, newest first, each as its reader would see it, as plain
// text, and as it went over the wire. The list follows what comes.

package import Sockets

extension MailStandIn {
    package func mailboxRoutes() -> [Route] {
        let prefix = DemoPage.mail.address
        return [
            .get(prefix) { [self] _ in DemoPages.page("Mail", at: .mail, script: "mail.js", list(prefix)) },
            .get("\(prefix)/news/events") { [self] _ in .events(news()) },
            .get("\(prefix)/{number}") { [self] request in
                guard let (letter, reading) = letter(request) else { return .notFound }
                let view = View(rawValue: request.queryValue("view") ?? "") ?? .letter
                return DemoPages.page(
                    reading.subject, at: .mail, script: "mail.js",
                    sheet(letter, reading, "\(prefix)/\(letter.number)", view))
            },
            .get("\(prefix)/{number}/letter") { [self] request in
                guard let (letter, reading) = letter(request) else { return .notFound }
                let html = Self.replacing("cid:", in: reading.html, by: "\(prefix)/\(letter.number)/pictures/")
                // A link of a letter opens beside it, as in a mail program.
                return Self.answer(Self.replacing("<head>", in: html, by: "<head><base target=\"_blank\">"))
            },
            .get("\(prefix)/{number}/source") { [self] request in
                guard let (letter, _) = letter(request) else { return .notFound }
                return .bytes(letter.bytes, type: "text/plain; charset=utf-8")
            },
            .get("\(prefix)/{number}/pictures/{id}") { [self] request in
                guard let (_, reading) = letter(request),
                    let picture = reading.pictures.first(where: { $0.contentID == request.parameters["id"] })
                else { return .notFound }
                return .bytes(picture.bytes, type: picture.type)
            },
        ]
    }

    private enum View: String, CaseIterable {
        case letter = "letter"
        case text = "text"
        case source = "source"

        var label: String {
            switch self {
            case .letter: "Letter"
            case .text: "Plain text"
            case .source: "Source"
            }
        }
    }

    /// That a letter came, to whoever has the list open.
    private func news() -> AsyncStream<[UInt8]> {
        letters.stream(buffering: .bufferingNewest(1)) { letter in
            ServerEvent.bytes("letter", ["number": .int(Int64(letter.number))])
        }
    }

    private func letter(_ request: ServerRequest) -> (DeliveredLetter, LetterReading)? {
        guard let number = request.parameters["number"].flatMap({ Int($0) }),
            let letter = letters.entries.first(where: { $0.number == number }),
            let reading = try? LetterReading(letter.bytes)
        else { return nil }
        return (letter, reading)
    }

    private func list(_ prefix: String) -> String {
        let all = letters.entries
        let rows = all.reversed().map { letter -> String in
            let reading = try? LetterReading(letter.bytes)
            let to = letter.to.joined(separator: ", ")
            return "<li><a href=\"\(prefix)/\(letter.number)\"><strong>"
                + "\(DemoPages.escaped(reading?.subject ?? "(cannot be read)"))</strong><small>to \(DemoPages.escaped(to))"
                + "</small><small>\(max(1, letter.bytes.count / 1024)) KB</small></a></li>"
        }
        return """
            <h1>Everybody’s mail</h1>
            <p class="about">Every letter that Autoplex has sent in this demo, to whomever. Nothing leaves this machine.</p>
            <p id="count" class="soft" role="status">\(all.count == 1 ? "1 letter" : "\(all.count) letters")</p>
            <p id="none"\(rows.isEmpty ? "" : " hidden")>Say <code>!plex newsletter test</code> in the chat, or let somebody join.</p>
            <ul id="letters" class="letters">\(rows.joined())</ul>
            """
    }

    private func sheet(_ letter: DeliveredLetter, _ reading: LetterReading, _ address: String, _ view: View) -> String {
        let headers = ["From", "To", "Date", "List-Unsubscribe"].compactMap { name -> String? in
            let value = reading.header(name)
            return value.isEmpty ? nil : "<dt>\(name)</dt><dd>\(DemoPages.escaped(value))</dd>"
        }
        let views = View.allCases.map { one -> String in
            let mark = one == view ? " aria-current=\"true\"" : ""
            return "<li><a href=\"\(address)?view=\(one.rawValue)\"\(mark)>\(one.label)</a></li>"
        }
        let body =
            switch view {
            case .letter:
                // Nothing in a letter runs; what it links to opens beside.
                "<iframe src=\"\(address)/letter\" title=\"The letter\" sandbox=\"allow-same-origin allow-popups "
                    + "allow-popups-to-escape-sandbox\"></iframe>"
            case .text: "<pre tabindex=\"0\">\(DemoPages.escaped(reading.text))</pre>"
            case .source:
                "<pre tabindex=\"0\">\(DemoPages.escaped(String(decoding: letter.bytes.prefix(64 << 10), as: UTF8.self)))"
                    + "</pre>" + (letter.bytes.count > 64 << 10 ? "<p class=\"soft\">… and so on.</p>" : "")
            }
        return """
            <h1>\(DemoPages.escaped(reading.subject))</h1>
            <dl class="heads">\(headers.joined())</dl>
            <nav aria-label="How to see it"><ul class="views">\(views.joined())</ul></nav>
            \(body)
            <p class="more"><a href="/mail">All letters</a> <a href="\(address)/letter">The letter alone</a>
            <a href="\(address)/source">The whole source</a></p>
            """
    }

    /// As a mail program shows it: no scripts, nothing from elsewhere.
    private static func answer(_ html: String) -> ServerResponse {
        var response = ServerResponse.html(html)
        response.headers += [
            (
                "Content-Security-Policy",
                "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; "
                    + "form-action 'none'"
            ),
            ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
        ]
        return response
    }

    private static func replacing(_ part: String, in text: String, by other: String) -> String {
        text.split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}
