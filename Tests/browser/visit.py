"""Visits the demo as people would, and every page of the dashboard, in a real browser."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

WAYS = [("light", 1280), ("dark", 1280), ("light", 375), ("dark", 375)]
# What axe-core calls the levels A and AA of WCAG 2.2.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PICTURES = os.environ.get("PICTURES")
# Whole, for setup is started in a folder of its own.
PROGRAM = os.path.abspath(sys.argv[1])


class Demo:
    """The program itself, for as long as the visit lasts."""

    def __init__(self, program):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.home = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [program, "demo"], env={**os.environ, "HTTP_PORT": str(self.port), "LOG_LEVEL": "error"},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def __enter__(self):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(self.home + "/health/ready") as answer:
                    if answer.status == 200:
                        return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the demo did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)


class Setup(Demo):
    """The program as a new owner starts it: without a token."""

    def __init__(self, program):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.home = f"http://127.0.0.1:{self.port}"
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [program, "run"],
            env={"PATH": os.environ["PATH"], "HTTP_PORT": str(self.port), "CONFIG_DIR": self.folder.name},
            cwd=self.folder.name, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def __enter__(self):
        for line in self.process.stdout:
            if "/setup/enter/" in line:
                self.way = re.search(r"http://\S+/setup/enter/\w+", line).group(0)
                return self
        raise SystemExit("the setup did not start")


class Findings:
    """Everything that is wrong, told at the end."""

    def __init__(self):
        self.all = []
        self.pages = 0

    def add(self, where, what):
        self.all.append(f"{where}: {what}")
        print(f"  WRONG {where}: {what}", flush=True)


class Visit:
    """One window of one width and one colour."""

    def __init__(self, browser, home, findings, scheme, width):
        self.name = f"{scheme} {width}"
        self.home = home
        self.findings = findings
        self.context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.wrong(str(error)))
        self.page.on("response", self.answered)

    def heard(self, message):
        if message.type in ("error", "warning"):
            self.wrong(message.text)

    def answered(self, response):
        if response.status >= 400 and response.url.startswith(self.home):
            self.wrong(f"{response.status} {response.url}")

    def wrong(self, what):
        self.findings.add(f"{self.name} {self.page.url.removeprefix(self.home)}", what)

    def look(self, name):
        """At the page as it stands now."""
        self.findings.pages += 1
        window, page = self.page.evaluate("[window.innerWidth, document.documentElement.scrollWidth]")
        if page > window:
            self.wrong(f"{page} wide in a window of {window}")
        for violation in Axe().run(self.page, options=RULES).response["violations"]:
            nodes = "; ".join(
                f"{node['target']} {' '.join(why['message'] for why in node['any'][:1])}"
                for node in violation["nodes"][:3])
            self.wrong(f"{violation['id']}: {violation['help']} ({nodes})")
        if PICTURES:
            os.makedirs(PICTURES, exist_ok=True)
            self.page.screenshot(path=f"{PICTURES}/{name}-{self.name.replace(' ', '-')}.png", full_page=True)


def chat(visit):
    """Somebody tries the demo: says something, presses a button of an answer, asks for a slash command, lets a day pass."""
    page = visit.page
    page.goto(visit.home + "/")
    entry = page.get_by_role("combobox", name="Message")
    expect(entry).to_be_visible()
    visit.look("chat")
    entry.fill("!plex help")
    entry.press("Enter")
    expect(page.get_by_text("newsletter", exact=False).first).to_be_visible()
    entry.fill("!plex usage")
    entry.press("Enter")
    expect(page.get_by_text("streams", exact=False).first).to_be_visible()
    entry.fill("/plex st")
    expect(page.get_by_role("listbox")).to_be_visible()
    visit.look("chat-answers")
    entry.fill("")


def beside(visit):
    """The tour and the world, which lie over the chat where there is little room."""
    opener = visit.page.get_by_role("button", name="Tour and world")
    if opener.is_visible() and opener.get_attribute("aria-expanded") == "false":
        opener.click()


def tour(visit, most=4):
    """The first steps by their buttons; the rest skipped; where one was is remembered."""
    page = visit.page
    place = page.locator("#tour-place")
    beside(visit)
    expect(place).to_contain_text("Step 1 of")
    visit.look("tour")
    for step in range(most):
        beside(visit)
        # The first one was done by hand already, and the tour has noticed.
        if step > 0:
            page.locator("#tour-do:not(.done)").click()
        expect(page.locator("#tour-do.done")).to_have_count(1)
        beside(visit)
        if step == 0:
            visit.look("tour-done")
        page.locator("#tour-do").click()
        expect(place).to_contain_text(f"Step {step + 2} of")
    page.reload()
    expect(place).to_contain_text(f"Step {most + 1} of")
    beside(visit)
    while page.locator("#tour-skip").count():
        page.locator("#tour-skip").click()
    expect(page.get_by_role("heading", name="That was all")).to_be_visible()


def world(visit):
    """A film, a letter to somebody new, and a service that is down for a while."""
    page = visit.page
    beside(visit)
    note = page.locator("#day-note")
    for button, said in [("film", "has watched"), ("episode", "has watched"), ("rate", "star"), ("new", "accepted")]:
        page.locator(f"#press-{button}").click()
        expect(note).to_contain_text(said)
    for deed, said in [("down", "is down"), ("up", "is back")]:
        page.locator("#choose-service-deed").select_option(deed)
        page.locator("#press-service").click()
        expect(note).to_contain_text(said)
    visit.look("world")


def mail(visit):
    page = visit.page
    page.goto(visit.home + "/mail")
    letters = page.locator("#letters a")
    expect(letters.first).to_be_visible()
    visit.look("mail")
    letters.first.click()
    expect(page.locator("iframe")).to_be_visible()
    visit.look("mail-letter")
    for view in ["Plain text", "Source"]:
        page.get_by_role("link", name=view, exact=True).click()
        expect(page.locator("pre")).to_be_visible()
        visit.look("mail-" + view.split()[-1].lower())


def journal(visit):
    page = visit.page
    page.goto(visit.home + "/journal")
    expect(page.locator("#lines li").first).to_be_visible()
    visit.look("journal")
    page.get_by_label("Service").select_option("Tautulli")
    expect(page.locator("#lines b").filter(has_text="Discord")).to_have_count(0)
    visit.look("journal-one")


def enter(visit):
    """By the link that the bot gives; the demo's page shows what only the asker sees."""
    page = visit.page
    page.goto(visit.home + "/chat/")
    entry = page.get_by_role("combobox", name="Message")
    entry.fill("!plex dashboard")
    entry.press("Enter")
    link = page.locator("a[href*='/dashboard/enter/']").last
    if not wait_for(link, 5000):
        # It came as a direct message.
        page.goto(visit.home + "/dashboard/login")
        page.get_by_label("Password").fill("open-sesame-demo")
        page.get_by_role("button", name="Log in").click()
    else:
        page.goto(link.get_attribute("href"))
        visit.look("enter")
        page.get_by_role("button", name="Enter the dashboard").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()


