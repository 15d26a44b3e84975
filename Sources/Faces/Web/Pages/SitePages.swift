// The pages that signed links lead to: one look, no scripts, nothing from elsewhere. They are Mustache like the letters,
// so that no name can become markup.

internal import Sockets
internal import Templates

enum SitePages {
    static func note(
        _ title: String, _ words: String, others: [(words: String, address: String)] = [], status: Int = 200
    ) -> ServerResponse {
        let data: TemplateValue = .object([
            "title": .text(title), "words": .text(words), "others": links(others),
        ])
        guard let shelf = try? SiteTemplates.shelf(), let page = try? shelf.render("note", with: data) else {
            return .text("\(title)\n\(words)\n", status: status)
        }
        return answer(page, status: status)
    }

    static func form(
        _ title: String, _ words: String, button: String, others: [(words: String, address: String)]
    ) throws -> ServerResponse {
        answer(
            try SiteTemplates.shelf().render(
                "form",
                with: .object([
                    "title": .text(title), "words": .text(words), "button": .text(button), "others": links(others),
                ])))
    }

    /// What a page may do stands in its head: no scripts but ours where it `runs` one, no address of ours to others, no
    /// copy kept by anybody.
    static func answer(
        _ html: String, status: Int = 200, isFramed: Bool = false, runs: Bool = false
    ) -> ServerResponse {
        let frames = isFramed ? "'self'" : "'none'"
        let scripts = runs ? "script-src 'self'; connect-src 'self'; " : ""
        let policy =
            "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; frame-src 'self'; "
            + "\(scripts)base-uri 'none'; frame-ancestors \(frames)"
        return ServerResponse(
            status: status,
            headers: [
                ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", policy),
                ("Referrer-Policy", "no-referrer"), ("X-Content-Type-Options", "nosniff"),
                ("X-Robots-Tag", "noindex, nofollow"), ("Cache-Control", "no-store"),
            ], body: .bytes([UInt8](html.utf8)))
    }

    private static func links(_ others: [(words: String, address: String)]) -> TemplateValue {
        .list(others.map { .object(["words": .text($0.words), "address": .text($0.address)]) })
    }
}
