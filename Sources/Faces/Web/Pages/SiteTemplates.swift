// The pages' templates: one frame with light and dark colours, and what stands in it wherever links lead.

internal import Templates

enum SiteTemplates {
    /// With a feature's own pages beside those that all have.
    static func shelf(_ own: [String: String] = [:]) throws(TemplateError) -> TemplateShelf {
        try TemplateShelf(builtIn: own.merging(["frame": frame, "note": note, "form": form]) { $1 })
    }

    private static let frame = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{title}}</title>
        <style>
        :root { color-scheme: light dark; --back: #f4f1ea; --card: #fff; --ink: #1f2328; --soft: #5d646d; --line: #e3ded3; --gold: #a86f00; --on: #fff; }
        @media (prefers-color-scheme: dark) { :root { --back: #15181d; --card: #1e232a; --ink: #e9ebee; --soft: #a3abb5; --line: #333a44; --gold: #f0b429; --on: #1b1200; } }
        body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.55 Inter, system-ui, sans-serif; }
        main { box-sizing: border-box; max-width: 560px; margin: 8vh auto; padding: 32px; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
        h1 { margin: 0 0 12px; font-size: 26px; line-height: 1.2; }
        p { margin: 0 0 20px; color: var(--soft); }
        ul { margin: 20px 0 0; padding: 0; list-style: none; }
        li { padding: 8px 0; border-top: 1px solid var(--line); }
        a { color: var(--gold); }
        button { font: inherit; font-weight: 600; padding: 11px 22px; border: 0; border-radius: 9px; background: var(--gold); color: var(--on); cursor: pointer; }
        a:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid var(--gold); outline-offset: 3px; }
        label { display: flex; gap: 12px; align-items: center; padding: 9px 0; }
        input { width: 20px; height: 20px; accent-color: var(--gold); flex: none; }
        fieldset { margin: 0 0 20px; padding: 4px 18px 8px; border: 1px solid var(--line); border-radius: 10px; }
        legend { padding: 0 6px; color: var(--soft); }
        .saved { padding: 10px 14px; border-radius: 9px; border: 1px solid #2f9e66; color: var(--ink); }
        @media (max-width: 600px) { main { margin: 0; min-height: 100vh; border: 0; border-radius: 0; padding: 24px; } }
        {{$style}}{{/style}}
        </style>
        </head>
        <body>
        <main{{$main}}{{/main}}>
        <h1>{{title}}</h1>
        {{$content}}{{/content}}
        </main>
        </body>
        </html>

        """

    private static let others = """
        <ul>{{#others}}<li><a href="{{address}}">{{words}}</a></li>{{/others}}</ul>
        """

    private static let note = """
        {{<frame}}
        {{$content}}
        <p>{{words}}</p>
        \(others)
        {{/content}}
        {{/frame}}
        """

    private static let form = """
        {{<frame}}
        {{$content}}
        <p>{{words}}</p>
        <form method="post"><button>{{button}}</button></form>
        \(others)
        {{/content}}
        {{/frame}}
        """
}
