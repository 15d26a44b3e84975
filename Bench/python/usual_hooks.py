"""The usual Python way of taking in hooks: Flask, and SQLite for what must survive. As durable as Autoplex: a write-ahead
log, synced at every commit, before the answer goes out. Run by gunicorn, as Flask's documentation advises."""
import hmac
import json
import os
import sqlite3
import threading
import time

from flask import Flask, jsonify, request

SECRET = "bench"
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
    return (jsonify(status="accepted"), 202) if row else (jsonify(status="duplicate"), 200)
