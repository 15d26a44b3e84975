// The demo's corner for the world itself: what time it is there, and buttons for what happens in it.

extension ChatPage {
    static let besideScript = #"""
        // The world itself: what time it is there, and buttons for what happens in it. And the bar above all pages.

        import { clock, element, served } from "./markdown.js";
        import { world } from "./world.js";

        const byId = id => document.getElementById(id);
        let isBusy = false;
        const chosen = new Map();

        function showTime() {
          const shown = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(clock.now()));
          if (byId("today").textContent !== shown) byId("today").textContent = shown;
        }

        async function look() {
          const household = await world.get("household");
          clock.set(household.now);
          world.household.controls = household.controls;
          showTime();
        }

        function buttons() { return byId("controls").querySelectorAll("button"); }

        // Gives what was said about it, or null where it did not work. Said in the panel too, unless the tour says it.
        export async function press(name, choices, isTour = false) {
          if (isBusy) return null;
          isBusy = true;
          const control = world.household.controls.find(one => one.name === name);
          for (const one of buttons()) one.disabled = true;
          byId("day-note").textContent = isTour ? "" : control.label + "…";
          const watch = setInterval(() => look().catch(() => {}), 700);
          const answer = await world.act("control", { name, chosen: choices });
          clearInterval(watch);
          isBusy = false;
          for (const one of buttons()) one.disabled = false;
          if (!isTour) byId("day-note").textContent = answer?.said ?? "";
          await look().catch(() => {});
          if (control.choices.length) refresh(control);
          if (answer) document.dispatchEvent(new CustomEvent("happened", { detail: { name, said: isTour ? answer.said : "Done, by the button below." } }));
          return answer;
        }

        function options(choice, control) {
          const kept = chosen.get(control.name + " " + choice.name);
          return choice.options.map(one => element("option", { value: one.value, selected: one.value === kept }, one.label));
        }

        // What can be chosen may be another after it has happened; whoever stands on it stays there.
        function refresh(control) {
          const fresh = world.household.controls.find(one => one.name === control.name);
          for (const choice of fresh.choices) {
            byId(`choose-${control.name}-${choice.name}`)?.replaceChildren(...options(choice, control));
          }
        }

        function row(control) {
          const selects = control.choices.map(choice => {
            const select = element("select", { id: `choose-${control.name}-${choice.name}`, onchange: event => chosen.set(control.name + " " + choice.name, event.target.value) }, options(choice, control));
            return [choice.name, select, element("label", {}, choice.label, select)];
          });
          const button = element("button", { type: "button", id: "press-" + control.name }, control.label);
          button.addEventListener("click", async () => {
            await press(control.name, Object.fromEntries(selects.map(([name, select]) => [name, select.value])));
            button.focus();
          });
          return element("div", { class: "row" }, selects.map(([, , label]) => label), button);
        }

        export function showWorld() {
          const { controls = [], pages = [], tour = [] } = world.household;
          for (const { from, to } of world.household.served ?? []) served.set(from, to);
          byId("bar").hidden = !pages.length;
          byId("pages").replaceChildren(...pages.map(page => element("li", {}, element("a", { href: page.address, "aria-current": page.address === location.pathname ? "page" : null }, page.name))));
          byId("beside").hidden = !controls.length && !tour.length;
          byId("beside-open").hidden = byId("beside").hidden;
          byId("world").hidden = !controls.length;
          clock.set(world.household.now);
          showTime();
          if (isBusy) return;
          const groups = Map.groupBy?.(controls, control => control.group) ?? group(controls);
          byId("controls").replaceChildren(...[...groups].map(([name, members]) => {
            const plain = members.filter(control => !control.choices.length);
            const others = members.filter(control => control.choices.length);
            const first = plain.length ? element("div", { class: "row" }, plain.map(control => row(control).firstChild)) : null;
            return element("fieldset", { class: "controls" }, element("legend", {}, name), first, others.map(row));
          }));
        }

        function group(controls) {
          const groups = new Map();
          for (const control of controls) groups.set(control.group, [...(groups.get(control.group) ?? []), control]);
          return groups;
        }

        // MARK: On a narrow screen it lies over the chat

        export function showBeside(isOpen) {
          byId("beside").classList.toggle("open", isOpen);
          byId("beside-open").setAttribute("aria-expanded", String(isOpen));
        }

        byId("beside-open").addEventListener("click", () => {
          const isOpen = !byId("beside").classList.contains("open");
          showBeside(isOpen);
          if (isOpen) byId("beside-close").focus();
        });
        byId("beside-close").addEventListener("click", () => { showBeside(false); byId("beside-open").focus(); });
        byId("beside").addEventListener("keydown", event => {
          if (event.key === "Escape" && byId("beside").classList.contains("open")) byId("beside-close").click();
        });

        setInterval(showTime, 5000);
        """#
}
