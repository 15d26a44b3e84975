"""What stock clients of MusicBrainz (musicbrainzngs) and Discogs (discogs_client) must be able to do at the stand-ins.
Usage: music.py"""

import time
import urllib.error
import urllib.request
import warnings

import discogs_client
import musicbrainzngs
from discogs_client.exceptions import HTTPError

from judging import Services, check, judge, refused

LANTERNS = "1a7e2000-0001-4a10-8000-00000000a101"
MERGED, MERGED_INTO = "1a7e2000-0003-4a10-8000-00000000a103", "1a7e2000-0003-4a10-8000-00000000a1a3"
LOGS = "1a7e2000-0011-4a10-8000-00000000a111"


class Shop(Services):
    def __init__(self):
        super().__init__("--services", "musicbrainz,discogs")
        line = self.told
        self.musicbrainz, self.discogs, self.token = (
            line["musicbrainz"]["url"], line["discogs"]["url"], line["discogs"]["token"])
        with warnings.catch_warnings():
            # Its own warning that JSON is experimental there.
            warnings.simplefilter("ignore")
            musicbrainzngs.set_format("json")
        musicbrainzngs.set_hostname(self.musicbrainz.removeprefix("http://").removesuffix("/ws/2"), use_https=False)
        musicbrainzngs.set_useragent("conformance", "1", "robin@example.org")

    def client(self, token=None):
        client = discogs_client.Client("conformance/1", user_token=token)
        client._base_url = self.discogs
        return client


@check
def lookup(shop):
    """looks a release up with its players, at its own pace of one request a second"""
    begun = time.monotonic()
    for _ in range(3):
        release = musicbrainzngs.get_release_by_id(
            LANTERNS, includes=["artist-credits", "recordings", "artist-rels", "recording-level-rels", "release-groups"])
    assert time.monotonic() - begun > 1.5
    assert release["title"] == "Lanterns at Low Tide" and release["release-group"]["primary-type"] == "Album"
    assert release["artist-credit"][0]["artist"]["sort-name"] == "Lantern Quintet, The"
    players = {
        relation["artist"]["name"]: relation["attributes"]
        for track in release["media"][0]["tracks"] for relation in track["recording"]["relations"]
        if relation["type"] == "instrument"}
    assert players["Ottilie Brandt"] == ["trumpet"] and players["Selma Ferro"] == ["bongos", "congas", "guest"]


@check
def search(shop):
    """searches by fields, with names full of signs"""
    found = musicbrainzngs.search_releases(release="Fuse Box", artist="RC/PC", tracks=5, strict=True)
    assert found["count"] == 1 and found["releases"][0]["title"] == "Fuse Box", found
    assert found["releases"][0]["score"] == 100
    groups = musicbrainzngs.search_release_groups(releasegroup="Mud Season", artist="Delta Ferry", strict=True)
    assert [group["score"] for group in groups["release-groups"]] == [100, 100]
    assert musicbrainzngs.search_releases(release='No "such" (thing)', artist="x", strict=True)["count"] == 0


@check
def browse(shop):
    """browses a group's editions and a long release's recordings"""
    release = musicbrainzngs.get_release_by_id(LANTERNS, includes=["release-groups"])
    group = release["release-group"]["id"]
    editions = musicbrainzngs.browse_releases(
        release_group=group, includes=["media"], release_status=["official"], limit=100)
    assert editions["release-count"] == 3
    assert [edition["media"][0]["track-count"] for edition in editions["releases"]] == [5, 5, 7]
    page = musicbrainzngs.browse_recordings(release=LOGS, includes=["artist-rels"], limit=100, offset=500)
    assert page["recording-count"] == 520 and len(page["recordings"]) == 20
    assert page["recordings"][0]["relations"][0]["artist"]["name"] == "Anselm Quay"


@check
def merged(shop):
    """is led on from a merged id"""
    assert musicbrainzngs.get_release_by_id(MERGED)["id"] == MERGED_INTO


@check
def refusals(shop):
    """hears 404, 400 and the 503 of those who hurry"""
    nobodys = "00000000-0000-4000-8000-000000000000"
    error = refused(musicbrainzngs.ResponseError, musicbrainzngs.get_release_by_id, nobodys)
    assert error.cause.code == 404
    time.sleep(1.2)
    url = f"{shop.musicbrainz}/release/{LANTERNS}?fmt=json"
    statuses = []
    for _ in range(3):
        try:
            request = urllib.request.Request(url, headers={"User-Agent": "hurry/1 ( x@example.org )"})
            statuses.append(urllib.request.urlopen(request).status)
        except urllib.error.HTTPError as error:
            statuses.append(error.code)
            assert error.headers["retry-after"] == "1"
    assert statuses == [200, 503, 503], statuses
    # It asks again after a 503 by itself.
    assert musicbrainzngs.get_release_by_id(LANTERNS)["id"] == LANTERNS


@check
def discogs_release(shop):
    """reads a release of Discogs with its credits and tracks"""
    release = shop.client().release(7106)
    assert release.title == "Tide Tables" and release.year == 2012
    assert [artist.name for artist in release.artists] == ["Mira Solen"]
    assert release.credits[1].role == "Contrabass" and release.credits[1].name == "Brown, The (2)"
    assert [track.position for track in release.tracklist] == ["", "A1", "A2", "A3", "", "B1", "B2"]
    assert release.tracklist[5].credits[0].name == "Ivo Lindqvist"
    # Its credits are null, which this client cannot read; its tracks it can.
    assert len(shop.client().release(7108).tracklist) == 5


@check
def discogs_search(shop):
    """searches Discogs with a token only"""
    found = shop.client(shop.token).search(artist="Mira Solen", release_title="Room with No Clock", type="release")
    assert found.count == 1 and found[0].id == 7107 and found[0].title == "Mira Solen - Room with No Clock"
    for client in (shop.client(), shop.client("wrong")):
        assert refused(HTTPError, lambda: len(client.search("x", type="release"))).status_code == 401
    assert refused(HTTPError, lambda: shop.client().release(1).title).status_code == 404


if __name__ == "__main__":
    judge(Shop())
