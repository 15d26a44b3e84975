"""What a stock discord.py must be able to do at the stand-in. Usage: talk.py zstd|zlib|plain|sharded"""

import asyncio
import logging
import sys

packing = sys.argv[1]
if packing == "zlib":
    # discord.py takes zstd whenever it can be imported.
    sys.modules["zstandard"] = None

import discord  # noqa: E402
import yarl  # noqa: E402

import checks  # noqa: E402
from bot import make_bot  # noqa: E402
from judging import Tally  # noqa: E402
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
    tally = Tally()
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
                with tally.of(check.__doc__):
                    async with asyncio.timeout(60):
                        await check(bot, standin)
        finally:
            await bot.close()
            await asyncio.wait([runner], timeout=10)
    print(f"discord.py {discord.__version__}, {packing}:")
    tally.end()


logging.getLogger("discord").setLevel(logging.ERROR)
asyncio.run(main())
