#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Speaks Hrana 2 and 3 over HTTP, in JSON, for a database of SQLite. Only for tests.

    hrana_server.py --database FILE --port N --token TOKEN [--fault FILE] [--certificate PEM]

It prints a line of JSON when it listens. A line "KIND [WORD]" in the file of --fault spoils the next request that contains WORD,
and the file is gone then: cut_before, cut_after, cut_inside, mute, garbage, huge, deep, wide, short, fraction, status_N; endless, drip
and headers, of which no end comes; twice, which repeats the rows of an answer; stranger and away, which name a wrong stream, and a place
that is none.
"""
import argparse
import base64
import http.server
import json
import os
import secrets
import socket
import sqlite3
import ssl
import threading
import time

EXPIRY = 5
BUSY = 0.1
SPOILT = {
    "garbage": lambda: b"<html>",
    "huge": lambda: b" " * (40 << 20),
    "deep": lambda: b"[" * 1000000,
    "wide": lambda: b'{"baton":null,"results":[' + b"0," * 2000000 + b"0]}",
    "short": lambda: b'{"baton":null,"results":[]}',
}
ENDLESS = {
    "endless": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"100000\r\n" + b" " * (1 << 20) + b"\r\n", 0),
    "drip": (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b" ", 0.05),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"x" * 1000 + b"\r\n", 0),
}


def each_result(said):
    """The results of the steps of a batch."""
    batch = said["results"][0].get("response", {}).get("result", {})
    return [one for one in batch.get("step_results", []) if one]


def repeat_rows(said):
    for one in each_result(said):
        one["rows"] += one["rows"]


def say_fractions(said):
    for one in each_result(said):
        one["affected_row_count"] = 1e300


CHANGED = {
    "twice": repeat_rows,
    "fraction": say_fractions,
    "stranger": lambda said: said.update(baton="of somebody else"),
    "away": lambda said: said.update(base_url="http://only-for-tests@127.0.0.1"),
}


class Refused(Exception):
    def __init__(self, message, code):
        super().__init__(message)
        self.said = {"message": message, "code": code}


class Stream:
    """A connection to the database, and what a client said of it."""

    def __init__(self, database):
        self.database = sqlite3.connect(database, timeout=BUSY, isolation_level=None, check_same_thread=False)
        self.database.execute("pragma synchronous = off")  # tests kill processes, and cut no power
        self.texts = {}
        self.used = time.monotonic()

    def clear(self):
        if self.database.in_transaction:
            self.database.execute("rollback")
        self.texts.clear()


def value_in(cell):
    kind = cell["type"]
    if kind == "null":
        return None
    if kind == "blob":
        text = cell["base64"]
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    return {"integer": int, "float": float, "text": str}[kind](cell["value"])


def cell_of(value):
    if value is None:
        return {"type": "null"}
    if isinstance(value, bytes):
        return {"type": "blob", "base64": base64.b64encode(value).decode().rstrip("=")}
    if isinstance(value, int):
        return {"type": "integer", "value": str(value)}
    if isinstance(value, float):
        return {"type": "float", "value": value}
    return {"type": "text", "value": value}


def text_of(stream, statement):
    return statement["sql"] if statement.get("sql") is not None else stream.texts[statement["sql_id"]]


def values_of(statement):
    named = {one["name"].lstrip(":@$"): value_in(one["value"]) for one in statement.get("named_args") or []}
    return named or [value_in(one) for one in statement.get("args") or []]


def execute(stream, statement):
    try:
        found = stream.database.execute(text_of(stream, statement), values_of(statement))
        rows = [[cell_of(one) for one in row] for row in found.fetchall()]
    except sqlite3.Error as error:
        raise Refused(str(error), getattr(error, "sqlite_errorname", "SQLITE_ERROR")) from None
    columns = [{"name": one[0], "decltype": None} for one in found.description or []]
    return {"cols": columns, "rows": rows if statement.get("want_rows", True) else [], "affected_row_count": max(0, found.rowcount),
            "last_insert_rowid": str(found.lastrowid or 0)}


def holds(stream, condition, results, errors):
    kind = condition["type"]
    if kind == "ok":
        return results[condition["step"]] is not None
    if kind == "error":
        return errors[condition["step"]] is not None
    if kind == "not":
        return not holds(stream, condition["cond"], results, errors)
    if kind == "is_autocommit":
        return not stream.database.in_transaction
    return {"and": all, "or": any}[kind](holds(stream, one, results, errors) for one in condition["conds"])


def run_batch(stream, batch):
    results, errors = [], []
    for step in batch["steps"]:
        result = error = None
        if not step.get("condition") or holds(stream, step["condition"], results, errors):
            try:
                result = execute(stream, step["stmt"])
            except Refused as why:
                error = why.said
        results.append(result)
        errors.append(error)
    return {"step_results": results, "step_errors": errors}


def run_sequence(stream, request):
    try:
        stream.database.executescript(text_of(stream, request))
    except sqlite3.Error as error:
        raise Refused(str(error), getattr(error, "sqlite_errorname", "SQLITE_ERROR")) from None


def answer(stream, request):
    """The answer to one request of a pipeline."""
    kind = request["type"]
    said = {"type": kind}
    if kind == "execute":
        said["result"] = execute(stream, request["stmt"])
    elif kind == "batch":
        said["result"] = run_batch(stream, request["batch"])
    elif kind == "sequence":
        run_sequence(stream, request)
    elif kind == "store_sql":
        stream.texts[request["sql_id"]] = request["sql"]
    elif kind == "close_sql":
        stream.texts.pop(request["sql_id"], None)
    elif kind == "get_autocommit":
        said["is_autocommit"] = not stream.database.in_transaction
    elif kind != "close":
        raise Refused(f"unknown request {kind}", "HRANA_PROTO_ERROR")
    return said


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, options):
        super().__init__(("127.0.0.1", options.port), Visit)
        self.options = options
        self.lock = threading.Lock()
        self.streams = {}
        self.idle = []
        if options.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request, client_address):
        pass  # who hangs up is no matter

    def take(self, baton):
        """A baton is good once, and for some seconds."""
        with self.lock:
            now = time.monotonic()
            for old in [one for one, stream in self.streams.items() if now - stream.used > EXPIRY]:
                self.give_back(self.streams.pop(old))
            if baton is None:
                return self.idle.pop() if self.idle else Stream(self.options.database)
            if baton not in self.streams:
                raise Refused("the stream is not there", "STREAM_EXPIRED")
            return self.streams.pop(baton)

    def give_back(self, stream):
        """Opening a database takes long; the next client gets it as new."""
        stream.clear()
        self.idle.append(stream)

    def keep(self, stream):
        baton = secrets.token_urlsafe(24)
        stream.used = time.monotonic()
        with self.lock:
            self.streams[baton] = stream
        return baton

    def run_pipeline(self, body):
        stream = self.take(body.get("baton"))
        results, closed = [], False
        for request in body["requests"]:
            try:
                results.append({"type": "ok", "response": answer(stream, request)})
            except Refused as why:
                results.append({"type": "error", "error": why.said})
            closed = closed or request["type"] == "close"
        if closed:
            self.give_back(stream)
        return {"baton": None if closed else self.keep(stream), "base_url": None, "results": results}

    def fault_for(self, text):
        try:
            with open(self.options.fault, encoding="utf-8") as file:
                kind, _, word = file.read().strip().partition(" ")
        except (OSError, TypeError):
            return ""
        if not kind or word not in text:
            return ""
        os.remove(self.options.fault)
        return kind


class Visit(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_):
        pass

    def say(self, status, said):
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def cut(self):
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def go_on(self, start, more, pause):
        """Until the other side has enough."""
        self.close_connection = True
        self.wfile.write(start)
        while True:
            self.wfile.write(more)
            self.wfile.flush()
            time.sleep(pause)

    def do_GET(self):
        self.say(200 if self.path in ("/v2", "/v3") else 404, {})

    def do_POST(self):
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.server.options.token and self.headers.get("Authorization") != f"Bearer {self.server.options.token}":
            return self.say(401, {"error": f"Unauthorized: {self.headers.get('Authorization')}"})
        if self.path not in ("/v2/pipeline", "/v3/pipeline"):
            return self.say(404, {"error": "no such thing"})
        fault = self.server.fault_for(text)
        if fault == "cut_before":
            return self.cut()
        if fault == "mute":
            time.sleep(3)
        if fault in ENDLESS:
            return self.go_on(*ENDLESS[fault])
        if fault.startswith("status_"):
            return self.say(int(fault.partition("_")[2]), {"message": "out of order\n" + str(self.headers.get("Authorization"))})
        return self.say_result(fault, text)

    def say_result(self, fault, text):
        try:
            said = self.server.run_pipeline(json.loads(text))
        except Refused as why:
            return self.say(400, why.said)
        if fault in CHANGED:
            CHANGED[fault](said)
        if fault == "cut_after":
            return self.cut()
        if fault == "cut_inside":
            body = json.dumps(said)
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:20].encode())
            return self.cut()
        return self.say(200, SPOILT[fault]() if fault in SPOILT else said)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default="")
    parser.add_argument("--fault")
    parser.add_argument("--certificate")
    options = parser.parse_args()
    sqlite3.connect(options.database).execute("pragma journal_mode = wal")
    server = Server(options)
    print(json.dumps({"port": server.server_address[1]}), flush=True)
    server.serve_forever()


main()
