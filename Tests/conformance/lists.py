"""The tracker's calendar and lists, read by other people's readers: icalendar, csv, json. Usage: lists.py

LISTS names the program that prints them (Bench/Lists).
"""

import contextlib
import csv
import io
import json
import os
import subprocess
import tempfile

import icalendar

from judging import check, judge


def printed(kind):
    with tempfile.NamedTemporaryFile("rb") as file:
        subprocess.run([os.environ["LISTS"], kind, file.name], check=True)
        return file.read()


def plain(title):
    """As a line of text may be: control characters have no place in it."""
    title = title.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in title if letter == "\n" or letter >= " ")


@contextlib.contextmanager
def titles():
    yield json.loads(printed("titles"))


def read(text):
    with tempfile.NamedTemporaryFile("wb", delete=False) as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    try:
        lines = subprocess.run(
            [os.environ["LISTS"], "read", file.name], check=True, capture_output=True).stdout.decode().splitlines()
    finally:
        os.unlink(file.name)
    return [json.loads(line) for line in lines]


@check
def calendar(names):
    """icalendar reads every event as it was meant, with a UID of its own and whole days"""
    raw = printed("ics")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")) and b"\n" not in raw.replace(b"\r\n", b"")
    whole = icalendar.Calendar.from_ical(raw)
    assert whole["VERSION"] == "2.0" and whole["PRODID"] and not whole.errors
    events = list(whole.walk("VEVENT"))
    assert len(events) == len(names) and len({event["UID"] for event in events}) == len(names)
    for place, (event, name) in enumerate(zip(events, names)):
        # An empty title leaves no blank at the end.
        wanted = f"Show {place} S01E{place + 1:02}" + (f" {plain(name)}" if name else "")
        assert str(event["SUMMARY"]) == wanted, (str(event["SUMMARY"]), wanted)
        assert (event["DTEND"].dt - event["DTSTART"].dt).days == 1 and event["DTSTAMP"].dt.tzinfo
        assert not event.errors


@check
def sheet(names):
    """csv reads every title as it was, and no spreadsheet takes one for a formula"""
    rows = list(csv.DictReader(io.StringIO(printed("csv").decode(), newline="")))
    assert len(rows) == len(names)
    for row, name in zip(rows, names):
        told = row["episode_title"]
        assert not told or told[0] not in "=+-@\t\r", told
        assert told in (name, "'" + name), (told, name)
        assert row["show_imdb"] == "tt9510001" and row["type"] == "episode"


@check
def there_and_back(names):
    """What was written is read again as it was"""
    for kind in ("csv", "json"):
        *plays, tail = read(printed(kind))
        assert tail == {"others": 0, "problems": 0} and len(plays) == len(names), (kind, tail)
        for play, name in zip(plays, names):
            # Blanks around a title are a slip of whoever typed it, and nobody's title has more than 300 letters.
            assert play["title"].strip() == name.strip()[:300].strip(), (kind, play["title"], name)
            assert play["showGuids"][0].startswith("tmdb://") and play["guids"] == ["tvdb://7"]


@check
def trakt(names):
    """What Python's csv writes in the columns of Trakt and Yamtrack is read"""
    for separator in ",;\t":
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=separator)
        writer.writerow(["type", "title", "year", "season", "episode", "watched_at", "tmdb_id"])
        for number, name in enumerate(names, 1):
            writer.writerow(["episode", name or "Show", 2018, 1, number, "2025-03-01T20:15:00.000Z", number])
        writer.writerow(["movie", "Salt Road", 2023, "", "", "2025-03-01", ""])
        *plays, tail = read(out.getvalue())
        assert tail == {"others": 1, "problems": 0} and len(plays) == len(names), tail
        assert [play["number"] for play in plays] == list(range(1, len(names) + 1))
        assert all(play["showGuids"] == [] and play["guids"] for play in plays)


if __name__ == "__main__":
    judge(titles())
