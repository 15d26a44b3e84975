"""What PyPI's clients of the film programs must be able to do at their stand-ins. Usage: films.py

pyarr is what many scripts talk to Radarr with; prowlarr is generated from Prowlarr's own description of itself.
Jellystat has no client of its own: requests asks it as its own pages do. EXCHANGES=folder keeps what was said, one file
for each service, to be held against those descriptions.
"""

import json
import os

import prowlarr
import requests
from prowlarr.exceptions import ApiException
from pyarr import RadarrAPI
from pyarr.exceptions import PyarrResourceNotFound, PyarrUnauthorizedError

from judging import Services, check, judge, refused, until


class House(Services):
    def __init__(self):
        super().__init__("--quick", "--services", "radarr,prowlarr,jellystat,jellyfin")
        self.radarr = RadarrAPI(self.told["radarr"]["url"], self.told["radarr"]["key"])
        self.prowlarr = prowlarr.ApiClient(prowlarr.Configuration(host=self.told["prowlarr"]["url"]))
        self.prowlarr.default_headers["X-Api-Key"] = self.told["prowlarr"]["key"]
        self.exchanges = []
        self.radarr.session.hooks["response"].append(self.keep)

    def keep(self, answer, *_, **__):
        asked = answer.request
        self.exchanges.append({
            "request": {
                "method": asked.method, "path": asked.path_url, "headers": dict(asked.headers),
                "body": json.loads(asked.body) if asked.body else None},
            "response": {
                "status": answer.status_code, "headers": dict(answer.headers),
                "body": answer.json() if answer.content else ""}})

    def __exit__(self, *_):
        super().__exit__(*_)
        if folder := os.environ.get("EXCHANGES"):
            with open(os.path.join(folder, "radarr.json"), "w", encoding="utf-8") as file:
                json.dump(self.exchanges, file, indent=1)

    def film(self, title):
        return next(film for film in self.radarr.get_movie() if film["title"] == title)

    def ended(self, command):
        """The command, once it has come to its end."""
        done = []

        def look():
            now = self.radarr.get_command(command["id"])
            if now["status"] not in ("queued", "started"):
                done.append(now)
            return done
        until(look, 20)
        return done[0]


@check
def radarr_house(house):
    """Radarr says what it is, its folders, profiles and tags"""
    assert house.radarr.get_system_status()["appName"] == "Radarr"
    assert [folder["path"] for folder in house.radarr.get_root_folder()] == [
        "/data/symlinks/radarr", "/storage/media/movies"]
    assert house.radarr.get_quality_profile()[0]["name"] == "HD-1080p"
    assert {"favorite", "hdd"} <= {tag["label"] for tag in house.radarr.get_tag()}
    tag = house.radarr.create_tag("made-here")
    assert house.radarr.create_tag("made-here")["id"] == tag["id"]


@check
def radarr_films(house):
    """Radarr finds films by TMDb's number and by IMDb's, its own and the world's"""
    film = house.film("Salt Road")
    assert film["ratings"]["imdb"]["value"] == 8.7 and film["hasFile"], film
    assert house.radarr.get_movie(film["tmdbId"], tmdb=True)[0]["id"] == film["id"]
    assert house.radarr.get_movie(1, tmdb=True) == []
    assert house.radarr.lookup_movie(f"imdb:{film['imdbId']}")[0]["id"] == film["id"]
    stranger = house.radarr.lookup_movie("The Cartographer")[0]
    assert "id" not in stranger and stranger["tmdbId"], stranger
    refused(PyarrResourceNotFound, house.radarr.get_movie, 99999)


@check
def radarr_refuses(house):
    """Radarr grabs nothing for a film whose file is as good as it gets, and says why"""
    film = house.film("Rain, Steam & Speed")
    done = house.ended(house.radarr.post_command("MoviesSearch", movieIds=[film["id"]]))
    assert done["message"] == "Completed search for 1 movies. 0 reports downloaded.", done
    assert done["result"] == "successful" and "state" not in done
    why = house.radarr.get_release(film["id"])
    assert all("Existing file meets cutoff: Bluray-1080p" in release["rejections"] for release in why), why


@check
def radarr_fails(house):
    """Radarr fails a search for a film it does not have"""
    done = house.ended(house.radarr.post_command("MoviesSearch", movieIds=[99999]))
    assert (done["status"], done["message"]) == ("failed", "Failed") and "rows" in done["exception"], done


