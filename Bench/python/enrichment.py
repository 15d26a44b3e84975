"""Who plays on a release of ten discs and 120 recordings, which Plex knows by its id of MusicBrainz.

The pause between two requests to MusicBrainz is real: Autoplex is told the address of musicbrainz.org, with the stand-in as
the proxy on the way, and keeps the pace that is due there; musicbrainzngs keeps its own, which is on for every address.
"""
import collections
import time

from contest import Bot, Script, shown, tell
from counting import CountedHouse
from stage import table

ALBUM, PLAYERS = "The Complete Mill Sessions", ["Ottilie Brandt", "Selma Ferro"]
FIRST, AGAIN = "Autoplex", "Autoplex, asked again"
RELEASE, RECORDINGS = "musicbrainzngs, one lookup", "musicbrainzngs, each recording"
WAYS = {RELEASE: "release", RECORDINGS: "recordings"}


def bot(house):
    proxy = house["musicbrainz"]["url"].removesuffix("/ws/2")
    return Bot(house, MUSICBRAINZ_URL="http://musicbrainz.org/ws/2", http_proxy=proxy)


def script(way, house):
    return Script(
        "usual_enrichment.py", way, house["plex"]["url"], house["plex"]["token"], house["musicbrainz"]["url"])


def asked(contender):
    cost = contender.ask(f"enrich {ALBUM}", PLAYERS[0]) if isinstance(contender, Bot) else contender.ask(ALBUM)
    for player in PLAYERS:
        if player not in cost.answer:
            raise SystemExit(f"{player} is not in {cost.answer}")
    return cost


def enrichment(house, rounds):
    costs, requests = collections.defaultdict(list), {}
    with script(WAYS[RELEASE], house) as somebody:
        asked(somebody)
    # Counted and measured at once: one request more or less behind a proxy is nothing beside a pause of a second.
    counted = CountedHouse(house)

    def note(name, contender):
        # The limiter counts an address's requests of the last seconds, whoever of us sent them.
        time.sleep(5)
        cost, requests[name] = counted.during(lambda: asked(contender))
        costs[name].append(cost)

    for number in range(rounds):
        tell(f"enrichment, round {number + 1} of {rounds} …")
        with bot(counted.house) as ours:
            note(FIRST, ours)
            note(AGAIN, ours)
        with script(WAYS[RELEASE], counted.house) as theirs:
            note(RELEASE, theirs)
    tell("enrichment, two minutes of looking each recording up …")
    with script(WAYS[RECORDINGS], counted.house) as theirs:
        note(RECORDINGS, theirs)
    return table(["10 discs, 120 recordings", "requests to MusicBrainz", "to Plex", "time", "CPU", "peak memory"], [
        [name, str(len(requests[name]["musicbrainz"])), str(len(requests[name]["plex"])), *shown(costs[name])]
        for name in (FIRST, AGAIN, RELEASE, RECORDINGS)])
