// How messages look: avatars, embeds, buttons, what only one person sees.

extension ChatPage {
    static let messageStyle = #"""
        .message { position: relative; display: grid; grid-template-columns: 2.5rem minmax(0, 1fr); gap: 0 1rem; padding: .12rem 1rem .12rem; margin-top: .95rem; }
        .message.more { margin-top: 0; }
        .message:hover { background: var(--raised); }
        .message.private { background: var(--private); box-shadow: inset 2px 0 0 var(--blue); padding-block: .35rem; }
        .message.pinged { background: color-mix(in srgb, var(--accent) 9%, var(--back)); box-shadow: inset 2px 0 0 var(--accent); }
        .day { display: flex; align-items: center; gap: .75rem; color: var(--soft); font-size: .75rem; font-weight: 600; margin: 1.1rem 1rem 0; }
        .day::before, .day::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
        .avatar { width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center; font-weight: 700; color: #fff; background: #6b7280; align-self: start; margin-top: .1rem; user-select: none; }
        .avatar.small { width: 2rem; height: 2rem; font-size: .85rem; margin: 0; align-self: center; }
        .avatar.tiny { width: 1rem; height: 1rem; font-size: .6rem; margin: 0; display: inline-grid; vertical-align: -.15rem; }
        .avatar.h0 { background: #b4532a; } .avatar.h1 { background: #2f7d6b; } .avatar.h2 { background: #4a63b8; }
        .avatar.h3 { background: #8a4ba3; } .avatar.h4 { background: #a33b5f; } .avatar.h5 { background: #5c7a1f; }
        .avatar.bot { background: #e5a00d; color: #1b1c20; padding-left: .1em; }
        .body { min-width: 0; grid-column: 2; }
        .who { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .5rem; line-height: 1.35; }
        .who strong { font-weight: 600; }
        .badge { background: var(--blue); color: #fff; font-size: .63rem; font-weight: 700; border-radius: .25rem; padding: .05rem .3rem; align-self: center; letter-spacing: .02em; }
        .when { color: var(--soft); font-size: .74rem; }
        .more .side-time { font-size: .64rem; color: var(--soft); opacity: 0; text-align: right; padding-top: .3rem; white-space: nowrap; }
        .more:hover .side-time, .more:focus-within .side-time { opacity: 1; }
        .origin { grid-column: 2; font-size: .82rem; color: var(--soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
        .origin::before { content: "↱ "; }
        .origin b { color: var(--ink); font-weight: 600; }
        .origin code { color: var(--link); background: none; padding: 0; }
        .only { font-size: .78rem; color: var(--soft); margin-top: .2rem; }
        .only button, .link-like { border: 0; background: none; padding: 0; color: var(--link); cursor: pointer; font-size: inherit; }
        .only button:hover { text-decoration: underline; }
        .thinking { color: var(--soft); font-style: italic; }
        .dots { display: inline-flex; gap: .2rem; margin-right: .5rem; }
        .dots i { width: .38rem; height: .38rem; border-radius: 50%; background: currentcolor; animation: dots 1.2s infinite; }
        .dots i:nth-child(2) { animation-delay: .2s; } .dots i:nth-child(3) { animation-delay: .4s; }
        @keyframes dots { 0%, 60%, 100% { opacity: .25; } 30% { opacity: 1; } }

        .text { overflow-wrap: anywhere; white-space: pre-wrap; }
        .text a, .embed a { color: var(--link); text-decoration: none; }
        .text a:hover, .embed a:hover { text-decoration: underline; }
        .text h3, .text h4, .text h5, .embed h3, .embed h4, .embed h5 { margin: .35rem 0 .15rem; line-height: 1.25; white-space: normal; }
        .text h3 { font-size: 1.4rem; } .text h4 { font-size: 1.15rem; } .text h5 { font-size: 1rem; }
        small.sub { display: block; color: var(--soft); font-size: .8rem; }
        code { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .86em; background: var(--code); border-radius: .25rem; padding: .08rem .25rem; white-space: pre-wrap; }
        pre { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .82rem; line-height: 1.35; background: var(--code); border: 1px solid var(--line); border-radius: .4rem; padding: .55rem .7rem; margin: .25rem 0; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 46rem; }
        blockquote { margin: .15rem 0; padding: 0 0 0 .75rem; border-left: .25rem solid var(--line); }
        .text ul, .text ol { margin: .1rem 0; padding-left: 1.4rem; white-space: normal; }
        .text ul { list-style: disc; }
        .mention { background: var(--mention); color: var(--mention-ink); border-radius: .25rem; padding: 0 .2rem; font-weight: 500; }
        .stamp { background: var(--code); border-radius: .25rem; padding: 0 .2rem; }
        .spoiler { background: var(--grey); color: transparent; line-height: 1.3; border-radius: .25rem; cursor: pointer; border: 0; padding: 0 .15rem; }
        .spoiler.open { background: var(--code); color: inherit; }
        .edited { font-size: .68rem; color: var(--soft); }

        .embed { position: relative; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .4rem 1rem; max-width: 33rem; background: var(--raised); border: 1px solid var(--line); border-left: .25rem solid var(--line); border-radius: .35rem; padding: .6rem .9rem .8rem .8rem; margin-top: .3rem; overflow-wrap: anywhere; font-size: .9rem; }
        .embed > * { grid-column: 1; min-width: 0; }
        .embed .by { font-weight: 600; font-size: .85rem; }
        .embed .title { font-weight: 700; font-size: 1rem; }
        .embed .words { white-space: pre-wrap; }
        .embed .thumb { grid-column: 2; grid-row: 1 / 4; width: 5rem; height: 5rem; object-fit: cover; border-radius: .3rem; }
        .embed .picture { grid-column: 1 / -1; }
        .embed .fields { grid-column: 1 / -1; display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: .5rem .75rem; margin: .1rem 0 0; }
        .fields > div { grid-column: span 6; }
        .fields > div.inline { grid-column: span 2; }
        .fields > div.inline.pair { grid-column: span 3; }
        .fields dt { font-weight: 700; font-size: .84rem; }
        .fields dd { margin: 0; white-space: pre-wrap; }
        .embed .end { grid-column: 1 / -1; color: var(--soft); font-size: .76rem; margin-top: .15rem; }
        .picture, .shot { display: block; max-width: min(100%, 30rem); max-height: 22rem; border-radius: .4rem; margin-top: .3rem; }
        .elsewhere { display: inline-block; border: 1px dashed var(--line); border-radius: .4rem; color: var(--soft); font-size: .8rem; padding: .6rem .8rem; }
        .file { display: inline-flex; gap: .75rem; align-items: center; border: 1px solid var(--line); background: var(--raised); border-radius: .5rem; padding: .6rem .9rem; margin-top: .3rem; }
        .file small { color: var(--soft); display: block; }

        .row { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .4rem; }
        .button { border: 0; border-radius: .5rem; padding: .42rem .95rem; min-height: 2.1rem; color: #fff; background: var(--grey); cursor: pointer; font-size: .88rem; font-weight: 500; text-decoration: none; display: inline-flex; gap: .4rem; align-items: center; }
        .button.blue { background: var(--blue); } .button.green { background: var(--green); } .button.red { background: var(--red); } .button.grey { background: var(--grey); }
        .button:hover:not(:disabled) { filter: brightness(1.12); }
        .button:disabled { opacity: .5; cursor: not-allowed; }
        .button[aria-busy="true"] { opacity: .7; }
        .choice { width: min(100%, 25rem); border: 1px solid var(--line); border-radius: .5rem; background: var(--raised); padding: .5rem .7rem; }
        .choice option { background: var(--back); color: var(--ink); }
        .many { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .8rem .7rem; margin: 0; max-width: 25rem; }
        .many legend { font-size: .8rem; color: var(--soft); padding: 0 .3rem; }
        .many label { display: flex; gap: .5rem; align-items: baseline; padding: .15rem 0; font-size: .9rem; }
        .many small { color: var(--soft); }
        .reactions { display: flex; flex-wrap: wrap; gap: .3rem; margin-top: .3rem; }
        .reactions button { border: 1px solid var(--line); background: var(--raised); border-radius: .5rem; padding: .05rem .45rem; font-size: .85rem; cursor: pointer; }
        .reactions button[aria-pressed="true"] { border-color: var(--blue); background: var(--private); }
        .container { border: 1px solid var(--line); border-left: .25rem solid var(--line); border-radius: .5rem; background: var(--raised); padding: .6rem .9rem; margin-top: .3rem; max-width: 38rem; }
        .section { display: flex; justify-content: space-between; gap: 1rem; align-items: start; }
        .container hr { border: 0; border-top: 1px solid var(--line); margin: .6rem 0; }
        @media (max-width: 700px) {
          .message { grid-template-columns: 2.1rem minmax(0, 1fr); gap: 0 .7rem; padding-inline: .7rem; }
          .avatar:not(.tiny):not(.small) { width: 2.1rem; height: 2.1rem; }
          .fields > div.inline { grid-column: span 3; }
          .embed .thumb { width: 3.5rem; height: 3.5rem; }
        }
        """#
}
