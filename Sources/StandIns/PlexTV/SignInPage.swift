// Where a person signs in: plex.tv's own page asks for a password, this one only who in the household one is. The code
// stands behind the `#`, as with the real one, so it is read in the browser.

import Sockets

enum SignInPage {
    static func html(_ people: [HouseholdWorld.Person]) -> String {
        let buttons = people.filter { !$0.isManaged }.map { person in
            "<button data-person=\"\(person.id)\">\(escaped(person.title))</button>"
        }.joined(separator: "\n")
        return """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sign in</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; background: #1f2326; color: #eee; display: grid;
                   place-items: center; min-height: 100vh; margin: 0 }
            main { background: #282c30; padding: 2rem; border-radius: 12px; max-width: 24rem; text-align: center }
            button { display: block; width: 100%; margin: .4rem 0; padding: .6rem; font: inherit; border: 0;
                     border-radius: 8px; background: #e5a00d; color: #1f2326; cursor: pointer }
            p { color: #aaa }
            </style>
            <main><h1>Who are you?</h1><p id="words">A stand-in of plex.tv: no password here.</p>
            \(buttons)
            </main>
            <script>
            const code = new URLSearchParams(location.hash.replace(/^#\\??/, "")).get("code") ?? "";
            for (const button of document.querySelectorAll("button")) button.onclick = async () => {
              const query = new URLSearchParams({ code, person: button.dataset.person });
              const answer = await fetch("/standin/approve?" + query, { method: "POST" });
              document.getElementById("words").textContent = answer.ok
                ? `Signed in as ${button.textContent}. Go back to the chat.` : "This code has run out.";
            };
            </script></html>
            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
