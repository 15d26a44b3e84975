"""What the PyPI client of Jellyfin must be able to do at the stand-in of Jellyfin. Usage: jellyfin.py

It is what Jellyfin for Kodi and jellyfin-mpv-shim are made of, and knows Quick Connect.
"""

import logging

import requests
from jellyfin_apiclient_python import JellyfinClient

from judging import Services, check, judge

logging.disable(logging.CRITICAL)


class House(Services):
    def __init__(self):
        super().__init__("--services", "jellyfin")
        line = self.told["jellyfin"]
        self.url, self.key, self.people = line["url"], line["key"], line["people"]

    def client(self, device="device-1"):
        client = JellyfinClient(allow_multiple_clients=True)
        client.config.app("Conformance", "1.0", "A device", device)
        client.config.data["auth.ssl"] = False
        return client

    def signed_in(self, name, device="device-1"):
        client = self.client(device)
        state = client.auth.connect_to_address(self.url)
        assert state["Servers"], state
        done = client.auth.login(self.url, name, self.people[name]["password"])
        assert done["AccessToken"], done
        return self.go_on(client)

    def go_on(self, client):
        """As the client itself does once it has a token."""
        credentials = client.auth.credentials.get_credentials()
        assert credentials["Servers"][0]["AccessToken"]
        client.authenticate(credentials, discover=False)
        return client


@check
def public(house):
    """says what it is to whoever asks, in either case of the path"""
    client = house.client()
    info = client.auth.API.get_public_info(house.url)
    assert info["ProductName"] == "Jellyfin Server" and info["StartupWizardCompleted"], info
    assert len(info["Id"]) == 32 and info["Version"].startswith("10.")


@check
def by_name(house):
    """lets somebody in by name and password, and tells them of themselves"""
    client = house.signed_in("ann")
    me = client.jellyfin.get_user()
    assert me["Name"] == "Ann" and me["Id"] == house.people["ann"]["id"]
    assert me["Policy"]["IsAdministrator"] is False
    assert client.jellyfin.get_system_info_new()["ServerName"]


@check
def wrong(house):
    """lets nobody in with a wrong password, or who is disabled"""
    client = house.client()
    client.auth.connect_to_address(house.url)
    assert client.auth.login(house.url, "ann", "wrong") == {}
    assert client.auth.login(house.url, "kit", house.people["kit"]["password"]) == {}


@check
def key(house):
    """takes an API key for an administrator who is nobody"""
    client = house.client()
    client.authenticate({"Servers": [{"AccessToken": house.key, "address": house.url}]}, discover=False)
    users = client.jellyfin.get_users()
    assert [user["Name"] for user in users] == ["Ann", "Ines", "Kit", "Robin", "tanner"], users
    assert [user["Name"] for user in users if user["Policy"]["IsDisabled"]] == ["Kit"]
    assert all(len(user["Id"]) == 32 and user["ServerId"] for user in users)


@check
def strangers(house):
    """answers nothing of its own without a token, or to the old ways of showing one"""
    for headers in ({}, {"Authorization": 'MediaBrowser Token="wrong"'}, {"X-Emby-Token": house.key}):
        answer = requests.get(f"{house.url}/Users", headers=headers, timeout=5)
        assert answer.status_code == 401 and answer.content == b"", answer.content
    answer = requests.get(f"{house.url}/Users", params={"ApiKey": house.key}, timeout=5)
    assert answer.status_code == 200
    assert requests.get(f"{house.url}/Nowhere", timeout=5).status_code == 404


@check
def quick_connect(house):
    """lets somebody in by a code they type elsewhere, and out again"""
    waiting = house.client("device-2")
    waiting.auth.connect_to_address(house.url)
    api = waiting.auth.API
    assert api.quick_connect_enabled(house.url) is True
    begun = api.quick_connect_initiate(house.url)
    assert len(begun["Code"]) == 6 and begun["Code"].isdigit() and len(begun["Secret"]) == 64, begun
    assert begun["AppName"] == "Conformance" and begun["DeviceId"] == "device-2"
    assert api.quick_connect_state(house.url, begun["Secret"])["Authenticated"] is False
    assert waiting.auth.login_with_quick_connect(house.url, begun["Secret"]) == {}
    assert api.quick_connect_state(house.url, "nonsense") == {}

    ines = house.signed_in("ines")
    approved = ines.http.request({
        "type": "POST", "handler": "QuickConnect/Authorize", "params": {"code": begun["Code"]}})
    assert approved is True, approved
    assert api.quick_connect_state(house.url, begun["Secret"])["Authenticated"] is True
    session = waiting.auth.login_with_quick_connect(house.url, begun["Secret"])
    assert session["User"]["Name"] == "Ines", session
    house.go_on(waiting)
    assert waiting.jellyfin.get_user()["Name"] == "Ines"

    waiting.jellyfin.sessions("/Logout", action="POST")
    token = session["AccessToken"]
    answer = requests.get(
        f"{house.url}/Users/Me", headers={"Authorization": f'MediaBrowser Token="{token}"'}, timeout=5)
    assert answer.status_code == 401


@check
def unnamed(house):
    """begins no Quick Connect for somebody without a device"""
    answer = requests.post(f"{house.url}/QuickConnect/Initiate", timeout=5)
    assert answer.status_code == 400 and answer.text == "Error processing request.", answer.text
    assert requests.get(f"{house.url}/QuickConnect/Initiate", timeout=5).status_code == 405


@check
def watching(house):
    """counts what a player reports: a beginning, an end, a favourite, and forgets what is marked as not seen"""
    client = house.signed_in("ann", "device-3")
    found = client.jellyfin.search_media_items(term="Salt Road", media="Movie")
    film = found["Items"][0]
    assert film["Name"] == "Salt Road" and film["ProviderIds"]["Imdb"].startswith("tt"), film
    item = client.jellyfin.get_item(film["Id"])
    assert item["UserData"]["PlayCount"] == 0 and "LastPlayedDate" not in item["UserData"], item["UserData"]
    client.jellyfin.session_playing({"ItemId": film["Id"], "PositionTicks": 0})
    assert client.jellyfin.get_item(film["Id"])["UserData"]["PlayCount"] == 1
    client.jellyfin.session_progress({"ItemId": film["Id"], "PositionTicks": 600_000_000})
    session = next(one for one in client.jellyfin.get_sessions() if one["DeviceId"] == "device-3")
    assert session["NowPlayingItem"]["Id"] == film["Id"]
    client.jellyfin.session_stop({"ItemId": film["Id"], "PositionTicks": item["RunTimeTicks"] * 97 // 100})
    state = client.jellyfin.get_item(film["Id"])["UserData"]
    assert state["Played"] is True and state["PlaybackPositionTicks"] == 0 and state["LastPlayedDate"], state
    client.jellyfin.favorite(film["Id"], True)
    assert client.jellyfin.get_item(film["Id"])["UserData"]["IsFavorite"] is True
    client.jellyfin.item_played(film["Id"], False)
    assert client.jellyfin.get_item(film["Id"])["UserData"]["PlayCount"] == 0


if __name__ == "__main__":
    judge(House())
