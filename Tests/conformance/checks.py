"""One thing a bot does, one function; its docstring is what is printed."""

import io

import discord

all_checks = []


def check(*packings):
    def add(function):
        function.packings = packings or ("zstd", "zlib", "plain", "sharded")
        all_checks.append(function)
        return function
    return add


once = ("zstd",)


async def heard(bot, standin, text, times=1):
    async def look():
        return [m for m in bot.heard if m.content == text][times - 1:]
    return (await standin.until(look))[0]


def media(bot, standin):
    return bot.get_channel(standin.channels["media"])


async def refused(coroutine, kind, code):
    try:
        await coroutine
    except kind as error:
        assert error.code == code, f"code {error.code}, not {code}: {error.text}"
        return error
    raise AssertionError(f"not refused with {code}")


@check()
async def login(bot, standin):
    """logs in, sees the server, its channels, its roles and itself"""
    assert bot.user.name == "autoplex"
    guild = bot.get_guild(standin.server)
    assert guild.name == "The Household"
    assert [c.name for c in guild.text_channels] == ["media", "admin", "off-topic"]
    assert guild.me.guild_permissions.send_messages and not guild.me.guild_permissions.administrator
    assert guild.me.get_role(guild.me.roles[-1].id).name == "Autoplex"
    info = await bot.application_info()
    assert info.flags.gateway_message_content_limited
    assert media(bot, standin).permissions_for(guild.me).send_messages


@check()
async def ping(bot, standin):
    """answers a message, and hears its own answer"""
    said = await standin.act("say", as_="ann", channel="media", text="!ping")
    answer = await heard(bot, standin, "pong")
    assert answer.author == bot.user and answer.reference.message_id == int(said["id"])
    question = await heard(bot, standin, "!ping")
    assert question.author.name == "ann" and question.guild.id == standin.server


@check()
async def slash(bot, standin):
    """registers slash commands and answers one"""
    guild = discord.Object(standin.server)
    bot.tree.copy_global_to(guild=guild)
    commands = await bot.tree.sync(guild=guild)
    assert sorted(c.name for c in commands) == ["jobs", "ping", "slow"]
    again = await bot.tree.sync(guild=guild)
    assert [c.id for c in again] == [c.id for c in commands]
    asked = await standin.act("slash", as_="ann", channel="media", path="ping")
    assert (await standin.answer(asked))["content"] == "pong"


@check(*once)
async def deferred(bot, standin):
    """defers in private, fills in the answer and follows up"""
    asked = await standin.act("slash", as_="ann", channel="media", path="slow", options={"whom": "bo", "times": 3})
    answer = await standin.answer(asked)
    assert answer["content"] == "Bo x3" and answer["only_for"] == str(standin.people["ann"])

    async def more():
        return [m for m in await standin.messages("media") if m["content"] == "and more"]
    await standin.until(more)
    assert not [m for m in await standin.messages("media", "bo") if m["content"] in ("Bo x3", "and more")]


@check(*once)
async def subcommands(bot, standin):
    """completes an option and runs a subcommand with an embed"""
    found = await standin.act("complete", as_="ann", channel="media", path="jobs run", option="name", typed="ba")
    assert found["choices"] == [{"name": "backup", "value": "backup"}], found
    asked = await standin.act("slash", as_="ann", channel="media", path="jobs run", options={"name": "backup"})
    answer = await standin.answer(asked)
    assert answer["embeds"][0]["title"] == "Job"
    assert answer["interaction_metadata"]["user"]["username"] == "ann"


