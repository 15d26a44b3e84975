// How pages look as HTML. Mustache escapes every name that comes from outside. No style and no script stands in a page:
// both are files of ours, for the pages allow no other (Look/PagePolicy.swift).

internal import Templates

enum DashboardTemplates {
    static func shelf() throws(TemplateError) -> TemplateShelf {
        try TemplateShelf(builtIn: [
            "frame": frame, "page": page, "blocks": blocks, "prose": prose, "report": report, "table": table,
            "form": form, "figures": figures, "door": door, "question": question,
        ])
    }

    static let frame = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{title}} · Autoplex</title>
        <link rel="icon" href="{{home}}/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="{{home}}/style.css?{{mark}}">
        {{$script}}{{/script}}
        </head>
        <body>
        {{$body}}{{/body}}
        </body>
        </html>

        """

    private static let page = """
        {{<frame}}
        {{$script}}<script src="{{home}}/live.js?{{mark}}" defer></script>{{/script}}
        {{$body}}
        <a class="skip" href="#main">Skip to the page</a>
        <header>
        <a class="name" href="{{home}}">Autoplex</a>
        <nav aria-label="Pages"><ul>
        {{#menu}}<li><a href="{{address}}"{{#isHere}} aria-current="page"{{/isHere}}>{{name}}{{#count}} <span class="count">{{count}}</span>{{/count}}</a></li>
        {{/menu}}
        </ul></nav>
        <form class="leave" method="post" action="{{home}}/leave"><input type="hidden" name="word" value="{{word}}">{{#neighbour}}<a href="{{address}}">{{name}}</a>{{/neighbour}}<span>{{visitor}}</span> <button>Log out</button></form>
        </header>
        <main id="main"{{#live}} data-live="{{live}}"{{/live}}>
        <div class="head"><h1>{{pageTitle}}</h1>{{#live}}<p id="live" class="live" role="status">&nbsp;</p>{{/live}}</div>
        {{#told}}<div class="told {{tone}}" role="status">{{#prose}}{{>prose}}{{/prose}}</div>{{/told}}
        <div id="blocks">
        {{>blocks}}
        </div>
        </main>
        {{/body}}
        {{/frame}}
        """

    private static let blocks = """
        {{#blocks}}
        <section id="block-{{number}}">
        {{#heading}}<h2 id="{{id}}">{{title}}</h2>{{/heading}}
        {{#words}}<p class="words">{{#prose}}{{>prose}}{{/prose}}</p>{{/words}}
        {{#views}}<nav class="views" aria-label="Views"><ul>{{#list}}<li><a href="{{address}}"{{#isShown}} aria-current="true"{{/isShown}}>{{name}}</a></li>{{/list}}</ul></nav>{{/views}}
        {{#figures}}{{>figures}}{{/figures}}
        {{#report}}{{>report}}{{/report}}
        {{#table}}{{>table}}{{/table}}
        {{#form}}{{>form}}{{/form}}
        {{#frame}}<iframe class="letter" title="{{title}}" src="{{address}}"></iframe>{{/frame}}
        </section>
        {{/blocks}}
        """

    private static let prose = """
        {{#plain}}{{plain}}{{/plain}}{{#strong}}<strong>{{strong}}</strong>{{/strong}}{{#code}}<code>{{code}}</code>{{/code}}{{#block}}<pre tabindex="0">{{block}}</pre>{{/block}}{{#time}}<time datetime="{{machine}}" title="{{whole}}">{{words}}</time>{{/time}}{{#link}}<a href="{{address}}" rel="noopener noreferrer">{{words}}</a>{{/link}}
        """

    private static let report = """
        <article class="panel {{tone}}">
        {{#picture}}{{#isSmall}}<img class="small" src="{{address}}" alt="{{alternative}}">{{/isSmall}}{{/picture}}
        {{#hasTitle}}<h2>{{#title}}{{>prose}}{{/title}}</h2>{{/hasTitle}}
        {{#lines}}<div class="line">{{#prose}}{{>prose}}{{/prose}}</div>{{/lines}}
        {{#hasFields}}<dl>{{#fields}}<div{{#isShort}} class="short"{{/isShort}}><dt>{{#name}}{{>prose}}{{/name}}</dt><dd>{{#lines}}<div>{{#prose}}{{>prose}}{{/prose}}</div>{{/lines}}</dd></div>{{/fields}}</dl>{{/hasFields}}
        {{#picture}}{{^isSmall}}<img class="full" src="{{address}}" alt="{{alternative}}">{{/isSmall}}{{/picture}}
        <footer>{{#footer}}{{>prose}}{{/footer}}</footer>
        </article>
        """

    private static let figures = """
        <dl class="figures">{{#list}}<div class="figure {{tone}}"><dt>{{name}}</dt><dd><span class="value">{{value}}</span> <span class="detail">{{#detail}}{{>prose}}{{/detail}}</span></dd></div>{{/list}}</dl>
        """

    private static let table = """
        <h2>{{title}}</h2>
        {{^hasRows}}<p class="empty">{{#empty}}{{>prose}}{{/empty}}</p>{{/hasRows}}
        {{#hasRows}}
        <div class="wide" role="region" aria-label="{{title}}" tabindex="0">
        <table>
        <thead><tr>{{#columns}}<th scope="col"{{#isNumber}} class="number"{{/isNumber}}>{{name}}</th>{{/columns}}{{#hasForms}}<th scope="col"><span class="unseen">What can be done</span></th>{{/hasForms}}</tr></thead>
        <tbody>
        {{#rows}}<tr>{{#cells}}<td class="{{tone}}{{#isNumber}} number{{/isNumber}}" data-column="{{column}}">{{#hasWords}}<span class="cell">{{#address}}<a href="{{address}}">{{#prose}}{{>prose}}{{/prose}}</a>{{/address}}{{^address}}{{#prose}}{{>prose}}{{/prose}}{{/address}}</span>{{/hasWords}}</td>{{/cells}}{{#hasForms}}<td class="forms">{{#forms}}{{>form}}{{/forms}}</td>{{/hasForms}}</tr>
        {{/rows}}
        </tbody>
        </table>
        </div>
        {{#more}}<p class="more"><a href="{{more}}">More</a></p>{{/more}}
        {{/hasRows}}
        """

    private static let form = """
        <form method="{{method}}" action="{{address}}"{{#hasFile}} enctype="multipart/form-data"{{/hasFile}}>{{#word}}<input type="hidden" name="word" value="{{word}}">{{/word}}{{#here}}<input type="hidden" name="here" value="{{here}}">{{/here}}{{#fields}}{{#hidden}}<input type="hidden" name="{{name}}" value="{{value}}">{{/hidden}}{{#text}}<label>{{label}} <input name="{{name}}" value="{{value}}" placeholder="{{hint}}"></label>{{/text}}{{#file}}<label>{{label}} <input type="file" name="{{name}}" required></label>{{/file}}{{#choice}}<label>{{label}} <select name="{{name}}">{{#options}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>{{/options}}</select></label>{{/choice}}{{/fields}}{{#buttons}}<button class="{{weight}}"{{#value}} name="choice" value="{{value}}"{{/value}}>{{label}}</button>{{/buttons}}</form>
        """

    private static let door = """
        {{<frame}}
        {{$body}}
        <main id="main" class="door">
        <h1>{{pageTitle}}</h1>
        {{#trouble}}<p class="told bad" role="alert">{{trouble}}</p>{{/trouble}}
        <p>{{words}}</p>
        {{#button}}<form method="post"><button class="main">{{button}}</button></form>{{/button}}
        {{#password}}<form method="post" action="{{home}}/login"><input type="hidden" name="to" value="{{to}}"><label>Password <input type="password" name="password" autocomplete="current-password" required></label><button class="main">Log in</button></form>{{/password}}
        </main>
        {{/body}}
        {{/frame}}
        """

    private static let question = """
        {{<frame}}
        {{$body}}
        <main id="main" class="door">
        <h1>{{pageTitle}}</h1>
        <p>{{#question}}{{>prose}}{{/question}}</p>
        <form method="post" action="{{address}}">{{#fields}}<input type="hidden" name="{{name}}" value="{{value}}">{{/fields}}<button class="danger" name="sure" value="yes">Yes, do it</button> <a class="button" href="{{back}}">No, go back</a></form>
        </main>
        {{/body}}
        {{/frame}}
        """
}
