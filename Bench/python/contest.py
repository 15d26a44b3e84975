"""Two ways of doing one thing, asked in the same words: Autoplex by a command in the channel, a script by a line on stdin.

What one asking cost is a Cost: seconds, CPU and peak memory of the process, and what it answered.
"""
import asyncio
import json
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

import aiohttp

from stage import ROOT, VENV, Autoplex, Process, cpu, forget_peak, resident

REFUSED = "Stopped|That did not work|nothing was changed|There is no|I do not know anybody|not set yet"
QUIET = {f"{job}_SCHEDULE": "@yearly" for job in ("PEOPLE", "HISTORY", "HISTORY_ANEW", "SERVICES", "BACKUP")}


@dataclass
class Cost:
    seconds: float
    cpu: float
    peak: float
    answer: str

    def __str__(self):
        return f"{self.seconds:.2f} s, {self.cpu:.2f} s of CPU, {self.peak:.0f} MiB"

    @classmethod
    def of(cls, pid, act):
        forget_peak(pid)
        before, start = cpu(pid), time.perf_counter()
        answer = act()
        seconds = time.perf_counter() - start
        return cls(seconds, cpu(pid) - before, resident(pid, "VmHWM"), answer)


class Bot:
    """Autoplex with everything of the household configured. Its own schedules are as good as off."""

    def __init__(self, house, folder=None, **settings):
        self.house = house
        addresses = {
            "PLEX_URL": house["plex"]["url"], "PLEX_TOKEN": house["plex"]["token"],
            "PLEX_TV_URL": house["plextv"]["url"], "TAUTULLI_URL": house["tautulli"]["url"],
            "TAUTULLI_API_KEY": house["tautulli"]["key"],
        }
        usual = {**addresses, **QUIET, "COMMAND_COOLDOWN": "0", "DRY_RUN": "false", "PLAYLISTS_SCHEDULE": "off"}
        self.autoplex = Autoplex(house, folder, **{**usual, **settings})
        self.autoplex.ready()
        self.autoplex.process.let_talk()
        self.pid = self.autoplex.process.child.pid

    def ask(self, command, wanted):
        """What it costs until an answer with one of the wanted words stands in the channel."""
        return Cost.of(self.pid, lambda: asyncio.run(self._ask(f"!plex {command}", wanted)))

    async def _ask(self, text, wanted):
        robin = self.house["people"]["robin"]
        feed_url = self.house["control"].replace("http", "ws", 1) + f"/feed?as={robin}"
        async with aiohttp.ClientSession() as session, session.ws_connect(feed_url, max_msg_size=1 << 26) as feed:
            async with session.post(self.house["control"] + "/say", json={
                "as": robin, "channel": self.house["channels"]["media"], "text": text,
            }) as answer:
                answer.raise_for_status()
            async for frame in feed:
                message = json.loads(frame.data).get("message")
                if not message or not message["author"].get("bot"):
                    continue
                if re.search(wanted, frame.data):
                    return frame.data
                if re.search(REFUSED, frame.data):
                    raise SystemExit(f"{text}: {frame.data}")
        raise SystemExit("the stand-in ended its feed")

    def settle(self):
        """Waits until what it does by itself is done: a second in which it does next to nothing."""
        before = -1.0
        while cpu(self.pid) - before > 0.02:
            before = cpu(self.pid)
            time.sleep(1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.autoplex.process.__exit__()
        if self.autoplex.own:
            self.autoplex.own.cleanup()


class Script:
    """A script of Bench/python in a process of its own. It has connected before it is asked anything."""

    def __init__(self, name, *arguments):
        self.process = Process(
            [VENV / "python", "-u", ROOT / "Bench/python" / name, *arguments], stdin=subprocess.PIPE, bufsize=1)
        self.process.until("^ready")
        self.pid = self.process.child.pid

    def ask(self, line=""):
        return Cost.of(self.pid, lambda: self._ask(line))

    def _ask(self, line):
        self.process.child.stdin.write(line + "\n")
        self.process.child.stdin.flush()
        return self.process.until("^done ")[0].removeprefix("done ").strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.__exit__()


def median(costs, name):
    return statistics.median(getattr(cost, name) for cost in costs)


def span(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1e3:.0f} ms"


def shown(costs):
    """Cells of a row: time, CPU, memory."""
    return [span(median(costs, "seconds")), span(median(costs, "cpu")), f"{median(costs, 'peak'):.0f} MiB"]


def tell(words):
    print(words, file=sys.stderr, flush=True)
