"""What the PyPI client of Tautulli must be able to do at the stand-in of Tautulli. Usage: tautulli_house.py

Its models are pydantic's: a field of another type than the real Tautulli's is an error here.
"""

import time

import requests
from tautulli import ObjectAPI, models

from judging import Services, check, judge

ROBIN, ANN, BO, DORA, FAY = (4100000 + number for number in (1, 2, 3, 5, 7))
QUINTET = 3001


class House(Services):
    def __init__(self):
        super().__init__("--services", "tautulli")
        line = self.told["tautulli"]
        self.url, self.key = line["url"], line["key"]
        # This client sends its key in a header, where Tautulli 2.17 does not look for it.
        original = requests.Session.request

        def request(session, method, url, **options):
            options["params"] = {"apikey": self.key, **(options.get("params") or {})}
            return original(session, method, url, **options)

        requests.Session.request = request
        self.api = ObjectAPI(base_url=self.url, api_key=self.key)

    def raw(self, command, **parameters):
        answer = requests.post(f"{self.url}/api/v2", data={"cmd": command, **parameters})
        return answer.json()["response"]


def names(model):
    return set(model.model_fields)


def told(answers, model, but=()):
    """Every field the model knows is in every answer."""
    assert answers, "nothing to look at"
    for answer in answers:
        missing = names(model) - set(answer) - set(but)
        assert not missing, f"{model.__name__} lacks {sorted(missing)}"


@check
def about(house):
    """says which Tautulli it is and which server it watches"""
    assert house.api.arnold
    assert house.api.tautulli_info.tautulli_version == "v2.17.2"
    info = house.api.server_info
    assert info.pms_name == "Household" and info.pms_plexpass == 1
    assert house.api.server_status.connected is True
    told([house.raw("get_tautulli_info")["data"]], models.TautulliInfo)
    told([house.raw("get_server_info")["data"]], models.ServerInfo)


@check
def activity(house):
    """tells what is streaming, session by session"""
    now = house.api.activity()
    assert now.stream_count == "5", now.stream_count
    assert [session.session_key for session in now.sessions] == ["1", "2", "3", "4", "5"]
    movie = now.sessions[0]
    assert (movie.user_id, movie.title, movie.view_offset) == (ROBIN, "Orbit 7", str(41 * 60_000))
    assert now.sessions[2].transcode_hw_encoding == 1
    assert movie.duration_milliseconds == 142 * 60_000
    # What only some streams have, or an older Tautulli had.
    mentioned = (
        "user", "title", "full_title", "state", "player", "product", "platform", "device", "view_offset", "duration",
        "progress_percent", "quality_profile", "transcode_decision", "stream_video_decision", "stream_audio_decision",
        "stream_subtitle_decision", "video_codec", "stream_video_codec", "audio_codec", "stream_audio_codec", "bitrate",
        "stream_bitrate", "bandwidth", "location", "relayed", "secure", "local", "throttled", "transcode_speed",
        "transcode_hw_decoding", "transcode_hw_encoding", "video_full_resolution", "stream_video_full_resolution",
        "container", "stream_container", "stream_container_decision", "thumb", "guids", "media_type", "user_thumb")
    for session in house.raw("get_activity")["data"]["sessions"]:
        assert not set(mentioned) - set(session), set(mentioned) - set(session)


@check
def history(house):
    """tells two years of plays, by person, by artist, page by page"""
    # What is false this client leaves out, and so it gets the server's defaults: sittings, and what is running.
    page = house.api.get_history(grouping=False, include_activity=False, length=50)
    assert len(page.data) == 50 and page.recordsTotal > 5000
    assert page.recordsFiltered < page.recordsTotal and page.data[0].state == "playing"
    assert all(a.date >= b.date for a, b in zip(page.data, page.data[1:]))
    whole = house.raw("get_history", grouping=0, include_activity=0, length=1)["data"]
    assert whole["recordsFiltered"] == whole["recordsTotal"] == page.recordsTotal
    # The newest that ended; what a filter leaves out is counted all the same.
    late = house.raw("get_history", grouping=0, include_activity=0, length=1, order_column="stopped", order_dir="desc")
    lately = house.raw(
        "get_history", grouping=0, include_activity=0, length=1, order_column="stopped", order_dir="desc",
        after=time.strftime("%Y-%m-%d", time.gmtime(time.time() - 4 * 86400)))
    assert lately["data"]["recordsFiltered"] < lately["data"]["recordsTotal"] == whole["recordsTotal"]
    assert late["data"]["data"] == lately["data"]["data"] and late["data"]["data"][0]["stopped"] <= time.time()
    one = house.raw(
        "get_history", user_id=ANN, grandparent_rating_key=QUINTET, grouping=0, include_activity=0, length=1000)
    rows = one["data"]["data"]
    assert rows and {row["user_id"] for row in rows} == {ANN}
    assert {row["grandparent_title"] for row in rows} == {"The Lantern Quintet"}
    told(rows, type(page.data[0]))


