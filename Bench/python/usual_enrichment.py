"""The usual script for "who plays on this album": plexapi finds it, musicbrainzngs says who, at its own pace.

usage: usual_enrichment.py release|recordings PLEX TOKEN MUSICBRAINZ      then an album's title on stdin for each run
"release" has everybody's relations in the one lookup of the release, as the manual advises; "recordings" looks up every
recording by itself, as many scripts do.
"""
import sys
import warnings

import musicbrainzngs
from plexapi.server import PlexServer

way, url, token, musicbrainz = sys.argv[1:]
plex = PlexServer(url, token)
with warnings.catch_warnings():
    # Its own warning that JSON is experimental there.
    warnings.simplefilter("ignore")
    musicbrainzngs.set_format("json")
musicbrainzngs.set_hostname(musicbrainz.removeprefix("http://").removesuffix("/ws/2"), use_https=False)
musicbrainzngs.set_useragent("bench", "1", "robin@example.org")


def recordings(release):
    return [track["recording"] for medium in release["media"] for track in medium["tracks"]]


def performers(release_id):
    if way == "release":
        release = musicbrainzngs.get_release_by_id(
            release_id, includes=["artist-credits", "recordings", "artist-rels", "recording-level-rels"])
        found = recordings(release)
    else:
        release = musicbrainzngs.get_release_by_id(release_id, includes=["artist-credits", "recordings"])
        found = [
            musicbrainzngs.get_recording_by_id(recording["id"], includes=["artist-rels"])
            for recording in recordings(release)]
    roles = {}
    for thing in [release, *found]:
        for relation in thing.get("relations", []):
            if relation["type"] in ("instrument", "vocal"):
                names = roles.setdefault(relation["artist"]["name"], [])
                names += [name for name in relation["attributes"] or [relation["type"]] if name not in names]
    return roles


def enrichment(title):
    for section in plex.library.sections():
        if section.type != "artist":
            continue
        for album in section.searchAlbums(title=title):
            album.reload()
            for guid in album.guids:
                if guid.id.startswith("mbid://"):
                    roles = performers(guid.id.removeprefix("mbid://"))
                    return " | ".join(f"{name}: {', '.join(words)}" for name, words in roles.items())
    raise SystemExit(f"no album {title} with an id of MusicBrainz")


print("ready")
for line in sys.stdin:
    print("done", enrichment(line.strip()))
