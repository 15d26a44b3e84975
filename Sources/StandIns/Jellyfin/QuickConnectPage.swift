// Where a person types the code: in the real one they are signed in by then, this one only asks who in the household one
// is.

enum QuickConnectPage {
    static func html(_ accounts: [HouseholdWorld.JellyfinAccount]) -> String {
        let buttons = accounts.filter { !$0.isDisabled }.map { account in
            "<button data-user=\"\(account.id)\">\(escaped(account.name))</button>"
        }.joined(separator: "\n")
        return """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Quick Connect</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; background: #101010; color: #eee; display: grid;
                   place-items: center; min-height: 100vh; margin: 0 }
            main { background: #202020; padding: 2rem; border-radius: 12px; max-width: 24rem; text-align: center }
            input, button { display: block; width: 100%; box-sizing: border-box; margin: .4rem 0; padding: .6rem;
                   font: inherit; border: 0; border-radius: 8px }
            button { background: #00a4dc; color: #fff; cursor: pointer }
            p { color: #aaa }
            </style>
            <main><h1>Quick Connect</h1><p id="words">A stand-in of Jellyfin: type the code and say who you are.</p>
            <input id="code" inputmode="numeric" placeholder="Code" aria-label="Code">
            \(buttons)
            </main>
            <script>
            for (const button of document.querySelectorAll("button")) button.onclick = async () => {
              const code = document.getElementById("code").value.replace(/\\D/g, "");
              const query = new URLSearchParams({ code, user: button.dataset.user });
              const answer = await fetch("/standin/approve?" + query, { method: "POST" });
              document.getElementById("words").textContent = answer.ok
                ? `Done, ${button.textContent}. Go back to the chat.` : "There is no such code (any more).";
            };
            </script></html>
            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