@check
def people(house):
    """tells who there is, and Local for a stranger"""
    users = {user.user_id: user for user in house.api.users}
    assert users[ROBIN].is_admin == 1 and users[0].username == "Local"
    assert users[FAY].email == "" and users[FAY].username == "Fay"
    assert users[BO].friendly_name == "Bo Tanner"
    assert house.api.get_user(user_id=str(ANN)).username == "ann"
    assert house.api.get_user(user_id="4242").user_id == 0
    table = house.api.get_users_table(length=100)
    rows = {row.user_id: row for row in table.data}
    assert rows[DORA].last_seen is None and rows[ANN].last_seen > 1_600_000_000
    told([house.raw("get_user", user_id=ANN)["data"]], models.User, but=["thumb"])
    told(house.raw("get_users_table", length=100)["data"]["data"], type(table.data[0]))
    assert {name.user_id for name in house.api.user_names} == set(users)


@check
def watching(house):
    """counts what somebody watched, on which players"""
    stats = house.raw("get_user_watch_time_stats", user_id=ANN)["data"]
    assert [line["query_days"] for line in stats] == [1, 7, 30, 0] and stats[3]["total_plays"] > 500
    told(stats, models.UserWatchTimeStats)
    told(house.raw("get_user_player_stats", user_id=ANN)["data"], models.UserPlayerStats)
    told(house.raw("get_item_user_stats", rating_key=QUINTET)["data"], models.ItemUserStat)
    for line in stats:
        models.UserWatchTimeStats(**line)


@check
def libraries(house):
    """tells the libraries, an item, what is new"""
    assert [entry.section_type for entry in house.api.libraries] == ["movie", "show", "artist", "artist"]
    track = house.api.get_metadata(rating_key="30002")
    assert (track.title, track.grandparent_title, track.year) == ("Lantern Walk", "The Lantern Quintet", "1961")
    albums = house.api.get_recently_added(count=3, media_type="artist")
    assert [item.media_type for item in albums.recently_added] == ["album"] * 3
    told(house.raw("get_libraries")["data"][2:], models.LibrariesEntry)


@check
def statistics(house):
    """computes the home page's lists"""
    stats = house.raw("get_home_stats", time_range=90)["data"]
    lists = {stat["stat_id"]: stat for stat in stats}
    for stat in stats:
        models.HomeStat(**stat)
    assert len(lists["top_music"]["rows"]) == 10
    assert lists["most_concurrent"]["rows"][0]["count"] >= 2


@check
def charts(house):
    """computes charts"""
    for name in ("date", "day_of_week", "hour_of_day", "top_10_platforms", "top_10_users", "stream_type",
                 "source_resolution", "stream_resolution"):
        chart = getattr(house.api, f"get_plays_by_{name}")(time_range=30)
        assert chart.categories and all(len(series.data) == len(chart.categories) for series in chart.series), name
    months = house.api.get_plays_per_month(time_range=12)
    assert len(months.categories) == 12 and {series.name for series in months.series} >= {"TV", "Movies", "Music"}
    assert house.api.get_stream_type_by_top_10_users().categories


@check
def refusals(house):
    """refuses a wrong key with 400"""
    answer = requests.get(f"{house.url}/api/v2", params={"apikey": "wrong", "cmd": "arnold"})
    assert answer.status_code == 400 and answer.json()["response"]["message"] == "Invalid apikey"


@check
def ending(house):
    """ends a stream and hides a user"""
    session = house.api.activity().sessions[0].session_id
    assert house.api.terminate_session(session_id=session, message="Good night")
    assert len(house.api.activity().sessions) == 4
    before = house.raw("get_history", length=1, include_activity=0)["data"]["recordsTotal"]
    assert house.api.delete_user(user_id=str(BO))
    assert house.raw("get_history", length=1, include_activity=0)["data"]["recordsTotal"] < before
    assert BO not in {user.user_id for user in house.api.users}
    hidden = house.raw("get_user", user_id=BO)["data"]
    assert hidden["user_id"] == BO and hidden["deleted_user"] == 1 and hidden["keep_history"] == 0
    # Success for a stranger as well.
    assert house.raw("delete_user", user_id=4242)["message"] == "Deleted user."


if __name__ == "__main__":
    judge(House())
