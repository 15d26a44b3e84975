"""The demo's numbers, read by Prometheus' own reader of its text format. Usage: metrics.py

AUTOPLEX names the built program.
"""

import os
import re
import socket
import subprocess
import urllib.request

from prometheus_client.parser import text_string_to_metric_families

from judging import check, judge


class Page:
    """The demo, and what its /metrics says once it has done a few things."""

    def __init__(self):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        self.process = subprocess.Popen(
            [os.environ["AUTOPLEX"], "demo"], env={**os.environ, "HTTP_PORT": str(port), "LOG_LEVEL": "info"},
            stdout=subprocess.PIPE, text=True)
        # Once it has spoken with everybody: it reads what was watched when it knows whose it is.
        wanted = {"slash commands registered", "the history is read"}
        while wanted and (line := self.process.stdout.readline()):
            wanted = {words for words in wanted if words not in line}
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
            self.kind = answer.headers["content-type"]
            self.text = answer.read().decode()
        self.families = {family.name: family for family in text_string_to_metric_families(self.text)}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.stdout.read()
        self.process.wait(30)


@check
def understood(page):
    """is understood whole, and says so in its content type"""
    assert page.kind == "text/plain; version=0.0.4; charset=utf-8", page.kind
    assert len(page.families) > 25, sorted(page.families)
    assert all(name.startswith("autoplex_") for name in page.families)
    # A line that nobody described would be a family of unknown type.
    assert not [name for name, family in page.families.items() if family.type == "unknown" or not family.documentation]


@check
def units(page):
    """has base units and the endings that belong to each type"""
    for name, family in page.families.items():
        for sample in family.samples:
            if family.type == "counter":
                assert sample.name == name + "_total" and sample.value >= 0, sample
            elif family.type == "histogram":
                assert name.endswith("_seconds") and sample.name.removeprefix(name) in ("_bucket", "_sum", "_count")
        assert not re.search("milli|minute|hour|kilo|mega|percent", name), name


@check
def histograms(page):
    """counts upwards in each histogram, to a last bucket that is the count"""
    family = page.families["autoplex_outside_request_duration_seconds"]
    services = {sample.labels["service"] for sample in family.samples}
    assert {"plex", "tautulli", "discord"} <= services, services
    for service in services:
        own = [sample for sample in family.samples if sample.labels["service"] == service]
        counts = [sample.value for sample in own if sample.name.endswith("_bucket")]
        bounds = [float(sample.labels["le"]) for sample in own if sample.name.endswith("_bucket")]
        total = next(sample.value for sample in own if sample.name.endswith("_count"))
        assert counts == sorted(counts) and bounds == sorted(bounds) and bounds[-1] == float("inf"), own
        assert counts[-1] == total > 0, own


@check
def labels(page):
    """names nobody, and no address: label values are words of the program"""
    for family in page.families.values():
        for sample in family.samples:
            for label, value in sample.labels.items():
                if label in ("le", "version"):
                    continue
                assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_. -]{0,40}", value), sample
                assert not re.search("robin|dora|ann|@|127\\.0|http", value.lower()), sample
    samples = [(sample.name, tuple(sorted(sample.labels.items()))) for f in page.families.values() for sample in f.samples]
    assert len(samples) == len(set(samples)) < 1000


if __name__ == "__main__":
    judge(Page())
