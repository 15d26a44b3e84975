// One message drawn: who, when, what, and what can be pressed.

extension ChatPage {
    static let messageScript = #"""
        // One message: who, when, what, and what can be pressed.

        import { element, markdown, reach } from "./markdown.js";

        const avatarHues = 6;

        export function avatar(person, size = "") {
          const isBot = person?.bot === true;
          const name = person?.display ?? "?";
          const hue = [...(person?.id ?? "0")].reduce((sum, digit) => sum + digit.charCodeAt(0), 0) % avatarHues;
          return element("span", { class: `avatar ${size} ${isBot ? "bot" : "h" + hue}`, "aria-hidden": "true" }, isBot ? "▶" : name.slice(0, 1).toUpperCase());
        }

        function hex(color) { return "#" + Number(color).toString(16).padStart(6, "0"); }

        function clock(date) { return new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(date); }

        function moment(date) {
          const today = new Date();
          const day = 86400000;
          const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
          if (date.getTime() >= midnight && date.getTime() < midnight + day) return "Today at " + clock(date);
          if (date.getTime() >= midnight - day && date.getTime() < midnight) return "Yesterday at " + clock(date);
          return new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" }).format(date);
        }

        // Pictures come from our own origin only; others are named, as the page never asks the network.
        function picture(address, className, alt) {
          const own = /\/attachments\/\d+\/(\d+)\/([^/?]+)/u.exec(address ?? "");
          if (own) return element("img", { class: className, src: `files/${own[1]}/${own[2]}`, alt, loading: "lazy" });
          if (className === "thumb") return null;
          return element("span", { class: "elsewhere" }, "Picture: ", address ?? "");
        }

        function embed(data, world) {
          const text = value => markdown(value, world.names);
          const box = element("article", { class: "embed" });
          if (data.color !== undefined) box.style.borderLeftColor = hex(data.color);
          if (data.author) box.append(element("div", { class: "by" }, data.author.url ? element("a", { href: data.author.url, target: "_blank", rel: "noopener noreferrer" }, data.author.name) : data.author.name));
          if (data.title) box.append(element("div", { class: "title" }, data.url ? element("a", { href: data.url, target: "_blank", rel: "noopener noreferrer" }, data.title) : text(data.title)));
          if (data.description) box.append(element("div", { class: "words text" }, text(data.description)));
          if (data.fields?.length) {
            const list = element("dl", { class: "fields" });
            data.fields.forEach((field, index) => {
              // Two in a row share it by halves, three by thirds, as Discord lays them out.
              let start = index;
              while (start > 0 && data.fields[start - 1].inline) start -= 1;
              let end = index;
              while (end + 1 < data.fields.length && data.fields[end + 1].inline) end += 1;
              const inRow = Math.min(3, end - start + 1 - Math.floor((index - start) / 3) * 3);
              list.append(element("div", { class: field.inline ? (inRow === 2 ? "inline pair" : "inline") : "" }, element("dt", {}, text(field.name)), element("dd", { class: "text" }, text(field.value))));
            });
            box.append(list);
          }
          if (data.thumbnail) box.append(picture(data.thumbnail.url, "thumb", "") ?? "");
          if (data.image) box.append(picture(data.image.url, "picture", data.title ? "Picture: " + data.title : "Picture"));
          const end = [data.footer?.text, data.timestamp ? moment(new Date(data.timestamp)) : null].filter(Boolean).join(" · ");
          if (end) box.append(element("div", { class: "end" }, end));
          return box;
        }

        function attachment(file) {
          if (file.content_type?.startsWith("image/")) return picture(file.url, "shot", file.description ?? file.filename);
          const own = /\/attachments\/\d+\/(\d+)\/([^/?]+)/u.exec(file.url ?? "");
          const size = file.size < 1024 ? `${file.size} bytes` : file.size < 1048576 ? `${Math.round(file.size / 1024)} KB` : `${(file.size / 1048576).toFixed(1)} MB`;
          return element("div", { class: "file" }, element("span", {}, element("a", { href: own ? `files/${own[1]}/${own[2]}` : file.url, download: file.filename }, file.filename), element("small", {}, size)));
        }

        const styles = { 1: "blue", 2: "grey", 3: "green", 4: "red" };

        function emoji(data) { return data?.name ? element("span", { "aria-hidden": "true" }, data.id ? `:${data.name}:` : data.name) : null; }

        function button(data, message, world) {
          if (data.style === 5) return element("a", { class: "button grey", href: reach(data.url), target: "_blank", rel: "noopener noreferrer" }, emoji(data.emoji), data.label ?? "", " ↗");
          const node = element("button", { type: "button", class: `button ${styles[data.style] ?? "grey"}`, disabled: data.disabled, "aria-label": data.label ? null : data.emoji?.name }, emoji(data.emoji), data.label ?? "");
          node.addEventListener("click", async () => {
            node.setAttribute("aria-busy", "true");
            await world.act("press", { message: message.id, custom_id: data.custom_id });
            node.removeAttribute("aria-busy");
          });
          return node;
        }

        function options(data, world) {
          if (data.type === 3) return data.options;
          const people = world.people().map(person => ({ label: person.display, value: person.id }));
          const roles = world.roles().map(role => ({ label: "@" + role.name, value: role.id }));
          const rooms = world.channels().map(room => ({ label: "#" + room.name, value: room.id }));
          return { 5: people, 6: roles, 7: [...people, ...roles], 8: rooms }[data.type] ?? [];
        }

