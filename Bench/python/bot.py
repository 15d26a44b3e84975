"""The usual Python way: a discord.py bot that answers `!plex ping` and `!plex help`, against any address.

usage: bot.py API_URL GATEWAY_URL TOKEN        prints "ready SECONDS" once it is.
"""
import sys
import time

started = time.monotonic()

import discord
import yarl
from discord.ext import commands

api, gateway, token = sys.argv[1:4]
discord.http.Route.BASE = api
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)

intents = discord.Intents.none()
intents.guilds = intents.guild_messages = intents.dm_messages = intents.message_content = True
bot = commands.Bot(command_prefix="!plex ", intents=intents, help_command=None, max_messages=None)


@bot.event
async def on_connect():
    print(f"connected {time.monotonic() - started:.3f}", flush=True)


@bot.event
async def on_ready():
    print(f"ready {time.monotonic() - started:.3f}", flush=True)


@bot.command()
async def ping(context):
    embed = discord.Embed(title="Pong", description=f"The way to Discord takes {bot.latency * 1000:.0f} ms.")
    await context.reply(embed=embed, mention_author=False)


@bot.command()
async def help(context):
    embed = discord.Embed(title="Commands")
    for name, text in {"help": "This list", "status": "How the bot is doing", "ping": "The way to Discord"}.items():
        embed.add_field(name=name, value=text, inline=False)
    await context.reply(embed=embed, mention_author=False)


bot.run(token, log_handler=None)
