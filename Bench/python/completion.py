"""How much of an artist of 2,000 tracks the owner has heard, in a library of half a million."""
import collections
import re

from contest import Bot, Script, shown, tell
from counting import CountedHouse
from stage import table

ARTIST, HEARD = "The Ever After Orchestra", r"667/2000"
OWNER = 4_100_001
QUESTIONS = 3
SCRIPTS = {"plexapi, the server's counters": "views", "plexapi, Tautulli's history too": "history"}
FIRST, LATER = "Autoplex, first question", "Autoplex, later questions"


def bot(house):
    made = Bot(house)
    # Who the owner is. What they played is read with the first question.
    made.ask("jobs run people", "is running")
    made.settle()
    return made


def script(way, house):
    return Script(
        "usual_completion.py", way, house["plex"]["url"], house["plex"]["token"], house["tautulli"]["url"],
        house["tautulli"]["key"], str(OWNER))


def asked(contender):
    cost = contender.ask(f"completion {ARTIST}", "has listened to") if isinstance(contender, Bot) \
        else contender.ask(ARTIST)
    if not re.search(HEARD, cost.answer):
        raise SystemExit(f"not {HEARD}: {cost.answer}")
    return cost


def completion(house, rounds):
    costs = collections.defaultdict(list)
    # The stand-in sorts its library once, for whoever asks first.
    with script("views", house) as somebody:
        asked(somebody)
    for number in range(rounds):
        tell(f"completion, round {number + 1} of {rounds} …")
        with bot(house) as ours:
            costs[FIRST].append(asked(ours))
            costs[LATER] += [asked(ours) for _ in range(QUESTIONS)]
        for name, way in SCRIPTS.items():
            with script(way, house) as theirs:
                asked(theirs)
                costs[name] += [asked(theirs) for _ in range(QUESTIONS)]
    counted, requests = CountedHouse(house), {}
    with bot(counted.house) as ours:
        for name in (FIRST, LATER):
            requests[name] = counted.during(lambda: asked(ours))[1]
    for name, way in SCRIPTS.items():
        with script(way, counted.house) as theirs:
            requests[name] = counted.during(lambda: asked(theirs))[1]
    return table(["an artist of 2,000 tracks", "requests", "time", "CPU", "peak memory"], [
        [name, told(requests[name]), *shown(costs[name])] for name in (FIRST, LATER, *SCRIPTS)])


def told(paths):
    covers = sum(1 for path in paths["plex"] if path.startswith("/photo/"))
    words = f"{len(paths['plex']) - covers}"
    if covers:
        words += f", {covers} covers"
    return words + (f", {len(paths['tautulli'])} to Tautulli" if paths["tautulli"] else "")