@check(*once)
async def buttons(bot, standin):
    """updates by a button, changes quietly, answers a menu in private, opens a form"""
    await standin.act("say", as_="ann", channel="media", text="!pages")
    message = (await heard(bot, standin, "page 1")).id
    await standin.act("press", as_="ann", message=str(message), custom_id="next")

    async def shows(text):
        async def look():
            return [m for m in await standin.messages("media") if m["id"] == str(message) and m["content"] == text]
        await standin.until(look)
    await shows("page 2")
    await standin.act("press", as_="bo", message=str(message), custom_id="quietly")
    await shows("quietly changed")
    asked = await standin.act("choose", as_="ann", message=str(message), custom_id="pick", values=["a", "b"])
    answer = await standin.answer(asked)
    assert answer["content"] == "a and b" and answer["only_for"]
    form = await standin.act("press", as_="ann", message=str(message), custom_id="form")

    # discord.py knows its form only once the answer to sending it is back; a person is never that quick.
    await standin.until(lambda: _true(bot._connection._view_store._modals))
    sent = await standin.act("submit", as_="ann", interaction=form["id"], values={"why": "fun"})
    assert (await standin.answer(sent))["content"] == "because fun"


@check(*once)
async def messages(bot, standin):
    """edits, reads, pins, deletes, reacts and types"""
    channel = media(bot, standin)
    message = await channel.send("first", nonce=1234)
    await message.edit(content="second", embed=discord.Embed(title="T", colour=0x123456).add_field(name="a", value="b"))
    read = await channel.fetch_message(message.id)
    assert read.content == "second" and read.embeds[0].fields[0].value == "b" and read.edited_at
    await message.add_reaction("👍")
    await standin.act("react", as_="ann", message=str(message.id), emoji="👍")
    assert (await channel.fetch_message(message.id)).reactions[0].count == 2
    await standin.until(lambda: _true(any(r.user_id == standin.people["ann"] for r in bot.reactions)))
    await message.remove_reaction("👍", bot.user)
    await message.pin()
    assert [m.id async for m in channel.pins()] == [message.id]
    assert message.id in [m.id async for m in channel.history(limit=5)]
    async with channel.typing():
        pass
    await message.delete()
    await refused(channel.fetch_message(message.id), discord.NotFound, 10008)
    old = [await channel.send(f"bulk {n}") for n in range(3)]
    await channel.delete_messages(old)


async def _true(value):
    return value


@check(*once)
async def refusals(bot, standin):
    """hears Discord's own refusals"""
    channel = media(bot, standin)
    error = await refused(channel.send("x" * 2001), discord.HTTPException, 50035)
    assert "content" in error.text and "2000" in error.text
    await refused(channel.send(embed=discord.Embed(description="x" * 4097)), discord.HTTPException, 50035)
    await refused(channel.send(), discord.HTTPException, 50006)
    await refused(bot.fetch_channel(1), discord.NotFound, 10003)
    await refused(bot.fetch_user(1), discord.NotFound, 10013)
    theirs = await standin.act("say", as_="ann", channel="media", text="mine")
    partial = channel.get_partial_message(int(theirs["id"]))
    await refused(partial.edit(content="yours"), discord.Forbidden, 50005)


@check(*once)
async def direct(bot, standin):
    """talks in direct messages"""
    ann = await bot.fetch_user(standin.people["ann"])
    message = await ann.send("hello Ann")
    await standin.act("say", as_="ann", channel=str(message.channel.id), text="hello bot")
    heard_there = await heard(bot, standin, "hello bot")
    assert heard_there.guild is None and heard_there.channel.id == message.channel.id


@check(*once)
async def files(bot, standin):
    """uploads files, shows a picture in an embed, reads them back"""
    png = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000002000000030806000000")
    embed = discord.Embed(title="Chart").set_image(url="attachment://chart.png")
    message = await media(bot, standin).send(embed=embed, files=[
        discord.File(io.BytesIO(png), "chart.png"),
        discord.File(io.BytesIO(b"a log"), "log.txt", description="the log", spoiler=True)])
    assert message.embeds[0].image.height == 3
    assert [a.filename for a in message.attachments] == ["SPOILER_log.txt"]
    assert await message.attachments[0].read() == b"a log"
    assert message.attachments[0].description == "the log"


