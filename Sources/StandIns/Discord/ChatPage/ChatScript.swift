// The page's main script: rooms, people, the log of messages and its live feed.

extension ChatPage {
    static let chatScript = #"""
        // The page: rooms, people, the log of messages and its live feed.

        import { enter, fill, send } from "./composer.js";
        import { showWorld } from "./beside.js";
        import { openForm } from "./forms.js";
        import { element, relative } from "./markdown.js";
        import { avatar, render } from "./message.js";
        import { showTour } from "./tour.js";
        import { world } from "./world.js";

        const byId = id => document.getElementById(id);
        const log = byId("log");
        const scroll = byId("scroll");
        const typing = new Map();
        const unread = new Map();
        const waiting = new Map();
        let room = null;
        let messages = [];
        let feed = null;
        let delay = 500;

        const wanted = new URLSearchParams(location.hash.slice(1));

        world.onTrouble = text => {
          byId("trouble").hidden = !text;
          byId("trouble").textContent = text ? text.slice(0, 1).toUpperCase() + text.slice(1) : "";
        };

        // MARK: Rooms and people

        function rooms() {
          const direct = { id: world.household.direct, name: "Autoplex", title: "@Autoplex", topic: "Just the two of you", writable: true, isDirect: true };
          return [...world.channels().map(channel => ({ ...channel, title: "#" + channel.name })), direct];
        }

        function showRooms() {
          const row = one => {
            const count = unread.get(one.id) ?? 0;
            return element("li", {}, element("button", { type: "button", "aria-current": one.id === room?.id ? "page" : null, onclick: () => open(one.id) }, one.isDirect ? avatar(world.person(world.household.bot), "tiny") : element("span", { class: "sign", "aria-hidden": "true" }, "#"), one.name, count ? element("span", { class: "unread", "aria-label": `${count} unread` }, String(count)) : ""));
          };
          byId("channels").replaceChildren(...rooms().filter(one => !one.isDirect).map(row));
          byId("direct").replaceChildren(...rooms().filter(one => one.isDirect).map(row));
        }

        function showPeople() {
          const role = person => person.owner ? "owner" : person.admin ? "admin" : person.roles.length ? person.roles.join(", ").toLowerCase() : "member";
          byId("viewer").replaceChildren(...world.people().filter(person => !person.bot).map(person => element("option", { value: person.id, selected: person.id === world.viewer }, `${person.display} (${role(person)})`)));
          const mine = avatar(world.person(world.viewer), "small");
          mine.id = "self-avatar";
          byId("self-avatar").replaceWith(mine);
        }

        async function become(viewer) {
          world.viewer = viewer;
          const before = room?.isDirect ? "direct" : room?.name ?? wanted.get("channel");
          world.household = await world.get("household");
          world.viewer = world.household.viewer;
          document.title = `${world.household.server.name} · Autoplex demo`;
          byId("server-name").textContent = world.household.server.name;
          unread.clear();
          typing.clear();
          showPeople();
          showExamples();
          showWorld();
          listen();
          const next = rooms().find(one => before === "direct" ? one.isDirect : one.name === before) ?? rooms()[0];
          await open(next.id);
          showTour({ enter: enterAsHost, send });
        }

        // The tour speaks as the owner, who may see and do everything.
        async function enterAsHost(name) {
          const host = world.people().find(person => person.owner);
          if (host && host.id !== world.viewer) await become(host.id);
          const there = rooms().find(one => one.name === name);
          if (there && there.id !== room?.id) await open(there.id);
          showEnd();
        }

        async function open(id) {
          room = rooms().find(one => one.id === id);
          unread.delete(id);
          byId("room-name").textContent = room.isDirect ? "@ " + room.name : "# " + room.name;
          byId("room-topic").textContent = room.topic ?? "";
          byId("side").classList.remove("open");
          byId("menu").setAttribute("aria-expanded", "false");
          world.onTrouble(null);
          showRooms();
          enter(room);
          // What was said before is not read aloud again.
          log.setAttribute("aria-busy", "true");
          [messages, world.commands] = await Promise.all([world.get(`channels/${id}/messages`), world.get(`channels/${id}/commands`)]);
          showMessages();
          showEnd();
          log.removeAttribute("aria-busy");
          showTyping();
          const person = world.person(world.viewer);
          history.replaceState(null, "", `#as=${person.name}&channel=${room.isDirect ? "direct" : room.name}`);
        }

        function showExamples() {
          byId("examples").replaceChildren(...world.household.examples.map(text => element("button", { type: "button", onclick: () => text.endsWith(" ") ? fill(text) : send(text) }, text.endsWith(" ") ? text + "…" : text)));
        }

        // MARK: Messages

        function showMessages() {
          const nodes = [];
          let day = "";
          messages.forEach((message, index) => {
            const date = new Date(message.timestamp);
            if (date.toDateString() !== day) {
              day = date.toDateString();
              nodes.push(element("li", { class: "day" }, new Intl.DateTimeFormat(undefined, { dateStyle: "long" }).format(date)));
            }
            nodes.push(render(message, messages[index - 1], world));
          });
          log.replaceChildren(...nodes);
        }

