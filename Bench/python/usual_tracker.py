"""The usual Python way of marking what Plex tells: Flask and SQLite, the show looked up by its id and else by its title, the
episode by season and number, a mark unless there is one of the last five minutes. As durable as Autoplex: a write-ahead log,
synced at every commit, before the answer goes out, with the hook as it came. Run by gunicorn.
"""
import hmac
import json
import os
import re
import sqlite3
import threading
import time

from flask import Flask, jsonify, request

SECRET = "bench"
SHOWS, EPISODES = 400, 50
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 2 << 20
local = threading.local()


def database():
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["TRACKER_DATABASE"], timeout=20, isolation_level=None)
        local.connection.row_factory = sqlite3.Row
        local.connection.execute("PRAGMA journal_mode = WAL")
        local.connection.execute("PRAGMA synchronous = FULL")
    return local.connection


def fill():
    base = database()
    base.execute("BEGIN IMMEDIATE")
    base.execute("CREATE TABLE IF NOT EXISTS shows (id INTEGER PRIMARY KEY, title TEXT, tvdb INTEGER UNIQUE)")
    base.execute("CREATE INDEX IF NOT EXISTS shows_title ON shows (lower(title))")
    base.execute("CREATE TABLE IF NOT EXISTS episodes (id INTEGER PRIMARY KEY, show INTEGER, season INTEGER,"
                 " number INTEGER, tvdb INTEGER, UNIQUE (show, season, number))")
    base.execute("CREATE INDEX IF NOT EXISTS episodes_tvdb ON episodes (tvdb)")
    base.execute("CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY, received_at INTEGER, payload TEXT, status TEXT)")
    base.execute("CREATE TABLE IF NOT EXISTS watched (person INTEGER, episode INTEGER, at INTEGER,"
                 " PRIMARY KEY (person, episode, at))")
    if not base.execute("SELECT 1 FROM shows").fetchone():
        for show in range(1, SHOWS + 1):
            base.execute("INSERT INTO shows VALUES (?, ?, ?)", (show, f"Show Number {show}", show))
            base.executemany(
                "INSERT INTO episodes (show, season, number, tvdb) VALUES (?, ?, ?, ?)",
                [(show, 1 + n // 11, n % 11, show * 1000 + n) for n in range(1, EPISODES + 1)])
    base.execute("COMMIT")


fill()


@app.post("/api/plex/webhook/<secret>")
def webhook(secret):
    if not hmac.compare_digest(secret, SECRET):
        return jsonify(error="wrong secret"), 401
    text = request.form.get("payload")
    if text is None:
        return jsonify(error="no payload"), 400
    try:
        payload = json.loads(text)
    except ValueError:
        return jsonify(error="not JSON"), 400
    now = int(time.time() * 1000)
    base = database()
    base.execute("BEGIN IMMEDIATE")
    status = mark(base, payload, now)
    base.execute("INSERT INTO log (received_at, payload, status) VALUES (?, ?, ?)", (now, text, status))
    base.execute("COMMIT")
    return jsonify(status=status), 200


def mark(base, payload, now):
    item = payload.get("Metadata") or {}
    if payload.get("event") != "media.scrobble" or item.get("type") != "episode":
        return "ignored"
    episode = None
    for guid in item.get("Guid") or []:
        if match := re.fullmatch(r"tvdb://(\d+)", guid.get("id", "")):
            episode = base.execute("SELECT id FROM episodes WHERE tvdb = ?", (int(match[1]),)).fetchone()
    if episode is None:
        show = base.execute(
            "SELECT id FROM shows WHERE lower(title) = lower(?)", (item.get("grandparentTitle"),)).fetchone()
        episode = show and base.execute(
            "SELECT id FROM episodes WHERE show = ? AND season = ? AND number = ?",
            (show["id"], item.get("parentIndex"), item.get("index"))).fetchone()
    if episode is None:
        return "unmapped"
    at = item["lastViewedAt"] * 1000
    if base.execute("SELECT 1 FROM watched WHERE person = 1 AND episode = ? AND at BETWEEN ? AND ?",
                    (episode["id"], at - 300_000, at + 300_000)).fetchone():
        return "duplicate"
    base.execute("INSERT INTO watched VALUES (1, ?, ?)", (episode["id"], at))
    return "marked"


def backfill(plays):
    """So many plays of a history, a thousand to a commit."""
    base, start, marked = database(), time.monotonic(), 0
    for first in range(0, plays, 1000):
        base.execute("BEGIN IMMEDIATE")
        for number in range(first, min(first + 1000, plays)):
            show, episode = 1 + number % SHOWS, 1 + number // SHOWS % EPISODES
            marked += mark(base, {"event": "media.scrobble", "Metadata": {
                "type": "episode", "grandparentTitle": f"Show Number {show}", "parentIndex": 1 + episode // 11,
                "index": episode % 11, "Guid": [{"id": f"tvdb://{show * 1000 + episode}"}],
                "lastViewedAt": 1_600_000_000 + number * 600}}, 0) == "marked"
        base.execute("COMMIT")
    print(json.dumps({"plays": plays, "marked": marked, "seconds": time.monotonic() - start}))


if __name__ == "__main__":
    import sys
    backfill(int(sys.argv[1]))
