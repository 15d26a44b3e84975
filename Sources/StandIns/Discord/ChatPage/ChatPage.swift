// The demo's chat: a page, two styles and a few scripts, each its own file to the browser, so that the strictest content
// policy holds: nothing inline, nothing from elsewhere, no request beyond this server.

import Sockets

enum ChatPage {
    static func routes(under prefix: String) -> [Route] {
        let files = [
            ("", "text/html; charset=utf-8", chatHTML),
            ("chat.css", "text/css; charset=utf-8", chatStyle),
            ("messages.css", "text/css; charset=utf-8", messageStyle),
            ("beside.css", "text/css; charset=utf-8", besideStyle),
            ("icon.svg", "image/svg+xml", chatIcon),
            ("app.js", script, chatScript),
            ("composer.js", script, composerScript),
            ("slash.js", script, slashScript),
            ("message.js", script, messageScript),
            ("markdown.js", script, markdownScript),
            ("forms.js", script, formScript),
            ("world.js", script, worldScript),
            ("beside.js", script, besideScript),
            ("tour.js", script, tourScript),
        ]
        var routes = files.map { name, type, text in
            let answer = file(type, text)
            return Route.immediate("\(prefix)/\(name)") { _ in answer }
        }
        if !prefix.isEmpty {
            // The page's addresses are relative and need the slash at its end.
            routes.append(
                .immediate(prefix) { _ in ServerResponse(status: 302, headers: [("Location", prefix + "/")]) })
        }
        return routes
    }

    /// Every way to speak to the bot once.
    static let examples = ["!plex help", "!plex status", "@Autoplex ping", "/plex help", "/plex "]

    private static let script = "text/javascript; charset=utf-8"

    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static func file(_ type: String, _ text: String) -> ServerResponse {
        ServerResponse(
            status: 200,
            headers: [
                ("Content-Type", type), ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"),
                ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-cache"),
            ], body: .bytes(Array(text.utf8)))
    }
}
