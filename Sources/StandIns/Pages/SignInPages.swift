// Where somebody of the household says who they are, to Jellyfin by a code and to plex.tv by signing in: under the demo's
// own port, for the stand-ins' are any that were free, and cannot be reached when the demo runs in a container.

package import Sockets

extension JellyfinStandIn {
    package static let quickConnectAddress = "/quick-connect"

    package var quickConnectRoutes: [Route] {
        let desk = desk
        return [
            .get(Self.quickConnectAddress) { _ in
                let people = desk.household.read(\.jellyfin).filter { !$0.isDisabled }.map { ($0.id, $0.name) }
                return SignInPages.page(
                    "Quick Connect", people, asks: "Who types it?",
                    """
                    <p class="about">In Jellyfin this is in everybody’s own settings, where they are signed in. Here you say
                    who you are. The bot gives you the code: in the <a href="/chat/">chat</a>, use <code>/plex link</code>.</p>
                    <div class="asked"><label for="code">The code</label>
                    <input class="code" id="code" inputmode="numeric" autocomplete="off" maxlength="7"></div>
                    """)
            },
            SignInPages.approval(at: Self.quickConnectAddress) { code, who in desk.approve(code, as: who) == .done },
        ]
    }
}

extension PlexTVStandIn {
    package static let signInAddress = "/plex-sign-in"

    package var signInRoutes: [Route] {
        let desk = desk
        return [
            .get(Self.signInAddress) { _ in
                let people = desk.household.read(\.people).filter { !$0.isManaged }.map { ("\($0.id)", $0.title) }
                return SignInPages.page(
                    "Sign in to Plex", people, asks: "Who are you?",
                    """
                    <p class="about">plex.tv’s own page asks for a name and a password. This one stands in for it, and only asks
                    who in the household you are.</p>
                    """)
            },
            SignInPages.approval(at: Self.signInAddress) { code, who in desk.approve(code, as: Int(who) ?? 0) },
        ]
    }
}

enum SignInPages {
    /// - Parameter body: HTML
    static func page(_ title: String, _ people: [(id: String, name: String)], asks: String, _ body: String)
        -> ServerResponse
    {
        let buttons = people.map { person in
            "<button type=\"button\" data-who=\"\(person.id)\">\(DemoPages.escaped(person.name))</button>"
        }
        return DemoPages.page(
            title, at: nil, script: "sign-in.js",
            """
            <h1>\(title)</h1>
            \(body)
            <p id="who-label">\(asks)</p>
            <div class="who" role="group" aria-labelledby="who-label">\(buttons.joined())</div>
            <p id="words" role="status"></p>
            <noscript><p>This page needs its script, which comes from this program and from nowhere else.</p></noscript>
            """)
    }

    /// Takes JSON alone, which no other site's page may send here.
    static func approval(at address: String, _ approve: @escaping @Sendable (String, String) -> Bool) -> Route {
        .post(address + "/approve", accepts: ["application/json"], maxBody: 1 << 10) { request in
            let form = try? JSON(parsing: request.body)
            let isDone = approve(form?["code"]?.string ?? "", form?["who"]?.string ?? "")
            let answer: JSON = ["done": .bool(isDone)]
            return .json(answer.bytes)
        }
    }
}

extension DemoPages {
    static let signInScript = #"""
        // Somebody says who they are: with a code that is typed, or with the one behind the #, as plex.tv has it.

        const field = document.getElementById("code");
        const words = document.getElementById("words");
        const told = new URLSearchParams(location.hash.replace(/^#\??/, "")).get("code") ?? "";

        for (const button of document.querySelectorAll("button[data-who]")) {
          button.addEventListener("click", async () => {
            const code = field ? field.value.replace(/\D/g, "") : told;
            if (!code) {
              words.textContent = field ? "Type the code first." : "There is no code in this page’s address. Take the bot’s link.";
              field?.focus();
              return;
            }
            const answer = await fetch(location.pathname + "/approve", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ code, who: button.dataset.who }) });
            const { done } = await answer.json();
            words.textContent = done ? `Done, ${button.textContent}. Go back to the chat and press the button there.` : "There is no such code (any more).";
          });
        }
        """#
}
