"""What PyPI's clients must be able to do where notices go, and what ours says beside them. Usage: heralds.py

apprise speaks to ntfy, Gotify, an Apprise API and, made to look here, to a channel's webhook on Discord; discord-webhook
to the webhook alone. AUTOPLEX names our own program: the notice of `notify test` is held against theirs.
"""

import logging
import os
import subprocess
import tempfile

import apprise
import requests
from apprise.plugins.discord import NotifyDiscord
from discord_webhook import DiscordEmbed, DiscordWebhook

from judging import Services, check, judge, refused

logging.disable(logging.CRITICAL)
# What the services' own manuals know; whatever else somebody sends is passed over there, and so is no good.
KNOWN = {
    "ntfy": {"topic", "message", "title", "tags", "priority", "actions", "click", "attach", "markdown", "icon",
             "filename", "delay", "email", "call"},
    "gotify": {"title", "message", "priority", "extras", "appid"},
    "apprise": {"body", "title", "type", "format", "tag", "tags", "urls", "attach", "attachment", "attachments"},
}


class House(Services):
    def __init__(self):
        super().__init__("--quick", "--unlimited", "--services", "heralds")
        self.hosts = {name: self.told[name]["home"].removeprefix("http://") for name in KNOWN}
        self.webhook = self.told["webhook"]
        NotifyDiscord.notify_url = self.webhook.split("/api/webhooks/")[0] + "/api/webhooks"

    def token(self, name):
        return self.told[name]["token"]

    def address(self, name, token=None):
        if name == "discord":
            return "discord://" + "/".join(self.webhook.split("/")[-2:])
        host, token = self.hosts[name], token or self.token(name)
        return {
            "ntfy": f"ntfy://{host}/household?auth=token&token={token}",
            "gotify": f"gotify://{host}/{token}",
            # The key in the address, as ours says it; in a header, as version 2 would, only the newest servers read it.
            "apprise": f"apprise://{host}/household?version=1",
        }[name]

    def tell(self, address, **said):
        herald = apprise.Apprise()
        assert herald.add(address), address
        return herald.notify(**{"title": "A service is down", "body": "Plex does not answer", **said})

    def taken(self, name):
        return requests.get(f"http://{self.hosts[name]}/standin/notices", timeout=5).json()

    def channel(self):
        """What stands in the admins' channel of Discord."""
        return requests.get(
            f"{self.told['control']}/channels/{self.told['channels']['admin']}/messages",
            params={"as": self.told["people"]["robin"]}, timeout=5).json()


@check
def told(house):
    """apprise reaches ntfy, Gotify, an Apprise API and a webhook of Discord with what it says"""
    kind = apprise.NotifyType.WARNING
    for name in [*KNOWN, "discord"]:
        assert house.tell(house.address(name), notify_type=kind, body="Plex: 50 % & “more”\nsecond line"), name
    for name in KNOWN:
        notice = house.taken(name)[-1]
        assert notice["title"] == "A service is down" and notice["text"].startswith("Plex: 50 % & “more”"), notice
        assert set(notice["fields"]) <= KNOWN[name], notice
    assert house.taken("apprise")[-1]["weight"] == "warning"
    assert "Plex: 50 % & “more”" in str(house.channel()), house.channel()


@check
def weights(house):
    """ntfy takes priorities, tags and a link of apprise; Gotify its priority"""
    query = "&priority=max&tags=plex,warning&click=https://plex.example/a?b=1"
    assert house.tell(house.address("ntfy") + query)
    notice = house.taken("ntfy")[-1]
    assert notice["weight"] == "5" and sorted(notice["tags"]) == ["plex", "warning"], notice
    assert notice["link"] == "https://plex.example/a?b=1" and notice["isUrgent"], notice
    assert house.tell(house.address("gotify") + "?priority=high")
    assert house.taken("gotify")[-1]["weight"] == "8"


@check
def strangers(house):
    """lets nobody in without the right token, topic or key, and apprise sees it"""
    before = {name: len(house.taken(name)) for name in KNOWN}
    assert not house.tell(house.address("ntfy", "tk_" + "x" * 29))
    assert not house.tell(house.address("ntfy").replace("household", "neighbours"))
    assert not house.tell(f"ntfy://{house.hosts['ntfy']}/household")
    assert not house.tell(house.address("gotify", "AwrongwrongW123"))
    for key in ("stranger", "holiday"):
        assert not house.tell(house.address("apprise").replace("household", key)), key
    assert not house.tell(house.address("discord") + "x")
    assert before == {name: len(house.taken(name)) for name in KNOWN}


