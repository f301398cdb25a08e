# SPDX-License-Identifier: MIT OR Apache-2.0
"""What Telethon and kurigram write is read by our converter, and what that writes by them."""
import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from pyrogram.storage import SQLiteStorage, UpdateState
from telethon import types
from telethon.crypto import AuthKey
from telethon.sessions import SQLiteSession, StringSession

KEY = bytes(range(256))
USER = 5000801609
CHANNEL = 1234567890
HASH = -0x123456789abcdef
KNOWN = {"USER_ID": str(USER), "IS_BOT": "1", "API_ID": "12345"}
ADDRESSES = {4: "149.154.167.51", 6: "2001:67c:4e8:f002::a"}


class Converter:
    def __init__(self, program, folder):
        self.program, self.folder = program, Path(folder)

    def path(self, name):
        """Of a file that is not there yet."""
        file = self.folder / name
        file.unlink(missing_ok=True)
        return file

    def __call__(self, *words):
        done = subprocess.run([self.program, *map(str, words)], env={**os.environ, **KNOWN}, capture_output=True, text=True,
                              timeout=60)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout.strip()

    def read(self, *words):
        done = subprocess.run([self.program, *map(str, words)], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (words, done.stderr)
        return json.loads(done.stdout)


def holds(got, **wanted):
    for name, value in wanted.items():
        assert got[name] == value, (name, got[name], value)


# --- Telethon

def fill(session, address):
    session.set_dc(2, address, 443)
    session.auth_key = AuthKey(KEY)
    return session


def of_telethon(session, address):
    assert (session.dc_id, session.server_address, session.port) == (2, address, 443)
    assert session.auth_key.key == KEY


def telethon_strings(convert):
    for address in ADDRESSES.values():
        text = fill(StringSession(), address).save()
        holds(convert.read("string", text), dc=2, key=KEY.hex(), host=address, port=443, user=0)
        ours = convert("string", text, "telethon")
        assert ours == text
        of_telethon(StringSession(ours), address)


def telethon_files(convert):
    file = convert.path("telethon.session")
    theirs = fill(SQLiteSession(str(file)), ADDRESSES[4])
    theirs.set_update_state(0, types.updates.State(11, 12, as_date(1700000000), 14, 0))
    theirs.process_entities([types.User(id=42, access_hash=HASH, username="Alice", phone="9996621234"),
                             types.InputPeerUser(0, USER), types.InputPeerChannel(CHANNEL, 78)])
    theirs.save()
    theirs.close()
    read = convert.read("telethon-db", file)
    holds(read, dc=2, key=KEY.hex(), host=ADDRESSES[4], port=443, pts=11, user=USER, bot=None)
    peers = {one["id"]: one for one in read["peers"]}
    holds(peers[42], kind=1, hash=str(HASH), usernames=["alice"], phone="9996621234")
    holds(peers[CHANNEL], kind=3, hash="78")
    ours = convert.path("ours.session")
    convert("telethon-db", file, "telethon-db", ours)
    again = SQLiteSession(str(ours))
    of_telethon(again, ADDRESSES[4])
    assert again.get_update_state(0).pts == 11
    assert again.get_entity_rows_by_username("alice") == (42, HASH)
    assert again.get_entity_rows_by_phone("9996621234") == (42, HASH)
    assert again.get_input_entity(0).access_hash == USER
    again.close()


def as_date(seconds):
    from datetime import datetime, timezone
    return datetime.fromtimestamp(seconds, tz=timezone.utc)


# --- kurigram

async def of_kurigram(storage, api_id=12345):
    assert (await storage.dc_id(), await storage.user_id(), await storage.is_bot()) == (2, USER, True)
    assert await storage.auth_key() == KEY
    assert api_id is None or await storage.api_id() == api_id


async def opened(*, text=None, file=None):
    memory = text is not None
    storage = SQLiteStorage(file.stem if file else "memory", file.parent if file else Path("."), session_string=text,
                            in_memory=memory)
    await storage.open()
    return storage


async def kurigram_strings(convert):
    source = fill(StringSession(), ADDRESSES[4]).save()
    for kind, api_id in (("pyrogram", 12345), ("pyrogram-64", None)):
        ours = convert("string", source, kind)
        storage = await opened(text=ours)
        await of_kurigram(storage, api_id)
        await storage.api_id(12345)
        theirs = await storage.export_session_string()
        holds(convert.read("string", theirs), dc=2, key=KEY.hex(), user=USER, bot=True, api_id=12345)
        if api_id:
            assert theirs == ours
        await storage.close()


async def kurigram_files(convert):
    file = convert.path("kurigram.session")
    storage = await opened(file=file)
    for setter, value in ((storage.dc_id, 2), (storage.server_address, ADDRESSES[4]), (storage.port, 443),
                          (storage.api_id, 12345), (storage.test_mode, False), (storage.auth_key, KEY), (storage.user_id, USER),
                          (storage.is_bot, True)):
        await setter(value)
    await storage.update_peers([(42, HASH, "user", "9996621234"), (-1000000000000 - CHANNEL, 78, "forum", None),
                                (-5, 0, "group", None)])
    await storage.update_usernames([(42, ["alice", "alice2"])])
    await storage.set_update_state(UpdateState(0, 11, 12, 1700000000, 14))
    await storage.save()
    await storage.close()
    read = convert.read("pyrogram-db", file)
    holds(read, dc=2, key=KEY.hex(), host=ADDRESSES[4], port=443, pts=11, user=USER, bot=True, api_id=12345)
    peers = {(one["kind"], one["id"]): one for one in read["peers"]}
    holds(peers[1, 42], hash=str(HASH), usernames=["alice", "alice2"], phone="9996621234")
    assert (2, 5) in peers and (3, CHANNEL) in peers
    for kind in ("kurigram-db", "pyrogram-db"):
        ours = convert.path(f"{kind}.session")
        convert("pyrogram-db", file, kind, ours)
        again = await opened(file=ours)  # the older one is brought up to date here
        await of_kurigram(again)
        peer = await again.get_peer_by_id(42)
        assert (peer.user_id, peer.access_hash) == (42, HASH)
        peer = await again.get_peer_by_id(-1000000000000 - CHANNEL)
        assert (peer.channel_id, peer.access_hash) == (CHANNEL, 78)
        if kind == "kurigram-db":
            assert (await again.get_update_states(0))[0].pts == 11
        await again.save()
        await again.close()
        holds(convert.read("pyrogram-db", ours), dc=2, user=USER, bot=True)


def main():
    convert = Converter(*sys.argv[1:3])
    for step in (telethon_strings, telethon_files, kurigram_strings, kurigram_files):
        outcome = step(convert)
        if outcome:
            asyncio.run(outcome)
        print(f"ok: {step.__name__.replace('_', ' ')}", flush=True)


if __name__ == "__main__":
    main()
