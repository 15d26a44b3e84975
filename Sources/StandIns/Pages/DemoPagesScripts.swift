// The scripts of the demo's pages beside the chat. They build nodes and never HTML from strings.

extension DemoPages {
    /// On every page: the colours chosen in the chat, and that the tour knows where one has been.
    static let pageScript = #"""
        // The colours chosen in the chat hold here too, and the tour is told where one has been.

        try {
          const theme = localStorage.getItem("theme");
          if (theme) document.documentElement.dataset.theme = theme;
          const seen = JSON.parse(localStorage.getItem("demo-seen") ?? "{}");
          seen["/" + location.pathname.split("/")[1]] = true;
          localStorage.setItem("demo-seen", JSON.stringify(seen));
          const tour = JSON.parse(localStorage.getItem("demo-tour") ?? "null");
          if (tour?.isOn) {
            const link = document.createElement("a");
            link.href = "/chat/";
            link.textContent = "Back to the tour";
            const hint = document.getElementById("tour-hint");
            hint.append("You are on the tour. ", link, ".");
            hint.hidden = false;
          }
        } catch { /* private windows may not */ }
        """#

    static let mailScript = #"""
        // The list follows what comes; a letter is as high as it is long.

        const list = document.getElementById("letters");
        if (list) {
          let known = new Set([...list.querySelectorAll("a")].map(link => link.getAttribute("href")));
          async function look() {
            const answer = await fetch(location.pathname, { cache: "no-store" });
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const fresh = page.getElementById("letters");
            for (const row of fresh.querySelectorAll("li")) {
              if (!known.has(row.querySelector("a")?.getAttribute("href"))) row.classList.add("fresh");
            }
            const held = document.activeElement?.getAttribute?.("href");
            list.replaceChildren(...fresh.children);
            document.getElementById("none").hidden = list.children.length > 0;
            if (held) list.querySelector(`a[href="${held}"]`)?.focus();
            document.getElementById("count").textContent = page.getElementById("count").textContent;
          }
          const line = new EventSource("/mail/news/events");
          line.addEventListener("letter", () => look().catch(() => {}));
          addEventListener("pagehide", () => line.close());
        }

        const frame = document.querySelector("iframe");
        if (frame) {
          const fit = () => {
            const height = frame.contentDocument?.documentElement?.scrollHeight;
            if (height) frame.style.height = height + 2 + "px";
          };
          frame.addEventListener("load", fit);
          addEventListener("resize", fit);
          fit();
        }
        """#

    static let journalScript = #"""
        // The journal, live: newest first, never more than there is room for, and quiet while paused.

        const most = 400;
        const byId = id => document.getElementById(id);
        const place = byId("lines");
        let lines = [];
        let isPaused = false;
        let isDue = false;

        function element(name, className, text) {
          const node = document.createElement(name);
          if (className) node.className = className;
          node.append(text);
          return node;
        }

        const when = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

        function row(line) {
          const item = document.createElement("li");
          const time = element("time", "", when.format(new Date(line.at)));
          time.dateTime = new Date(line.at).toISOString();
          const what = element("span", "what", element("code", "", line.path || "?"));
          const isGood = line.status !== null && line.status < 400;
          item.append(time, element("b", "", line.service), element("span", "method", line.method), what,
            element("span", "status " + (isGood ? "good" : "bad"), line.status === null ? "no answer" : String(line.status)));
          return item;
        }

        function show() {
          isDue = false;
          const service = byId("service").value;
          const shown = lines.filter(line => !service || line.service === service).slice(-150);
          place.replaceChildren(...shown.slice().reverse().map(row));
          byId("none").hidden = shown.length > 0;
          const names = [...new Set(lines.map(line => line.service))].sort();
          const known = [...byId("service").options].slice(1).map(option => option.value);
          for (const name of names) {
            if (!known.includes(name)) byId("service").append(new Option(name === "Autoplex" ? "Autoplex (hooks it was sent)" : name, name));
          }
        }

        function later() {
          if (isPaused || isDue) return;
          isDue = true;
          requestAnimationFrame(show);
        }

        const feed = new EventSource("/journal/events");
        feed.addEventListener("open", () => { byId("line").textContent = "Live"; });
        feed.addEventListener("all", event => { lines = JSON.parse(event.data); later(); });
        feed.addEventListener("line", event => {
          lines.push(JSON.parse(event.data));
          if (lines.length > most) lines = lines.slice(-most);
          later();
        });
        feed.addEventListener("error", () => { byId("line").textContent = "Not connected, trying again…"; });
        addEventListener("pagehide", () => feed.close());
        byId("service").addEventListener("change", show);
        byId("pause").addEventListener("click", () => {
          isPaused = !isPaused;
          byId("pause").setAttribute("aria-pressed", String(isPaused));
          byId("pause").textContent = isPaused ? "Go on" : "Pause";
          byId("line").textContent = isPaused ? "Paused" : "Live";
          if (!isPaused) show();
        });
        """#
}
