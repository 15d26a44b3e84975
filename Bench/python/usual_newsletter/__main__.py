"""The usual script: reads the history with pandas, draws with matplotlib, writes letters with Jinja2.

usage: usual_newsletter DATABASE FIRST_DAY ZONE SPOOL      then a line on stdin for each run; facts go to SPOOL/facts.json
"""
import json
import sys
import time
from pathlib import Path

import pandas as pd

from facts import Facts, milliseconds, read
from letters import Letters

path, first, zone, spool = sys.argv[1:]


def names(rows):
    return [[row.name, int(row.plays)] for row in rows.itertuples()]


def plain(facts, issue, people):
    """For a comparison: what both sides must agree on."""
    return {
        "totals": {name: [int(value) for value in pair] for name, pair in issue["totals"].items()},
        "top": {kind: names(rows) for kind, rows in issue["top"].items()}, "longest": names(issue["longest"]),
        "shared": [[title.name, people] for title, people in issue["shared"]],
        "people": [[row.name, int(row.seconds)] for row in issue["people"].itertuples()],
        "hours": issue["hours"].to_numpy().tolist(),
        "personal": {int(person["id"]): {
            "plays": [int(value) for value in person["plays"]], "seconds": [int(value) for value in person["seconds"]],
            "rank": person["rank"] and [int(person["rank"]), person["of"]], "streak": list(person["streak"]),
            "hour": None if person["hour"] is None else person["hour"].tolist(), "top": names(person["top"]),
            "favourites": person["favourites"], "progress": [[name, int(done)] for name, done in person["progress"]],
            "suggestions": [list(pair) for pair in person["suggestions"]],
            "days": [int(value) for value in person["days"]],
        } for person in people}}


def newsletter():
    clock = [time.perf_counter()]
    ends = pd.Timestamp(first, tz=zone) + pd.DateOffset(days=7)
    facts = Facts(*read(path, milliseconds(ends)), first, zone)
    clock.append(time.perf_counter())
    people = list(facts.personal())
    clock.append(time.perf_counter())
    letters = Letters(facts, spool)
    clock.append(time.perf_counter())
    for person in people:
        letters.write(person)
    clock.append(time.perf_counter())
    Path(spool, "facts.json").write_text(json.dumps(plain(facts, letters.issue, people)))
    spans = [f"{after - before:.1f}" for before, after in zip(clock, clock[1:])]
    return f"{len(people)} letters: read {spans[0]} s, counted {spans[1]} s, drawn {spans[2]} s, written {spans[3]} s"


print("ready")
for _ in sys.stdin:
    print("done", newsletter())
