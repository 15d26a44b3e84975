// Text as Discord shows it (sheet §6). Builds nodes, never HTML from strings: whatever a bot or a person writes
// stays text.

extension ChatPage {
    static let markdownScript = #"""
        // Text as Discord shows it. Builds nodes, never HTML from strings: whatever a bot or a person writes stays text.

        export function element(name, attributes = {}, ...children) {
          const node = document.createElement(name);
          for (const [key, value] of Object.entries(attributes)) {
            if (value === null || value === undefined || value === false) continue;
            if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
            else if (key === "class") node.className = value;
            else node.setAttribute(key, value === true ? "" : value);
          }
          node.append(...children.flat().filter(child => child !== null && child !== undefined));
          return node;
        }

        const stampStyles = {
          t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
          f: { dateStyle: "long", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" },
          s: { dateStyle: "short", timeStyle: "short" }, S: { dateStyle: "short", timeStyle: "medium" },
        };

        // The time of the world shown here, which may be ahead of the browser's.
        export const clock = {
          ahead: 0,
          set(now) { if (now) this.ahead = now - Date.now(); },
          now() { return Date.now() + this.ahead; },
        };

        export function relative(seconds, now = clock.now() / 1000) {
          const steps = [[31536000, "year"], [2592000, "month"], [604800, "week"], [86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]];
          const away = seconds - now;
          const [size, unit] = steps.find(([size]) => Math.abs(away) >= size) ?? [1, "second"];
          return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(away / size), unit);
        }

        function stamp(seconds, style) {
          const date = new Date(seconds * 1000);
          const full = new Intl.DateTimeFormat(undefined, stampStyles.F).format(date);
          const text = style === "R" ? relative(seconds) : new Intl.DateTimeFormat(undefined, stampStyles[style] ?? stampStyles.f).format(date);
          return element("time", { class: "stamp", datetime: date.toISOString(), title: full, "data-relative": style === "R" ? seconds : null }, text);
        }

