// The field for writing: plain words, or a slash command with suggestions (the combobox pattern of WAI-ARIA).

extension ChatPage {
    static let composerScript = #"""
        // The field at the bottom: plain words, or a slash command with its suggestions (the combobox pattern of WAI-ARIA).

        import { element } from "./markdown.js";
        import { meant, missing, read, suggestions } from "./slash.js";
        import { world } from "./world.js";

        const entry = document.getElementById("entry");
        const form = document.getElementById("form");
        const offer = document.getElementById("offer");
        const head = document.getElementById("offer-head");
        const list = document.getElementById("offer-list");

        let channel = null;
        let items = [];
        let selected = 0;
        let asked = 0;

        export function enter(room) {
          channel = room;
          entry.disabled = !room.writable;
          entry.placeholder = room.writable ? `Message ${room.title}, or / for commands` : "You may not write here";
          close();
        }

        export function fill(text) {
          entry.value = text;
          entry.focus();
          grow();
          refresh();
        }

        function grow() {
          entry.style.height = "auto";
          entry.style.height = entry.scrollHeight + "px";
        }

        function close() {
          offer.hidden = true;
          items = [];
          entry.setAttribute("aria-expanded", "false");
          entry.removeAttribute("aria-activedescendant");
        }

        async function refresh() {
          asked += 1;
          const mine = asked;
          const text = entry.value;
          if (!text.startsWith("/") || text.includes("\n")) return close();
          const found = await suggestions(text, world.commands, world, channel.id);
          // An answer that comes after more was typed is no longer one.
          if (mine !== asked) return;
          items = found.items;
          selected = 0;
          head.textContent = found.head;
          offer.hidden = false;
          show();
        }

        function show() {
          list.replaceChildren(...items.map((item, index) => {
            const row = element("li", { id: "offer" + index, role: "option", "aria-selected": String(index === selected) }, element("b", {}, item.label), element("span", { class: "args" }, item.args ?? ""), element("span", { class: "about" }, item.about ?? ""));
            row.addEventListener("mousedown", event => { event.preventDefault(); take(index); });
            return row;
          }));
          entry.setAttribute("aria-expanded", String(items.length > 0));
          if (items.length) {
            entry.setAttribute("aria-activedescendant", "offer" + selected);
            list.children[selected].scrollIntoView({ block: "nearest" });
          } else entry.removeAttribute("aria-activedescendant");
        }

        function take(index) {
          entry.value = items[index].text;
          entry.setSelectionRange(entry.value.length, entry.value.length);
          grow();
          refresh();
        }

        // Enter sends what is complete, else it takes the suggestion.
        function isReady(state) {
          return state.command && missing(state).length === 0 && (!state.current || state.current.typed !== "" || !items.length);
        }

        export async function send(text) {
          const words = text.trim();
          if (!words || !channel) return true;
          document.dispatchEvent(new CustomEvent("sent", { detail: words }));
          if (words.startsWith("/")) {
            const state = read(words, world.commands);
            if (!state.command) { world.onTrouble("There is no such command here. Type / to see them."); return false; }
            const lacking = missing(state);
            if (lacking.length) { world.onTrouble(`/${state.command.path} needs ${lacking.join(" and ")}.`); return false; }
            return await world.act("slash", { channel: channel.id, path: state.command.path, options: meant(state) }) !== null;
          }
          // People write @Name; the wire has ids.
          const wired = words.replace(/@([\p{L}\p{N}_-]+)/gu, (all, name) => {
            const person = world.people().find(person => [person.display, person.name].some(known => known.toLowerCase() === name.toLowerCase()));
            return person ? `<@${person.id}>` : all;
          });
          return await world.act("say", { channel: channel.id, text: wired }) !== null;
        }

        async function submit() {
          const text = entry.value;
          entry.value = "";
          grow();
          close();
          if (!await send(text)) { entry.value = text; grow(); }
        }

        entry.addEventListener("input", () => { grow(); refresh(); });
        entry.addEventListener("blur", () => setTimeout(close, 150));
        entry.addEventListener("focus", refresh);
        form.addEventListener("submit", event => { event.preventDefault(); submit(); });
        entry.addEventListener("keydown", event => {
          const isOpen = !offer.hidden && items.length > 0;
          if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
            event.preventDefault();
            selected = (selected + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length;
            show();
          } else if (isOpen && event.key === "Tab" && !event.shiftKey) {
            event.preventDefault();
            take(selected);
          } else if (event.key === "Escape" && !offer.hidden) {
            event.preventDefault();
            close();
          } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            const state = entry.value.startsWith("/") ? read(entry.value, world.commands) : null;
            if (isOpen && state && !isReady(state)) take(selected);
            else submit();
          }
        });
        """#
}
