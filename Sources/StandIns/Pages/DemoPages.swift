// The frame around the demo's pages that are not the chat: one navigation, one style, small scripts, each a file of its own,
// so that the strictest content policy holds here too. They are made for a telephone as well as for a desk.

package import Sockets

/// One entry of the navigation that all pages of the demo share.
package struct DemoPage: Sendable {
    package let name: String
    package let address: String

    package init(_ name: String, _ address: String) {
        self.name = name
        self.address = address
    }

    package static let chat = DemoPage("Chat", "/chat/")
    package static let mail = DemoPage("Mail", "/mail")
    package static let phone = DemoPage("Phone", "/phone")
    package static let journal = DemoPage("Journal", "/journal")
    package static let dashboard = DemoPage("Dashboard", "/dashboard")
    package static let all = [chat, mail, phone, journal, dashboard]

    var json: JSON { ["name": .string(name), "address": .string(address)] }
}

package enum DemoPages {
    /// What the pages below are drawn with.
    package static var routes: [Route] {
        [
            file("/demo/pages.css", "text/css; charset=utf-8", style + phoneStyle),
            file("/demo/pages.js", script, pageScript),
            file("/demo/mail.js", script, mailScript),
            file("/demo/journal.js", script, journalScript), file("/demo/phone.js", script, phoneScript),
            file("/demo/sign-in.js", script, signInScript),
        ]
    }

    /// - Parameters:
    ///   - place: nil: none of the navigation's
    ///   - body: HTML in which everything that came from outside is escaped
    static func page(_ title: String, at place: DemoPage?, script: String, _ body: String) -> ServerResponse {
        let links = DemoPage.all.map { page -> String in
            let mark = page.address == place?.address ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(page.address)\"\(mark)>\(page.name)</a></li>"
        }
        var answer = ServerResponse.html(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(escaped(title)) · Autoplex demo</title>
            <link rel="icon" href="/chat/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/demo/pages.css">
            <script type="module" src="/demo/pages.js"></script>
            <script type="module" src="/demo/\(script)"></script>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the page</a>
            <header class="bar"><a class="home" href="/chat/"><span aria-hidden="true">▶</span> Autoplex demo</a>
            <nav aria-label="The demo's pages"><ul>\(links.joined())</ul></nav></header>
            <p id="tour-hint" class="hint" hidden></p>
            <main id="main">
            \(body)
            </main>
            </body>
            </html>

            """)
        answer.headers += [
            (
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            ),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"),
        ]
        return answer
    }

    static func escaped(_ text: String) -> String {
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

    private static let script = "text/javascript; charset=utf-8"

    private static func file(_ path: String, _ type: String, _ text: String) -> Route {
        let answer = ServerResponse(
            status: 200,
            headers: [
                ("Content-Type", type), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-cache"),
                ("Content-Security-Policy", "default-src 'none'"),
            ], body: .bytes(Array(text.utf8)))
        return .immediate(path) { _ in answer }
    }
}

/// One piece of a stream of server-sent events.
enum ServerEvent {
    static func bytes(_ name: String, _ json: JSON) -> [UInt8] {
        Array("event: \(name)\ndata: ".utf8) + json.bytes + Array("\n\n".utf8)
    }
}
