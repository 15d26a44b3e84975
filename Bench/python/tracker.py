"""What a play of an episode costs from Plex's hook to the mark: Autoplex's door and tracker beside Flask and SQLite doing the
usual. usage: tracker.py [--write]

The flood is wrk's with 32 connections, each hook another play; it counts until the last of them is marked. At 100 a second,
each sent at its own time, the rows say how long each took from its arrival to its mark. Then a history of 100,000 plays.
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
from hook_decisions import on_time, quantiles
from stage import ROOT, VENV, cpu, free_port, resident, table, write

DOOR = Path(os.environ.get("TRACKER_DOOR", ROOT / ".build/release/tracker-door"))
SECONDS = int(os.environ.get("HOOK_SECONDS", "10"))
RATE = 100
PLAYS = int(os.environ.get("TRACKER_PLAYS", "100000"))
TYPE = {"Content-Type": "multipart/form-data; boundary=b0b0b0b0b0b0b0b0"}


def form(payload):
    return (b"--b0b0b0b0b0b0b0b0\r\nContent-Disposition: form-data; name=\"payload\"\r\nContent-Type: application/json"
            b"\r\n\r\n" + payload.encode() + b"\r\n--b0b0b0b0b0b0b0b0--\r\n")


def scrobble(show, season, number, tvdb, key, at):
    """As a server of today sends it, some 3 kB."""
    return json.dumps({
        "event": "media.scrobble", "user": True, "owner": True, "Account": {"id": 1, "thumb": "", "title": "robin"},
        "Server": {"title": "Household", "uuid": "4e6f7420612072656172"},
        "Player": {"local": True, "publicAddress": "203.0.113.5", "title": "Chrome", "uuid": "x"},
        "Metadata": {
            "librarySectionType": "show", "ratingKey": f"KEY{key}", "grandparentRatingKey": f"SHOW{show}",
            "guid": f"plex://episode/{key}", "grandparentGuid": f"plex://show/{show}", "type": "episode",
            "title": "Part", "grandparentTitle": f"Show Number {show}", "parentTitle": "Season", "summary": "x" * 400,
            "index": "INDEX", "parentIndex": "SEASON", "duration": 2700000, "lastViewedAt": "WHEN",
            "Guid": [{"id": f"tmdb://9{tvdb}"}, {"id": f"tvdb://{tvdb}"}],
            **{f"Image{n}": [{"type": "coverArt", "url": "/library/metadata/1/thumb/1"}] for n in range(8)},
            "Director": [{"id": n, "filter": f"director={n}", "tag": "Somebody"} for n in range(4)],
            "Role": [{"id": n, "filter": f"actor={n}", "tag": "Somebody", "role": "X"} for n in range(9)]},
    }).replace('"INDEX"', str(number)).replace('"SEASON"', str(season)).replace('"WHEN"', str(at))


class Contender:
    def __init__(self, name, command, environment, port, base, count):
        self.name, self.port, self.base, self.count = name, port, base, count
        self.child = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT / "Bench/python",
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while True:
            try:
                self.post(http.client.HTTPConnection("127.0.0.1", port, timeout=20), form("{}"))
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
    def post(line, body):
        line.request("POST", "/api/plex/webhook/bench", body, TYPE)
        answer = line.getresponse()
        answer.read()
        return answer.status

    def ask(self, query):
        with sqlite3.connect(self.base, timeout=30) as connection:
            return connection.execute(query).fetchone()[0]

    def flood(self):
        before, spent = self.ask(self.count), cpu(self.child.pid)
        body = form(scrobble("@S@", "@N@", "@E@", "@T@@@@", "@K@@@@@@@", "@W@@@@@@@@"))
        with tempfile.NamedTemporaryFile("wb", suffix=".form") as file:
            file.write(body)
            file.flush()
            start = time.monotonic()
            said = subprocess.run(
                ["wrk", "-t1", "-c32", f"-d{SECONDS}s", "-s", ROOT / "Bench/python/tracker.lua",
                 f"http://127.0.0.1:{self.port}"], env={**os.environ, "HOOK_BODY": file.name},
                capture_output=True, text=True, check=True).stdout
        answered = int(re.search(r"(\d+) requests in", said)[1])
        if "Non-2xx" in said:
            raise SystemExit(f"{self.name} refused some:\n{said}")
        while (done := self.ask(self.count) - before) < answered:
            if time.monotonic() - start > SECONDS + 300:
                raise SystemExit(f"{self.name} answered {answered} and marked {done}")
            time.sleep(0.05)
        took = time.monotonic() - start
        tell(f"  {self.name}: {answered} answered, {done} marked in {took:.1f} s")
        return {"rate": done / took, "cpu": (cpu(self.child.pid) - spent) / done, "memory": resident(self.child.pid)}

    def steady(self):
        def act(line, number):
            show, episode = 1 + number % 90, 1 + number // 90 % 50
            status = self.post(line, form(scrobble(
                show, 1 + episode // 11, episode % 11, show * 1000 + episode, f"steady{number}",
                1_500_000_000 + number // 4500 * 600)))
            if status != 200:
                raise SystemExit(f"{self.name} answered {status}")
        return quantiles(on_time(self.port, RATE, SECONDS, act))


def ours(folder):
    base, port = f"{folder}/ours.db", free_port()
    with Contender("Autoplex", [DOOR, base, str(port)], {}, port, base,
                   "SELECT COUNT(*) FROM tracker_log WHERE status IN ('marked', 'duplicate')") as one:
        figures = {"answer": one.steady()}
        end = time.monotonic() + 30
        while one.ask(one.count) < RATE * SECONDS and time.monotonic() < end:
            time.sleep(0.05)
        with sqlite3.connect(base, timeout=30) as connection:
            times = [row[0] / 1000 for row in connection.execute(
                "SELECT done_at - received_at FROM tracker_log WHERE status IN ('marked', 'duplicate')")]
        figures["mark"] = quantiles(times)
        figures.update(one.flood())
    told = subprocess.run([DOOR, f"{folder}/history.db", "0", str(PLAYS)], check=True, capture_output=True, text=True)
    return {**figures, "backfill": json.loads(told.stdout)}


def theirs(folder):
    base, port = f"{folder}/usual.db", free_port()
    environment = {"TRACKER_DATABASE": base}
    with Contender("Flask and SQLite", [VENV / "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}",
                                        "usual_tracker:app"], environment, port, base,
                   "SELECT COUNT(*) FROM log WHERE status IN ('marked', 'duplicate')") as one:
        answer = one.steady()
        # What it answers is marked.
        figures = {"answer": answer, "mark": answer, **one.flood()}
    told = subprocess.run(
        [sys.executable, "usual_tracker.py", str(PLAYS)], cwd=ROOT / "Bench/python", check=True, capture_output=True,
        text=True, env={**os.environ, "TRACKER_DATABASE": f"{folder}/history-usual.db"})
    return {**figures, "backfill": json.loads(told.stdout)}


def main():
    tell(f"load average at the start: {os.getloadavg()}")
    with tempfile.TemporaryDirectory(dir=ROOT / ".build") as folder:
        one, other = ours(folder), theirs(folder)

    def ratio(a, b):
        return f"{a / b:.1f}×" if a >= b else f"1/{b / a:.1f}"
    spell = {"median": "median", "p99": "99 of 100", "worst": "worst"}
    rows = table(["", "Autoplex", "Flask and SQLite, gunicorn, 2 workers", "ratio", "goal"], [
        ["Hooks a second, to the mark", f"{one['rate']:,.0f}", f"{other['rate']:,.0f}",
         ratio(one["rate"], other["rate"]), "≥ 10×"],
        *([f"Hook to mark at {RATE} a second: {spell[part]}", f"{one['mark'][part] * 1e3:.0f} ms",
           f"{other['mark'][part] * 1e3:.0f} ms", "", "< 500 ms" if part == "worst" else ""] for part in spell),
        [f"Hook to answer at {RATE} a second: 99 of 100", f"{one['answer']['p99'] * 1e3:.1f} ms",
         f"{other['answer']['p99'] * 1e3:.1f} ms", "", ""],
        ["CPU per hook", f"{one['cpu'] * 1e6:.0f} µs", f"{other['cpu'] * 1e6:.0f} µs", ratio(one["cpu"], other["cpu"]), ""],
        ["Memory after the flood", f"{one['memory']:.1f} MiB", f"{other['memory']:.1f} MiB",
         ratio(one["memory"], other["memory"]), ""],
        [f"A history of {PLAYS:,} plays", f"{one['backfill']['seconds']:.1f} s", f"{other['backfill']['seconds']:.1f} s",
         ratio(one["backfill"]["seconds"], other["backfill"]["seconds"]), ""]])
    print(rows, flush=True)
    tell(f"marked of the history: {one['backfill']['marked']} and {other['backfill']['marked']}")
    tell(f"load average at the end: {os.getloadavg()}")
    if "--write" in sys.argv[1:]:
        write("tracker", rows)


main()
