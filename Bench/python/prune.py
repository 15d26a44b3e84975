"""One look at 10,000 people with five million plays: Autoplex beside the usual daemon, which asks Tautulli about each.

Autoplex begins with its copy of the history, which its hourly job keeps; it asks Tautulli for what came since, plex.tv for the
people, Plex for what runs and for its own history of the last days, and believes none of them alone. Nobody is told
anything: it is PRUNE=dry, and the script only counts. Both must have found the same last play of everybody.
usage: prune.py [--write] [--rounds N] [--people N]
"""
import argparse
import collections
import json
import sqlite3
import tempfile
import time
import urllib.request
from pathlib import Path

from contest import Bot, Script, median, shown, tell
from stage import Autoplex, standin, table, write

PLAYS, RHYTHM = 500, 35 * 3600
FIRST, USUAL, THEIRS = "Autoplex, its first look", "Autoplex", "a request for each"
SETTINGS = {
    "PRUNE": "dry", "WELCOME": "false", "CHECK_INACTIVITY_SECS": "86400", "CHECK_NEW_USERS_SECS": "86400",
    "DRY_RUN": "true"}
COLUMNS = (
    "id user_id media_type rating_key parent_key grandparent_key guid title parent_title grandparent_title original_title "
    "item_index parent_index started stopped played_ms percent is_watched read_at sitting year is_live decision")


def fill(path, people, first, hour):
    """Two years of everybody, as Autoplex's hourly job would have copied them; see Bench/StandIn/Crowd.swift."""
    with sqlite3.connect(path) as base:
        base.execute(f"""
            WITH RECURSIVE
                earlier (k) AS (SELECT {PLAYS - 1} UNION ALL SELECT k - 1 FROM earlier WHERE k > 0),
                people (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM people WHERE n < {people - 1}),
                plays (k, n, stopped) AS (
                    SELECT k, n, ({hour} - n * 7919 % 2100 * 60 - (n % 50 = 7) * 40 * 86400 - k * {RHYTHM}) * 1000
                    FROM earlier CROSS JOIN people)
            INSERT INTO history_plays ({COLUMNS.replace(' ', ', ')})
            SELECT 100000000 + ({PLAYS - 1} - k) * {people} + n, {first} + n, 'movie', 1 + (n + k) % 8, NULL, NULL,
                'plex://movie/' || ((n + k) % 8), 'A Film ' || ((n + k) % 8), '', '', '', NULL, NULL, stopped - 5400000,
                stopped, 5400000, 100, 1, stopped, 100000000 + ({PLAYS - 1} - k) * {people} + n, 2001, 0, 'direct play'
            FROM plays""")
        now = int(time.time() * 1000)
        base.execute(
            "INSERT OR REPLACE INTO remembered (key, value, changed_at) VALUES ('history.read-through', ?, ?)",
            (str(now), now))
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()


def requests(house):
    """How many each service has had."""
    with urllib.request.urlopen(house["counts"]) as answer:
        return collections.Counter(json.load(answer))


def counted(house, act):
    before = requests(house)
    cost = act()
    return cost, requests(house) - before


def ours(house, folder, rounds):
    with Bot(house, folder=folder, **SETTINGS) as bot:
        bot.settle()
        looks = []
        for number in range(rounds + 1):
            tell(f"prune, look {number} of {rounds} …")
            looks.append(counted(house, lambda: bot.ask("prune run", "Counted")))
            tell(f"  {looks[-1][0]}, requests {dict(looks[-1][1])}")
        return looks


def theirs(house, found, rounds):
    arguments = (house["plextv"]["url"], house["plex"]["token"], house["plex"]["machine"], house["tautulli"]["url"],
                 house["tautulli"]["key"])
    looks = []
    for number in range(rounds):
        tell(f"prune, the script's look {number + 1} of {rounds} …")
        with Script("usual_prune.py", *arguments) as script:
            looks.append(counted(house, lambda: script.ask(str(found))))
        tell(f"  {looks[-1][0]}, {looks[-1][0].answer}, requests {dict(looks[-1][1])}")
    return looks


def agrees(path, found):
    """Both saw the same last play of everybody, or nothing is compared."""
    usual = {int(user): seconds for user, seconds in json.loads(found.read_text()).items()}
    with sqlite3.connect(path) as base:
        own = dict(base.execute("""
            SELECT plex_id, MAX(at) / 1000 FROM prune_people JOIN prune_sightings USING (person)
            WHERE share_id IS NOT NULL GROUP BY plex_id""").fetchall())
    base.close()
    if own != usual:
        different = [(user, own.get(user), usual.get(user)) for user in {**own, **usual}
                     if own.get(user) != usual.get(user)]
        raise SystemExit(f"{len(different)} of {len(usual)} differ, such as {different[:3]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        household, house = standin(
            "--unlimited", "--services", "plex,plextv,tautulli", "--people", str(options.people))
        with household:
            household.let_talk()
            with Autoplex(house, folder=folder, **SETTINGS).process as first:
                first.until(r" ready\b")
            path, found = Path(folder, "autoplex.db"), Path(folder, "found.json")
            tell(f"prune, {options.people * PLAYS:,} plays are written …")
            fill(path, options.people, house["crowd"]["first"], house["crowd"]["hour"])
            mine = ours(house, folder, options.rounds)
            other = theirs(house, found, options.rounds)
            agrees(path, found)
    costs = {FIRST: mine[:1], USUAL: mine[1:], THEIRS: other}
    # The most of all rounds: a stand-in forgets its oldest requests when they are many.
    asked = {name: max(sum(requests.values()) for _, requests in looks) for name, looks in costs.items()}
    rows = [
        [name, f"{asked[name]:,}", *shown([cost for cost, _ in looks])] for name, looks in costs.items()]
    usual, theirs_ = [cost for cost, _ in mine[1:]], [cost for cost, _ in other]
    rows.append(["ratio", f"1/{asked[THEIRS] / asked[USUAL]:.0f}", *(
        f"1/{median(theirs_, name) / max(median(usual, name), 1e-9):.1f}" for name in ("seconds", "cpu", "peak"))])
    text = table(
        [f"{options.people:,} people, {options.people * PLAYS:,} plays", "requests", "time", "CPU", "peak memory"], rows)
    print(text, flush=True)
    if options.write:
        write("prune", text)


main()
