// The dashboard's one stylesheet: light and dark by what the reader's system says, a telephone's width up to a wide
// screen, and nothing that moves for who asked for that. Colours are pairs of at least 4.5 : 1 (WCAG 2.2, 1.4.3).

enum Stylesheet {
    static let text = """
        :root { color-scheme: light dark; --back: #f4f1ea; --card: #ffffff; --ink: #1f2328; --soft: #59616b; --line: #ddd6c8;
          --gold: #8a5a00; --on: #ffffff; --good: #1a7046; --warn: #8a5a00; --bad: #b3261e; --tint: #faf6ec; }
        @media (prefers-color-scheme: dark) { :root { --back: #15181d; --card: #1e232a; --ink: #e9ebee; --soft: #a9b1bb;
          --line: #353c47; --gold: #f0b429; --on: #1b1200; --good: #5fcf93; --warn: #f0b429; --bad: #ff8a80; --tint: #242a32; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 Inter, system-ui, sans-serif; overflow-wrap: anywhere; }
        a { color: var(--gold); }
        a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, .wide:focus-visible, pre:focus-visible { outline: 3px solid var(--gold); outline-offset: 2px; }
        .skip { position: absolute; left: -9999px; }
        .skip:focus { left: 12px; top: 12px; padding: 8px 14px; background: var(--card); z-index: 2; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        header { display: flex; flex-wrap: wrap; gap: 6px 18px; align-items: center; padding: 10px 20px; background: var(--card); border-bottom: 1px solid var(--line); }
        header .name { font-weight: 800; font-size: 19px; color: var(--ink); text-decoration: none; }
        nav ul { display: flex; flex-wrap: wrap; gap: 4px; margin: 0; padding: 0; list-style: none; }
        nav a { display: block; padding: 7px 11px; white-space: nowrap; border-radius: 8px; color: var(--ink); text-decoration: none; }
        nav a:hover { background: var(--tint); }
        nav a[aria-current] { background: var(--gold); color: var(--on); font-weight: 600; }
        .count { display: inline-block; min-width: 22px; padding: 0 6px; border-radius: 11px; background: var(--bad); color: var(--card); font-size: 13px; text-align: center; }
        header nav { flex: 1 1 auto; } header nav a { padding: 7px 9px; }
        .leave { display: flex; gap: 10px; align-items: center; margin: 0; color: var(--soft); font-size: 14px; }
        main { max-width: 1240px; margin: 0 auto; padding: 20px; }
        .head { display: flex; gap: 16px; align-items: baseline; justify-content: space-between; }
        h1 { margin: 6px 0 14px; font-size: 28px; line-height: 1.2; }
        h2 { margin: 0 0 10px; font-size: 18px; line-height: 1.3; }
        .live { white-space: nowrap; margin: 0; color: var(--soft); font-size: 14px; }
        section { margin: 0 0 18px; }
        section > h2 { margin-top: 26px; }
        .panel { overflow: hidden; padding: 18px 20px; background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--line); border-radius: 12px; }
        .panel.good { border-left-color: var(--good); } .panel.warning { border-left-color: var(--warn); } .panel.bad { border-left-color: var(--bad); }
        .panel .line { margin: 0 0 6px; min-height: 1em; }
        .panel dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 14px 24px; margin: 14px 0 0; }
        .panel dt { font-weight: 650; } .panel dd { margin: 2px 0 0; color: var(--soft); }
        .panel footer { margin-top: 12px; color: var(--soft); font-size: 14px; }
        .panel footer:empty { display: none; }
        img.full { display: block; max-width: 100%; height: auto; margin-top: 14px; border-radius: 8px; }
        img.small { float: right; max-width: 96px; max-height: 130px; margin: 0 0 10px 16px; border-radius: 6px; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr)); gap: 12px; margin: 0; }
        .figure { padding: 14px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
        .figure dt { color: var(--soft); font-size: 14px; } .figure dd { margin: 0; }
        .figure .value { display: block; font-size: 25px; font-weight: 700; } .figure .detail { color: var(--soft); font-size: 14px; }
        .figure.good .value, td.good { color: var(--good); } .figure.warning .value, td.warning { color: var(--warn); } .figure.bad .value, td.bad { color: var(--bad); }
        .wide { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
        table { width: 100%; border-collapse: collapse; }
        th, td { padding: 9px 14px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
        tr:last-child td { border-bottom: 0; }
        th { color: var(--soft); font-size: 14px; font-weight: 600; white-space: nowrap; }
        td { overflow-wrap: break-word; } td time, td code { white-space: nowrap; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        td.forms { text-align: right; white-space: nowrap; } td.forms form { display: inline-flex; margin: 0 0 4px 6px; }
        td.forms button { padding: 4px 10px; min-height: 32px; }
        form { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; }
        label { display: flex; flex-direction: column; gap: 3px; color: var(--soft); font-size: 14px; }
        input, select, button, .button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 7px 12px; min-height: 38px; }
        input, select { border-color: var(--soft); max-width: 100%; }
        button, .button { display: inline-block; cursor: pointer; text-decoration: none; border-color: var(--soft); }
        button:hover, .button:hover { background: var(--tint); }
        button.main { background: var(--gold); border-color: var(--gold); color: var(--on); font-weight: 600; }
        button.danger { border-color: var(--bad); color: var(--bad); font-weight: 600; }
        .told { margin: 0 0 16px; padding: 11px 16px; background: var(--card); border: 1px solid var(--good); border-radius: 10px; }
        .told.warning { border-color: var(--warn); } .told.bad { border-color: var(--bad); }
        .empty, .words { color: var(--soft); margin: 0 0 12px; } .more { margin: 10px 0 0; }
        .views { margin: 0 0 4px; } .views a { border: 1px solid var(--line); background: var(--card); } .views a[aria-current] { background: var(--gold); border-color: var(--gold); }
        pre { margin: 8px 0; padding: 12px; overflow-x: auto; white-space: pre; background: var(--tint); border-radius: 8px; font-size: 14px; }
        code { padding: 1px 5px; background: var(--tint); border-radius: 5px; font-size: 0.92em; } pre code { padding: 0; } dd pre { white-space: pre-wrap; }
        .letter { width: 100%; height: 78vh; border: 1px solid var(--line); border-radius: 12px; background: #ffffff; }
        .door { max-width: 520px; margin: 9vh auto; padding: 32px; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
        @media (max-width: 700px) {
          main { padding: 14px; } header { padding: 10px 14px; } .door { margin: 0; min-height: 100vh; border: 0; border-radius: 0; }
          header nav { order: 3; flex-basis: 100%; } nav a { padding: 6px 9px; } .leave { flex: 1; justify-content: end; }
          table, tbody, tr, td { display: block; } thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          tr { padding: 10px 0; border-bottom: 1px solid var(--line); } tr:last-child { border-bottom: 0; }
          td { display: flex; gap: 14px; justify-content: space-between; padding: 4px 14px; border: 0; text-align: right; }
          .cell { min-width: 0; overflow-wrap: anywhere; } td time, td code { white-space: normal; }
          td::before { content: attr(data-column); color: var(--soft); text-align: left; flex: 0 0 34%; }
          td:empty { display: none; } td.forms { display: block; white-space: normal; } td.forms::before { content: none; } .number { white-space: normal; }
        }
        @media (prefers-reduced-motion: no-preference) { a, button { transition: background-color 0.12s; } }

        """
}

/// The window's little picture.
enum Icon {
    static let text = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#1b1f26"/>\
        <path d="M18 46 32 14l14 32h-8l-6-15-6 15z" fill="#f0b429"/></svg>

        """
}
