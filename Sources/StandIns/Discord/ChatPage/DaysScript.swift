// The page's corner for the world's own time: what day it is there, and buttons that let days pass.

extension ChatPage {
    static let daysScript = #"""
        // The world's own time: what day it is there, and buttons that let days pass.

        import { clock, element } from "./markdown.js";
        import { world } from "./world.js";

        const byId = id => document.getElementById(id);
        let isBusy = false;

        function showTime() {
          const shown = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(clock.now()));
          if (byId("today").textContent !== shown) byId("today").textContent = shown;
        }

        async function look() {
          const { now } = await world.get("household");
          clock.set(now);
          showTime();
        }

        async function press(control, button) {
          if (isBusy) return;
          isBusy = true;
          for (const one of byId("controls").children) one.disabled = true;
          byId("day-note").textContent = button.textContent + "…";
          const watch = setInterval(() => look().catch(() => {}), 700);
          const answer = await world.act("control", { name: control.name });
          clearInterval(watch);
          isBusy = false;
          for (const one of byId("controls").children) one.disabled = false;
          byId("day-note").textContent = answer?.said ?? "";
          await look().catch(() => {});
        }

        export function showDays() {
          const controls = world.household.controls ?? [];
          byId("days").hidden = !controls.length;
          clock.set(world.household.now);
          showTime();
          if (isBusy) return;
          byId("controls").replaceChildren(...controls.map(control => {
            const button = element("button", { type: "button" }, control.label);
            button.addEventListener("click", () => press(control, button));
            return button;
          }));
        }

        setInterval(showTime, 5000);
        """#
}
