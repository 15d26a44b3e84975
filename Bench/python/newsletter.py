"""The newsletter of a week for 500 people, from two years of history: Autoplex beside pandas, matplotlib and Jinja2.

Both read the same table of the same SQLite file, Autoplex's copy of Tautulli's history, which its hourly job keeps: so
neither pays for Tautulli's HTTP, and the script is spared the joins of Tautulli's own three tables. Both count the same
(`agrees` holds one against the other), draw the charts, and make a letter of HTML, text and pictures for everybody. Nothing
is sent: Autoplex has a dry run, which makes every letter and lets none out; the script writes files.
usage: newsletter.py [--write] [--rounds N] [ROWS ...]
"""
import argparse
import collections
import datetime
import json
import tempfile
import time
import zoneinfo
from pathlib import Path

import diary
from contest import Bot, Script, median, shown, tell
from stage import Autoplex, standin, table, write

ZONE = "Europe/Berlin"
OURS, THEIRS = "Autoplex", "pandas, matplotlib, Jinja2"
SIZES = [200_000, 2_000_000]


def week():
    """The last whole one: its first day, and when it ends."""
    today = datetime.datetime.now(zoneinfo.ZoneInfo(ZONE)).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - datetime.timedelta(days=today.weekday())
    return (monday - datetime.timedelta(days=7)).date(), int(monday.timestamp())


def settings(house):
    # Without Plex there are no covers to ask for, and both draw tiles with initials.
    return {
        "PLEX_URL": "", "PLEX_TOKEN": "", "PLEX_TV_URL": "", "DRY_RUN": "true", "TZ": ZONE,
        "DISCORD_ADMIN_CHANNEL": str(house["channels"]["admin"]), "NEWSLETTER_CONSENT": "opt-out",
        "NEWSLETTER_SCHEDULE": "@yearly", "PUBLIC_URL": "https://plex.example", "EMAIL_FROM": "plex@mail.example"}


def made(house, folder, rows):
    """A folder of Autoplex with two years in its database."""
    with Autoplex(house, folder=folder, **settings(house)).process as first:
        first.until(r" ready\b")
    path = Path(folder, "autoplex.db")
    _, until = week()
    diary.fill(path, rows, until, int(time.time()))
    return path


def ours(house, folder):
    with Bot(house, folder=folder, **settings(house)) as bot:
        bot.settle()
        return bot.ask("jobs run newsletter", f"would go to {diary.PEOPLE} people")


def theirs(path, spool):
    first, _ = week()
    with Script("usual_newsletter", str(path), str(first), ZONE, spool) as script:
        cost = script.ask()
    tell(f"  {cost.answer}")
    if len(list(Path(spool).glob("*.eml"))) != diary.PEOPLE:
        raise SystemExit(f"the script wrote not everybody's letter: {cost.answer}")
    return cost


def agrees(path, spool):
    """Both said the same, or nothing is compared."""
    facts, personal = diary.issue(path)
    usual = json.loads(Path(spool, "facts.json").read_text())

    def pair(trend):
        return [trend["now"], trend["before"]]

    def counts(rows):
        return [[row["title"]["name"], row["plays"]["now"]] for row in rows]

    def same(what, mine, other):
        if mine != other:
            raise SystemExit(f"{what}: Autoplex says {mine}, the script {other}")

    same("totals", {name: pair(value) for name, value in facts["totals"].items()}, usual["totals"])
    for kind, name in (("movie", "topMovies"), ("show", "topShows"), ("artist", "topArtists")):
        same(name, counts(facts[name]), usual["top"][kind])
    same("longest", counts(facts["longest"]), usual["longest"])
    same("shared", [[row["title"]["name"], [who["name"] for who in row["people"]]] for row in facts["shared"]],
         usual["shared"])
    same("people", [[row["person"]["name"], row["seconds"]["now"]] for row in facts["people"]], usual["people"])
    same("hours", facts["hours"], usual["hours"])
    for number, mine in personal.items():
        rank, hour = mine.get("rank"), mine.get("busiestHour")
        same(f"person {number}", {
            "plays": pair(mine["plays"]), "seconds": pair(mine["seconds"]), "rank": rank and [rank["place"], rank["of"]],
            "streak": [mine["streak"]["longest"], mine["streak"]["running"]],
            "hour": hour and [hour["hour"], hour["plays"]], "top": counts(mine["top"]),
            "favourites": [row["title"]["name"] for row in mine["favourites"]],
            "progress": [[row["title"]["name"], row["done"]] for row in mine["progress"]],
            "suggestions": [[row["title"]["name"], row["likeMinded"]] for row in mine["suggestions"]],
            "days": [day["seconds"] for day in mine["byDay"]]}, usual["personal"][str(number)])


def newsletter(house, rows, rounds):
    costs = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as spool:
        tell(f"newsletter, {rows:,} plays are written …")
        path = made(house, folder, rows)
        for number in range(rounds):
            tell(f"newsletter, {rows:,} plays, round {number + 1} of {rounds} …")
            diary.forget_issues(path)
            costs[OURS].append(ours(house, folder))
            tell(f"  Autoplex: {costs[OURS][-1]}")
            costs[THEIRS].append(theirs(path, spool))
            tell(f"  the script: {costs[THEIRS][-1]}")
            agrees(path, spool)
    ratios = [f"1/{median(costs[THEIRS], name) / median(costs[OURS], name):.1f}" for name in ("seconds", "cpu", "peak")]
    return [[OURS, *shown(costs[OURS])], [THEIRS, *shown(costs[THEIRS])], ["ratio", *ratios]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("sizes", nargs="*", type=int)
    options = parser.parse_args()
    tables = []
    for rows in options.sizes or SIZES:
        household, house = standin("--unlimited", "--services", "plex,plextv,tautulli")
        with household:
            household.let_talk()
            lines = newsletter(house, rows, options.rounds)
        tables.append(table([f"{rows:,} plays, {diary.PEOPLE} letters", "time", "CPU", "peak memory"], lines))
        print(tables[-1] + "\n", flush=True)
    if options.write:
        write("newsletter", "\n\n".join(tables))


main()
