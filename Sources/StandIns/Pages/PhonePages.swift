// The household's telephone as a page: what Autoplex pushes to it by ntfy and by Gotify, as their apps would show it, live.

internal import Runtime
package import Sockets

extension Street {
    package var phoneRoutes: [Route] {
        let page = DemoPages.page(
            "Phone", at: .phone, script: "phone.js",
            """
            <div class="phones">
            <div>
            <h1>Robin’s phone</h1>
            <p class="about">Notices reach the owner away from Discord too. Here they come by two apps, and
            <code>NOTIFY_EVENTS</code> says which goes where: what needs you by ntfy, what is good to know by Gotify.
            Apprise, a Discord webhook or any webhook of yours would do as well.</p>
            <p class="about">Let something happen: in the <a href="/chat/">chat</a>, take a service down, or let somebody join.</p>
            <p id="count" class="soft" role="status"></p>
            </div>
            <section class="phone" aria-label="Notifications">
            <p class="phone-bar" aria-hidden="true"><span id="phone-time"></span><span>▂▄▆ ▮▮▮</span></p>
            <p id="none" class="phone-none">No notifications</p>
            <ol id="notices" class="pushes" tabindex="0" aria-label="Notifications, newest first"></ol>
            </section>
            </div>
            <noscript><p>This page needs its script, which comes from this program and from nowhere else.</p></noscript>
            """)
        let pushed = pushed
        return [
            .immediate(DemoPage.phone.address) { _ in page },
            .get(DemoPage.phone.address + "/notices") { _ in .json(JSON.array(pushed.entries.map(\.json)).bytes) },
            .get(DemoPage.phone.address + "/events") { _ in
                .events(
                    pushed.stream(buffering: .bufferingNewest(1)) {
                        ServerEvent.bytes("notice", ["at": .int($0.at.milliseconds)])
                    })
            },
        ]
    }
}

extension DemoPages {
    static let phoneScript = #"""
        // The telephone: what was pushed, newest first, as ntfy's and Gotify's own apps show it. Nothing of it is HTML.

        const byId = id => document.getElementById(id);
        const most = 40;
        // As ntfy's apps read these tags; all others stand below the text.
        const signs = { information_source: "ℹ️", white_check_mark: "✅", warning: "⚠️", rotating_light: "🚨" };
        let known = null;

        function element(name, className, ...content) {
          const node = document.createElement(name);
          if (className) node.className = className;
          node.append(...content.filter(Boolean));
          return node;
        }

