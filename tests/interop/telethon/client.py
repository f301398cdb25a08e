# SPDX-License-Identifier: MIT OR Apache-2.0
"""Telethon against a data centre whose ready line is the first argument."""
import asyncio
import hashlib
import io
import json
import logging
import os
import secrets
import sys
import time

from steps import Inbox, check, step
from telethon import TelegramClient, errors, events, functions, types
from telethon.crypto import rsa
from telethon.network import (
    ConnectionTcpAbridged,
    ConnectionTcpFull,
    ConnectionTcpIntermediate,
    ConnectionTcpObfuscated,
)
from telethon.sessions import MemorySession

READY = json.loads(sys.argv[1])
ALICE, BOB, CAROL = READY["users"][:3]
PASSWORD = "hunter2"  # of Carol
BOT = READY["bots"][0]
HERE = next((dc for dc in READY["dcs"] if dc["id"] == 2), READY["dcs"][0])
THREE_MIB = 3 * 1024 * 1024
OTHERS = (ConnectionTcpAbridged, ConnectionTcpIntermediate, ConnectionTcpObfuscated)


class Account:
    """One connection of one account."""

    def __init__(self, connection=ConnectionTcpFull):
        session = MemorySession()
        session.set_dc(HERE["id"], HERE["host"], HERE["port"])
        self.client = TelegramClient(
            session, 1, "0123456789abcdef0123456789abcdef", connection=connection,
            connection_retries=1, request_retries=2, timeout=10)
        self.inbox = Inbox()
        self.id = 0
        self.client.add_event_handler(lambda event: self.inbox.put(event.message), events.NewMessage(incoming=True))

    async def sign_in(self, who):
        # The phone comes by a function: given as a string, Telethon compares it with the user's.
        await self.client.start(phone=lambda: who["phone"], code_callback=lambda: who["code"])
        await self._check(who["id"], bot=False)
        return self

    async def sign_in_bot(self, bot):
        await self.client.start(bot_token=bot["token"])
        await self._check(bot["id"], bot=True)
        return self

    async def _check(self, id, bot):
        me = await self.client.get_me()
        check(me.id == id, f"logged in as {me.id}, not {id}")
        check(bool(me.bot) == bot, f"bot is {me.bot}")
        self.id = me.id


def unique(text):
    return f"{text} {secrets.token_hex(6)}"


def said(sender_id, text):
    return lambda message: message.sender_id == sender_id and message.raw_text == text


def digest(data):
    return hashlib.sha256(data).hexdigest()


async def refused_before_login():
    account = Account()
    await account.client.connect()
    check(not await account.client.is_user_authorized(), "authorised before any login")
    try:
        await account.client(functions.updates.GetStateRequest())
        check(False, "a call before login was answered")
    except errors.UnauthorizedError:
        pass
    await account.client.disconnect()


async def wrong_code():
    account = Account()
    await account.client.connect()
    await account.client.send_code_request(ALICE["phone"])
    wrong = "1" if ALICE["code"] != "1" else "2"
    try:
        await account.client.sign_in(ALICE["phone"], wrong)
        check(False, "a wrong code was taken")
    except errors.PhoneCodeInvalidError:
        pass
    await account.client.disconnect()


async def password_after_code():
    account = Account()
    await account.client.connect()
    await account.client.send_code_request(CAROL["phone"])
    try:
        await account.client.sign_in(CAROL["phone"], CAROL["code"])
        check(False, "a code alone signed somebody in who has a password")
    except errors.SessionPasswordNeededError:
        pass
    try:
        await account.client.sign_in(password=PASSWORD + "!")
        check(False, "a wrong password was taken")
    except errors.PasswordHashInvalidError:
        pass
    me = await account.client.sign_in(password=PASSWORD)
    check(me.id == CAROL["id"], f"logged in as {me.id}")
    return account


async def qr_code(device, password=None):
    """A new device shows a code, one that is signed in scans it."""
    account = Account()
    await account.client.connect()
    shown = await account.client.qr_login()
    waiting = asyncio.create_task(shown.wait(15))
    await asyncio.sleep(0)
    await device.client(functions.auth.AcceptLoginTokenRequest(shown.token))
    try:
        await waiting
        check(password is None, "a scan stood for a password")
    except errors.SessionPasswordNeededError:
        check(password is not None, "a password was asked for that nobody has")
        await account.client.sign_in(password=password)
    me = await account.client.get_me()
    theirs = await device.client.get_me()
    check(me.id == theirs.id, f"logged in as {me.id}")
    await account.client.disconnect()


