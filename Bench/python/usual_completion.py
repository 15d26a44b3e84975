"""The usual script for "how much of an artist have I heard", with plexapi; the answer is what a bot would post.

usage: usual_completion.py views|history PLEX TOKEN [TAUTULLI KEY USER]      then an artist on stdin for each run
"views" believes the server's own counters, which are the owner's; "history" asks Tautulli as well, as one must for
anybody else.
"""
import collections
import sys

import requests
from plexapi.server import PlexServer

way, url, token, *tautulli = sys.argv[1:]
plex = PlexServer(url, token)
session = requests.Session()


def history(artist):
    address, key, user = tautulli
    plays, start = collections.Counter(), 0
    while True:
        answer = session.get(f"{address}/api/v2", params={
            "apikey": key, "cmd": "get_history", "user_id": user, "grandparent_rating_key": artist.ratingKey,
            "start": start, "length": 1000})
        answer.raise_for_status()
        rows = answer.json()["response"]["data"]["data"]
        plays.update(str(row["rating_key"]) for row in rows)
        start += len(rows)
        if len(rows) < 1000:
            return plays


def completion(name):
    sections = [section for section in plex.library.sections() if section.type == "artist"]
    artists = [
        artist for section in sections for artist in section.searchArtists(title=name)
        if artist.title.lower() == name.lower()]
    albums = {album.ratingKey: album for artist in artists for album in artist.albums()}
    tracks = [track for artist in artists for track in artist.tracks()]
    counts = {track.ratingKey: track.viewCount or 0 for track in tracks}
    if way == "history":
        for artist in artists:
            for key, plays in history(artist).items():
                if int(key) in counts:
                    counts[int(key)] = max(counts[int(key)], plays)
    played = sum(1 for count in counts.values() if count)
    bars = collections.Counter(), collections.Counter()
    for track in tracks:
        bars[0][track.parentRatingKey] += 1
        bars[1][track.parentRatingKey] += counts[track.ratingKey] > 0
    lines = [f"{albums[key].title} ({albums[key].year}): {bars[1][key]}/{bars[0][key]}" for key in bars[0]]
    unplayed = [f"{track.title}, {track.parentTitle}" for track in tracks if not counts[track.ratingKey]]
    return f"{played * 100 // len(tracks)}% ({played}/{len(tracks)}), {len(lines)} albums, {len(unplayed)} not played"


print("ready")
for line in sys.stdin:
    print("done", completion(line.strip()))