        function menu(data, message, world) {
          const most = data.max_values ?? 1;
          const choose = values => world.act("choose", { message: message.id, custom_id: data.custom_id, values });
          if (most > 1) {
            const set = element("fieldset", { class: "many", disabled: data.disabled }, element("legend", {}, data.placeholder ?? "Choose"));
            for (const option of options(data, world)) {
              set.append(element("label", {}, element("input", { type: "checkbox", value: option.value, checked: option.default }), element("span", {}, option.label, option.description ? element("small", {}, " " + option.description) : "")));
            }
            set.append(element("div", { class: "row" }, element("button", { type: "button", class: "button blue", onclick: () => choose([...set.querySelectorAll("input:checked")].map(input => input.value)) }, "Choose")));
            return set;
          }
          const node = element("select", { class: "choice", disabled: data.disabled, "aria-label": data.placeholder ?? "Choose" });
          const chosen = options(data, world).find(option => option.default);
          if (!chosen) node.append(element("option", { value: "", selected: true, disabled: true }, data.placeholder ?? "Make a selection"));
          for (const option of options(data, world)) {
            node.append(element("option", { value: option.value, selected: option === chosen }, option.description ? `${option.label} — ${option.description}` : option.label));
          }
          node.addEventListener("change", () => choose([node.value]));
          return node;
        }

        function component(data, message, world) {
          const all = items => (items ?? []).map(item => component(item, message, world));
          switch (data.type) {
            case 1: return element("div", { class: "row" }, all(data.components));
            case 2: return button(data, message, world);
            case 3: case 5: case 6: case 7: case 8: return menu(data, message, world);
            case 9: return element("div", { class: "section" }, element("div", {}, all(data.components)), data.accessory ? component(data.accessory, message, world) : "");
            case 10: return element("div", { class: "text" }, markdown(data.content, world.names));
            case 11: return picture(data.media?.url, "shot", data.description ?? "");
            case 12: return element("div", { class: "row" }, data.items.map(item => picture(item.media?.url, "shot", item.description ?? "")));
            case 14: return element("hr");
            case 17: {
              const box = element("div", { class: "container" }, all(data.components));
              if (data.accent_color) box.style.borderLeftColor = hex(data.accent_color);
              return box;
            }
            default: return null;
          }
        }

        function origin(message, world) {
          const asked = message.interaction_metadata;
          if (asked?.name) return element("div", { class: "origin" }, element("b", {}, world.shownName(asked.user)), " used ", element("code", {}, "/" + asked.name));
          if (message.type !== 19) return null;
          const target = message.referenced_message;
          if (!target) return element("div", { class: "origin" }, "Original message was deleted");
          const words = target.content || target.embeds?.[0]?.title || "an attachment";
          const plain = element("span", {}, markdown(words.split("\n")[0], world.names)).textContent;
          return element("div", { class: "origin" }, element("b", {}, world.shownName(target.author)), " ", plain.slice(0, 140));
        }

        function reactions(message, world) {
          if (!message.reactions?.length) return null;
          return element("div", { class: "reactions" }, message.reactions.map(reaction => element("button", { type: "button", "aria-label": `${reaction.emoji.name}, ${reaction.count}`, onclick: () => world.act("react", { message: message.id, emoji: reaction.emoji.name }) }, `${reaction.emoji.name} ${reaction.count}`)));
        }

        // `before`: the message above it, to leave out the name when the same person goes on.
        export function render(message, before, world) {
          const person = message.webhook_id && !world.person(message.author.id) ? { id: message.author.id, display: message.author.username, bot: true } : world.person(message.author.id) ?? { id: message.author.id, display: message.author.global_name ?? message.author.username, bot: message.author.bot };
          const date = new Date(message.timestamp);
          const source = origin(message, world);
          const goesOn = before && !source && before.author.id === message.author.id && before.type !== 20 && date - new Date(before.timestamp) < 420000 && (before.only_for ?? null) === (message.only_for ?? null) && date.toDateString() === new Date(before.timestamp).toDateString();
          const pings = message.mentions?.some(user => user.id === world.viewer) || message.mention_everyone;
          const node = element("li", { class: `message${goesOn ? " more" : ""}${message.only_for ? " private" : ""}${pings ? " pinged" : ""}`, id: "m" + message.id });
          if (source) node.append(source);
          node.append(goesOn ? element("span", { class: "side-time", "aria-hidden": "true" }, clock(date)) : avatar(person));
          const body = element("div", { class: "body" });
          if (!goesOn) {
            const name = element("strong", {}, person.display);
            if (person.color) name.style.color = `color-mix(in srgb, ${hex(person.color)} 50%, var(--ink))`;
            body.append(element("div", { class: "who" }, name, person.bot ? element("span", { class: "badge" }, message.webhook_id && !world.person(message.author.id) ? "WEBHOOK" : "APP") : "", element("time", { class: "when", datetime: message.timestamp }, moment(date))));
          }
          if (message.thinking) {
            body.append(element("div", { class: "thinking" }, element("span", { class: "dots", "aria-hidden": "true" }, element("i"), element("i"), element("i")), `${person.display} is thinking…`));
          } else if (message.content) {
            body.append(element("div", { class: "text" }, markdown(message.content, world.names), message.edited_timestamp ? element("span", { class: "edited" }, " (edited)") : ""));
          }
          for (const data of message.embeds ?? []) body.append(embed(data, world));
          for (const file of message.attachments ?? []) body.append(attachment(file));
          for (const data of message.components ?? []) body.append(component(data, message, world) ?? "");
          const reacted = reactions(message, world);
          if (reacted) body.append(reacted);
          if (message.only_for) {
            body.append(element("div", { class: "only" }, "Only you can see this · ", element("button", { type: "button", onclick: () => world.act("delete", { message: message.id }) }, "Dismiss message")));
          }
          node.append(body);
          return node;
        }
        """#
}