@check(*once)
async def layout(bot, standin):
    """sends layout components"""
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.Container(discord.ui.TextDisplay("# Hello"), discord.ui.Separator(), accent_colour=0xE5A00D))
    message = await media(bot, standin).send(view=view)
    assert message.flags.components_v2 and message.components[0].children[0].content == "# Hello"


@check(*once)
async def people(bot, standin):
    """finds members by id and by name"""
    guild = bot.get_guild(standin.server)
    bo = await guild.fetch_member(standin.people["bo"])
    assert bo.display_name == "Bo" and bo.joined_at
    found = await guild.query_members("chr", limit=5, cache=False)
    assert [m.display_name for m in found] == ["Chris"]
    assert guild.owner_id == standin.people["robin"]


@check(*once)
async def webhooks(bot, standin):
    """makes a webhook and writes by it"""
    webhook = await media(bot, standin).create_webhook(name="News")
    message = await webhook.send("news", username="Paper", wait=True)
    assert message.author.name == "Paper" and (await heard(bot, standin, "news")).webhook_id == webhook.id
    await message.edit(content="olds")
    await message.delete()


@check(*once)
async def limits(bot, standin):
    """waits out rate limits of every kind and bad gateways"""
    channel = media(bot, standin)
    for scope in ("user", "shared", "global"):
        await standin.act("trouble", kind="limit", scope=scope, route="GET /channels/{}/messages/{}", retry_after=0.2)
        await refused(channel.fetch_message(1), discord.NotFound, 10008)
    await standin.act("trouble", kind="html502", route="POST /channels/{}/messages")
    assert (await channel.send("after the storm")).content == "after the storm"
    for number in range(7):
        await channel.send(f"quick {number}")


@check()
async def resume(bot, standin):
    """comes back after a lost line and misses nothing"""
    before = bot.resumes
    await standin.act("trouble", kind="drop")
    await standin.act("say", as_="ann", channel="media", text="said meanwhile")
    await heard(bot, standin, "said meanwhile")
    await standin.until(lambda: _true(bot.resumes > before))
    assert len([m for m in bot.heard if m.content == "said meanwhile"]) == 1


@check(*once)
async def reconnect(bot, standin):
    """reconnects when asked to, and after a close it may resume"""
    before = bot.resumes
    await standin.act("trouble", kind="reconnect")
    await standin.until(lambda: _true(bot.resumes > before))
    await standin.act("trouble", kind="close", code=4000)
    await standin.until(lambda: _true(bot.resumes > before + 1))
    await standin.act("trouble", kind="heartbeat")
    await standin.act("say", as_="ann", channel="media", text="still there?")
    await heard(bot, standin, "still there?")


@check("zlib")
async def split(bot, standin):
    """puts messages together that come in many frames"""
    await standin.act("trouble", kind="split", size=7)
    await standin.act("say", as_="ann", channel="media", text="in pieces")
    await heard(bot, standin, "in pieces")


@check("zstd", "sharded")
async def invalid(bot, standin):
    """begins anew when its session is gone"""
    before = bot.readies
    await standin.act("trouble", kind="invalidate", resumable=False)
    await standin.until(lambda: _true(bot.readies > before), seconds=40)
    await standin.act("say", as_="ann", channel="media", text="new session")
    await heard(bot, standin, "new session")


@check(*once)
async def strangers(bot, standin):
    """is not let in with a wrong token, nor with an intent nobody granted"""
    other = discord.Client(intents=discord.Intents.none())
    try:
        await other.start("wrong")
        raise AssertionError("let in")
    except discord.LoginFailure:
        pass
    finally:
        await other.close()
    curious = discord.Client(intents=discord.Intents(guilds=True, members=True))
    try:
        await curious.start(standin.token)
        raise AssertionError("let in")
    except discord.PrivilegedIntentsRequired:
        pass
    finally:
        await curious.close()
