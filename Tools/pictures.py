"""The scenes of the documents' pictures, played in the demo. A scene that does not come as it should ends all of it: a
picture of an error must not come into the documents unseen."""

import base64
import sys
import time
from pathlib import Path

from playwright.sync_api import TimeoutError, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/browser"))
from visit import Demo  # noqa: E402

PICTURES = ROOT / "docs/pictures"
DESK = {"width": 1180, "height": 860}
WIDE = {"width": 1280, "height": 900}
TELEPHONE = {"width": 390, "height": 844}


class Studio:
    def __init__(self, browser, home, wanted):
        self.browser = browser
        self.home = home
        self.wanted = wanted
        self.taken = []
        self.session = None

    def wants(self, *names):
        return not self.wanted or any(name in self.wanted for name in names)

    def page(self, size=DESK, scheme="light", scale=1, state=None):
        context = self.browser.new_context(
            viewport=size, color_scheme=scheme, device_scale_factor=scale, reduced_motion="reduce",
            locale="en-GB", timezone_id="UTC", storage_state=state)
        page = context.new_page()
        page.set_default_timeout(60_000)
        return page

    def keep(self, name, png):
        (PICTURES / f"{name}.png").write_bytes(png)
        self.taken.append(name)
        print(f"{name}: {len(png) // 1024} kB", flush=True)

    def beside(self, name, pictures, ground="#8b9098"):
        """Several pictures in one, next to each other."""
        page = self.page({"width": 1800, "height": 1600})
        images = "".join(
            f'<img style="width:{width}px;border-radius:8px" src="data:image/png;base64,'
            f'{base64.b64encode(png).decode()}">' for png, width in pictures)
        page.set_content(
            f'<body style="margin:0"><div id="all" style="display:inline-flex;gap:24px;padding:24px;'
            f'align-items:flex-start;background:{ground}">{images}</div>')
        page.wait_for_function("[...document.images].every(one => one.complete)")
        self.keep(name, page.locator("#all").screenshot())
        page.context.close()


class Chat:
    def __init__(self, studio, room="media", size=DESK, scheme="light", scale=1):
        self.page = studio.page(size, scheme, scale)
        self.page.goto(f"{studio.home}/chat/#channel={room}")
        self.entry = self.page.get_by_role("combobox", name="Message")
        expect(self.entry).to_be_visible()

    def say(self, text, until, patience=60_000):
        """The message that answers, once it says `until`."""
        mark = self.page.locator("#log > li").count()
        self.entry.fill(text)
        if text.startswith("/"):
            # A slash command is chosen from the list first.
            self.entry.press("Enter")
        self.entry.press("Enter")
        # What was said stands there, too, and is no answer.
        answer = self.page.locator(f"#log > li:nth-child(n+{mark + 1})").filter(
            has=self.page.locator(".embed", has_text=until)).last
        try:
            answer.wait_for(timeout=patience)
        except TimeoutError:
            self.page.screenshot(path="/tmp/picture-that-failed.png")
            raise SystemExit(f"no answer to {text}: see /tmp/picture-that-failed.png") from None
        self.settle()
        return answer

    def settle(self):
        self.page.wait_for_function(
            "[...document.images].every(one => one.complete && one.naturalWidth > 0)", timeout=30_000)
        self.page.wait_for_timeout(300)

    def room(self, name):
        self.page.locator("#channels, #direct").get_by_role("button", name=name).click()
        self.page.locator("#room-name").filter(has_text=name).wait_for()
        self.page.wait_for_timeout(1000)

    def wait(self, button):
        """Lets time pass by a button of the page."""
        self.page.get_by_role("button", name=button).click()
        self.page.locator("#day-note").filter(has_text="passed").wait_for(timeout=300_000)

    def close(self):
        self.page.context.close()


def card(answer):
    """The boxes of an answer, without who said it."""
    return answer.locator(".embed, .shot").first.screenshot()


def demo(studio):
    chat = Chat(studio)
    chat.say("!plex usage", "streams")
    chat.say("!plex statsu", "There is no command")
    chat.say("!plex tracker", "next")
    studio.keep("demo", chat.page.screenshot())
    chat.close()


def introduce(studio):
    """Robin says who he is on Plex, so that nobody is told to."""
    chat = Chat(studio)
    chat.room("Autoplex")
    robin = chat.page.locator("#viewer").input_value()
    chat.say(f"!plex link <@{robin}> robin", "robin")
    chat.close()


def answers(studio):
    # As high as the longest of them.
    chat = Chat(studio, size={"width": 1180, "height": 1800}, scale=1.5)
    for name, typed, until in [
        ("usage", "!plex usage", "streams"),
        ("usage-day", "!plex usage day", "day"),
        ("completion", "!plex completion The Lantern Quintet", "Lantern Quintet"),
        ("enrich", "!plex enrich Lanterns at Low Tide", "Performers"),
        ("playlists", "!plex sync_playlists", "My Top Rated"),
        ("downloads", "!plex downloads why Salt Road", "Why"),
        ("tracker", "!plex tracker progress", "Meridian"),
    ]:
        if studio.wants(name):
            studio.keep(name, card(chat.say(typed, until, 120_000)))
    chat.close()


