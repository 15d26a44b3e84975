// The style of the demo's pages beside the chat: the same colours, light and dark, from a telephone's width up.

extension DemoPages {
    static let style = #"""
        :root {
          color-scheme: light dark; --back: #ffffff; --raised: #f7f6f3; --line: #e2e0db; --ink: #23252b; --soft: #5d6270;
          --accent: #8a5a00; --on: #ffffff; --hover: #ebe9e4; --good: #1a7046; --bad: #b3261e; --focus: #4752c4;
        }
        @media (prefers-color-scheme: dark) {
          :root:not([data-theme="light"]) {
            --back: #24262c; --raised: #1f2026; --line: #34363f; --ink: #e3e5ea; --soft: #a2a7b4;
            --accent: #f0b132; --on: #1b1200; --hover: #2e3038; --good: #5fcf93; --bad: #ff8a80; --focus: #a9b1ff;
          }
        }
        :root[data-theme="dark"] {
          color-scheme: dark; --back: #24262c; --raised: #1f2026; --line: #34363f; --ink: #e3e5ea; --soft: #a2a7b4;
          --accent: #f0b132; --on: #1b1200; --hover: #2e3038; --good: #5fcf93; --bad: #ff8a80; --focus: #a9b1ff;
        }
        :root[data-theme="light"] { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 "Inter", "Segoe UI", system-ui, -apple-system, "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
        a { color: var(--accent); }
        button, select { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--soft); border-radius: .5rem; padding: .35rem .8rem; min-height: 2.4rem; cursor: pointer; }
        button:hover { background: var(--hover); }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
        [hidden] { display: none !important; }
        .skip { position: absolute; left: -99em; }
        .skip:focus { left: 1em; top: 1em; z-index: 9; background: var(--back); padding: .5em 1em; }
        .bar { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; padding: .5rem 1rem; background: var(--raised); border-bottom: 1px solid var(--line); }
        .bar .home { font-weight: 700; color: var(--ink); text-decoration: none; white-space: nowrap; }
        .bar .home span { color: var(--accent); }
        .bar ul { display: flex; flex-wrap: wrap; gap: .15rem; list-style: none; margin: 0; padding: 0; }
        .bar li a { display: block; padding: .35rem .7rem; border-radius: .5rem; color: var(--ink); text-decoration: none; }
        .bar li a:hover { background: var(--hover); }
        .bar li a[aria-current] { background: var(--accent); color: var(--on); font-weight: 600; }
        .hint { margin: 0; padding: .5rem 1rem; border-bottom: 1px solid var(--line); }
        main { max-width: 54rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
        h1 { margin: 0 0 .5rem; font-size: 1.6rem; line-height: 1.25; }
        .about, .soft { color: var(--soft); } .about { margin: 0 0 1rem; }
        code { background: var(--hover); border-radius: .3rem; padding: .05rem .3rem; font-size: .9em; }
        .tools { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; margin: 0 0 1rem; }
        .tools p { margin: 0; } .tools label { color: var(--soft); }

        .letters { list-style: none; margin: 0; padding: 0; }
        .letters li { border-top: 1px solid var(--line); }
        .letters a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .75rem .6rem; color: var(--ink); text-decoration: none; border-radius: .5rem; }
        .letters a:hover { background: var(--hover); }
        .letters strong { grid-column: 1 / -1; font-weight: 600; }
        .letters small { color: var(--soft); font-size: .85rem; }
        .fresh a { border-left: 4px solid var(--accent); }
        .heads { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 0 1rem; font-size: .95rem; }
        .heads dt { color: var(--soft); } .heads dd { margin: 0; }
        .views { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; margin: 0 0 1rem; padding: 0; }
        .views a { display: block; border: 1px solid var(--line); border-radius: .5rem; padding: .35rem .8rem; color: var(--ink); text-decoration: none; }
        .views a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--on); font-weight: 600; }
        iframe { display: block; width: 100%; height: 75vh; border: 1px solid var(--line); border-radius: .6rem; background: #fff; }
        pre { margin: 0; padding: 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: .6rem; white-space: pre-wrap; font: .85rem/1.5 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; }
        .more { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; margin: 1rem 0 0; }

        .lines { list-style: none; margin: 0; padding: 0; font-size: .95rem; }
        .lines li { display: grid; grid-template-columns: 11rem 7rem 4.2rem 1fr auto; gap: 0 .75rem; align-items: baseline; padding: .38rem .4rem; border-top: 1px solid var(--line); }
        .lines time { color: var(--soft); font-variant-numeric: tabular-nums; font-size: .88rem; }
        .lines b { font-weight: 600; } .lines .method { color: var(--soft); font-size: .82rem; font-weight: 600; }
        .lines code { background: none; padding: 0; }
        .good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
        @media (max-width: 700px) {
          .bar { padding: .5rem .75rem; } .bar li a { padding: .35rem .55rem; }
          main { padding: 1rem .75rem 2.5rem; }
          iframe { margin-inline: -.75rem; width: calc(100% + 1.5rem); border-radius: 0; border-inline: 0; }
          .lines li { grid-template-columns: 1fr auto; padding: .5rem .2rem; }
          .lines b { order: 1; } .lines .status { order: 2; } .lines .what { order: 3; grid-column: 1 / -1; }
          .lines time { order: 4; } .lines .method { order: 5; text-align: right; }
        }

        """#
}
