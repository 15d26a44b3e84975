// The newsletter's pages that are no issue: what a reader chooses.

internal import Sockets
internal import Templates

enum NewsletterPages {
    struct Preferences {
        var serverName: String
        var name: String
        var saved: String?
        var getsLetters: Bool
        var isNamed: Bool
        var sections: [(value: String, title: String, isOn: Bool)]
    }

    static func preferences(_ page: Preferences) throws -> ServerResponse {
        SitePages.answer(
            try SiteTemplates.shelf(templates).render(
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

    private static let templates = ["preferences": preferencesTemplate]

    private static let preferencesTemplate = """
        {{<frame}}
        {{$content}}
        {{#saved}}<p class="saved" role="status">{{saved}}</p>{{/saved}}
        <p>For {{name}}.</p>
        <form method="post">
        <input type="hidden" name="whole" value="1">
        <fieldset><legend>Letters</legend>
        <label><input type="checkbox" name="letters"{{#letters}} checked{{/letters}}> Send me the newsletter</label>
        <label><input type="checkbox" name="named"{{#named}} checked{{/named}}> Others may see my name in theirs</label>
        </fieldset>
        <fieldset><legend>What is in mine</legend>
        {{#sections}}<label><input type="checkbox" name="section" value="{{value}}"{{#on}} checked{{/on}}> {{name}}</label>
        {{/sections}}</fieldset>
        <button>Save</button>
        </form>
        {{/content}}
        {{/frame}}
        """
}