@check
def ntfy_by_hand(house):
    """ntfy answers as its manual says: by headers, by query, by JSON, and with its own numbers to mistakes"""
    home, key = f"http://{house.hosts['ntfy']}", {"Authorization": f"Bearer {house.token('ntfy')}"}

    def post(path, data, status=200, code=None, **headers):
        answer = requests.post(home + path, data=data, headers={**key, **headers}, timeout=5)
        assert answer.status_code == status, (path, answer.status_code, answer.text)
        assert answer.headers["Content-Type"] == "application/json" and answer.text.endswith("\n")
        json = answer.json()
        assert json.get("code") == code and (code is None or json["http"] == status), json
        return json

    said = post("/household", "Hello", Title="=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=", Priority="high", Tags="a,b")
    assert (said["title"], said["message"], said["priority"], said["tags"]) == ("Grüße", "Hello", 4, ["a", "b"]), said
    assert said["event"] == "message" and len(said["id"]) == 12 and said["expires"] > said["time"]
    assert post("/household", "")["message"] == "triggered"
    assert post("/household", "x", Priority="u=1, i").get("priority") is None
    link = requests.get(home + "/household/trigger", params={"m": "by link", "t": "T"}, headers=key, timeout=5).json()
    assert (link["message"], link["title"]) == ("by link", "T"), link
    basic = requests.put(home + "/household", data="x", auth=("", house.token("ntfy")), timeout=5)
    assert basic.status_code == 200
    post("/household", "x", 400, 40007, Priority="loud")
    post("/household", "x" * 4096, 400, 40014)
    assert len(post("/household", "x" * 4095)["message"]) == 4095
    post("/", '{"topic":"household","message":"' + "x" * 8192 + '"}', 413, 41303)
    post("/", "{", 400, 40024)
    post("/", '{"topic":"household","priority":"high"}', 400, 40024)
    post("/", '{"topic":"no topic"}', 400, 40009)
    post("/", "{}", 400, 40009)
    post("/docs", "x", 400, 40010)
    post("/household/nowhere", "x", 404, 40401)
    post("/household", "x", 401, 40101, Authorization="Bearer tk_wrong")
    post("/neighbours", "x", 403, 40301)
    answer = requests.post(home + "/household", data="x", timeout=5)
    assert answer.status_code == 403 and answer.json()["error"] == "forbidden"


@check
def gotify_by_hand(house):
    """Gotify answers as its manual says: JSON or a form, the token in three places, every refusal of one shape"""
    home, token = f"http://{house.hosts['gotify']}/message", house.token("gotify")

    def post(status=200, why=None, **options):
        answer = requests.post(home, timeout=5, **options)
        assert answer.status_code == status, answer.text
        json = answer.json()
        if why:
            assert json["errorCode"] == status and why in json["errorDescription"] and json["error"], json
        return json

    said = post(json={"message": "m", "extras": {"client::display": {"contentType": "text/plain"}}},
                headers={"X-Gotify-Key": token})
    assert (said["title"], said["priority"], said["appid"]) == ("Autoplex", 0, 1) and said["date"], said
    assert post(params={"token": token}, data={"message": "m", "title": "t", "priority": "4"})["priority"] == 4
    post(headers={"Authorization": f"bearer {token}"}, files={"message": (None, "m")})
    post(401, "valid access token", json={"message": "m"})
    # The first place counts, be it right or wrong.
    post(401, "valid access token", params={"token": "x"}, headers={"X-Gotify-Key": token}, json={"message": "m"})
    post(400, "Field 'message' is required", headers={"X-Gotify-Key": token}, json={"title": "t"})
    post(400, "Field 'message' is required", headers={"X-Gotify-Key": token}, data="{}")
    post(400, "CreateMessage.priority of type int", headers={"X-Gotify-Key": token},
         json={"message": "m", "priority": "high"})
    post(400, "invalid", headers={"X-Gotify-Key": token, "Content-Type": "application/json"}, data="{")
    answer = requests.get(home + "s", timeout=5)
    assert answer.status_code == 404 and answer.json()["errorDescription"] == "page not found"


@check
def apprise_by_hand(house):
    """an Apprise API answers in JSON or in words, as it is asked, and says nothing where nobody is"""
    home = f"http://{house.hosts['apprise']}/notify"

    def post(path, status, **options):
        answer = requests.post(home + path, timeout=5, **options)
        assert answer.status_code == status, (path, answer.status_code, answer.text)
        return answer

    assert post("/household", 200, json={"body": "b"}).json()["error"] is None
    words = post("/household", 400, data={"title": "t"}, headers={"Accept": "text/plain"})
    assert words.text in ("Payload lacks minimum requirements", "Bad FORM Payload provided"), words.text
    assert "minimum" in post("/household", 400, json={"title": "t"}).json()["error"]
    post("/household", 400, json={"body": "b", "type": "alarm"})
    post("/household", 400, json={"body": "b", "format": "rtf"})
    post("/household", 400, data="{", headers={"Content-Type": "application/json"})
    post("/household", 400, data={"body": "x" * 32769})
    post("/household", 200, json={"body": "x" * 32769})
    post("/household", 424, json={"body": "b", "tag": "children"})
    post("/household", 200, json={"body": "b", "tag": "admins"})
    assert post("/stranger", 204, json={"body": "b"}).content == b""
    assert "not be sent" in post("/holiday", 424, json={"body": "b"}).json()["error"]
    post("", 204, json={"body": "b"})
    post("", 200, json={"body": "b", "urls": "json://localhost"})
    assert requests.get(home + "/household", timeout=5).status_code == 405
    assert requests.post(home + "/no key", json={"body": "b"}, timeout=5).status_code == 404


