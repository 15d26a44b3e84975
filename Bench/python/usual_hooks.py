"""The usual Python way of taking in hooks: Flask, and SQLite for what must survive. As durable as Autoplex: a write-ahead
log, synced at every commit, before the answer goes out. Run by gunicorn, as Flask's documentation advises.

With HOOKS_HOUSE, which says where Jellyfin, Jellystat and Radarr are, a thread decides about each by the plan's simple rule
and has Radarr search.
"""
import datetime
import hmac
import json
import os
import queue
import sqlite3
import threading
import time

from flask import Flask, jsonify, request

SECRET = "bench"
HOUSE = json.loads(os.environ.get("HOOKS_HOUSE", "null"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
local = threading.local()


def database():
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["HOOKS_DATABASE"], timeout=5, isolation_level=None)
        local.connection.execute("PRAGMA journal_mode = WAL")
        local.connection.execute("PRAGMA synchronous = FULL")
        local.connection.execute(
            "CREATE TABLE IF NOT EXISTS inbox (id INTEGER PRIMARY KEY, source TEXT, key TEXT, payload BLOB,"
            " received_at INTEGER, UNIQUE (source, key))")
        local.connection.execute(
            "CREATE TABLE IF NOT EXISTS decisions (key TEXT PRIMARY KEY, film TEXT, at INTEGER, decision TEXT,"
            " judged_at INTEGER, searched_at INTEGER)")
    return local.connection


@app.post("/jellyfin/playback")
def playback():
    if not hmac.compare_digest(request.headers.get("X-Webhook-Secret", ""), SECRET):
        return jsonify(error="the secret is missing or wrong"), 401
    try:
        stop = json.loads(request.get_data())
    except ValueError:
        return jsonify(error="the body is not JSON"), 400
    if stop.get("NotificationType") != "PlaybackStop":
        return jsonify(status="ignored", reason="not a stop"), 200
    if stop.get("ItemType") != "Movie":
        return jsonify(status="ignored", reason="not a film"), 200
    kept = {
        "user": stop.get("UserId"), "name": stop.get("NotificationUsername"), "item": stop.get("ItemId"),
        "title": stop.get("Name"), "year": stop.get("Year"), "imdb": stop.get("Provider_imdb"),
        "tmdb": stop.get("Provider_tmdb"), "runtime": int(stop.get("RunTimeTicks") or 0) // 10_000,
        "position": int(stop.get("PlaybackPositionTicks") or 0) // 10_000,
        "completed": stop.get("PlayedToCompletion"), "at": stop.get("UtcTimestamp")}
    key = f"jellyfin:{kept['user']}:{kept['item']}:{kept['at']}:{kept['position']}"
    row = database().execute(
        "INSERT INTO inbox (source, key, payload, received_at) VALUES ('downloads', ?, ?, ?)"
        " ON CONFLICT (source, key) DO NOTHING RETURNING id",
        (key, json.dumps(kept).encode(), int(time.time() * 1000))).fetchall()
    if row and HOUSE:
        hand_over(key, kept)
    return (jsonify(status="accepted"), 202) if row else (jsonify(status="duplicate"), 200)


waiting = queue.SimpleQueue()
begun = threading.Lock()


def hand_over(key, kept):
    """To this process's one worker, which the first hook starts: gunicorn has forked by then."""
    if begun.acquire(blocking=False):
        threading.Thread(target=work, daemon=True).start()
    waiting.put((key, kept))


def work():
    import requests
    session = requests.Session()
    while True:
        key, kept = waiting.get()
        try:
            decide(session, key, kept)
        except requests.RequestException:
            waiting.put((key, kept))


def decide(session, key, kept):
    film = f"tmdb:{kept['tmdb']}"
    at = int(datetime.datetime.fromisoformat(kept["at"]).timestamp() * 1000)
    movie, decision = None, "no"
    if kept["user"] == HOUSE["jellyfin"]["people"]["robin"]["id"] and kept["position"] >= kept["runtime"] * 9 // 10:
        movie, decision = judge(session, kept)
    base, now = database(), int(time.time() * 1000)
    base.execute("INSERT OR IGNORE INTO decisions VALUES (?, ?, ?, ?, ?, NULL)", (key, film, at, decision, now))
    known = base.execute(
        "SELECT 1 FROM decisions WHERE film = ? AND searched_at IS NOT NULL", (film,)).fetchone()
    if decision == "download" and not known:
        session.post(f"{HOUSE['radarr']['url']}/api/v3/command", headers={"X-Api-Key": HOUSE["radarr"]["key"]},
                     json={"name": "MoviesSearch", "movieIds": [movie["id"]]}, timeout=30).raise_for_status()
        base.execute("UPDATE decisions SET searched_at = ? WHERE key = ?", (int(time.time() * 1000), key))


def judge(session, kept):
    jellyfin, jellystat, radarr = HOUSE["jellyfin"], HOUSE["jellystat"], HOUSE["radarr"]
    session.get(f"{jellyfin['url']}/Items/{kept['item']}", params={"userId": kept["user"]}, timeout=30, headers={
        "Authorization": 'MediaBrowser Client="Usual", Device="Usual", DeviceId="usual", Version="1.0", '
                         f'Token="{jellyfin["key"]}"'}).raise_for_status()
    rows = session.post(f"{jellystat['url']}/api/getItemHistory", json={"itemid": kept["item"]}, timeout=30,
                        headers={"x-api-token": jellystat["key"]}).json()
    rows = rows if isinstance(rows, list) else rows.get("results", [])
    found = session.get(f"{radarr['url']}/api/v3/movie", params={"tmdbId": kept["tmdb"]}, timeout=30,
                        headers={"X-Api-Key": radarr["key"]}).json()
    if not found:
        return None, "no"
    movie = found[0]
    imdb = movie.get("ratings", {}).get("imdb", {})
    rating, votes = imdb.get("value", 0), imdb.get("votes", 0)
    is_rare = movie["year"] < 1990 and movie["originalLanguage"]["name"] != "English" or rating >= 8 and votes < 50_000
    is_family = bool({"Family", "Animation"} & set(movie.get("genres", [])))
    is_liked = rating >= 7 and len(rows) >= 2
    return movie, "download" if rating >= 8.5 or is_rare or is_family or is_liked else "no"
