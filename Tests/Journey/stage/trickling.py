"""A crowd that sends next to nothing, and phones on a slow line in the middle of it."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from .rude import SIZE, post_head, statuses, valid

HEAD = post_head(f"Content-Length: {SIZE}")
#: Pieces a second that a phone on a slow line sends.
_PIECES = 8


@dataclass(frozen=True)
class Trickle:
    """How each of a crowd sends: so much at once, then so much each second; cut, it comes again."""

    count: int
    first: bytes = HEAD
    each_second: int = 1


class Crowd:
    """What becomes of a crowd."""

    def __init__(self, port: int, trickle: Trickle) -> None:
        self._port, self._trickle = port, trickle
        self.came = 0
        self._ended = False

    async def _one(self) -> None:
        trickle = self._trickle
        await asyncio.sleep(random.random())
        while not self._ended:
            writer = None
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
                self.came += 1
                writer.write(trickle.first)
                while not self._ended and await _is_open(reader, 1.0):
                    writer.write(b"x" * trickle.each_second)
                    await writer.drain()
            except OSError:
                await asyncio.sleep(0.05)
            finally:
                if writer is not None:
                    writer.close()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """While it comes and comes again."""
        tasks = [asyncio.create_task(self._one()) for _ in range(self._trickle.count)]
        try:
            await asyncio.sleep(3)
            yield
        finally:
            self._ended = True
            await asyncio.gather(*tasks)


async def _is_open(reader: asyncio.StreamReader, seconds: float) -> bool:
    """Whether the server keeps the line, and says nothing, for so long."""
    try:
        await asyncio.wait_for(reader.read(1), seconds)
    except TimeoutError:
        return True
    return False


async def phone(port: int, seconds: float) -> tuple[list[int], float]:
    """Submits once, the body over so many seconds; the answers, and how long it took."""
    began, body = time.monotonic(), valid()
    pieces = max(1, round(seconds * _PIECES))
    size = -(-len(body) // pieces)
    answer = b""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD)
        for at in range(0, len(body), size):
            await asyncio.sleep(seconds / pieces)
            writer.write(body[at : at + size])
            await writer.drain()
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        pass
    return statuses(answer), time.monotonic() - began


async def phones(port: int, trickle: Trickle, seconds: float) -> list[tuple[list[int], float]]:
    """Six phones, one after the other but beside each other too, in such a crowd."""
    crowd = Crowd(port, trickle)
    async with crowd.at_work():
        tasks = []
        for _ in range(6):
            tasks.append(asyncio.create_task(phone(port, seconds)))
            await asyncio.sleep(0.5)
        found = await asyncio.gather(*tasks)
    print(f"the crowd came in {crowd.came} times")
    return found
