# SPDX-License-Identifier: MIT OR Apache-2.0
"""Strangers at a data centre: scanners, broken clients, floods. It must end or ignore each of them, stay small and
go on serving; the last stranger begins a key exchange and is answered."""
import contextlib
import os
import socket
import struct

INTERMEDIATE = b"\xee" * 4
MEBIBYTE = 1 << 20

# What is said, and none of it is worth an answer with content.
RUDE = {
    "HTTP": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "TLS": bytes.fromhex("160301020001") + bytes(512),
    "ff": b"\xff" * 10000,
    "zeros": bytes(10000),
    "an endless packet": INTERMEDIATE + struct.pack("<I", 0x7FFFFFFC) + bytes(1000),
    "an empty packet": INTERMEDIATE + bytes(400),
    "a broken checksum": struct.pack("<II", 40, 0) + bytes(32),
    "an unknown key": INTERMEDIATE + struct.pack("<I", 88) + b"\x01" * 88,
    "no request": INTERMEDIATE + struct.pack("<I", 24) + bytes(16) + struct.pack("<I", 4) + b"\x05" * 4,
}


def connect(address, patience=10):
    return socket.create_connection(address, timeout=patience)


def is_sent_away(address, data):
    """Whether the connection ends; at most a transport error may come before that."""
    with connect(address) as peer, contextlib.suppress(ConnectionError):
        peer.sendall(data)
        received = 0
        while part := peer.recv(65536):
            received += len(part)
            if received > 64:
                return False
    return True


def request_for_pq(nonce):
    body = struct.pack("<I", 0xBE7E8EF1) + nonce
    return struct.pack("<I", 20 + len(body)) + bytes(8) + struct.pack("<qI", 1 << 40, len(body)) + body


def is_served(address):
    nonce = os.urandom(16)
    with connect(address) as peer:
        peer.sendall(INTERMEDIATE + request_for_pq(nonce))
        return nonce in peer.recv(4096)


def crowd(address, count, opening, measure=lambda: 0):
    """So many at once, who say the opening and then nothing. Whether somebody else is served, and what was measured."""
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            peer = stack.enter_context(connect(address))
            with contextlib.suppress(OSError):
                peer.sendall(opening)
        return is_served(address), measure()


def resident_bytes(process):
    """Of memory that a process has; 0 where that is not told."""
    try:
        with open(f"/proc/{process}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:
        return 0


def visit(address, process):
    """What went wrong, in lines; nothing when all was well."""
    wrong = [f"not sent away: {name}" for name, data in RUDE.items() if not is_sent_away(address, data)]
    for _ in range(1000):
        connect(address).close()
    served, before = crowd(address, 300, b"\xee", lambda: resident_bytes(process))
    if not served:
        wrong.append("not served beside a silent crowd")
    half = INTERMEDIATE + struct.pack("<I", 12 * MEBIBYTE) + bytes(8 * MEBIBYTE)
    served, after = crowd(address, 40, half, lambda: resident_bytes(process))
    if not served:
        wrong.append("not served beside half packets")
    if after - before > 160 * MEBIBYTE:  # half of what was sent
        wrong.append(f"grew by {after - before} bytes")
    return wrong
