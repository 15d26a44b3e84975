"""Hooks a second that are on the disk before they are acknowledged: Autoplex's door beside Flask and SQLite doing the same.

The flood is wrk's with 32 connections; the steady 500 a second are sent by this program, each at its own time, and timed
from when it should have left. Afterwards the rows in the database are held against the 202s. What comes of a hook, and how
soon, is measured of the whole program (hook_decisions.py). usage: hooks.py [--write]
"""
import http.client
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from contest import tell
from hook_decisions import decisions, on_time, quantiles
from stage import ROOT, VENV, cpu, free_port, resident, table, write

DOOR = Path(os.environ.get("HOOK_DOOR", ROOT / ".build/release/hook-door"))
SECONDS = int(os.environ.get("HOOK_SECONDS", "10"))
RATE = 500


def body():
    """Some 4 kB, as a film with a few streams has."""
    stop = {
        "ServerId": "9c0ffee1d2e34f5a8b6c7d8e9f0a1b2c", "ServerName": "Home", "ServerVersion": "10.11.5",
        "NotificationType": "PlaybackStop", "UtcTimestamp": "2026-01-01T11:59:00.1234567Z", "Name": "Salt Road",
        "Overview": "What the title says. " * 20, "ItemId": "ITEM", "ItemType": "Movie", "RunTimeTicks": 78600000000,
        "Year": 2023, "Provider_imdb": "tt9910102", "Provider_tmdb": "990102", "PlaybackPositionTicks": 76242000000,
        "PlayedToCompletion": True, "NotificationUsername": "Robin",
        # Everybody is somebody else, or the door would take the second for the first again.
        "UserId": "ITEM",
        "ClientName": "Infuse", "DeviceName": "Living room"}
    for kind, count in (("Video", 1), ("Audio", 4), ("Subtitle", 9)):
        for number in range(count):
            for name, value in (("Title", "English - Dolby Digital"), ("Type", kind), ("Language", "eng"),
                                ("Codec", "ac3"), ("Default", number == 0), ("Forced", False), ("External", False)):
                stop[f"{kind}_{number}_{name}"] = value
    return json.dumps(stop)


class Contender:
    def __init__(self, name, command, environment, port, database):
        self.name, self.port, self.database = name, port, database
        self.child = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT / "Bench/python",
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while True:
            try:
                self.post(http.client.HTTPConnection("127.0.0.1", port, timeout=2), "{}")
                break
            except OSError:
                if time.monotonic() > end:
                    raise SystemExit(f"{name} does not listen")
                time.sleep(0.05)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait(20)

    @staticmethod
    def post(line, text):
        line.request("POST", "/jellyfin/playback", text,
                     {"Content-Type": "text/plain; charset=utf-8", "X-Webhook-Secret": "bench"})
        answer = line.getresponse()
        answer.read()
        return answer.status

    def rows(self):
        with sqlite3.connect(self.database) as connection:
            return connection.execute("SELECT COUNT(*) FROM inbox").fetchone()[0]

    def flood(self, text):
        before, spent = self.rows() if Path(self.database).exists() else 0, cpu(self.child.pid)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(text)
            file.flush()
            said = subprocess.run(
                ["wrk", "-t1", "-c32", f"-d{SECONDS}s", "--latency", "-s", ROOT / "Bench/python/hooks.lua",
                 f"http://127.0.0.1:{self.port}"], env={**os.environ, "HOOK_BODY": file.name},
                capture_output=True, text=True, check=True).stdout
        kept, spent = self.rows() - before, cpu(self.child.pid) - spent
        answered = int(re.search(r"(\d+) requests in", said)[1])
        if "Non-2xx" in said:
            raise SystemExit(f"{self.name} refused some:\n{said}")
        tell(f"  {self.name}: {answered} answered, {kept} rows; {' '.join(said.split())[:400]}")
        # wrk stops with one under way on each connection, which may be kept without being answered.
        if not 0 <= kept - answered <= 64:
            raise SystemExit(f"{self.name} answered {answered} and kept {kept}")
        return {"rate": kept / SECONDS, "cpu": spent / kept, "memory": resident(self.child.pid)}

    def steady(self, text):
        def act(line, number):
            status = self.post(line, text.replace("ITEM", f"{number:08x}{os.getpid() % 0xffff:08x}{0xabc:016x}"))
            if status != 202:
                raise SystemExit(f"{self.name} answered {status}")
        return quantiles(on_time(self.port, RATE, SECONDS, act))


def contenders(folder):
    port = free_port()
    database = f"{folder}/ours.db"
    yield lambda: Contender("Autoplex", [DOOR, database, str(port)], {}, port, database)
    other = free_port()
    usual = f"{folder}/usual.db"
    yield lambda: Contender(
        "Flask and SQLite, gunicorn, 2 workers",
        [VENV / "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{other}", "usual_hooks:app"],
        {"HOOKS_DATABASE": usual}, other, usual)


def main():
    tell(f"load average at the start: {os.getloadavg()}")
    figures, text = {}, body()
    tell(f"a hook has {len(text)} bytes")
    # On the disk, not in memory: a sync must be one.
    with tempfile.TemporaryDirectory(dir=ROOT / ".build") as folder:
        for start in contenders(folder):
            with start() as contender:
                contender.post(http.client.HTTPConnection("127.0.0.1", contender.port), text.replace("ITEM", "0" * 32))
                steady = contender.steady(text)
                figures[contender.name] = {**contender.flood(text), **steady}
    for name, found in decisions(text, RATE).items():
        figures[next(known for known in figures if known.startswith(name))].update(found)
    ours, theirs = figures.values()
    rows = table(["", *figures, "ratio", "goal"], [
        ["Hooks a second, on the disk", f"{ours['rate']:,.0f}", f"{theirs['rate']:,.0f}",
         f"{ours['rate'] / theirs['rate']:.1f}×", "≥ 10×"],
        ["At 500 a second: median", *(f"{one['median'] * 1e3:.1f} ms" for one in (ours, theirs)),
         f"1/{theirs['median'] / ours['median']:.1f}", ""],
        ["At 500 a second: 99 of 100", *(f"{one['p99'] * 1e3:.1f} ms" for one in (ours, theirs)),
         f"1/{theirs['p99'] / ours['p99']:.1f}", "< 50 ms"],
        ["CPU per hook", *(f"{one['cpu'] * 1e6:.0f} µs" for one in (ours, theirs)),
         f"1/{theirs['cpu'] / ours['cpu']:.1f}", ""],
        *([f"Hook to decision, {words}: median, 99 of 100, worst",
           *(" / ".join(f"{one[kind][part] * 1e3:,.0f} ms" for part in ("median", "p99", "worst"))
             for one in (ours, theirs)),
           f"1/{theirs[kind]['median'] / ours[kind]['median']:.1f}", "< 5 s"]
          for kind, words in (("quiet", "nothing else"), ("busy", "500 a second beside"))),
        *([f"Hook to Radarr's search, {words}: worst",
           *(f"{one[kind]['search'] * 1e3:,.0f} ms" for one in (ours, theirs)),
           f"1/{theirs[kind]['search'] / ours[kind]['search']:.1f}", "< 5 s"]
          for kind, words in (("quiet", "nothing else"), ("busy", "500 a second beside"))),
        ["Memory after the flood", *(f"{one['memory']:.1f} MiB" for one in (ours, theirs)),
         f"1/{theirs['memory'] / ours['memory']:.1f}", ""]])
    print(rows, flush=True)
    tell(f"load average at the end: {os.getloadavg()}")
    if "--write" in sys.argv[1:]:
        write("hooks", rows)


main()
