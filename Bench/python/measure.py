"""Autoplex as shipped beside a discord.py bot on the same stand-in, and its HTTP server beside Flask and nginx.

Both bots are started, asked and stopped by the same code, one after the other, each on a stand-in of its own. No figure
passes or fails anything here.
usage: measure.py [--write]      --write puts the tables into docs/performance.md
"""
import asyncio
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from stage import ROOT, VENV, Autoplex, Process, cpu, free_port, resident, standin, table, write

IGNORED, ASKED, STARTS = 100_000, 300, 5


class DiscordPy:
    name = "discord.py"

    def __init__(self, house):
        self.process = Process(
            [VENV / "python", ROOT / "Bench/python/bot.py", house["api"], house["gateway"], house["token"]])

    def ready(self):
        # READY has come; on_ready would wait for every server as well.
        return self.process.until(r"^connected")[1]


async def post(session, url, body):
    async with session.post(url, json=body) as answer:
        answer.raise_for_status()
        return await answer.json()


async def ask(session, feed, house, text):
    """Says something and waits for the bot's answer. Seconds between the two, as everybody in the channel sees them."""
    # Discord lets a bot send 50 requests a second; asking faster would measure that limit, which Autoplex keeps.
    await asyncio.sleep(0.03)
    await post(session, house["control"] + "/say", {
        "as": house["people"]["robin"], "channel": house["channels"]["media"], "text": text})
    said = None
    async for frame in feed:
        event = json.loads(frame.data)
        if event["kind"] != "created":
            continue
        if not event["message"]["author"].get("bot"):
            said = time.perf_counter()
        elif said:
            return time.perf_counter() - said
    raise SystemExit("the stand-in ended its feed")


async def ordinary(contender):
    """Idle memory, CPU of messages that are none of the bot's business, CPU and latency of commands."""
    process, house = standin("--unlimited")
    with process:
        bot = contender(house)
        with bot.process:
            bot.ready()
            pid = bot.process.child.pid
            await asyncio.sleep(3)
            idle, own = resident(pid), resident(pid, "RssAnon")
            async with aiohttp.ClientSession() as session:
                address = house["control"].replace("http", "ws", 1) + f"/feed?as={house['people']['robin']}"
                async with session.ws_connect(address, max_msg_size=1 << 26) as feed:
                    for _ in range(20):
                        await ask(session, feed, house, "!plex help")
                    before = cpu(pid)
                    latencies = [await ask(session, feed, house, "!plex help") for _ in range(ASKED)]
                    asked = (cpu(pid) - before) / ASKED
                # Without a feed: the flood is for the bot alone.
                before = cpu(pid)
                await post(session, house["control"] + "/flood", {
                    "as": house["people"]["ann"], "channel": house["channels"]["media"], "count": IGNORED,
                    "text": "Did anybody see the new season? I think it is better than the last one."})
                # Frames are taken in order: when an answer to what was said after them is there, all are through.
                async with session.ws_connect(address, max_msg_size=1 << 26) as feed:
                    await ask(session, feed, house, "!plex help")
                ignored = (cpu(pid) - before - asked) / IGNORED
            return {
                "idle": idle, "own": own, "asked": asked, "latency": statistics.median(latencies),
                "worst": sorted(latencies)[int(len(latencies) * 0.99)], "ignored": ignored,
            }


async def crowded(contender):
    """Memory in a thousand servers of a hundred channels."""
    process, house = standin("--unlimited", "--guilds", 1000, "--channels", 100)
    with process:
        bot = contender(house)
        with bot.process:
            bot.ready()
            pid = bot.process.child.pid
            previous, calm = -1.0, 0
            while calm < 5:
                await asyncio.sleep(1)
                now = cpu(pid)
                calm = calm + 1 if now - previous < 0.02 else 0
                previous = now
            return {"crowded": resident(pid), "crowded cpu": cpu(pid)}


def starts(contender):
    times = []
    for _ in range(STARTS):
        process, house = standin("--unlimited")
        with process:
            bot = contender(house)
            with bot.process:
                times.append(bot.ready())
    return {"start": statistics.median(times)}


