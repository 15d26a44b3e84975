"""The music commands beside scripts around plexapi and musicbrainzngs, on one stand-in of everything.

The ways take turns, several rounds of it; shown are medians. Requests are counted in a round of their own, through a proxy,
so that it costs nothing where time is measured. No figure passes or fails anything here.
usage: music.py [--write] [--rounds N] [--tracks N] [completion] [playlists] [enrichment]
"""
import argparse

from completion import completion
from enrichment import enrichment
from playlists import playlists
from stage import standin, write, written


MEASURES = {"completion": completion, "playlists": playlists, "enrichment": enrichment}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tracks", type=int, default=500_000)
    parser.add_argument("measures", nargs="*", choices=[*MEASURES, []])
    options = parser.parse_args()
    tables = {}
    for name in options.measures or MEASURES:
        household, house = standin("--unlimited", "--services", "plex,plextv,tautulli", "--tracks", options.tracks)
        # A stand-in of its own, with its limiter on, which refuses whoever is too fast.
        library, shelves = standin("--services", "musicbrainz")
        with household, library:
            household.let_talk()
            library.let_talk()
            tables[name] = MEASURES[name]({**house, "musicbrainz": shelves["musicbrainz"]}, options.rounds)
            print(tables[name] + "\n", flush=True)
        if options.write:
            # What was not measured this time stays as it was.
            old = dict(zip(MEASURES, written("music").split("\n\n")))
            write("music", "\n\n".join({**dict.fromkeys(MEASURES, "|  |\n| --- |"), **old, **tables}.values()))


main()
