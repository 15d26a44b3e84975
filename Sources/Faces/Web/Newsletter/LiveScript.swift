// The one script of the newsletter's pages, a file of its own because the pages allow no other: it listens for changes of
// the owner's templates and shows the letter again where the reader had scrolled to. All text is set as text.

internal import Sockets

enum LiveScript {
    static let path = "/newsletter/live.js"

    static var answer: ServerResponse {
        ServerResponse(
            status: 200,
            headers: [
                ("Content-Type", "text/javascript; charset=utf-8"), ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-cache"),
            ], body: .bytes([UInt8](script.utf8)))
    }

    private static let script = """
        "use strict";
        const page = document.querySelector("main");
        const part = (name) => document.getElementById(name);
        let mark = page.dataset.mark;

        function say(words, isGood) {
          part("state").textContent = words;
          part("state").classList.toggle("good", isGood);
        }

        function showNotes(notes) {
          part("notes").replaceChildren(...notes.map((note) => {
            const line = document.createElement("li");
            line.textContent = note;
            return line;
          }));
          part("notes").hidden = notes.length === 0;
          part("fine").hidden = notes.length > 0;
        }

        function showAgain(frame) {
          const seen = frame.contentWindow;
          const place = seen.scrollY;
          frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place), { once: true });
          seen.location.replace(frame.dataset.source + "?mark=" + encodeURIComponent(mark));
        }

        function follow() {
          const line = new EventSource(page.dataset.events);
          line.addEventListener("open", () => say("Live: follows your files", true));
          line.addEventListener("letter", (event) => {
            const news = JSON.parse(event.data);
            if (news.trouble) {
              showNotes([news.trouble]);
              mark = "";
              return;
            }
            part("subject").textContent = news.subject;
            part("size").textContent = news.size;
            showNotes(news.notes);
            if (news.mark === mark) return;
            mark = news.mark;
            document.querySelectorAll("iframe").forEach(showAgain);
          });
          line.addEventListener("error", () => {
            say(line.readyState === EventSource.CLOSED
              ? "This link is old: ask for a new one" : "The line is lost, trying again …", false);
          });
        }

        follow();

        """
}
