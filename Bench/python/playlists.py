"""A playlist of 50,000 rated tracks, one in a hundred of them changed: half of those lost their stars, as many came to some.

Every way has a playlist of its own. The change is made, all bring theirs up to date in turn, it is taken back, and they do
again; so the figures are of twice as many runs as there are rounds.
"""
import collections
import contextlib
import http.client
import json
import urllib.parse

from contest import Bot, Script, shown, tell
from counting import CountedHouse
from stage import table

LEAST = 5  # two stars and a half: all that is rated in the stand-in's Archive
OURS = {"Autoplex, order kept": "keep order", "Autoplex, best first": "best first"}
THEIRS = {"plexapi, what differs, order kept": "differ", "plexapi, made anew, best first": "anew"}
ORDER = ["Autoplex, order kept", "plexapi, what differs, order kept", "Autoplex, best first",
         "plexapi, made anew, best first"]


class Plex:
    """The stand-in, asked plainly: to change stars and to look at the outcome."""

    def __init__(self, address):
        self.token = address["token"]
        self.place = urllib.parse.urlsplit(address["url"]).netloc

    def calls(self, method, paths):
        line = http.client.HTTPConnection(self.place)
        for path in paths:
            line.request(method, path, headers={"X-Plex-Token": self.token, "Accept": "application/json"})
            answer = line.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise SystemExit(f"{method} {path}: {answer.status}")
        line.close()
        return json.loads(body)["MediaContainer"] if body.startswith(b"{") else None

    def rate(self, stars):
        self.calls("PUT", [
            f"/:/rate?key={key}&identifier=com.plexapp.plugins.library&rating={rating}" for key, rating in stars])

    def tracks(self, query):
        """Their keys and ratings, in the order of the library."""
        found = self.calls("GET", [f"/library/sections/5/all?type=10&{query}"])["Metadata"]
        return [(item["ratingKey"], item.get("userRating")) for item in found]

    def sizes(self):
        lists = self.calls("GET", ["/playlists?playlistType=audio"]).get("Metadata", [])
        return {one["title"]: one["leafCount"] for one in lists}


class Change:
    """Half a percent loses its stars, as many others get some, spread over the whole library."""

    def __init__(self, plex):
        self.plex = plex
        rated = plex.tracks(f"userRating%3E={LEAST}")
        self.count = len(rated)
        half = self.count // 200
        lost = rated[:: self.count // half][:half]
        bare = [one for one in plex.tracks(f"X-Plex-Container-Start=0&X-Plex-Container-Size={half * 20}")
                if one[1] is None]
        won = bare[:: len(bare) // half][:half]
        self.size = half
        self.there = [(key, LEAST - 1) for key, _ in lost] + [(key, 9) for key, _ in won]
        self.back = [*lost] + [(key, LEAST - 1) for key, _ in won]

    def make(self, is_there):
        self.plex.rate(self.there if is_there else self.back)


def bot(house):
    wishes = [f"{title}: >={LEAST / 2}, in Archive, {order}" for title, order in OURS.items()]
    return Bot(house, PLAYLISTS="; ".join(f'"{wish.split(":")[0]}":{wish.split(":")[1]}' for wish in wishes))


@contextlib.contextmanager
def contenders(house):
    """What brings each playlist up to date."""
    with contextlib.ExitStack() as processes:
        yield started(house, processes)


def started(house, processes):
    ours = processes.enter_context(bot(house))
    scripts = {
        name: processes.enter_context(
            Script("usual_playlists.py", way, house["plex"]["url"], house["plex"]["token"], name, str(LEAST)))
        for name, way in THEIRS.items()}
    asks = {name: theirs.ask for name, theirs in scripts.items()}
    for name in OURS:
        asks[name] = lambda name=name: ours.ask(
            f"sync_playlists run {name}", "is up to date|is made|as it should be")
    return {name: asks[name] for name in ORDER}


def playlists(house, rounds):
    plex = Plex(house["plex"])
    change = Change(plex)
    costs, requests = collections.defaultdict(list), {}
    with contenders(house) as asks:
        for name, ask in asks.items():
            tell(f"playlists, making “{name}” …")
            tell(f"  {ask()}")
        for number in range(rounds):
            for is_there in (True, False):
                tell(f"playlists, round {number + 1} of {rounds}, {'there' if is_there else 'back'} …")
                change.make(is_there)
                for name, ask in asks.items():
                    costs[name].append(ask())
                    tell(f"  {name}: {costs[name][-1]}")
                agree(plex, change)
    counted = CountedHouse(house)
    with contenders(counted.house) as asks:
        change.make(True)
        for name, ask in asks.items():
            requests[name] = counted.during(ask)[1]["plex"]
        agree(plex, change)
    return table([f"{change.count:,} tracks, {change.size} go, {change.size} come", "requests", "time", "CPU",
                  "peak memory"],
                 [[name, f"{len(requests[name]):,}", *shown(costs[name])] for name in ORDER])


def agree(plex, change):
    sizes = {name: plex.sizes().get(name) for name in ORDER}
    if set(sizes.values()) != {change.count}:
        raise SystemExit(f"they did not come to the same: {sizes}")
