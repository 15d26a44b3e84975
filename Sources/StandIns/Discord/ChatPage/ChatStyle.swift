// The page's frame in light and dark, on desk and phone: rooms, people, the field for writing.

extension ChatPage {
    static let chatStyle = #"""
        :root {
          --back: #ffffff; --side: #f2f1ee; --raised: #f7f6f3; --line: #e2e0db; --ink: #23252b; --soft: #5d6270;
          --accent: #a86f00; --link: #0b62c4; --hover: #ebe9e4; --code: #efede8; --mention: #fdf0d2; --mention-ink: #7a5200;
          --blue: #4752c4; --green: #1f7a45; --red: #c4303a; --grey: #4a4e5a; --private: #f1f3ff; --focus: #4752c4;
          --shadow: 0 6px 24px rgb(30 25 10 / .16);
        }
        @media (prefers-color-scheme: dark) {
          :root:not([data-theme="light"]) {
            --back: #24262c; --side: #1c1d22; --raised: #1f2026; --line: #34363f; --ink: #e3e5ea; --soft: #a2a7b4;
            --accent: #f0b132; --link: #62aefb; --hover: #2e3038; --code: #1a1b20; --mention: #4a3c17; --mention-ink: #fbd98a;
            --blue: #5865f2; --green: #248046; --red: #d83c3e; --grey: #4e525f; --private: #292c3d; --focus: #a9b1ff;
            --shadow: 0 6px 24px rgb(0 0 0 / .5);
          }
        }
        :root[data-theme="dark"] {
          --back: #24262c; --side: #1c1d22; --raised: #1f2026; --line: #34363f; --ink: #e3e5ea; --soft: #a2a7b4;
          --accent: #f0b132; --link: #62aefb; --hover: #2e3038; --code: #1a1b20; --mention: #4a3c17; --mention-ink: #fbd98a;
          --blue: #5865f2; --green: #248046; --red: #d83c3e; --grey: #4e525f; --private: #292c3d; --focus: #a9b1ff;
          --shadow: 0 6px 24px rgb(0 0 0 / .5);
          color-scheme: dark;
        }
        :root[data-theme="light"] { color-scheme: light; }
        * { box-sizing: border-box; }
        html, body { height: 100%; margin: 0; }
        body { background: var(--back); color: var(--ink); font: 16px/1.4 "Inter", "Segoe UI", system-ui, -apple-system, "Noto Sans", "DejaVu Sans", sans-serif; }
        h1, h2, p { margin: 0; }
        button, select, textarea, input { font: inherit; color: inherit; }
        :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .skip { position: absolute; left: -99em; }
        .skip:focus { left: 1em; top: 1em; z-index: 9; background: var(--back); padding: .5em 1em; }
        .house { display: grid; grid-template-columns: 260px 1fr; height: 100dvh; }

