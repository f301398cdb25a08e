# SPDX-License-Identifier: MIT OR Apache-2.0
"""Steps with names and deadlines, and an inbox that can be waited on."""
import asyncio
import sys
import time
import traceback


def check(claim, text):
    if not claim:
        raise AssertionError(text)


async def step(name, work, seconds=30):
    """Runs one step and says how it went; a failure ends the run."""
    begin = time.monotonic()
    try:
        value = await asyncio.wait_for(work, seconds)
    except BaseException as error:  # a CancelledError out of a library is a failure too
        print(f"FAIL {name}: {type(error).__name__} {error}", flush=True)
        traceback.print_exc()
        sys.exit(1)
    print(f"ok   {name} ({(time.monotonic() - begin) * 1000:.0f} ms)", flush=True)
    return value


class Inbox:
    """Keeps what comes until somebody waits for it."""

    def __init__(self):
        self._kept = []
        self._changed = asyncio.Condition()

    async def put(self, message):
        async with self._changed:
            self._kept.append(message)
            self._changed.notify_all()

    async def take(self, wanted, what, seconds=15):
        try:
            return await asyncio.wait_for(self._find(wanted), seconds)
        except asyncio.TimeoutError:
            raise AssertionError(f"{what}: nothing within {seconds} s") from None

    async def _find(self, wanted):
        async with self._changed:
            while True:
                for message in self._kept:
                    if wanted(message):
                        self._kept.remove(message)
                        return message
                await self._changed.wait()
