# SPDX-License-Identifier: MIT OR Apache-2.0
"""Telethon and kurigram go on with an account that signed in with us; then each gives one away.

    moves.py READY TELETHON_STRING KURIGRAM_SESSION PYROGRAM_STRING OUT

What they give away goes to the file OUT, as JSON: lists of strings, by library.
"""
import asyncio
import json
import sys
from pathlib import Path

import pyrogram
import rsa as rsa_keys
from pyrogram.crypto.rsa import PublicKey, server_public_keys
from pyrogram.storage import SQLiteStorage
from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.network import ConnectionTcpFull
from telethon.sessions import StringSession

READY = json.loads(sys.argv[1])
BOT, ALICE, BOB = READY["bots"][0], READY["users"][0], READY["users"][1]
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


class Here(SQLiteStorage):
    """Whatever is stored, the data centre is ours: its strings name none, and it knows the addresses of Telegram's."""

    async def server_address(self, value=object):
        return await super().server_address(value if value is object else HERE["host"])

    async def port(self, value=object):
        return await super().port(value if value is object else HERE["port"])


def kurigram(name, text=None):
    storage = Here(name, Path(), session_string=text, in_memory=True)
    return pyrogram.Client(name, *APP, storage_engine=storage, no_updates=True)


async def kurigram_goes_on_with_a_string(text):
    app = kurigram("string", text)
    await app.start()
    me = await app.get_me()
    assert (me.id, me.is_bot) == (BOT["id"], True), me
    await app.stop()


async def kurigram_signs_in():
    app = kurigram("fresh")
    await app.connect()
    sent = await app.send_phone_number_code(BOB["phone"])
    me = await app.sign_in(BOB["phone"], sent.phone_code_hash, BOB["code"])
    assert me.id == BOB["id"], me
    text = await app.export_session_string()
    await app.disconnect()
    return text


def trust_our_key():
    rsa.add_key(READY["key"]["pem"], old=False)
    fingerprint = int(READY["key"]["fingerprint"], 16)
    key = rsa_keys.PublicKey.load_pkcs1(READY["key"]["pem"].encode())
    server_public_keys[fingerprint - (fingerprint >> 63 << 64)] = PublicKey(key.n, key.e)


async def main():
    trust_our_key()
    await asyncio.wait_for(telethon_goes_on(sys.argv[2]), 40)
    print("ok: Telethon goes on with our bot", flush=True)
    strings = {}
    strings["Pyrogram"] = [await asyncio.wait_for(kurigram_goes_on(Path(sys.argv[3])), 40)]
    print("ok: kurigram goes on with our bot", flush=True)
    await asyncio.wait_for(kurigram_goes_on_with_a_string(sys.argv[4]), 40)
    print("ok: kurigram goes on with our bot by its string", flush=True)
    strings["Pyrogram"].append(await asyncio.wait_for(kurigram_signs_in(), 40))
    print("ok: kurigram signs Bob in", flush=True)
    strings["Telethon"] = [await asyncio.wait_for(telethon_signs_in(), 40)]
    print("ok: Telethon signs Alice in", flush=True)
    Path(sys.argv[5]).write_text(json.dumps(strings))


if __name__ == "__main__":
    asyncio.run(main())
