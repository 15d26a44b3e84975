// The demo's chat page. Its script and style are files of their own, so that the strictest content policy holds.

extension ChatPage {
    static let chatHTML = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        <meta name="color-scheme" content="light dark">
        <title>The Household · Autoplex demo</title>
        <link rel="icon" href="icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="chat.css">
        <link rel="stylesheet" href="messages.css">
        <link rel="stylesheet" href="beside.css">
        <script type="module" src="app.js"></script>
        </head>
        <body>
        <a class="skip" href="#entry">Skip to the message field</a>
        <header id="bar" class="bar" hidden><span class="home"><span aria-hidden="true">▶</span> Autoplex demo</span>
        <nav aria-label="The demo's pages"><ul id="pages"></ul></nav>
        <button id="beside-open" type="button" class="plain-button" aria-expanded="false" aria-controls="beside">Tour and world</button></header>
        <div class="house">
          <aside id="side" class="side" aria-label="Server">
            <header class="server">
              <span class="mark" aria-hidden="true">▶</span>
              <span><strong id="server-name">The Household</strong><small>a stand-in of Discord, on this machine only</small></span>
            </header>
            <nav aria-label="Channels">
              <h2>Channels</h2>
              <ul id="channels" class="rooms"></ul>
              <h2>Direct messages</h2>
              <ul id="direct" class="rooms"></ul>
            </nav>
            <footer class="self">
              <span id="self-avatar" class="avatar small" aria-hidden="true"></span>
              <label for="viewer">You are</label>
              <select id="viewer"></select>
              <button id="theme" type="button" class="plain" aria-label="Switch between light and dark">◐</button>
            </footer>
          </aside>
          <main class="room">
            <header class="top">
              <button id="menu" type="button" class="plain menu" aria-expanded="false" aria-controls="side" aria-label="Channels and people">☰</button>
              <h1 id="room-name">…</h1>
              <p id="room-topic"></p>
              <span id="line" class="line" role="status"></span>
            </header>
            <div id="scroll" class="scroll" tabindex="0" aria-label="Messages" role="region">
              <section id="welcome" class="welcome" aria-label="Welcome">
                <h2>Say something to Autoplex</h2>
                <p>This is a small household with a real bot in it. You may be anybody: choose a person at the lower left, write below, or try one of these.</p>
                <div id="examples" class="examples"></div>
              </section>
              <div role="log" aria-live="polite" aria-relevant="additions" aria-label="What was said"><ol id="log" class="log"></ol></div>
            </div>
            <div class="foot">
              <p id="typing" class="typing" role="status"></p>
              <p id="trouble" class="trouble" role="alert" hidden></p>
              <div id="offer" class="offer" hidden>
                <p id="offer-head" class="offer-head"></p>
                <ul id="offer-list" role="listbox" aria-label="Suggestions"></ul>
              </div>
              <form id="form" class="entry" autocomplete="off">
                <label class="hidden" for="entry">Message</label>
                <textarea id="entry" rows="1" maxlength="2000" role="combobox" aria-expanded="false" aria-controls="offer-list" aria-autocomplete="list" enterkeyhint="send" spellcheck="false"></textarea>
                <button id="send" type="submit" aria-label="Send">➤</button>
              </form>
            </div>
          </main>
          <aside id="beside" class="beside" aria-label="Tour and world" hidden>
            <button id="beside-close" type="button" class="plain close" aria-label="Close">✕</button>
            <section id="tour" class="tour" aria-labelledby="tour-title" hidden>
              <h2 id="tour-title">A tour of five minutes</h2>
              <p id="tour-place" class="place"></p>
              <progress id="tour-progress" aria-label="How far the tour is" max="1" value="0"></progress>
              <div id="tour-step"></div>
              <p id="tour-note" class="note" role="status"></p>
              <details id="tour-all"><summary>All steps</summary><ol id="tour-steps"></ol></details>
            </section>
            <section id="world" aria-labelledby="world-title" hidden>
              <h2 id="world-title">The world around the bot</h2>
              <p class="clock">It is <time id="today"></time> here.</p>
              <p id="day-note" class="note" role="status"></p>
              <div id="controls"></div>
            </section>
          </aside>
        </div>
        <dialog id="dialog" aria-labelledby="dialog-title">
          <form id="dialog-form" method="dialog">
            <h2 id="dialog-title"></h2>
            <div id="dialog-fields"></div>
            <div class="dialog-buttons">
              <button type="button" id="dialog-cancel" class="button grey">Cancel</button>
              <button type="submit" class="button blue">Submit</button>
            </div>
          </form>
        </dialog>
        </body>
        </html>
        """#
}
