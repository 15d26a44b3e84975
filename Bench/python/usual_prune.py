"""The usual daemon's look at who watches: plex.tv's list of people, then Tautulli is asked about each of them.

usage: usual_prune.py PLEXTV TOKEN MACHINE TAUTULLI KEY      then a file on stdin for each run: what was found goes there
As such daemons do it, and a careful one: one session that keeps its connections, one row of each, a retry.
"""
import datetime
import json
import sys
import xml.etree.ElementTree as ElementTree

import requests
from requests.adapters import HTTPAdapter, Retry

plextv, token, machine, tautulli, key = sys.argv[1:]
WARN, KICK, GRACE = 27, 30, datetime.timedelta(hours=24)
session = requests.Session()
session.mount("http://", HTTPAdapter(max_retries=Retry(3, backoff_factor=5)))


def shares():
    answer = session.get(f"{plextv}/api/servers/{machine}/shared_servers", headers={"X-Plex-Token": token}, timeout=60)
    answer.raise_for_status()
    return [share for share in ElementTree.fromstring(answer.content) if share.get("acceptedAt")]


def last_watched(user):
    answer = session.get(f"{tautulli}/api/v2", params={
        "apikey": key, "cmd": "get_history", "user_id": user, "length": 1, "order_column": "date", "order_dir": "desc",
    }, timeout=60)
    answer.raise_for_status()
    rows = answer.json()["response"]["data"]["data"]
    return rows[0]["stopped"] if rows else None


def look():
    now = datetime.datetime.now(datetime.timezone.utc)
    found, warned, due = {}, 0, 0
    for share in shares():
        user = int(share.get("userID"))
        found[user] = last_watched(user)
        joined = datetime.datetime.fromtimestamp(int(share.get("acceptedAt")), datetime.timezone.utc)
        since = datetime.datetime.fromtimestamp(found[user], datetime.timezone.utc) if found[user] else joined + GRACE
        days = (now - since).days
        warned += WARN <= days < KICK
        due += days >= KICK
    return found, warned, due


print("ready")
for line in sys.stdin:
    found, warned, due = look()
    with open(line.strip(), "w") as file:
        json.dump(found, file)
    print(f"done {len(found)} people, {warned} to warn, {due} to remove")
