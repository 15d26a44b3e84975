"""What every visit needs: the program itself, a window, and a list of what is wrong."""

import os
import re
import socket
import subprocess
import tempfile
import threading

from axe_playwright_python.sync_playwright import Axe

# What axe-core calls the levels A and AA of WCAG 2.2.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PICTURES = os.environ.get("PICTURES")


class Program:
    """A program that is waited for by what it says, and read to its end so that it never waits for us."""

    def __init__(self, words, settings, folder=None):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.home = f"http://127.0.0.1:{self.port}"
        self.lines = []
        self.process = subprocess.Popen(
            words, env={**settings, "HTTP_PORT": str(self.port)}, cwd=folder,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        # No line that is waited for may be missed, nor one that comes too late wait for ever.
        self.said = threading.Condition()
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()

    def listen(self):
        for line in self.process.stdout:
            with self.said:
                self.lines.append(line)
                self.said.notify_all()
        with self.said:
            self.lines.append(None)
            self.said.notify_all()

    def line(self, part, seconds=120):
        """The first line with this in it, once it is said."""
        def look():
            return next((line for line in self.lines if line is None or part in line), "")
        with self.said:
            if not self.said.wait_for(lambda: look() != "", seconds) or look() is None:
                raise SystemExit(f"it never said “{part}”:\n{''.join(line for line in self.lines[-20:] if line)}")
            return look()

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)


class Demo(Program):
    """The program itself, for as long as the visit lasts."""

    def __init__(self, program):
        super().__init__([program, "demo"], {**os.environ, "LOG_LEVEL": "info"})

    def __enter__(self):
        # The last thing it does before it can be spoken with.
        self.line("slash commands registered")
        return self

    @property
    def errors(self):
        return [line.strip() for line in self.lines if line and " ERROR " in line]


class Setup(Program):
    """The program as a new owner starts it: without a token."""

    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory()
        super().__init__(
            [program, "run"], {"PATH": os.environ["PATH"], "CONFIG_DIR": self.folder.name}, self.folder.name)

    def __enter__(self):
        self.way = re.search(r"http://\S+/setup/enter/\w+", self.line("/setup/enter/")).group(0)
        return self


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


def wait_for(locator, milliseconds, state="visible"):
    try:
        locator.wait_for(timeout=milliseconds, state=state)
        return True
    except Exception:
        return False