async def send_and_receive(sender, receiver, peer):
    text = unique("до встречи 🐈")
    sent = await sender.client.send_message(peer, text)
    check(sent.raw_text == text and sent.out, "the sent message came back different")
    got = await receiver.inbox.take(said(sender.id, text), "the update")
    check(abs(got.date.timestamp() - time.time()) < 60, "the date of the message is wrong")
    return got


async def read_history(of, peer):
    texts = [unique(word) for word in ("first", "second", "third")]
    for text in texts:
        await of.client.send_message(peer, text)
    page = await of.client.get_messages(peer, limit=2)
    check([m.raw_text for m in page] == [texts[2], texts[1]], "the newest two come first")
    following = await of.client.get_messages(peer, limit=1, offset_id=page[1].id)
    check([m.raw_text for m in following] == [texts[0]], "offset_id was not honoured")


async def up_and_down(sender, receiver, peer):
    content = os.urandom(THREE_MIB)
    file = io.BytesIO(content)
    file.name = "three.bin"
    sent = await sender.client.send_file(peer, file, force_document=True)
    check(sent.document is not None, "the answer holds no document")
    check(sent.document.size == THREE_MIB, f"the document says {sent.document.size} bytes")
    check(sent.file.name == "three.bin", f"the document is called {sent.file.name}")
    own = await sender.client.download_media(sent, bytes)
    check(digest(own) == digest(content), "what the sender downloads is not what it uploaded")
    got = await receiver.inbox.take(lambda m: m.sender_id == sender.id and m.document, "the document")
    theirs = await receiver.client.download_media(got, bytes)
    check(digest(theirs) == digest(content), "what the receiver downloads is not what was uploaded")


async def awake(user):
    """The bot logs in while we do: it may not have heard the first question."""
    for _ in range(6):
        text = unique("are you there?")
        await user.client.send_message(BOT["username"], text)
        try:
            return await user.inbox.take(said(BOT["id"], text), "an echo", 2.5)
        except AssertionError:
            pass
    check(False, "the bot never answers")


async def echo(user):
    for text in (unique("ping"), unique("как дела?")):
        await user.client.send_message(BOT["username"], text)
        answer = await user.inbox.take(said(BOT["id"], text), f'the echo of "{text}"')
        check(answer.chat_id == BOT["id"], "the answer came in another chat")
    page = await user.client.get_messages(BOT["username"], limit=2)
    check(page[0].sender_id == BOT["id"] and page[1].out, "the history holds no question and answer")


async def bot_talks_to_user(bot, user):
    got = await send_and_receive(user, bot, BOT["username"])
    text = unique("from the bot")
    await bot.client.send_message(await got.get_input_sender(), text)
    await user.inbox.take(said(BOT["id"], text), "the message of the bot")


async def other_transport(connection, receiver):
    """A new connection of its own kind: key exchange, login, one message."""
    account = await Account(connection).sign_in(BOB)
    await send_and_receive(account, receiver, ALICE["username"])
    await account.client.disconnect()


async def unknown_method(user):
    """What the data centre does not know gets an error, never silence."""
    call = functions.stats.GetMegagroupStatsRequest(channel=types.InputChannel(1, 1))
    try:
        await user.client(call)
        check(False, "a method that cannot work was answered")
    except errors.RPCError:
        pass


async def main():
    rsa.add_key(READY["key"]["pem"], old=False)
    await step("key exchange; a call before login is refused", refused_before_login())
    await step("a wrong code is refused", wrong_code())
    alice = await step("log in as a user, by phone and code", Account().sign_in(ALICE))
    bob = await step("log in as another user", Account().sign_in(BOB))
    bot = await step("log in as a bot", Account().sign_in_bot(BOT))
    carol = await step("log in with a password, after a wrong one", password_after_code())
    await step("log in by QR code", qr_code(alice))
    await step("log in by QR code and password", qr_code(carol, PASSWORD))
    await step("send a message; the other user receives the update", send_and_receive(alice, bob, BOB["username"]))
    await step("answer it", send_and_receive(bob, alice, ALICE["username"]))
    await step("read history", read_history(alice, BOB["username"]))
    await step("upload and download 3 MiB, equal hashes", up_and_down(alice, bob, BOB["username"]), 60)
    await step("a bot and a user talk", bot_talks_to_user(bot, alice))
    await step("our echo bot is there", awake(alice))
    await step("our echo bot answers", echo(alice))
    await step("a method that the data centre does not know", unknown_method(alice))
    for connection in OTHERS:
        await step(f"log in and send over {connection.__name__}", other_transport(connection, alice))
    for account in (alice, bob, bot, carol):
        await step("close a connection", account.client.disconnect())
    print("PASS")


if os.environ.get("TELETHON_LOG"):
    logging.basicConfig(level=os.environ["TELETHON_LOG"].upper())
asyncio.run(main())