@check
def webhook(house):
    """discord-webhook posts words and embeds, and is told what Discord does not take"""
    embed = DiscordEmbed(title="A service is down", description="Plex", color="d64545")
    embed.set_url("https://plex.example")
    hook = DiscordWebhook(url=house.webhook, username="Autoplex", wait=True, allowed_mentions={"parse": []})
    hook.add_embed(embed)
    assert hook.execute().status_code == 200 and hook.id
    shown = house.channel()
    assert "A service is down" in str(shown), shown

    def post(status, code, path="", **json):
        answer = requests.post(house.webhook + path, json=json, timeout=5)
        assert answer.status_code == status and (code is None or answer.json()["code"] == code), answer.text
        return answer
    assert post(204, None, content="x").content == b""
    assert post(200, None, "?wait=true", content="x").json()["content"] == "x"
    post(400, 50006)
    post(400, 50035, content="x" * 2001)
    post(400, 50035, content="x", username="the discord bot")
    post(400, 50035, embeds=[{"title": "x" * 257}])
    post(401, 50027, "x", content="x")
    gone = requests.post(house.webhook.rsplit("/", 2)[0] + "/1/x", json={"content": "x"}, timeout=5)
    assert gone.status_code == 404 and gone.json() == {"message": "Unknown Webhook", "code": 10015}, gone.text


@check
def ours(house):
    """Autoplex tells the same as apprise, to all four at once, in fields that the services know"""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"], "CONFIG_DIR": folder, "PUBLIC_URL": "https://autoplex.example",
            "NOTIFY_NTFY_URL": house.told["ntfy"]["url"], "NOTIFY_NTFY_TOKEN": house.token("ntfy"),
            "NOTIFY_GOTIFY_URL": house.told["gotify"]["url"], "NOTIFY_GOTIFY_TOKEN": house.token("gotify"),
            "NOTIFY_APPRISE_URL": house.told["apprise"]["url"], "NOTIFY_DISCORD_WEBHOOK": house.webhook}
        done = subprocess.run(
            [os.environ["AUTOPLEX"], "notify", "test"], env=environment, cwd=folder, capture_output=True, text=True,
            timeout=60)
        assert done.returncode == 0 and done.stdout.count("✓") == 4, done
        mine = {name: house.taken(name)[-1] for name in KNOWN}
        message = house.channel()[-1] if isinstance(house.channel(), list) else house.channel()
        assert "Autoplex says hello" in str(message), message
        for name in KNOWN:
            assert house.tell(
                house.address(name), title="Autoplex says hello", body=mine[name]["text"],
                notify_type=apprise.NotifyType.SUCCESS)
            theirs = house.taken(name)[-1]
            assert set(mine[name]["fields"]) <= KNOWN[name], mine[name]
            # Whatever apprise says, we say as well, and it arrives as the same.
            said = {"format", "topic"} | set(mine[name]["fields"])
            assert set(theirs["fields"]) <= said, (mine[name], theirs)
            for part in ("app", "place", "title", "text", "isUrgent"):
                assert mine[name][part] == theirs[part], (part, mine[name], theirs)
        environment["NOTIFY_NTFY_TOKEN"] = "tk_wrong"
        done = subprocess.run(
            [os.environ["AUTOPLEX"], "notify", "test"], env=environment, cwd=folder, capture_output=True, text=True,
            timeout=60)
        assert done.returncode == 1 and "✗ ntfy" in done.stdout and "401" in done.stdout, done
        assert "tk_wrong" not in done.stdout + done.stderr


@check
def ntfy_limit(house):
    """ntfy has enough at some time, with its own number and without saying how long (and so this comes last)"""
    home, key = f"http://{house.hosts['ntfy']}", {"Authorization": f"Bearer {house.token('ntfy')}"}
    for _ in range(70):
        answer = requests.post(home + "/household", data="x", headers=key, timeout=5)
        if answer.status_code != 200:
            break
    assert answer.status_code == 429 and answer.json()["code"] == 42901, answer.text
    assert "Retry-After" not in answer.headers


if __name__ == "__main__":
    judge(House())
