// The page on which an admin looks at a letter: two frames of true width, one of text, and what there is to mend. Light
// and dark need no script: a frame's color-scheme is what its page takes the reader to prefer (CSS Color Adjustment 1).

internal import Sockets
internal import Templates

enum LookingPages {
    static func frames(
        _ proof: NewsletterSite.Proof, at address: String, script: String, mark: Int, isLive: Bool
    ) throws -> ServerResponse {
        let page = try SiteTemplates.shelf(templates).render(
            "looking",
            with: .object([
                "title": .text(proof.title), "subject": .text(proof.subject), "size": .text(proof.size),
                "notes": .list(proof.notes.map { .text($0) }), "isFine": .flag(proof.notes.isEmpty),
                "letter": .text("\(address)/letter"), "text": .text("\(address)/text"),
                "live": isLive
                    ? .object([
                        "events": .text("\(address)/events"), "mark": .text("\(mark)"),
                        "script": .text(script),
                    ]) : .absent,
            ]))
        return SitePages.answer(page, runs: isLive)
    }

    static func text(_ words: String) throws -> ServerResponse {
        SitePages.answer(
            try SiteTemplates.shelf(templates).render(
                "text", with: .object(["title": "As plain text", "words": .text(words)])), isFramed: true)
    }

    private static let templates = ["looking": lookingTemplate, "text": textTemplate]

    private static let lookingTemplate = """
        {{<frame}}
        {{$style}}
        main { max-width: none; margin: 0; padding: 24px clamp(8px, 3vw, 40px); border: 0; border-radius: 0; background: none; }
        header { max-width: 1107px; margin: 0 auto 20px; } header p { margin: 0; }
        h1 { display: none; } h2 { margin: 0 0 4px; font-size: 22px; line-height: 1.25; overflow-wrap: anywhere; }
        .row { display: flex; flex-wrap: wrap; gap: 8px 28px; align-items: center; margin-top: 12px; }
        #state { position: relative; padding-left: 18px; }
        #state::before { content: ""; position: absolute; left: 0; top: 8px; width: 9px; height: 9px; border-radius: 50%; background: #c9543f; }
        #state.good::before { background: #2f9e66; }
        fieldset { display: flex; gap: 18px; margin: 0; padding: 0; border: 0; } legend { float: left; padding: 0; }
        fieldset label { padding: 0; gap: 6px; } input[type=radio] { width: 16px; height: 16px; }
        #notes { margin: 16px 0 0; padding: 4px 18px; border: 1px solid #c9543f; border-radius: 10px; background: var(--card); font: 14px/1.5 ui-monospace, monospace; }
        #notes li { overflow-wrap: anywhere; } #notes li:first-child { border-top: 0; } [hidden] { display: none; }
        .frames { display: flex; flex-wrap: wrap; gap: 28px; justify-content: center; align-items: flex-start; }
        figure { margin: 0; max-width: 100%; overflow-x: auto; } figcaption { margin-bottom: 8px; color: var(--soft); }
        iframe { display: block; box-sizing: content-box; height: max(560px, calc(100vh - 220px)); border: 1px solid var(--line); border-radius: 10px; }
        main:has(#light:checked) iframe { color-scheme: light; } main:has(#dark:checked) iframe { color-scheme: dark; }
        @media (max-width: 600px) { main { padding: 20px 6px; } header { padding: 0 10px; } figcaption { padding: 0 10px; } }
        {{/style}}
        {{$main}}{{#live}} data-events="{{events}}" data-mark="{{mark}}"{{/live}}{{/main}}
        {{$content}}
        <header>
        <p>{{title}}</p>
        <h2 id="subject">{{subject}}</h2>
        <p id="size">{{size}}</p>
        <div class="row">
        {{#live}}<p id="state" role="status">Not live yet</p>{{/live}}
        <fieldset><legend>Colours</legend>
        <label><input type="radio" name="scheme" id="here" checked> as here</label>
        <label><input type="radio" name="scheme" id="light"> light</label>
        <label><input type="radio" name="scheme" id="dark"> dark</label>
        </fieldset>
        <p id="fine"{{^isFine}} hidden{{/isFine}}>Nothing to mend.</p>
        </div>
        <ul id="notes" aria-live="polite"{{#isFine}} hidden{{/isFine}}>{{#notes}}<li>{{.}}</li>{{/notes}}</ul>
        </header>
        <div class="frames">
        <figure><figcaption>A phone, 375 wide</figcaption><iframe src="{{letter}}" data-source="{{letter}}" width="375" title="On a phone"></iframe></figure>
        <figure><figcaption>A desk, 700 wide</figcaption><iframe src="{{letter}}" data-source="{{letter}}" width="700" title="On a desk"></iframe></figure>
        <figure><figcaption>As plain text, 700 wide</figcaption><iframe src="{{text}}" data-source="{{text}}" width="700" title="As plain text"></iframe></figure>
        </div>
        {{#live}}<script src="{{script}}" defer></script>{{/live}}
        {{/content}}
        {{/frame}}
        """

    private static let textTemplate = """
        {{<frame}}
        {{$style}}
        body { background: var(--card); } h1 { display: none; }
        main { max-width: none; min-height: 0; margin: 0; padding: 20px; border: 0; border-radius: 0; }
        pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, monospace; }
        {{/style}}
        {{$content}}<pre>{{words}}</pre>{{/content}}
        {{/frame}}
        """
}
