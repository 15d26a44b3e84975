"""From the hook to the decision, of the whole program: `autoplex run` with stand-ins of Discord, Jellyfin, Jellystat,
Radarr and Prowlarr, beside Flask and a thread that works the rows off by a simple rule (usual_hooks.py).

Robin's films end ten times a second, and half of them have their first ending while somebody else's
endings come in at 500 a second. Both write down when they had decided, and when they had Radarr search; both clocks are
this machine's.
"""
import concurrent.futures
import contextlib
import datetime
import http.client
import json
import os
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.request

from contest import QUIET, tell
from stage import ROOT, VENV, Autoplex, free_port, standin

SENDERS, ENDINGS, SECONDS = 24, 10, 10


def on_time(port, rate, seconds, act, senders=SENDERS):
    """Does `act` with a connection and a number `rate` times a second; how long each took from when it was due, sorted."""
    times, lock = [], threading.Lock()
    start = time.monotonic() + 0.5

    def send(sender):
        line, own = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
        for number in range(sender, rate * seconds, senders):
            due = start + number / rate
            wait = due - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            act(line, number)
            own.append(time.monotonic() - due)
        with lock:
            times.extend(own)
    with concurrent.futures.ThreadPoolExecutor(senders) as pool:
        for done in [pool.submit(send, sender) for sender in range(senders)]:
            done.result()
    return sorted(times)


def quantiles(times):
    times = sorted(times)
    return {"median": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "worst": times[-1]}