        // Whoever reads the end stays there when something is added, and when a picture in it comes later; whoever scrolled
        // up stays too, until they speak themselves.
        let isAtEnd = true;
        function showEnd() { isAtEnd = true; scroll.scrollTop = scroll.scrollHeight; }
        for (const way of ["wheel", "touchmove", "keyup", "pointerup"]) {
          scroll.addEventListener(way, () => requestAnimationFrame(() => {
            isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
          }), { passive: true });
        }
        new ResizeObserver(() => { if (isAtEnd) showEnd(); }).observe(log);


        function created(message) {
          clearTyping(message.author.id);
          if (message.channel_id !== room.id) {
            if (message.author.id !== world.viewer) unread.set(message.channel_id, (unread.get(message.channel_id) ?? 0) + 1);
            return showRooms();
          }
          if (messages.some(known => known.id === message.id)) return;
          messages.push(message);
          if (messages.length > 400) { messages = messages.slice(-300); return showMessages(); }
          const before = messages.at(-2);
          if (!before || new Date(before.timestamp).toDateString() !== new Date(message.timestamp).toDateString()) showMessages();
          else log.append(render(message, before, world));
          if (message.author.id === world.viewer) showEnd();
        }

        function edited(message) {
          const index = messages.findIndex(known => known.id === message.id);
          if (index < 0) return;
          messages[index] = message;
          const old = byId("m" + message.id);
          // Whoever stands on a button stays on it when the message is drawn anew.
          const held = [...old.querySelectorAll("button, select")].indexOf(document.activeElement);
          const fresh = render(message, messages[index - 1], world);
          old.replaceWith(fresh);
          if (held >= 0) fresh.querySelectorAll("button, select")[held]?.focus();
        }

        function deleted(id) {
          messages = messages.filter(message => message.id !== id);
          showMessages();
        }

        // MARK: Typing

        function clearTyping(user) {
          clearTimeout(typing.get(user)?.timer);
          typing.delete(user);
          showTyping();
        }

        function isTyping(user, channel) {
          clearTimeout(typing.get(user)?.timer);
          typing.set(user, { channel, timer: setTimeout(() => clearTyping(user), 10000) });
          showTyping();
        }

        function showTyping() {
          const names = [...typing].filter(([, state]) => state.channel === room?.id).map(([user]) => world.person(user)?.display ?? "Somebody");
          const dots = () => element("span", { class: "dots", "aria-hidden": "true" }, element("i"), element("i"), element("i"));
          byId("typing").replaceChildren(...(names.length ? [dots(), `${names.join(" and ")} ${names.length > 1 ? "are" : "is"} typing…`] : []));
        }

        // MARK: The feed

        function listen() {
          feed?.close();
          const address = new URL("api/feed?as=" + world.viewer, location.href);
          address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
          address.hash = "";
          const socket = new WebSocket(address);
          feed = socket;
          socket.onopen = () => {
            if (delay > 500 && room) open(room.id);
            delay = 500;
            byId("line").textContent = "";
          };
          socket.onmessage = event => { if (socket === feed) hear(JSON.parse(event.data)); };
          socket.onclose = () => {
            if (socket !== feed) return;
            byId("line").textContent = "Not connected, trying again…";
            delay = Math.min(delay * 2, 10000);
            setTimeout(() => { if (socket === feed) listen(); }, delay);
          };
        }

        function told(name, detail) { document.dispatchEvent(new CustomEvent(name, { detail })); }

        async function hear(news) {
          switch (news.kind) {
            case "created": created(news.message); return told("heard", news.message);
            case "edited": edited(news.message); return told("heard", news.message);
            case "deleted": return deleted(news.id);
            case "typing": return isTyping(news.user, news.channel);
            case "asked":
              // As long as Discord waits for a first answer, and a little for the way.
              waiting.set(news.interaction, setTimeout(() => {
                clearTyping(world.household.bot);
                world.onTrouble("The application did not respond.");
              }, 3300));
              return isTyping(world.household.bot, news.channel);
            case "answered":
              clearTimeout(waiting.get(news.interaction));
              waiting.delete(news.interaction);
              clearTyping(world.household.bot);
              if (news.modal) openForm(news.interaction, news.modal);
              return;
            case "commands": if (room) world.commands = await world.get(`channels/${room.id}/commands`); return;
            case "household": world.household = await world.get("household"); showPeople(); return showRooms();
          }
        }

        // MARK: Beginning

        byId("viewer").addEventListener("change", event => become(event.target.value));
        byId("menu").addEventListener("click", () => {
          const isOpen = byId("side").classList.toggle("open");
          byId("menu").setAttribute("aria-expanded", String(isOpen));
        });
        scroll.addEventListener("click", () => byId("side").classList.remove("open"));
        byId("theme").addEventListener("click", () => {
          const isDark = (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
          document.documentElement.dataset.theme = isDark ? "light" : "dark";
          try { localStorage.setItem("theme", document.documentElement.dataset.theme); } catch { /* private windows may not */ }
        });
        try {
          const theme = wanted.get("theme") ?? localStorage.getItem("theme");
          if (theme) document.documentElement.dataset.theme = theme;
        } catch { /* as above */ }
        setInterval(() => {
          for (const node of document.querySelectorAll("time[data-relative]")) node.textContent = relative(Number(node.dataset.relative));
        }, 15000);

        world.get("household" + (wanted.get("as") ? "?name=" + encodeURIComponent(wanted.get("as")) : ""))
          .then(household => become(household.viewer))
          .then(() => byId("entry").focus())
          .catch(error => world.onTrouble("The stand-in does not answer: " + error.message));
        """#
}
