"""The stand-in as a process, and its control API: people who write, command and click."""

import asyncio

import aiohttp

from judging import Services


class StandIn(Services):
    def __init__(self, *options):
        super().__init__(*options)
        line = self.told
        self.api, self.gateway, self.token, self.control = (
            line[key] for key in ("api", "gateway", "token", "control"))
        self.server = int(line["server"])
        self.channels = {name: int(id) for name, id in line["channels"].items()}
        self.people = {name: int(id) for name, id in line["people"].items()}
        self.session = None

    async def __aenter__(self):
        self.session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *error):
        await self.session.close()
        self.__exit__(*error)

    async def act(self, what, **form):
        """Somebody does something. Names of people and channels become ids."""
        if isinstance(form.get("as_"), str):
            form["as"] = str(self.people[form.pop("as_")])
        if "channel" in form:
            form["channel"] = str(self.channels.get(form["channel"], form["channel"]))
        async with self.session.post(f"{self.control}/{what}", json=form) as answer:
            data = await answer.json()
            if answer.status != 200:
                raise RuntimeError(data["error"])
            return data

    async def get(self, path, as_="ann"):
        async with self.session.get(f"{self.control}/{path}", params={"as": str(self.people[as_])}) as answer:
            return await answer.json()

    async def messages(self, channel, as_="ann"):
        return await self.get(f"channels/{self.channels.get(channel, channel)}/messages", as_)

    async def answer(self, interaction):
        return await self.get(f"interactions/{interaction['id']}/answer")

    async def until(self, look, seconds=15):
        """Looks again until there is something to see."""
        async with asyncio.timeout(seconds):
            while not (seen := await look()):
                await asyncio.sleep(0.05)
            return seen
