// Everybody's mailbox on one page, for the demo: what was delivered, newest first, each as its reader would see it.

package import Sockets

extension MailStandIn {
    package func mailboxRoutes(under prefix: String = "/mail") -> [Route] {
        [
            .get(prefix) { [self] _ in Self.page("Mail", list(prefix)) },
            .get("\(prefix)/{number}") { [self] request in
                guard let (letter, reading) = letter(request) else { return .notFound }
                return Self.page(reading.subject, sheet(letter, reading, "\(prefix)/\(letter.number)"))
            },
            .get("\(prefix)/{number}/letter") { [self] request in
                guard let (letter, reading) = letter(request) else { return .notFound }
                let html = Self.replacing("cid:", in: reading.html, by: "\(prefix)/\(letter.number)/pictures/")
                return Self.answer(html)
            },
            .get("\(prefix)/{number}/text") { [self] request in
                guard let (_, reading) = letter(request) else { return .notFound }
                return .text(reading.text)
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

    private func letter(_ request: ServerRequest) -> (DeliveredLetter, LetterReading)? {
        guard let number = request.parameters["number"].flatMap({ Int($0) }),
            let letter = letters.entries.first(where: { $0.number == number }),
            let reading = try? LetterReading(letter.bytes)
        else { return nil }
        return (letter, reading)
    }

    private func list(_ prefix: String) -> String {
        let rows = letters.entries.reversed().map { letter -> String in
            let subject = (try? LetterReading(letter.bytes))?.subject ?? "(cannot be read)"
            let to = letter.to.joined(separator: ", ")
            return "<li><a href=\"\(prefix)/\(letter.number)\">\(Self.escaped(subject))</a><small>to "
                + "\(Self.escaped(to)), \(letter.bytes.count / 1024) KB</small></li>"
        }
        return rows.isEmpty
            ? "<p>No letters yet. Say <code>!plex newsletter test</code> in the chat.</p>"
            : "<ul>\(rows.joined())</ul>"
    }

    private func sheet(_ letter: DeliveredLetter, _ reading: LetterReading, _ address: String) -> String {
        let headers = ["From", "To", "Date", "List-Unsubscribe"].compactMap { name -> String? in
            let value = reading.header(name)
            return value.isEmpty ? nil : "<dt>\(name)</dt><dd>\(Self.escaped(value))</dd>"
        }
        return "<dl>\(headers.joined())</dl><p><a href=\"\(address)/text\">As text</a> · <a href=\"\(address)/source\">"
            + "As it was sent</a> · <a href=\"\(address)/letter\">Alone</a></p>"
            + "<iframe src=\"\(address)/letter\" title=\"The letter\"></iframe>"
    }

    private static func page(_ title: String, _ body: String) -> ServerResponse {
        answer(
            """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/chat/icon.svg" type="image/svg+xml"><style>
            :root { color-scheme: light dark } a { color: light-dark(#8a5a00, #f0b429) } body { background: light-dark(#fff, #15181d); color: light-dark(#1f2328, #e9ebee); font: 16px/1.5 system-ui, sans-serif; max-width: 780px; margin: 32px auto; padding: 0 16px }
            ul { list-style: none; padding: 0 } li { padding: 12px 0; border-top: 1px solid #8884 } small { display: block; opacity: .7 }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px } dt { opacity: .7 } dd { margin: 0; overflow-wrap: anywhere }
            iframe { width: 100%; height: 1600px; border: 1px solid #8884; border-radius: 8px; background: #fff }
            </style></head><body><p><a href="/chat/">Chat</a> · <a href="/mail">All letters</a></p><h1>\(escaped(title))</h1>\(body)</body></html>
            """)
    }

    /// As a mail program shows it: no scripts, nothing from elsewhere.
    private static func answer(_ html: String) -> ServerResponse {
        var response = ServerResponse.html(html)
        response.headers += [
            (
                "Content-Security-Policy",
                "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-src 'self'"
            ),
            ("Cache-Control", "no-store"),
        ]
        return response
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, letter in
            switch letter {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(letter)
            }
        }
    }

    private static func replacing(_ part: String, in text: String, by other: String) -> String {
        text.split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}
