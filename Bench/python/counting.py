"""Stands between a program and a service and counts what passes: HTTP/1.1, kept-alive connections, one request at a time.

Also as what `http_proxy` names: a request for http://any.host/path goes to the service behind.
"""
import asyncio
import re
import threading
import urllib.parse


class Counter:
    def __init__(self, address):
        parts = urllib.parse.urlsplit(address)
        self.host, self.port = parts.hostname, parts.port
        self.asked = []
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self.serve, "127.0.0.1", 0, limit=1 << 20), self.loop).result()
        self.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self.url = self.origin + parts.path

    def since(self, mark):
        """The paths asked for since there were so many."""
        return self.asked[mark:]

    async def serve(self, reader, writer):
        behind_in, behind_out = await asyncio.open_connection(self.host, self.port, limit=1 << 20)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                head = re.sub(rb"^(\S+ )http://[^/ ]+", rb"\1", head)
                self.asked.append(head.split(b" ", 2)[1].decode())
                if behind_in.at_eof():
                    # Idle for too long; whoever asks does not see that through us.
                    behind_out.close()
                    behind_in, behind_out = await asyncio.open_connection(self.host, self.port, limit=1 << 20)
                behind_out.write(head + await self.body(head, reader))
                answer = await behind_in.readuntil(b"\r\n\r\n")
                writer.write(answer + await self.body(answer, behind_in))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            behind_out.close()

    async def body(self, head, reader):
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        if length:
            return await reader.readexactly(int(length[1]))
        if not re.search(rb"(?i)\r\ntransfer-encoding: *chunked", head):
            return b""
        whole = b""
        while True:
            size = await reader.readuntil(b"\r\n")
            whole += size + await reader.readexactly(int(size, 16) + 2)
            if int(size, 16) == 0:
                return whole


class CountedHouse:
    """The same addresses, each behind a counter of its own."""

    def __init__(self, house):
        self.counters = {name: Counter(house[name]["url"]) for name in ("plex", "plextv", "tautulli", "musicbrainz")}
        self.house = {**house, **{
            name: {**house[name], "url": counter.url} for name, counter in self.counters.items()}}

    def during(self, act):
        """What `act` came to, and the paths asked for meanwhile, by service."""
        marks = {name: len(counter.asked) for name, counter in self.counters.items()}
        came = act()
        return came, {name: counter.since(marks[name]) for name, counter in self.counters.items()}
