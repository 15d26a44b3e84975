// How the setup's pages look: in the dashboard's frame and colours.

internal import Templates

enum SetupTemplates {
    static func shelf() throws(TemplateError) -> TemplateShelf {
        try TemplateShelf(builtIn: [
            "frame": DashboardTemplates.frame, "top": top, "step": step, "more": more, "end": end, "note": note,
        ])
    }

    private static let top = """
        <a class="skip" href="#main">Skip to the page</a>
        <header>
        <span class="name">Autoplex</span>
        <nav aria-label="Steps"><ul>
        {{#menu}}<li><a href="{{address}}"{{#isHere}} aria-current="page"{{/isHere}}>{{name}}</a></li>
        {{/menu}}
        </ul></nav>
        </header>
        """

    private static let step = """
        {{<frame}}
        {{$body}}
        {{>top}}
        <main id="main" class="setup">
        {{#topic}}<p class="live"><a href="{{more}}">More services</a> · {{topic}}</p>{{/topic}}
        {{^topic}}<p class="live">Step {{number}} of {{count}}</p>{{/topic}}
        <h1>{{title}}</h1>
        <p class="words">{{why}}</p>
        {{#findings}}<p class="told {{tone}}" role="status"><strong>{{name}}</strong>: {{text}}</p>
        {{/findings}}
        <form class="asked" method="post" action="{{action}}/step/{{id}}"><input type="hidden" name="word" value="{{word}}">
        {{#fields}}
        <div class="field">
        <label for="{{name}}">{{label}}</label>
        {{#isFixed}}<p id="help-{{name}}" class="words"><code>{{name}}</code> is set by the environment, and stays.</p><input id="{{name}}" disabled aria-describedby="help-{{name}}">{{/isFixed}}
        {{^isFixed}}<p id="help-{{name}}" class="words">{{help}} <code>{{name}}</code></p>
        {{#trouble}}<p class="told bad" role="alert">{{trouble}}</p>{{/trouble}}
        <input id="{{name}}" name="{{name}}" {{#isSecret}}type="password" autocomplete="off"{{/isSecret}}{{^isSecret}}value="{{value}}" autocomplete="off" spellcheck="false"{{/isSecret}} placeholder="{{hint}}" aria-describedby="help-{{name}}">{{/isFixed}}
        </div>
        {{/fields}}
        <div class="choices">
        {{#isDone}}<a class="button next" href="{{next}}">{{#topic}}Back to more services{{/topic}}{{^topic}}Next{{/topic}}</a> <button name="choice" value="test">Test again</button>{{/isDone}}
        {{^isDone}}<button class="main" name="choice" value="test">Keep and test</button> <button name="choice" value="skip">Skip</button>{{/isDone}}
        </div>
        </form>
        </main>
        {{/body}}
        {{/frame}}
        """

    private static let more = """
        {{<frame}}
        {{$body}}
        {{>top}}
        <main id="main" class="setup">
        <h1>{{title}}</h1>
        <p class="words">None of these is needed to begin, and each can be set up later. Choose what you use, or go on.</p>
        <div class="choices"><a class="button next" href="{{next}}">Go on and write it</a></div>
        {{#topics}}
        <h2>{{name}}</h2>
        <ul class="services">
        {{#steps}}<li><a href="{{address}}"><strong>{{name}}</strong>{{#isSet}} <span class="told good">set</span>{{/isSet}}{{#isBad}} <span class="told bad">needs a look</span>{{/isBad}}<span class="words">{{why}}</span></a></li>
        {{/steps}}
        </ul>
        {{/topics}}
        </main>
        {{/body}}
        {{/frame}}
        """

    private static let end = """
        {{<frame}}
        {{$body}}
        {{>top}}
        <main id="main" class="setup">
        <h1>{{title}}</h1>
        {{#trouble}}<p class="told bad" role="alert">{{trouble}}</p>{{/trouble}}
        {{#isIncomplete}}<p class="told bad">Discord’s token is missing: nothing works without it. <a href="{{first}}">Go back to Discord</a></p>{{/isIncomplete}}
        {{^isIncomplete}}
        <p class="words">Everything that could hurt is off until you turn it on.</p>
        {{#daring}}<p class="told warning"><code>{{text}}</code> was set before, and stays.</p>{{/daring}}
        {{#hasChanges}}<p>This is written to <code>{{path}}</code>; everything else in it stays.</p>
        <dl class="panel changes">{{#changes}}<div><dt><code>{{name}}</code></dt><dd>{{value}}</dd></div>{{/changes}}</dl>{{/hasChanges}}
        {{^hasChanges}}<p>Everything is set already: nothing needs to be written.</p>{{/hasChanges}}
        <form method="post" action="{{action}}/write"><input type="hidden" name="word" value="{{word}}"><button class="main">Write it and begin</button></form>
        {{/isIncomplete}}
        </main>
        {{/body}}
        {{/frame}}
        """

    private static let note = """
        {{<frame}}
        {{$body}}
        <main id="main" class="door">
        <h1>{{title}}</h1>
        <p>{{words}}</p>
        {{#button}}<form method="post"><button class="main">{{button}}</button></form>{{/button}}
        </main>
        {{/body}}
        {{/frame}}
        """

    static let style = """
        .setup { max-width: 760px; }
        .asked { flex-direction: column; align-items: stretch; gap: 22px; }
        .field label { color: var(--ink); font-size: 16px; font-weight: 650; }
        .field .words { margin: 2px 0 8px; } .field input { width: 100%; } .field .told { margin: 0 0 8px; }
        .field input:disabled { display: none; }
        .choices { display: flex; flex-wrap: wrap; gap: 10px; }
        .next { background: var(--gold); border-color: var(--gold); color: var(--on); font-weight: 600; }
        .next:hover { background: var(--gold); }
        .setup > .choices { margin: 0 0 26px; }
        .services { list-style: none; margin: 0 0 26px; padding: 0; display: grid; gap: 8px; }
        .services a { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline; padding: 10px 14px; border: 1px solid var(--line); border-radius: 10px; color: var(--ink); text-decoration: none; }
        .services a:hover { border-color: var(--gold); } .services .words { flex-basis: 100%; margin: 0; }
        .services .told { margin: 0; padding: 0 8px; font-size: 13px; }
        .changes div { display: flex; flex-wrap: wrap; gap: 2px 16px; justify-content: space-between; }
        .changes dd { overflow-wrap: anywhere; }

        """
}
