"""What other people's clients of TMDB and TVmaze must be able to do at their stand-ins. Usage: shows.py

tmdbv3api and tmdbsimple are what scripts ask TMDB with, each in its own way; pytvmaze is TVmaze's.
"""

import pytvmaze
import requests
import tmdbsimple
from pytvmaze import endpoints
from pytvmaze.exceptions import IDNotFound, ShowNotFound
from tmdbv3api import TV, Find, Search, Season, TMDb
from tmdbv3api.exceptions import TMDbException

from judging import Services, check, judge, refused

LONG_TIDE = {1998: 91001, 2018: 91002}


class Air(Services):
    def __init__(self):
        super().__init__("--quick", "--services", "tmdb,tvmaze")
        self.url, self.key = self.told["tmdb"]["url"], self.told["tmdb"]["key"]
        tmdbsimple.API_KEY = self.key
        # Both write their address anew into each of their objects.
        TMDb.__init__ = self.at_home(TMDb.__init__, "_base")
        for name in ("TV", "Find", "Search", "TV_Seasons", "TV_Episodes"):
            kind = getattr(tmdbsimple, name)
            kind.__init__ = self.at_home(kind.__init__, "base_uri")
        TMDb().api_key = self.key
        self.maze = self.told["tvmaze"]["url"]
        for name in dir(endpoints):
            if isinstance(value := getattr(endpoints, name), str) and "tvmaze.com" in value:
                setattr(endpoints, name, value.replace("http://api.tvmaze.com", self.maze))

    def at_home(self, begin, name):
        def __init__(thing, *arguments, **options):
            begin(thing, *arguments, **options)
            setattr(thing, name, self.url)
        return __init__


@check
def search(air):
    """tmdbv3api finds both shows of one name, and one of them by its year"""
    found = Search().tv_shows("The Long Tide")
    assert {show.id for show in found} == set(LONG_TIDE.values()), found
    found = tmdbsimple.Search().tv(query="The Long Tide", first_air_date_year=2018)
    assert [show["id"] for show in found["results"]] == [LONG_TIDE[2018]], found
    assert (found["page"], found["total_pages"], found["total_results"]) == (1, 1, 1), found


@check
def details(air):
    """tmdbv3api reads a show with its ids, names and seasons"""
    show = TV().details(91007, append_to_response="external_ids,alternative_titles,season/1")
    assert show.name == "Land of Wind" and show.original_name == "風の国"
    assert show.external_ids.tvdb_id == 391007 and show.external_ids.imdb_id == "tt9510007"
    assert {title.title for title in show.alternative_titles.results} >= {"Kaze no Kuni"}
    assert [season.episode_count for season in show.seasons] == [12, 13, 12]
    season = Season().details(91007, 2)
    assert len(season.episodes) == 13 and season.episodes[0].show_id == 91007


@check
def simple(air):
    """tmdbsimple reads a show, a season and an episode's numbers elsewhere"""
    show = tmdbsimple.TV(91009)
    told = show.info()
    assert told["status"] == "Returning Series" and told["next_episode_to_air"]["episode_number"] == 7, told
    assert tmdbsimple.TV_Seasons(91005, 0).info()["episodes"][0]["name"] == "The Christmas Ward"
    ids = tmdbsimple.TV_Episodes(91002, 1, 5).external_ids()
    assert ids["tvdb_id"] == 8202065 and ids["imdb_id"] == "tt96102065", ids


@check
def find(air):
    """Both find a show by its number elsewhere, and the show of an episode by the episode's"""
    found = Find().find_by_tvdb_id("391002")
    assert [show.id for show in found.tv_results] == [91002]
    found = tmdbsimple.Find("tt96102065").info(external_source="imdb_id")
    assert found["tv_results"] == [] and found["tv_episode_results"][0]["show_id"] == 91002, found


@check
def tmdb_refuses(air):
    """TMDB says no with its own numbers"""
    refused(TMDbException, TV().details, 1)
    for path, headers, status, code in [
            ("/tv/91001", {}, 401, 7), (f"/tv/1?api_key={air.key}", {}, 404, 34),
            (f"/tv/x?api_key={air.key}", {}, 404, 6), (f"/search/tv?query=a&page=501&api_key={air.key}", {}, 400, 22),
            ("/tv/91001", {"Authorization": "Bearer wrong"}, 401, 7)]:
        answer = requests.get(air.url + path, headers=headers, timeout=5)
        assert (answer.status_code, answer.json()["status_code"]) == (status, code), answer.text
    token = {"Authorization": f"Bearer {air.told['tmdb']['token']}"}
    assert requests.get(air.url + "/configuration", headers=token, timeout=5).json()["images"]["secure_base_url"]


@check
def maze(air):
    """pytvmaze finds a show by name, by number and by its numbers elsewhere"""
    shows = pytvmaze.get_show_list("The Long Tide")
    assert [show.premiered[:4] for show in shows[:2]] == ["1998", "2018"], shows
    by_tvdb = pytvmaze.lookup_tvdb(391005)
    by_imdb = pytvmaze.lookup_imdb("tt9510005")
    assert by_tvdb.maze_id == by_imdb.maze_id == 51005
    refused(IDNotFound, pytvmaze.lookup_tvdb, 1)
    refused(ShowNotFound, pytvmaze.get_show_list, "Zzyzx")


@check
def maze_episodes(air):
    """pytvmaze reads a show's seasons and tells its specials from its episodes"""
    show = pytvmaze.show_main_info(51005, embed="episodes")
    assert len(show.seasons) == 2 and len(show[1].episodes) == 10
    every = pytvmaze.episode_list(51005, specials=True)
    assert sum(episode.is_special() for episode in every) == 3
    assert pytvmaze.episode_by_number(51005, 1, 2).airdate == "2013-01-14"
    assert [aka.name for aka in pytvmaze.show_akas(51007)] == ["Kaze no Kuni", "Le Pays du vent"]


@check
def maze_paces(air):
    """TVmaze takes twenty questions in ten seconds, and says so at the next"""
    statuses = [requests.get(f"{air.maze}/shows/51005", timeout=5).status_code for _ in range(25)]
    assert 429 in statuses, statuses


if __name__ == "__main__":
    judge(Air())