        .side { background: var(--side); display: flex; flex-direction: column; min-height: 0; border-right: 1px solid var(--line); }
        .server { display: flex; gap: .75rem; align-items: center; padding: .9rem 1rem; border-bottom: 1px solid var(--line); }
        .server strong { display: block; line-height: 1.2; }
        .server small { color: var(--soft); font-size: .72rem; line-height: 1.2; display: block; }
        .mark { flex: none; width: 2.25rem; height: 2.25rem; border-radius: .65rem; background: #e5a00d; color: #1b1c20; display: grid; place-items: center; font-size: .95rem; padding-left: .15rem; }
        .side nav { flex: 1; overflow-y: auto; padding: .75rem .5rem; }
        .side h2 { font-size: .72rem; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); padding: .9rem .6rem .3rem; }
        .rooms { list-style: none; margin: 0; padding: 0; }
        .rooms button { display: flex; width: 100%; gap: .5rem; align-items: center; border: 0; background: none; text-align: left; padding: .42rem .6rem; border-radius: .4rem; color: var(--soft); cursor: pointer; }
        .rooms button:hover { background: var(--hover); color: var(--ink); }
        .rooms button[aria-current="page"] { background: var(--hover); color: var(--ink); font-weight: 600; }
        .rooms .sign { opacity: .7; width: 1.25rem; text-align: center; flex: none; font-weight: 400; }
        .rooms .unread { margin-left: auto; min-width: 1.25rem; text-align: center; border-radius: 1rem; background: var(--red); color: #fff; font-size: .72rem; font-weight: 700; padding: 0 .35rem; }
        .self { display: grid; grid-template-columns: auto 1fr auto; gap: 0 .6rem; align-items: center; padding: .6rem .75rem; background: var(--raised); border-top: 1px solid var(--line); }
        .self label { grid-column: 2; font-size: .7rem; color: var(--soft); line-height: 1; }
        .self select { grid-column: 2; min-width: 0; border: 0; background: transparent; font-weight: 600; padding: .1rem 0; cursor: pointer; }
        .self select option { background: var(--back); color: var(--ink); }
        .self .avatar { grid-row: 1 / 3; }
        .self #theme { grid-row: 1 / 3; grid-column: 3; }
        .plain { border: 0; background: none; cursor: pointer; padding: .35rem .5rem; border-radius: .4rem; color: var(--soft); font-size: 1.1rem; line-height: 1; }
        .plain:hover { background: var(--hover); color: var(--ink); }

        .room { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
        .top { display: flex; gap: .75rem; align-items: center; padding: .6rem 1rem; border-bottom: 1px solid var(--line); min-height: 3.25rem; }
        .top h1 { font-size: 1rem; white-space: nowrap; }
        .top p { color: var(--soft); font-size: .85rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; border-left: 1px solid var(--line); padding-left: .75rem; }
        .top p:empty { display: none; }
        .line { margin-left: auto; font-size: .75rem; color: var(--red); white-space: nowrap; }
        .menu { display: none; }
        .scroll { flex: 1; overflow-y: auto; overflow-x: hidden; display: flex; flex-direction: column; min-height: 0; outline-offset: -2px; }
        .log { list-style: none; margin: 0; padding: 0 0 .75rem; }
        .scroll::before { content: ""; margin-top: auto; }
        .welcome { padding: 1.5rem 1rem .5rem; max-width: 46rem; }
        .welcome h2 { font-size: 1.35rem; margin-bottom: .25rem; }
        .welcome p { color: var(--soft); }
        .examples { display: flex; flex-wrap: wrap; gap: .5rem; margin: .9rem 0 .5rem; }
        .examples button { border: 1px solid var(--line); background: var(--raised); border-radius: 2rem; padding: .35rem .9rem; cursor: pointer; font-size: .9rem; font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; }
        .examples button:hover { border-color: var(--accent); color: var(--mention-ink); }

        .foot { position: relative; padding: 0 1rem max(.6rem, env(safe-area-inset-bottom)); }
        .typing { min-height: 1.5rem; font-size: .8rem; color: var(--soft); padding: .2rem .25rem; }
        .trouble { background: var(--red); color: #fff; border-radius: .5rem; padding: .45rem .8rem; margin-bottom: .5rem; font-size: .9rem; }
        .entry { display: flex; align-items: flex-end; gap: .25rem; background: var(--raised); border: 1px solid var(--line); border-radius: .75rem; padding: .3rem .3rem .3rem .25rem; }
        .entry:focus-within { border-color: var(--focus); }
        .entry textarea { flex: 1; min-width: 0; resize: none; border: 0; background: none; padding: .45rem .65rem; max-height: 40vh; line-height: 1.4; outline: 0; }
        .entry textarea::placeholder { color: var(--soft); opacity: 1; }
        .entry button { border: 0; background: none; color: var(--accent); cursor: pointer; padding: .5rem .7rem; border-radius: .5rem; line-height: 1.2; }
        .entry button:hover { background: var(--hover); }
        .offer { position: absolute; left: 1rem; right: 1rem; bottom: 100%; background: var(--back); border: 1px solid var(--line); border-radius: .75rem; box-shadow: var(--shadow); overflow: hidden; max-height: min(24rem, 60vh); display: flex; flex-direction: column; margin-bottom: -1rem; }
        .offer[hidden] { display: none; }
        .offer-head { font-size: .78rem; color: var(--soft); padding: .55rem .9rem .35rem; }
        .offer ul { list-style: none; margin: 0; padding: 0 .35rem .35rem; overflow-y: auto; }
        .offer li { display: flex; gap: .75rem; align-items: baseline; padding: .42rem .6rem; border-radius: .45rem; cursor: pointer; }
        .offer li[aria-selected="true"] { background: var(--hover); }
        .offer b { font-weight: 600; white-space: nowrap; }
        .offer .args { color: var(--soft); font-size: .78rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
        .offer .about { color: var(--soft); font-size: .85rem; margin-left: auto; text-align: right; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 5rem; }

        dialog { border: 1px solid var(--line); border-radius: .9rem; background: var(--back); color: var(--ink); padding: 1.25rem; width: min(28rem, 92vw); box-shadow: var(--shadow); }
        dialog::backdrop { background: rgb(0 0 0 / .55); }
        dialog label { display: block; font-size: .85rem; font-weight: 600; margin: .9rem 0 .3rem; }
        dialog input, dialog textarea { width: 100%; border: 1px solid var(--line); background: var(--raised); border-radius: .4rem; padding: .5rem .65rem; }
        .dialog-buttons { display: flex; justify-content: flex-end; gap: .5rem; margin-top: 1.25rem; }

        @media (max-width: 700px) {
          .house { grid-template-columns: 1fr; }
          .menu { display: block; margin-left: -.4rem; }
          .side { position: fixed; inset: 0 auto 0 0; width: min(82vw, 300px); z-index: 5; transform: translateX(-102%); visibility: hidden; transition: transform .18s, visibility .18s; box-shadow: var(--shadow); }
          .side.open { transform: none; visibility: visible; }
          .top p { display: none; }
          .foot { padding-left: .6rem; padding-right: .6rem; }
          .offer { left: .6rem; right: .6rem; }
          .offer li { flex-wrap: wrap; gap: 0 .6rem; }
          .offer .about { margin-left: 0; text-align: left; flex-basis: 100%; white-space: normal; }
        }
        @media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
        """#
}