def wrk(url, pid):
    run = lambda seconds: subprocess.run(
        ["wrk", "-t1", "-c32", f"-d{seconds}s", "--latency", url], capture_output=True, text=True, check=True).stdout
    run(1)
    before = cpu(pid)
    out = run(5)
    used = cpu(pid) - before
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    count = int(re.search(r"(\d+) requests in", out)[1])
    errors = re.search(r"(Non-2xx.*|Socket errors.*)", out)
    if errors:
        raise SystemExit(f"{url}: {errors[1]}")
    return {"rate": rate, "cpu": used / count, "memory": resident(pid)}


def until_listening(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"nothing listens on {port}")


def web():
    figures = {}
    process, house = standin("--unlimited")
    with process:
        bot = Autoplex(house)
        with bot.process:
            bot.ready()
            figures["Autoplex"] = wrk(f"http://127.0.0.1:{bot.port}/health/live", bot.process.child.pid)
    port = free_port()
    with Process([VENV / "gunicorn", "--workers", 2, "--bind", f"127.0.0.1:{port}", "web:app"],
                 cwd=ROOT / "Bench/python") as server:
        until_listening(port)
        figures["Flask, gunicorn, 2 workers"] = wrk(f"http://127.0.0.1:{port}/health/live", server.child.pid)
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        os.mkdir(f"{folder}/health")
        Path(f"{folder}/health/live").write_text("ok\n")
        os.chmod(folder, 0o755)
        Path(f"{folder}/nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log stderr error; worker_processes 1; user root;\n"
            "events { worker_connections 256; }\n"
            f"http {{ access_log off; sendfile on; keepalive_requests 1000000; server {{ listen 127.0.0.1:{port};"
            f" root {folder}; }} }}\n")
        with Process(["/usr/sbin/nginx", "-p", folder, "-c", f"{folder}/nginx.conf"]) as server:
            until_listening(port)
            figures["nginx, static file, 1 worker"] = wrk(f"http://127.0.0.1:{port}/health/live", server.child.pid)
    return figures


def bots_table(ours, theirs):
    rows = [
        ("Start to READY", "start", lambda v: f"{v * 1000:.0f} ms", "≤ 1/5"),
        ("Memory, idle", "idle", lambda v: f"{v:.1f} MiB", "≤ 1/2"),
        ("Memory, idle, without mapped files", "own", lambda v: f"{v:.1f} MiB", ""),
        ("Memory, 1,000 servers × 100 channels", "crowded", lambda v: f"{v:.1f} MiB", "≤ 1/2"),
        ("CPU to take in 1,000 servers", "crowded cpu", lambda v: f"{v:.2f} s", ""),
        ("CPU per message not meant for it", "ignored", lambda v: f"{v * 1e6:.1f} µs", "≤ 1/10"),
        ("CPU per command", "asked", lambda v: f"{v * 1e3:.2f} ms", "≤ 1/5"),
        ("Latency of a command, median", "latency", lambda v: f"{v * 1e3:.2f} ms", "≤ 1/5"),
        ("Latency of a command, 99 of 100", "worst", lambda v: f"{v * 1e3:.2f} ms", ""),
    ]
    return table(["", "Autoplex", "discord.py", "ratio", "goal"], [
        [name, show(ours[key]), show(theirs[key]), f"1/{theirs[key] / max(ours[key], 1e-9):.1f}", goal]
        for name, key, show, goal in rows])


def web_table(figures):
    ours = figures["Autoplex"]
    return table(["", "requests/s", "beside Autoplex", "CPU per request", "memory"], [
        [name, f"{figure['rate']:,.0f}", f"{figure['rate'] / ours['rate']:.2f}×", f"{figure['cpu'] * 1e6:.1f} µs",
         f"{figure['memory']:.1f} MiB"]
        for name, figure in figures.items()])


async def main():
    figures = {}
    for contender in (Autoplex, DiscordPy):
        print(f"measuring {contender.name} …", file=sys.stderr, flush=True)
        figures[contender] = {**starts(contender), **await ordinary(contender), **await crowded(contender)}
    bots = bots_table(figures[Autoplex], figures[DiscordPy])
    print(bots, flush=True)
    pages = web_table(web())
    print("\n" + pages, flush=True)
    if "--write" in sys.argv[1:]:
        write("bots", bots)
        write("web", pages)


asyncio.run(main())
