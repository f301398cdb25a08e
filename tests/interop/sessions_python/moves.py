# SPDX-License-Identifier: MIT OR Apache-2.0
"""Telethon and kurigram go on with an account that signed in with us; then each gives one away.

    moves.py READY TELETHON_STRING KURIGRAM_SESSION OUT

What they give away goes to the file OUT, as JSON.
"""
import asyncio
import json
import sys
from pathlib import Path

import pyrogram
from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.network import ConnectionTcpFull
from telethon.sessions import StringSession

READY = json.loads(sys.argv[1])
BOT, ALICE = READY["bots"][0], READY["users"][0]
HERE = READY["dcs"][0]
APP = (1, "0123456789abcdef0123456789abcdef")


def telethon(session):
    return TelegramClient(session, *APP, connection=ConnectionTcpFull, connection_retries=1, request_retries=2, timeout=10)


async def telethon_goes_on(text):
    client = telethon(StringSession(text))
    await client.connect()
    me = await client.get_me()
    assert (me.id, me.bot) == (BOT["id"], True), me
    await client.disconnect()


async def telethon_signs_in():
    session = StringSession()
    session.set_dc(HERE["id"], HERE["host"], HERE["port"])
    client = telethon(session)
    await client.start(phone=lambda: ALICE["phone"], code_callback=lambda: ALICE["code"])
    text = session.save()
    await client.disconnect()
    return text


async def kurigram_goes_on(file):
    app = pyrogram.Client(file.stem, *APP, workdir=str(file.parent), no_updates=True)
    await app.start()
    me = await app.get_me()
    assert (me.id, me.is_bot) == (BOT["id"], True), me
    text = await app.export_session_string()
    await app.stop()
    return text


async def main():
    rsa.add_key(READY["key"]["pem"], old=False)
    await asyncio.wait_for(telethon_goes_on(sys.argv[2]), 40)
    print("ok: Telethon goes on with our bot", flush=True)
    strings = {}
    strings["Pyrogram"] = await asyncio.wait_for(kurigram_goes_on(Path(sys.argv[3])), 40)
    print("ok: kurigram goes on with our bot", flush=True)
    strings["Telethon"] = await asyncio.wait_for(telethon_signs_in(), 40)
    print("ok: Telethon signs Alice in", flush=True)
    Path(sys.argv[4]).write_text(json.dumps(strings))


if __name__ == "__main__":
    asyncio.run(main())
