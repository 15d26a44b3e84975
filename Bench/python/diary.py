"""Two years of a household of 500, as rows of Tautulli's history in Autoplex's own copy of it: the source for both sides.

Seeded, so that every run tells of the same plays; they end with the last whole week.
"""
import json
import sqlite3

import numpy

PEOPLE, DAYS = 500, 730
FIRST_ACCOUNT = 7_000_000
KINDS = ("movie", "episode", "track")
NAMES = ("Ada Bo Cleo Dev Elin Femi Goran Hana Iris Jonas Kaja Lev Mina Noor Otto Pia Quinn Rosa Sol Tove Uma Vito Wanda "
         "Xenia Yuki Zoe").split()
FIRST = "Northern Salt Paper Glass Winter Quiet Iron Hollow Silver Distant Amber Broken Second Open Last Bitter".split()
SECOND = "Line Road Harbour Window Orchard Signal Tide House Station Letter Garden Mill Bridge Summer Clock Room".split()
COLUMNS = (
    "id user_id media_type rating_key parent_key grandparent_key guid title parent_title grandparent_title original_title "
    "item_index parent_index started stopped played_ms percent is_watched read_at sitting year is_live decision").split()


def name(number, word=""):
    return f"{FIRST[number % 16]} {SECOND[number // 16 % 16]}{word}{'' if number < 256 else f' {number // 256 + 1}'}"


def plays(rows, until):
    """Columns of `rows` plays that end before a moment in seconds."""
    dice = numpy.random.default_rng(20_260_101)
    activity = dice.lognormal(0, 0.9, PEOPLE)
    user = dice.choice(PEOPLE, rows, p=activity / activity.sum())
    hours = numpy.array([3, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 4, 5, 5, 4, 5, 6, 8, 11, 14, 16, 15, 10, 6], float)
    started = (until - dice.integers(1, DAYS + 1, rows) * 86_400 + dice.choice(24, rows, p=hours / hours.sum()) * 3600
               + dice.integers(0, 3600, rows))
    started = numpy.sort(started[:rows])
    kind = dice.choice(3, rows, p=[0.15, 0.45, 0.40])
    # Everybody plays the hits, and something that is rather their own.
    sizes = numpy.array([3000, 800, 2000])[kind]
    work = ((dice.random(rows) ** 2.5 + (user % 7) * 0.03 * (dice.random(rows) < 0.5)) * sizes).astype(int) % sizes
    part, season = dice.integers(1, 13, rows), dice.integers(1, 6, rows)
    span = numpy.stack([dice.integers(4800, 8400, rows), dice.integers(1200, 3300, rows), dice.integers(150, 320, rows)])
    seconds = span[kind, numpy.arange(rows)]
    sitting = numpy.arange(1, rows + 1)
    # Some stop, and go on later.
    for again in numpy.flatnonzero(dice.random(rows) < 0.04)[1:]:
        for column in (user, kind, work, part, season, sitting):
            column[again] = column[again - 1]
    way = dice.choice(3, rows, p=[0.6, 0.15, 0.25])
    return user, started, kind, work, part, season, seconds, sitting, way


def rows_of(rows, until):
    titles = [
        [name(number) for number in range(3000)], [name(number, " House") for number in range(800)],
        [name(number, " Quintet") for number in range(2000)]]
    columns = [column.tolist() for column in plays(rows, until)]
    for number, (user, started, kind, work, part, season, seconds, sitting, way) in enumerate(zip(*columns), 1):
        whole = kind * 10_000_000 + work * 1000
        own = whole + season * 20 + part if kind else whole
        yield (
            number, FIRST_ACCOUNT + user, KINDS[kind], own, kind and whole + season or None, kind and whole or None,
            f"plex://{KINDS[kind]}/{own:024x}",
            titles[0][work] if kind == 0 else f"Episode {part}" if kind == 1 else f"{name(own % 251)} ({part})",
            "" if kind == 0 else f"Season {season}" if kind == 1 else name(work + season * 31, " Album"),
            "" if kind == 0 else titles[kind][work], "", kind and part or None, kind and season or None,
            started * 1000, (started + seconds) * 1000, seconds * 1000, 100, 1, started * 1000, sitting,
            1960 + work % 65 if kind == 0 else None, 0, ("direct play", "copy", "transcode")[way])


def fill(path, rows, until, now):
    """Into a database that Autoplex made: everybody, what they played, and how far that is known."""
    with sqlite3.connect(path) as base:
        base.executemany(
            "INSERT INTO people (id, plex_id, name, username, email, is_owner, is_home, is_managed, access, libraries, "
            "joined_at, first_seen) VALUES (?, ?, ?, ?, ?, 0, 0, 0, 'member', 'all', 0, 0)",
            ((100 + user, FIRST_ACCOUNT + user, f"{NAMES[user % 26]} {SECOND[user // 26 % 16]}{user}", f"user{user}",
              f"user{user}@mail.example") for user in range(PEOPLE)))
        base.executemany(
            f"INSERT INTO history_plays ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})",
            rows_of(rows, until))
        base.execute(
            "INSERT OR REPLACE INTO remembered (key, value, changed_at) VALUES ('history.read-through', ?, ?)",
            (str(now * 1000), now * 1000))
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()


def forget_issues(path):
    with sqlite3.connect(path) as base:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'newsletter_*'"
        for (table,) in base.execute(tables).fetchall():
            base.execute(f"DELETE FROM {table}")
    base.close()


def issue(path):
    """What Autoplex counted: the issue, and each person's facts by their number."""
    with sqlite3.connect(path) as base:
        facts = json.loads(base.execute("SELECT facts FROM newsletter_issues").fetchone()[0])
        personal = {
            person: json.loads(text) for person, text in base.execute("SELECT person, facts FROM newsletter_personal")}
    base.close()
    return facts, personal