@check
def radarr_prepares(house):
    """Radarr downloads what was made ready: tag and folder changed, rescanned, searched, imported on the disk"""
    film = house.film("Rain, Steam & Speed")
    disk = next(tag["id"] for tag in house.radarr.get_tag() if tag["label"] == "hdd")
    changed = house.radarr.upd_movies({
        "movieIds": [film["id"]], "tags": [disk], "applyTags": "add", "rootFolderPath": "/storage/media/movies",
        "moveFiles": False})
    assert changed[0]["path"].startswith("/storage/media/movies/") and changed[0]["hasFile"], changed
    house.ended(house.radarr.post_command("RescanMovie", movieId=film["id"]))
    assert house.radarr.get_movie(film["id"])["hasFile"] is False
    done = house.ended(house.radarr.post_command("MoviesSearch", movieIds=[film["id"]]))
    assert done["message"].endswith(" 1 reports downloaded."), done
    until(lambda: house.radarr.get_movie(film["id"])["hasFile"])
    assert house.radarr.get_movie(film["id"])["movieFile"]["path"].startswith("/storage/media/movies/")
    events = house.radarr.get_movie_history(film["id"])
    imported = next(event for event in events if event["eventType"] == "downloadFolderImported")
    grabbed = next(event for event in events if event["eventType"] == "grabbed")
    assert imported["downloadId"] == grabbed["downloadId"] and imported["data"]["importedPath"]


@check
def radarr_strangers(house):
    """Radarr answers nobody without its key, with an empty 401"""
    stranger = RadarrAPI(house.told["radarr"]["url"], "wrong")
    refused(PyarrUnauthorizedError, stranger.get_movie)
    answer = requests.get(house.told["radarr"]["url"] + "/api/v3/movie", timeout=5)
    assert answer.status_code == 401 and answer.content == b""
    assert requests.get(house.told["radarr"]["url"] + "/ping", timeout=5).json() == {"status": "OK"}


@check
def prowlarr_house(house):
    """Prowlarr says what it is and which indexers it has"""
    assert prowlarr.SystemApi(house.prowlarr).get_system_status().app_name == "Prowlarr"
    assert len(prowlarr.IndexerApi(house.prowlarr).list_indexer()) == 3
    assert prowlarr.IndexerStatusApi(house.prowlarr).list_indexer_status() == []


@check
def prowlarr_search(house):
    """Prowlarr finds a film's torrents by its number and by its title, with how many share them"""
    search = prowlarr.SearchApi(house.prowlarr)
    film = house.film("100% Wool")
    found = search.list_search(query=f"{{ImdbId:{film['imdbId']}}}", type="movie", indexer_ids=[-2])
    assert [release.seeders for release in found] == [3], found
    by_title = search.list_search(query="100% Wool 2024", type="search", indexer_ids=[-2], categories=[2000])
    assert {release.indexer for release in by_title} == {"Indexer 1", "Indexer 2"}
    # In any other search the braces are words.
    assert search.list_search(query=f"{{ImdbId:{film['imdbId']}}}", type="search", indexer_ids=[-2]) == []
    refused(ApiException, search.list_search, query="x", indexer_ids=[77])


@check
def jellystat_history(house):
    """Jellystat tells a film's plays page by page, and refuses in its own ways"""
    url, key = house.told["jellystat"]["url"], house.told["jellystat"]["key"]
    films = requests.get(
        house.told["jellyfin"]["url"] + "/Items",
        params={"ApiKey": house.told["jellyfin"]["key"], "userId": house.told["jellyfin"]["people"]["robin"]["id"],
                "searchTerm": "Nine Bridges"}, timeout=5).json()["Items"]

    def ask(body, headers=None, **query):
        headers = {"x-api-token": key} if headers is None else headers
        return requests.post(f"{url}/api/getItemHistory", json=body, headers=headers, params=query, timeout=5)
    page = ask({"itemid": films[0]["Id"]}, size=1).json()
    assert (page["current_page"], page["pages"], len(page["results"])) == (1, 2, 1), page
    assert page["results"][0]["UserName"] == "Ann" and page["results"][0]["EpisodeId"] is None
    assert ask({"itemid": films[0]["Id"]}, size=1, page=9).json()["results"] == []
    assert ask({"itemid": films[0]["Id"]}, filters='[{"field":"UserId","value":"x"}]').json()["results"] == []
    assert ask({"itemId": films[0]["Id"]}).text == "No Item ID provided"
    assert ask({}, headers={}).status_code == 401 and ask({}, headers={"x-api-token": "no"}).status_code == 403
    assert ask({}, headers={"x-api-token": key, "Authorization": "Bearer x"}).status_code == 401
    assert requests.get(f"{url}/api/getItemHistory", headers={"x-api-token": key}, timeout=5).status_code == 404


if __name__ == "__main__":
    judge(House())