def ask(url, headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return json.load(answer)


def films(house):
    """Of Robin's library, as Jellyfin numbers them."""
    robin = house["jellyfin"]["people"]["robin"]["id"]
    found = ask(
        f"{house['jellyfin']['url']}/Items?userId={robin}&recursive=true&includeItemTypes=Movie&fields=ProviderIds",
        {"Authorization": 'MediaBrowser Client="Bench", Device="Bench", DeviceId="bench", Version="1.0", '
                          f'Token="{house["jellyfin"]["key"]}"'})["Items"]
    return [film for film in found if film.get("RunTimeTicks") and film.get("ProductionYear")]


class Story:
    """What is posted, when, and what came of it."""

    def __init__(self, text, house, port):
        self.text, self.port, self.house = text, port, house
        self.people, self.films = house["jellyfin"]["people"], films(house)
        self.sent = {}
        # Each ending is of another six hours, so that none is taken for another; the milliseconds name it.
        self.next = int(time.time()) * 1000

    def body(self, who, film, at):
        hook = json.loads(self.text)
        hook.update({
            "UserId": self.people[who]["id"], "NotificationUsername": who.title(), "Name": film["Name"],
            "Year": film["ProductionYear"], "ItemId": film["Id"], "RunTimeTicks": film["RunTimeTicks"],
            "PlaybackPositionTicks": film["RunTimeTicks"] * 97 // 100,
            "Provider_tmdb": film.get("ProviderIds", {}).get("Tmdb", ""),
            "Provider_imdb": film.get("ProviderIds", {}).get("Imdb", ""),
            "UtcTimestamp": datetime.datetime.fromtimestamp(at / 1000, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0Z"),
        })
        return json.dumps(hook)

    def post(self, line, text):
        line.request("POST", "/jellyfin/playback", text,
                     {"Content-Type": "text/plain; charset=utf-8", "X-Webhook-Secret": "bench"})
        answer = line.getresponse()
        answer.read()
        if answer.status not in (200, 202):
            raise SystemExit(f"answered {answer.status}")

    def endings(self, films):
        """The moments by which they will be found."""
        bodies = []
        for number in range(ENDINGS * SECONDS):
            self.next -= 6 * 3600 * 1000 + 1
            bodies.append((self.next, self.body("robin", films[number % len(films)], self.next)))

        def act(line, number):
            at, text = bodies[number]
            self.sent[at] = time.time()
            self.post(line, text)
        on_time(self.port, ENDINGS, SECONDS, act, senders=4)
        return [at for at, _ in bodies]

    def others(self, rate):
        film, own = dict(self.films[0]), self.body("ann", self.films[0], 0)
        first = film["Id"]
        on_time(self.port, rate, SECONDS, lambda line, number: self.post(
            line, own.replace(first, f"{number:08x}{first[8:]}").replace("1970-01-01T00:00:00", stamp(number))))


def stamp(number):
    return datetime.datetime.fromtimestamp(1_700_000_000 + number * 7200, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S")


def outcome(database, query, moments, sent):
    """Waits until all are decided."""
    end = time.monotonic() + 120
    while True:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            rows = {at: (judged, searched) for at, judged, searched in connection.execute(query)}
        if all(rows.get(at, (None,))[0] for at in moments):
            break
        if time.monotonic() > end:
            raise SystemExit(f"{sum(1 for at in moments if not rows.get(at, (None,))[0])} were never decided")
        time.sleep(0.2)
    found = quantiles([rows[at][0] / 1000 - sent[at] for at in moments])
    searches = [rows[at][1] / 1000 - sent[at] for at in moments if rows[at][1]]
    if not searches:
        raise SystemExit("nothing was searched for")
    return {**found, "search": max(searches), "searches": len(searches)}


def tell_story(name, text, house, port, rate, database, query):
    story = Story(text, house, port)
    half = len(story.films) // 2
    moments = story.endings(story.films[:half])
    quiet = outcome(database, query, moments, story.sent)
    beside = threading.Thread(target=story.others, args=(rate,))
    beside.start()
    moments = story.endings(story.films[half:])
    beside.join()
    busy = outcome(database, query, moments, story.sent)
    tell(f"  {name}: hook to decision, quiet {quiet}, busy {busy}")
    return {"quiet": quiet, "busy": busy}


def ours(text, rate):
    process, house = standin("--unlimited", "--services", "jellyfin,jellystat,radarr,prowlarr")
    with process, tempfile.TemporaryDirectory(dir=ROOT / ".build") as folder:
        process.let_talk()
        settings = {
            f"{service.upper()}_{word}": house[service][key] for service in ("jellyfin", "jellystat", "radarr", "prowlarr")
            for word, key in (("URL", "url"), ("API_KEY", "key"))}
        autoplex = Autoplex(house, folder, **{
            **settings, **QUIET, "DOWNLOADS": "on", "DRY_RUN": "false", "DOWNLOADS_PREPARE": "none",
            "TRACKED_USER_NAME": "robin", "WEBHOOK_SECRET": "bench"})
        with autoplex.process:
            autoplex.ready()
            autoplex.process.let_talk()
            return tell_story("Autoplex", text, house, autoplex.port, rate, f"{folder}/autoplex.db",
                              "SELECT at, judged_at, searched_at FROM downloads_cases WHERE decision <> ''")


def theirs(text, rate):
    process, house = standin("--unlimited", "--services", "jellyfin,jellystat,radarr,prowlarr")
    with process, tempfile.TemporaryDirectory(dir=ROOT / ".build") as folder:
        process.let_talk()
        port = free_port()
        child = subprocess.Popen(
            [VENV / "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", "usual_hooks:app"],
            env={**os.environ, "HOOKS_DATABASE": f"{folder}/usual.db", "HOOKS_HOUSE": json.dumps(house)},
            cwd=ROOT / "Bench/python", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(200):
                with contextlib.suppress(OSError):
                    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                    line.request("POST", "/jellyfin/playback", "{}", {"X-Webhook-Secret": "bench"})
                    line.getresponse().read()
                    break
                time.sleep(0.05)
            return tell_story("Flask", text, house, port, rate, f"{folder}/usual.db",
                              "SELECT at, judged_at, searched_at FROM decisions")
        finally:
            child.terminate()
            child.wait(20)


def decisions(text, rate):
    return {"Autoplex": ours(text, rate), "Flask": theirs(text, rate)}
