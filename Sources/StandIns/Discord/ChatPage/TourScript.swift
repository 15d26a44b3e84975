// The guided tour beside the chat: one step at a time, each with a button that does it.

extension ChatPage {
    static let tourScript = #"""
        // The guided tour: one step at a time, each with one button that does it. It notices what was done, by the button or
        // by hand, and remembers where one was.

        import { press, showBeside } from "./beside.js";
        import { element } from "./markdown.js";
        import { world } from "./world.js";

        const byId = id => document.getElementById(id);
        const kept = "demo-tour";
        let state = { at: 0, done: [], isOn: false };
        let steps = [];
        let ways = null;
        let asked = null;
        let isBusy = false;

        try { state = { ...state, ...JSON.parse(localStorage.getItem(kept) ?? "{}") }; } catch { /* private windows may not */ }
        function keep() { try { localStorage.setItem(kept, JSON.stringify(state)); } catch { /* as above */ } }
        function seen() { try { return JSON.parse(localStorage.getItem("demo-seen") ?? "{}"); } catch { return {}; } }

        // `ways`: how to be somebody in a channel, and how to say something there.
        export function showTour(given) {
          ways = given;
          steps = world.household.tour ?? [];
          byId("tour").hidden = !steps.length;
          if (!steps.length) return;
          state.at = Math.min(state.at, steps.length);
          // A page that was opened meanwhile is a step that was done.
          const step = steps[state.at];
          if (step?.open && state.isOn && seen()[step.open]) finish(state.at, "");
          else show();
        }

        function words(text) {
          return text.split("`").map((part, index) => index % 2 ? element("code", {}, part) : part);
        }

        function show(focus = false) {
          const step = steps[state.at];
          byId("tour-progress").max = steps.length;
          byId("tour-progress").value = state.done.length;
          byId("tour-steps").replaceChildren(...steps.map((one, index) => element("li", { class: state.done.includes(index) ? "done" : "", "aria-current": index === state.at ? "step" : null }, element("button", { type: "button", onclick: () => go(index) }, one.title, state.done.includes(index) ? element("span", { class: "hidden" }, " (done)") : null))));
          if (!step) {
            byId("tour-place").textContent = `${state.done.length} of ${steps.length} steps done`;
            byId("tour-step").replaceChildren(element("h3", {}, "That was all"), element("p", {}, "Everything here is yours to play with. When you like it, `autoplex setup` asks for your own services.".split("`").map((part, index) => index % 2 ? element("code", {}, part) : part)), element("div", { class: "steps" }, element("button", { type: "button", class: "less", onclick: again }, "Begin again")));
          } else {
            const isDone = state.done.includes(state.at);
            byId("tour-place").textContent = `Step ${state.at + 1} of ${steps.length}`;
            const act = isDone
              ? element("button", { type: "button", class: "do done", id: "tour-do", onclick: () => go(state.at + 1) }, state.at + 1 < steps.length ? "✓ Next step" : "✓ Finish")
              : element("button", { type: "button", class: "do", id: "tour-do", disabled: isBusy, onclick: perform }, step.button);
            const others = [
              state.at > 0 ? element("button", { type: "button", class: "less", id: "tour-back", onclick: () => go(state.at - 1) }, "Back") : null,
              isDone ? element("button", { type: "button", class: "less", id: "tour-again", onclick: perform }, "Once more") : element("button", { type: "button", class: "less", id: "tour-skip", onclick: () => go(state.at + 1) }, "Skip"),
            ];
            byId("tour-step").replaceChildren(element("h3", {}, step.title), element("p", {}, words(step.text)), element("div", { class: "steps" }, act, others));
          }
          if (focus) byId("tour-do")?.focus();
        }

        function go(index) {
          state.at = index;
          state.isOn = index < steps.length;
          keep();
          byId("tour-note").textContent = "";
          asked = null;
          show(true);
        }

        function again() {
          state.done = [];
          try { localStorage.removeItem("demo-seen"); } catch { /* as above */ }
          go(0);
        }

        function finish(index, said) {
          if (!state.done.includes(index)) state.done.push(index);
          keep();
          const held = byId("tour-step").contains(document.activeElement) || isBusy;
          isBusy = false;
          byId("tour-note").textContent = said;
          show(held);
        }

        async function perform() {
          const index = state.at;
          const step = steps[index];
          state.isOn = true;
          keep();
          byId("tour-note").textContent = "";
          if (step.open) { location.assign(step.open); return; }
          if (step.press) {
            isBusy = true;
            show();
            byId("tour-note").textContent = "One moment…";
            const answer = await press(step.press, step.chosen, true);
            isBusy = false;
            if (answer) return;
            byId("tour-note").textContent = "That did not work just now. Try again, or skip it.";
            show(true);
            return;
          }
          // The answer is worth seeing, so the chat comes to the front.
          showBeside(false);
          await ways.enter(step.channel);
          await ways.send(step.say);
        }

        // MARK: What was done, by whichever way

        const same = (one, other) => one.trim().toLowerCase() === other.trim().toLowerCase();

        document.addEventListener("sent", event => {
          const step = steps[state.at];
          asked = step?.say && same(event.detail, step.say) ? state.at : null;
        });

        document.addEventListener("heard", event => {
          const message = event.detail;
          const bot = world.household?.bot;
          if (message.author.id === world.viewer && steps[state.at]?.say && same(message.content ?? "", steps[state.at].say)) asked = state.at;
          if (asked === null || message.author.id !== bot || message.thinking) return;
          const isAnswer = same(message.referenced_message?.content ?? "", steps[asked].say) || message.interaction_metadata?.user?.id === world.viewer;
          if (!isAnswer) return;
          const done = asked;
          asked = null;
          finish(done, "Done: the answer is in the chat.");
        });

        document.addEventListener("happened", event => {
          if (steps[state.at]?.press === event.detail.name) finish(state.at, event.detail.said);
        });
        """#
}