def letters(studio):
    """One's own newsletter, as it arrives on a desk and on a telephone; and the page for those who write templates."""
    chat = Chat(studio)
    chat.room("Autoplex")
    if studio.wants("newsletter"):
        chat.say("!plex newsletter test", "Sent to you", 120_000)
        number = letter(studio)
        shots = []
        for size, width in [({"width": 660, "height": 1500}, 660), ({"width": 390, "height": 1500}, 390)]:
            page = studio.page(size)
            page.goto(f"{studio.home}/mail/{number}/letter")
            page.wait_for_load_state("networkidle")
            shots.append((page.screenshot(), width))
            page.context.close()
        studio.beside("newsletter", shots)
    if studio.wants("newsletter-templates"):
        answer = chat.say("!plex newsletter templates", "templates", 120_000)
        link = answer.locator("a[href*='/newsletter/templates/']").first.get_attribute("href")
        page = studio.page({"width": 1280, "height": 900})
        page.goto(link)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1500)
        studio.keep("newsletter-templates", page.screenshot())
        page.context.close()
    chat.close()


def letter(studio, subject="", patience=60):
    """The number of the newest letter with these words in its subject."""
    page = studio.page()
    end = time.monotonic() + patience
    while time.monotonic() < end:
        page.goto(f"{studio.home}/mail")
        links = page.locator("#letters a").filter(has_text=subject)
        if links.count():
            number = links.first.get_attribute("href").split("/mail/")[1]
            page.context.close()
            return number
        time.sleep(1)
    raise SystemExit(f"no letter came: {subject}")


def month(studio):
    """Time passes until somebody is warned."""
    chat = Chat(studio, "admin")
    chat.wait("Skip 27 days")
    if studio.wants("notice-warning"):
        number = letter(studio, "access ends")
        shots = []
        for scheme in ["light", "dark"]:
            page = studio.page({"width": 560, "height": 1020}, scheme)
            page.goto(f"{studio.home}/mail/{number}/letter")
            page.wait_for_load_state("networkidle")
            shots.append((page.screenshot(), 560))
            page.context.close()
        studio.beside("notice-warning", shots)
    if studio.wants("prune"):
        chat.wait("Skip a week")
        card_that_asks = chat.page.locator("#log > li").filter(has=chat.page.get_by_role("button", name="Remove")).last
        card_that_asks.wait_for(timeout=60_000)
        chat.settle()
        studio.keep("prune", card_that_asks.screenshot())
    chat.close()


def enter(studio):
    page = studio.page()
    page.goto(f"{studio.home}/dashboard/login")
    page.get_by_label("Password").fill("open-sesame-demo")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    studio.session = page.context.storage_state()
    page.context.close()


def dashboard(studio, name, path, heading, size=WIDE, scheme="light", scale=1):
    if not studio.wants(name):
        return
    if studio.session is None:
        enter(studio)
    page = studio.page(size, scheme, scale, studio.session)
    page.goto(f"{studio.home}{path}")
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    page.wait_for_timeout(1000)
    studio.keep(name, page.screenshot())
    page.context.close()


def main():
    program, wanted = sys.argv[1], set(sys.argv[2:])
    PICTURES.mkdir(exist_ok=True)
    with Demo(program) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        studio = Studio(browser, running.home, wanted)
        # The films of the first evening are judged, and the history is read, before anybody looks.
        time.sleep(25)
        introduce(studio)
        if studio.wants("demo"):
            demo(studio)
        if studio.wants("usage", "usage-day", "completion", "enrich", "playlists", "downloads", "tracker"):
            answers(studio)
        if studio.wants("newsletter", "newsletter-templates"):
            letters(studio)
        if studio.wants("dashboard", "dashboard-tracker", "dashboard-prune"):
            # A service that was asked while everything was starting may look as if it were down.
            chat = Chat(studio, "admin")
            chat.say("!plex jobs run services", "services")
            chat.close()
        dashboard(studio, "dashboard", "/dashboard", "Overview")
        dashboard(studio, "dashboard-tracker", "/dashboard/tracker", "Tracker")
        if studio.wants("notice-warning", "prune", "dashboard-prune"):
            month(studio)
        dashboard(studio, "dashboard-prune", "/dashboard/prune", "Prune", TELEPHONE, "dark", 1.5)
        browser.close()
    missing = wanted - set(studio.taken)
    if missing:
        raise SystemExit(f"no such picture: {', '.join(sorted(missing))}")


if __name__ == "__main__":
    main()
