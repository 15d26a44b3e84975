"""What a stock discord.py must be able to do at the stand-in. Usage: talk.py zstd|zlib|plain|sharded"""

import asyncio
import logging
import sys
import traceback

packing = sys.argv[1]
if packing == "zlib":
    # discord.py takes zstd whenever it can be imported.
    sys.modules["zstandard"] = None

import discord  # noqa: E402
import yarl  # noqa: E402

import checks  # noqa: E402
from bot import make_bot  # noqa: E402
from standin import StandIn  # noqa: E402

if packing == "plain":
    with_compression = discord.gateway.DiscordWebSocket.from_client.__func__

    async def without_compression(cls, client, **options):
        return await with_compression(cls, client, compress=False, **options)

    discord.gateway.DiscordWebSocket.from_client = classmethod(without_compression)


def redirect(standin):
    discord.http.Route.BASE = standin.api
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(standin.gateway)


async def main():
    passed, failed = 0, 0
    async with StandIn() as standin:
        redirect(standin)
        bot = make_bot(sharded=packing == "sharded")
        await bot.login(standin.token)
        runner = asyncio.create_task(bot.connect())
        try:
            async with asyncio.timeout(40):
                await bot.wait_until_ready()
            for check in checks.all_checks:
                if packing not in check.packings:
                    continue
                name = check.__doc__.strip()
                try:
                    async with asyncio.timeout(60):
                        await check(bot, standin)
                    passed += 1
                    print(f"ok    {name}")
                except Exception:
                    failed += 1
                    print(f"FAIL  {name}\n{traceback.format_exc()}")
        finally:
            await bot.close()
            await asyncio.wait([runner], timeout=10)
    print(f"discord.py {discord.__version__}, {packing}:")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


logging.getLogger("discord").setLevel(logging.ERROR)
sys.exit(asyncio.run(main()))
