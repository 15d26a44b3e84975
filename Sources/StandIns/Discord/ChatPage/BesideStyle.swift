// The style of what stands around the chat in the demo: the bar with its pages, the tour, and the world's buttons; beside
// the chat where there is room, over it on a telephone.

extension ChatPage {
    static let besideStyle = #"""
        [hidden] { display: none !important; }
        body { display: flex; flex-direction: column; height: 100dvh; }
        body > .house { flex: 1; height: auto; min-height: 0; }
        .bar { display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: center; padding: .35rem 1rem; background: var(--raised); border-bottom: 1px solid var(--line); }
        .bar .home { font-weight: 700; white-space: nowrap; } .bar .home span { color: var(--accent); }
        .bar ul { display: flex; flex-wrap: wrap; gap: .15rem; list-style: none; margin: 0; padding: 0; }
        .bar li a { display: block; padding: .3rem .7rem; border-radius: .5rem; color: var(--ink); text-decoration: none; }
        .bar li a:hover { background: var(--hover); }
        .bar li a[aria-current] { background: var(--ink); color: var(--back); font-weight: 600; }
        .plain-button { display: none; margin-left: auto; border: 1px solid var(--soft); border-radius: .5rem; background: var(--back); padding: .25rem .7rem; cursor: pointer; }
        .beside { background: var(--side); border-left: 1px solid var(--line); overflow-y: auto; min-height: 0; padding: .9rem; }
        .beside .close { display: none; float: right; }
        .beside h2 { font-size: 1rem; margin: 0 0 .2rem; }
        .beside section + section { margin-top: 1.1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
        .beside .place, .beside .clock { color: var(--soft); font-size: .85rem; margin: 0; }
        .beside .note { font-size: .9rem; margin: .3rem 0; min-height: 1.3rem; } .beside .note:empty { min-height: 0; margin: 0; }
        .tour progress { width: 100%; height: .5rem; accent-color: var(--green); }
        .tour h3 { font-size: 1rem; margin: .5rem 0 .2rem; } .tour h3 + p { color: var(--soft); margin: 0; }
        .tour code { background: var(--code); border-radius: .25rem; padding: 0 .25rem; }
        .tour .steps { display: flex; flex-wrap: wrap; gap: .4rem; margin: .7rem 0 .2rem; }
        .beside button.do { border: 0; border-radius: .45rem; padding: .4rem .8rem; font-size: .95rem; background: var(--blue); color: #fff; font-weight: 600; cursor: pointer; }
        .beside button.do.done { background: var(--green); }
        .beside button.do:disabled { opacity: .7; cursor: progress; }
        .beside button.less, .controls button { border: 1px solid var(--soft); border-radius: .45rem; padding: .35rem .6rem; background: var(--back); cursor: pointer; font-size: .9rem; }
        .beside button.less:hover, .controls button:hover:enabled { border-color: var(--accent); }
        .tour details { margin-top: .6rem; font-size: .9rem; } .tour summary { cursor: pointer; color: var(--soft); padding: .25rem 0; }
        .tour ol { margin: .3rem 0 0; padding-left: 1.6rem; } .tour li { padding: .1rem 0; }
        .tour li button { border: 0; background: none; padding: .15rem 0; text-align: left; cursor: pointer; color: var(--link); min-height: 1.6rem; }
        .tour li.done::marker { content: "✓ "; color: var(--accent); font-weight: 700; } .tour li[aria-current] button { font-weight: 700; color: var(--ink); }
        .controls { border: 0; margin: .8rem 0 0; padding: 0; min-width: 0; }
        .controls legend { font-size: .8rem; font-weight: 700; color: var(--soft); padding: 0 0 .25rem; }
        .controls .row { display: flex; flex-wrap: wrap; gap: .4rem; align-items: end; margin-bottom: .6rem; }
        .controls label { display: block; flex: 1 1 8rem; min-width: 0; font-size: .78rem; color: var(--soft); }
        .controls select { display: block; width: 100%; min-width: 0; border: 1px solid var(--soft); border-radius: .45rem; background: var(--back); color: var(--ink); padding: .3rem .35rem; font-size: .9rem; }
        .controls button:disabled { opacity: .55; cursor: progress; }
        @media (min-width: 1101px) { .house:has(> .beside:not([hidden])) { grid-template-columns: 240px 1fr 330px; } }
        @media (max-width: 1100px) {
          .plain-button { display: block; }
          .beside { position: fixed; inset: 0 0 0 auto; width: min(92vw, 380px); z-index: 6; box-shadow: var(--shadow); transform: translateX(102%); visibility: hidden; transition: transform .18s, visibility .18s; }
          .beside.open { transform: none; visibility: visible; } .beside .close { display: block; }
        }
        @media (max-width: 700px) { .bar { padding: .3rem .6rem; } .bar .home { display: none; } .bar li a { padding: .3rem .45rem; } .plain-button { padding: .2rem .5rem; } }
        """#
}