def setup(visit, way):
    """Every page of the first run; wrong answers are told beside the question."""
    page = visit.page
    page.goto(way)
    visit.look("setup-door")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Discord")).to_be_visible()
    for link in [one.get_attribute("href") for one in page.get_by_role("navigation").get_by_role("link").all()]:
        page.goto(visit.home + link)
        visit.look("setup-" + link.split("/")[-1])
    page.goto(visit.home + "/setup/step/plex")
    page.get_by_label("Plex's address").fill("nonsense")
    page.get_by_role("button", name="Keep and test").click()
    expect(page.get_by_role("alert")).to_contain_text("must begin with")
    visit.look("setup-wrong")
    page.get_by_label("Plex's address").fill("http://127.0.0.1:1")
    page.get_by_role("button", name="Keep and test").click()
    expect(page.get_by_role("status")).to_contain_text("does not accept connections")
    visit.look("setup-tested")


def wait_for(locator, milliseconds):
    try:
        locator.wait_for(timeout=milliseconds)
        return True
    except Exception:
        return False


def dashboard(visit, most=60):
    """Every page that another one leads to, one of each kind."""
    page = visit.page
    seen, waiting = set(), ["/dashboard"]
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        # One person's page is like another's.
        kind = re.sub(r"\d+", "N", path.split("?")[0]) + ("?" if "?" in path else "")
        if kind in seen:
            continue
        seen.add(kind)
        page.goto(visit.home + path)
        expect(page.locator("h1")).to_be_visible()
        visit.look("dashboard" + (kind.removeprefix("/dashboard").replace("/", "-").replace("?", "-more") or ""))
        for link in page.locator("a[href]").all():
            address = link.get_attribute("href")
            if address.startswith("/dashboard") and not address.split("?")[0].endswith((".csv", ".json")) and "#" not in address:
                waiting.append(address)
    return seen


def deeds(visit):
    """What a form does is said, and what hurts is asked about."""
    page = visit.page
    page.goto(visit.home + "/dashboard/jobs")
    page.get_by_role("row", name="backup").get_by_role("button", name="Run now").click()
    expect(page.get_by_role("status").filter(has_text="backup is running")).to_be_visible()
    page.goto(visit.home + "/dashboard/approvals")
    never = page.get_by_role("button", name="Never")
    if wait_for(never.first, 10_000):
        never.first.click()
        expect(page.get_by_role("heading", name="Are you sure?")).to_be_visible()
        visit.look("sure")
        page.get_by_role("button", name="Yes, do it").click()
        expect(page.get_by_role("status").filter(has_text="Tigers")).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    visit.look("login")


def main():
    findings = Findings()
    # A letter is written, or a service looked at, on a machine that has other work too.
    expect.set_options(timeout=20_000)
    with Demo(PROGRAM) as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        kinds = set()
        for number, (scheme, width) in enumerate(WAYS):
            visit = Visit(browser, demo.home, findings, scheme, width)
            begun = time.monotonic()
            chat(visit)
            tour(visit)
            world(visit)
            mail(visit)
            journal(visit)
            enter(visit)
            kinds |= dashboard(visit)
            if number == len(WAYS) - 1:
                deeds(visit)
            visit.context.close()
            print(f"{scheme}, {width} wide: looked at, {time.monotonic() - begun:.0f} s", flush=True)
        for scheme, width in WAYS:
            with Setup(PROGRAM) as new:
                visit = Visit(browser, new.home, findings, scheme, width)
                setup(visit, new.way)
                visit.context.close()
        browser.close()
    for wanted in ["/dashboard/prune", "/dashboard/ledger", "/dashboard/settings/check", "/dashboard/people/N"]:
        if wanted not in kinds:
            findings.add("dashboard", f"no page leads to {wanted}")
    print(f"{findings.pages} pages, {len(kinds)} kinds of the dashboard, {len(findings.all)} findings")
    sys.exit(1 if findings.all else 0)


if __name__ == "__main__":
    main()
