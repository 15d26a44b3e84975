"""A small bot as people write them with discord.py: prefix answers, slash commands, buttons, menus, a form."""

import asyncio

import discord
from discord import app_commands


class Pages(discord.ui.View):
    def __init__(self):
        super().__init__(timeout=None)
        self.page = 1

    @discord.ui.button(label="Next", style=discord.ButtonStyle.primary, custom_id="next")
    async def next(self, interaction, button):
        self.page += 1
        await interaction.response.edit_message(content=f"page {self.page}")

    @discord.ui.button(label="Quietly", custom_id="quietly")
    async def quietly(self, interaction, button):
        await interaction.response.defer()
        await interaction.edit_original_response(content="quietly changed")

    @discord.ui.button(label="Form", custom_id="form")
    async def form(self, interaction, button):
        await interaction.response.send_modal(Reason())

    @discord.ui.select(custom_id="pick", placeholder="Pick", max_values=2, options=[
        discord.SelectOption(label="A", value="a"), discord.SelectOption(label="B", value="b")])
    async def pick(self, interaction, select):
        await interaction.response.send_message(" and ".join(select.values), ephemeral=True)


class Reason(discord.ui.Modal, title="Why?"):
    why = discord.ui.TextInput(label="Reason", custom_id="why", max_length=50)

    async def on_submit(self, interaction):
        await interaction.response.send_message(f"because {self.why.value}")


def make_bot(sharded):
    intents = discord.Intents(guilds=True, messages=True, message_content=True, reactions=True, typing=True)
    kind = discord.AutoShardedClient if sharded else discord.Client
    options = {"shard_count": 2} if sharded else {}
    bot = kind(intents=intents, chunk_guilds_at_startup=False, **options)
    bot.heard, bot.resumes, bot.readies, bot.reactions = [], 0, 0, []
    bot.tree = app_commands.CommandTree(bot)

    @bot.event
    async def on_message(message):
        bot.heard.append(message)
        if message.content == "!ping":
            await message.reply("pong")
        if message.content == "!pages":
            await message.channel.send("page 1", view=Pages())

    @bot.event
    async def on_resumed():
        bot.resumes += 1

    @bot.event
    async def on_shard_resumed(shard):
        bot.resumes += 1

    @bot.event
    async def on_ready():
        bot.readies += 1

    @bot.event
    async def on_raw_reaction_add(event):
        bot.reactions.append(event)

    @bot.tree.command(name="ping", description="Is it there?")
    async def ping(interaction: discord.Interaction):
        await interaction.response.send_message("pong")

    @bot.tree.command(name="slow", description="Thinks for a while")
    @app_commands.describe(whom="Whom to think about", often="How often")
    @app_commands.rename(often="times")
    async def slow(interaction: discord.Interaction, whom: discord.Member, often: app_commands.Range[int, 1, 5] = 1):
        await interaction.response.defer(ephemeral=True, thinking=True)
        await asyncio.sleep(0.2)
        await interaction.edit_original_response(content=f"{whom.display_name} x{often}")
        await interaction.followup.send("and more", ephemeral=True)

    group = app_commands.Group(name="jobs", description="Jobs")

    @group.command(name="run", description="Run a job")
    async def run(interaction: discord.Interaction, name: str):
        await interaction.response.send_message(f"ran {name}", embed=discord.Embed(title="Job", description=name))

    @run.autocomplete("name")
    async def names(interaction: discord.Interaction, typed: str):
        return [app_commands.Choice(name=n, value=n) for n in ("backup", "prune") if n.startswith(typed)]

    bot.tree.add_command(group)
    return bot
