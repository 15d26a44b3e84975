// The one script of the dashboard: puts in place what changed on the page that is open. It touches only blocks that are
// others than before, never the one in which somebody is typing or reading with the keyboard.

enum LiveScript {
    static let text = """
        "use strict";
        const page = document.getElementById("main");
        const place = document.getElementById("blocks");
        const state = document.getElementById("live");

        function show(html) {
          const news = document.createElement("template");
          news.innerHTML = html;
          const fresh = [...news.content.children];
          const shown = [...place.children];
          fresh.forEach((block, number) => {
            const old = shown[number];
            if (!old) place.append(block);
            else if (old.innerHTML !== block.innerHTML && !old.contains(document.activeElement)) old.replaceWith(block);
          });
          shown.slice(fresh.length).forEach((block) => {
            if (!block.contains(document.activeElement)) block.remove();
          });
        }

        if (page && page.dataset.live) {
          const line = new EventSource(page.dataset.live);
          line.addEventListener("open", () => { state.textContent = "Live"; });
          line.addEventListener("blocks", (event) => show(JSON.parse(event.data)));
          line.addEventListener("end", () => { line.close(); state.textContent = "You are logged out"; });
          line.addEventListener("error", () => {
            state.textContent = line.readyState === EventSource.CLOSED ? "Not live: load the page again" : "Trying again …";
          });
        }

        """
}
