"""The usual script around plexapi, in the two forms people write it: changing what differs, or making the list anew.

usage: usual_playlists.py differ|anew URL TOKEN TITLE LEAST      then a line on stdin for each run
"""
import sys

from plexapi.exceptions import NotFound
from plexapi.server import PlexServer

way, url, token, title, least = sys.argv[1:]
plex = PlexServer(url, token)
BATCH = 100


def batches(items):
    return [items[first:first + BATCH] for first in range(0, len(items), BATCH)]


def made(tracks):
    playlist = plex.createPlaylist(title, items=tracks[:BATCH])
    for batch in batches(tracks[BATCH:]):
        playlist.addItems(batch)


def sync():
    section = plex.library.section("Archive")
    # "userRating>>": above; half a point below the least makes "at least" of it.
    tracks = section.searchTracks(filters={"userRating>>": float(least) - 0.5}, sort="userRating:desc")
    tracks = [track for track in tracks if track.userRating and track.userRating >= float(least)]
    try:
        playlist = plex.playlist(title)
    except NotFound:
        return made(tracks)
    if way == "anew":
        playlist.delete()
        return made(tracks)
    now = playlist.items()
    wanted, there = {track.ratingKey for track in tracks}, {track.ratingKey for track in now}
    for batch in batches([track for track in tracks if track.ratingKey not in there]):
        playlist.addItems(batch)
    gone = [track for track in now if track.ratingKey not in wanted]
    if gone:
        playlist.removeItems(gone)


print("ready")
for _ in sys.stdin:
    sync()
    print("done", way)