        const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
        const day = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });

        // A link to the demo's own pages opens here, however the demo was reached.
        function target(link) {
          const address = new URL(link, location);
          if (!["http:", "https:"].includes(address.protocol)) return null;
          return ["127.0.0.1", "localhost"].includes(address.hostname) ? address.pathname + address.search : address.href;
        }

        function card(notice) {
          const at = new Date(notice.at);
          const time = element("time", "", `${day.format(at)}, ${clock.format(at)}`);
          time.dateTime = at.toISOString();
          const head = element("p", "push-head", element("span", "push-app " + notice.app.toLowerCase(), notice.app === "ntfy" ? "n" : "G"), element("b", "", notice.app), element("span", "push-place", notice.place), time);
          head.firstChild.setAttribute("aria-hidden", "true");
          const sign = notice.tags.map(tag => signs[tag]).filter(Boolean).join(" ");
          const plain = notice.tags.filter(tag => !signs[tag]);
          const title = element("h2", "push-title", sign ? sign + " " : "", notice.title);
          const words = element("p", "push-text", notice.text);
          const item = element("li", notice.isUrgent ? "urgent" : "", head, title, words);
          if (plain.length) item.append(element("p", "push-tags", "Tags: " + plain.join(", ")));
          const place = notice.link ? target(notice.link) : null;
          if (notice.isUrgent || place) {
            const foot = element("p", "push-foot", notice.isUrgent ? element("span", "push-urgent", "Rings though it is silent") : null);
            if (place) {
              const link = element("a", "", "Open");
              link.href = place;
              link.setAttribute("aria-label", "Open: " + notice.title);
              foot.append(link);
            }
            item.append(foot);
          }
          return item;
        }

        async function look() {
          const notices = await (await fetch("/phone/notices", { cache: "no-store" })).json();
          const held = document.activeElement?.getAttribute?.("aria-label");
          const shown = notices.slice(-most).reverse();
          const fresh = known === null ? 0 : notices.length - known;
          byId("notices").replaceChildren(...shown.map(card));
          for (const item of [...byId("notices").children].slice(0, Math.max(0, fresh))) item.classList.add("fresh");
          if (held) [...byId("notices").querySelectorAll("a")].find(link => link.getAttribute("aria-label") === held)?.focus();
          byId("none").hidden = shown.length > 0;
          byId("notices").hidden = shown.length === 0;
          if (known !== notices.length) byId("count").textContent = notices.length === 1 ? "1 notification" : `${notices.length} notifications`;
          known = notices.length;
          if (shown.length) byId("phone-time").textContent = clock.format(new Date(shown[0].at));
        }

        const line = new EventSource("/phone/events");
        line.addEventListener("open", () => look().catch(() => {}));
        line.addEventListener("notice", () => look().catch(() => {}));
        addEventListener("pagehide", () => line.close());
        """#

    static let phoneStyle = #"""
        .phones { display: grid; grid-template-columns: 1fr minmax(0, 25rem); gap: 1.5rem 2.5rem; align-items: start; }
        .phone { border: .65rem solid #101114; border-radius: 2.2rem; background: var(--raised); min-height: 34rem; padding: .5rem .75rem 1.25rem; box-shadow: 0 0 0 1px var(--line); }
        .phone-bar { display: flex; justify-content: space-between; margin: .1rem .6rem .75rem; font-size: .85rem; font-weight: 600; min-height: 1.3em; font-variant-numeric: tabular-nums; }
        .phone-none { text-align: center; color: var(--soft); margin: 6rem 0 0; }
        .pushes { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; max-height: 40rem; overflow-y: auto; overscroll-behavior: auto; }
        .pushes li { background: var(--back); border: 1px solid var(--line); border-radius: 1rem; padding: .65rem .85rem .75rem; }
        .pushes li.urgent { border-left: 5px solid var(--bad); }
        .pushes li.fresh { border-color: var(--accent); }
        .pushes .fresh a { border: 0; }
        .push-head { display: flex; flex-wrap: wrap; gap: 0 .45rem; align-items: center; margin: 0 0 .2rem; font-size: .84rem; color: var(--soft); }
        .push-head b { color: var(--ink); } .push-head time { margin-left: auto; font-variant-numeric: tabular-nums; }
        .push-app { display: inline-grid; place-items: center; width: 1.4rem; height: 1.4rem; border-radius: .4rem; color: #fff; font-weight: 700; font-size: .85rem; }
        .push-app.ntfy { background: #2b6f63; } .push-app.gotify { background: #33518d; }
        .push-title { margin: 0; font-size: 1rem; line-height: 1.35; }
        .push-text { margin: .1rem 0 0; white-space: pre-line; }
        .push-tags { margin: .3rem 0 0; font-size: .84rem; color: var(--soft); }
        .push-foot { display: flex; justify-content: space-between; gap: .5rem 1rem; flex-wrap: wrap; margin: .4rem 0 0; font-size: .9rem; }
        .push-urgent { color: var(--bad); font-weight: 600; } .push-foot a { margin-left: auto; font-weight: 600; }
        @media (max-width: 420px) { .bar li a { padding-inline: .4rem; font-size: .95rem; } .bar li a[aria-current] { font-weight: 500; } }
        .who { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0; }
        .code { font: inherit; font-size: 1.4rem; letter-spacing: .2em; width: 11rem; padding: .4rem .7rem; color: var(--ink); background: var(--raised); border: 1px solid var(--soft); border-radius: .5rem; }
        .asked label { display: block; font-weight: 600; margin: 0 0 .3rem; }
        @media (max-width: 760px) {
          .phones { grid-template-columns: 1fr; }
          .phone { border-width: .35rem; border-radius: 1.4rem; min-height: 20rem; padding-inline: .5rem; }
          .pushes { max-height: none; overflow: visible; }
        }

        """#
}
