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


if __name__ == "__main__":
    judge(House())
