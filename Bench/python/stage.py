"""Where everything is measured: the programs under test as child processes, the stand-ins, and what the kernel says.

CPU is user and system time as the kernel counts it (utime + stime), memory the resident set.
"""
import collections
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AUTOPLEX = ROOT / ".build/release/autoplex"
STANDIN = ROOT / ".build/release/standin"
VENV = Path(sys.executable).parent
TICKS = os.sysconf("SC_CLK_TCK")


def family(pid):
    """A process and its children (gunicorn and nginx work in children)."""
    pids = [pid]
    for line in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        pids += family(int(line))
    return pids


def cpu(pid):
    total = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident(pid, kind="VmRSS"):
    """MiB in memory; with "RssAnon" only what no file backs, which the kernel cannot take back; with "VmHWM" the peak."""
    total = 0
    for one in family(pid):
        total += int(re.search(kind + r":\s+(\d+)", Path(f"/proc/{one}/status").read_text())[1])
    return total / 1024


def forget_peak(pid):
    """From here on VmHWM is the peak since now."""
    for one in family(pid):
        Path(f"/proc/{one}/clear_refs").write_text("5")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A child that is stopped at the end, and can be waited for by what it prints."""

    def __init__(self, command, **more):
        self.started = time.monotonic()
        self.child = subprocess.Popen(
            [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
        os.set_blocking(self.child.stdout.fileno(), True)
        self.talks = False

    def until(self, pattern):
        """Reads lines until one matches. Returns it and the seconds since the start."""
        others = collections.deque(maxlen=20)
        for line in self.child.stdout:
            if re.search(pattern, line):
                return line, time.monotonic() - self.started
            others.append(line)
        raise SystemExit(f"{self.child.args[0]} ended before it said {pattern!r}:\n{''.join(others)}")

    def let_talk(self):
        """Nobody waits for its words any more; unread they would fill the pipe and stop it."""
        if not self.talks:
            self.talks = True
            threading.Thread(target=lambda: [None for _ in self.child.stdout], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.let_talk()
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


def standin(*options):
    """On the line it prints stand the addresses and tokens of all its services."""
    process = Process([STANDIN, "--quick", *options])
    line, _ = process.until(r"^\{")
    return process, json.loads(line)


class Autoplex:
    name = "Autoplex"

    def __init__(self, house, folder=None, **settings):
        """In a folder of its own, which goes with it, or in one that is given and stays."""
        self.own = None if folder else tempfile.TemporaryDirectory()
        folder = folder or self.own.name
        self.port = free_port()
        self.process = Process(
            [AUTOPLEX, "run"], cwd=folder,
            env={
                "PATH": os.environ["PATH"], "DISCORD_TOKEN": house["token"], "DISCORD_API_URL": house["api"],
                "CONFIG_DIR": folder, "HTTP_HOST": "127.0.0.1", "HTTP_PORT": str(self.port), **settings,
            })

    def ready(self):
        return self.process.until(r" ready\b")[1]


def line(*cells):
    return "| " + " | ".join(cells) + " |"


def table(heads, rows):
    return "\n".join([line(*heads), line("---", *["---:"] * (len(heads) - 1)), *(line(*row) for row in rows)])


PAGE = ROOT / "docs/performance.md"


def parts(section):
    begin, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    head, rest = PAGE.read_text().split(begin)
    old, tail = rest.split(end)
    return head + begin, old.strip("\n"), end + tail


def written(section):
    """What stands in docs/performance.md between the marks of that name."""
    return parts(section)[1]


def write(section, text):
    head, _, tail = parts(section)
    PAGE.write_text(f"{head}\n{text}\n{tail}")