        // Each rule: what it looks like, and what becomes of it. The earliest match wins, then the order here.
        function rules(names) {
          const inner = (text, context) => inline(text, names, context);
          return [
            [/\\([\\*_~|`<>@#[\]():.\-+!&^=])/u, m => m[1]],
            [/```(?:[\w+-]*\n)?([\s\S]*?)```/u, m => element("pre", { tabindex: 0 }, m[1].replace(/\n$/, ""))],
            [/(`{1,2})((?:[^`]|(?!\1)`)+?)\1(?!`)/u, m => element("code", {}, m[2])],
            [/<t:(-?\d+)(?::([tTdDfFRsS]))?>/u, m => stamp(Number(m[1]), m[2] ?? "f")],
            [/<@!?(\d+)>/u, m => element("span", { class: "mention" }, "@" + (names.person(m[1]) ?? "unknown-user"))],
            [/<@&(\d+)>/u, m => element("span", { class: "mention" }, "@" + (names.role(m[1]) ?? "unknown-role"))],
            [/<#(\d+)>/u, m => element("span", { class: "mention" }, "#" + (names.channel(m[1]) ?? "unknown"))],
            [/<\/([^:>]+):\d+>/u, m => element("span", { class: "mention" }, "/" + m[1])],
            [/<a?:(\w+):\d+>/u, m => ":" + m[1] + ":"],
            [/@(?:everyone|here)\b/u, m => element("span", { class: "mention" }, m[0])],
            [/\[([^\]\n]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/u, m => link(m[2], inner(m[1]))],
            [/<(https?:\/\/[^\s>]+)>/u, m => link(m[1], [m[1]])],
            [/https?:\/\/[^\s<>]*[^\s<>.,:;"'\])}!?*_~|]/u, m => link(m[0], [m[0]])],
            [/\*\*\*([\s\S]+?)\*\*\*/u, m => element("strong", {}, element("em", {}, inner(m[1])))],
            [/\*\*([\s\S]+?)\*\*(?!\*)/u, m => element("strong", {}, inner(m[1]))],
            [/__([\s\S]+?)__(?!_)/u, m => element("u", {}, inner(m[1]))],
            [/~~([\s\S]+?)~~/u, m => element("s", {}, inner(m[1]))],
            [/\|\|([\s\S]+?)\|\|/u, m => spoiler(inner(m[1]))],
            [/\*(?!\s)([^*]+?)(?<!\s)\*(?!\*)/u, m => element("em", {}, inner(m[1]))],
            [/(?<![\p{L}\p{N}_])_([^_]+?)_(?![\p{L}\p{N}_])/u, m => element("em", {}, inner(m[1]))],
          ];
        }

        // What the demo serves under its own port, though it has an address of its own: that may be out of reach.
        export const served = new Map();

        export function reach(address) {
          for (const [from, to] of served) if (address.startsWith(from)) return to + address.slice(from.length);
          return address;
        }

        function link(address, children) {
          return element("a", { href: reach(address), target: "_blank", rel: "noopener noreferrer nofollow" }, children);
        }

        function spoiler(children) {
          const node = element("button", { class: "spoiler", type: "button", "aria-label": "Spoiler, press to show" }, children);
          node.addEventListener("click", () => { node.classList.add("open"); node.removeAttribute("aria-label"); });
          return node;
        }

        function inline(text, names) {
          const all = rules(names);
          const out = [];
          let rest = text;
          let plain = "";
          while (rest) {
            let first = null;
            for (const [pattern, build] of all) {
              const match = pattern.exec(rest);
              if (match && (first === null || match.index < first.match.index)) first = { match, build };
              if (first?.match.index === 0) break;
            }
            if (!first) { plain += rest; break; }
            plain += rest.slice(0, first.match.index);
            const built = first.build(first.match);
            if (typeof built === "string") plain += built;
            else {
              if (plain) out.push(plain);
              plain = "";
              out.push(built);
            }
            rest = rest.slice(first.match.index + first.match[0].length);
          }
          if (plain) out.push(plain);
          return out;
        }

        // Blocks: fences stay whole, then lines by their beginning.
        export function markdown(text, names) {
          const out = [];
          const pieces = text.split(/(```[\s\S]*?```)/u);
          for (const [place, piece] of pieces.entries()) {
            if (/^```[\s\S]*```$/u.test(piece)) { out.push(...inline(piece, names)); continue; }
            // The break beside a fence belongs to the fence.
            const isAfterFence = out.at(-1)?.nodeName === "PRE";
            const lines = (place < pieces.length - 1 ? piece.replace(/\n$/u, "") : piece).split("\n");
            if (isAfterFence && lines[0] === "") lines.shift();
            let plain = [];
            const flush = () => {
              if (plain.length) out.push(...inline(plain.join("\n"), names));
              plain = [];
            };
            for (let at = 0; at < lines.length; at += 1) {
              const line = lines[at];
              const heading = /^(#{1,3}) +(.+)$/u.exec(line);
              const quote = /^> ?(.*)$/u.exec(line);
              const item = /^( *)(?:[-*]|(\d+)\.) +(.+)$/u.exec(line);
              const sub = /^-# +(.+)$/u.exec(line);
              if (heading) { flush(); out.push(element("h" + (heading[1].length + 2), {}, inline(heading[2], names))); }
              else if (line.startsWith(">>> ")) { flush(); out.push(element("blockquote", {}, inline([line.slice(4), ...lines.slice(at + 1)].join("\n"), names))); at = lines.length; }
              else if (quote && line.startsWith("> ")) {
                flush();
                const quoted = [];
                while (at < lines.length && lines[at].startsWith("> ")) { quoted.push(lines[at].slice(2)); at += 1; }
                at -= 1;
                out.push(element("blockquote", {}, inline(quoted.join("\n"), names)));
              } else if (sub) { flush(); out.push(element("small", { class: "sub" }, inline(sub[1], names))); }
              else if (item) {
                flush();
                const ordered = item[2] !== undefined;
                const list = element(ordered ? "ol" : "ul", { start: ordered ? item[2] : null });
                while (at < lines.length) {
                  const next = /^( *)(?:[-*]|(\d+)\.) +(.+)$/u.exec(lines[at]);
                  if (!next) break;
                  list.append(element("li", {}, inline(next[3], names)));
                  at += 1;
                }
                at -= 1;
                out.push(list);
              } else plain.push(line);
            }
            flush();
          }
          return out;
        }
        """#
}
