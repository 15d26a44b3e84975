// The few pages that are no issue: one look, no scripts, nothing from elsewhere. They are Mustache like the letters, so
// that no name can become markup.

internal import Sockets
internal import Templates

enum SitePages {
    struct Preferences {
        var serverName: String
        var name: String
        var saved: String?
        var getsLetters: Bool
        var isNamed: Bool
        var sections: [(value: String, title: String, isOn: Bool)]
    }

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

    static func preferences(_ page: Preferences) throws -> ServerResponse {
        answer(
            try SiteTemplates.shelf().render(
                "preferences",
                with: .object([
                    "title": .text("\(page.serverName): your newsletter"), "name": .text(page.name),
                    "saved": .text(orAbsent: page.saved), "letters": .flag(page.getsLetters),
                    "named": .flag(page.isNamed),
                    "sections": .list(
                        page.sections.map { section in
                            .object([
                                "value": .text(section.value), "name": .text(section.title), "on": .flag(section.isOn),
                            ])
                        }),
                ])))
    }

    static func preview(_ title: String, source: String) throws -> ServerResponse {
        answer(
            try SiteTemplates.shelf().render(
                "preview", with: .object(["title": .text(title), "source": .text(source)])))
    }

    /// What a page may do stands in its head: no scripts, no address of ours to others, no copy kept by anybody.
    static func answer(_ html: String, status: Int = 200, isFramed: Bool = false) -> ServerResponse {
        let frames = isFramed ? "'self'" : "'none'"
        let policy =
            "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; frame-src 'self'; "
            + "base-uri 'none'; frame-ancestors \(frames)"
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
