#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Runs one peer that this project did not write against what it did write.

    driver.py mtcute|telethon --dc mtp-test-dc --bot 01_echo_bot --work FOLDER
    driver.py sessions_node|sessions_python --converter mtp-session-converter --work FOLDER
    driver.py moving_mtcute|moving_gramjs|moving_python --dc mtp-test-dc --bot 01_echo_bot --converter mtp-session-converter
              --importer 04_import_session --work FOLDER
    driver.py libsql --work FOLDER
    driver.py strangers --dc mtp-test-dc --work FOLDER
    driver.py tgtest --transport abridged|intermediate|full [--pfs] --bot 01_echo_bot --work FOLDER
    driver.py verdict --work FOLDER        fails in CI when no client could be installed

Exit codes: 0 passed, 1 failed, 77 skipped (the reason is printed).
"""
import argparse
import glob
import json
import os
import signal
import socket
import subprocess
import sys

import installs
import strangers
from processes import Failure, Program, Skip

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77
CLIENTS = ("mtcute", "telethon")
SESSIONS = ("sessions_node", "sessions_python", "moving_mtcute", "moving_gramjs", "moving_python")
RAN = "ran"


class Run:
    """Programs started for one test; all of them end with it."""

    def __init__(self, options):
        self.options = options
        self.folder = os.path.join(options.work, "-".join(filter(None, (options.peer, options.transport, options.pfs and "pfs"))))
        os.makedirs(self.folder, exist_ok=True)
        self.programs = []

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        for program in reversed(self.programs):
            program.stop()
        if kind is not None and issubclass(kind, Failure):
            for program in self.programs:
                print(f"--- the end of {program.log}\n{program.tail()}", flush=True)

    def start(self, name, command, environment=None):
        program = Program(name, command, self.folder, environment)
        self.programs.append(program)
        return program

    def data_centre(self, port=0, more_schemas=()):
        schemas = sorted(glob.glob(os.path.join(HERE, "schemas", "*.tl"))) + list(more_schemas)
        command = [self.options.dc, "--listen", f"127.0.0.1:{port}", "--log", "--world", os.path.join(HERE, "world.json")]
        for schema in schemas:
            command += ["--schema", schema]
        program = self.start("dc", command)
        return program, program.ready_line(60)

    def environment(self, ready, session):
        """What any program of ours needs to find the data centre and to keep a session."""
        key = os.path.join(self.folder, "server.pem")
        with open(key, "w", encoding="ascii") as file:
            file.write(ready["key"]["pem"])
        address = ready["dcs"][0]
        return {"API_ID": "1", "API_HASH": "0123456789abcdef0123456789abcdef", "MTP_SERVER_KEY": key, "MTP_SESSION": session,
                "MTP_DC": f"{address['id']}@{address['host']}:{address['port']}"}

    @staticmethod
    def forget(session):
        for old in glob.glob(session + "*"):
            os.remove(old)

    def echo_bot(self, ready, pfs="off"):
        """Our own bot, as anybody would start it: everything comes from the environment."""
        session = os.path.join(self.folder, "bot.session")
        self.forget(session)
        environment = {**self.environment(ready, session), "BOT_TOKEN": ready["bots"][0]["token"], "MTP_PFS": pfs}
        if self.options.transport:
            environment["MTP_TRANSPORT"] = self.options.transport
        return self.start("bot", [self.options.bot], environment)

    def client(self, command, seconds):
        """Runs a foreign client to its end; what it prints is the story of the test."""
        program = Program("client", command, self.folder, output=None)
        self.programs.append(program)
        code = program.wait(seconds)
        if code != 0:
            raise Failure(f"the client ended with {code}")


def play_mtcute(run):
    folder = installs.node_peer("mtcute", run.options.work)
    dc, ready = run.data_centre()
    bot = run.echo_bot(ready, pfs="on")
    for mode in ("plain", "pfs"):
        run.client(["node", os.path.join(folder, "client.mjs"), json.dumps(ready), mode], 240)
    both_alive(dc, bot)


def play_telethon(run):
    folder, python = installs.python_peer("telethon", run.options.work)
    dc, ready = run.data_centre()
    bot = run.echo_bot(ready)
    run.client([python, os.path.join(folder, "client.py"), json.dumps(ready)], 300)
    both_alive(dc, bot)


def play_tgtest(run):
    dc = run.start("tgtest", [installs.tgtest(run.options.work)])
    bot = run.echo_bot(dc.ready_line(30), pfs="fallback" if run.options.pfs else "off")
    code = dc.wait(240)
    print(dc.tail(), end="", flush=True)
    if code != 0:
        raise Failure(f"the conversation with the bot failed ({code})")
    ended_well(bot, signal.SIGINT)


def play_strangers(run):
    dc, ready = run.data_centre()
    address = ready["dcs"][0]
    wrong = strangers.visit((address["host"], address["port"]), dc.process_id())
    if wrong or dc.ended() is not None:
        raise Failure("; ".join(wrong) or f"the data centre ended with {dc.ended()}")
    ended_well(dc, signal.SIGTERM)


def play_sessions_node(run):
    folder = installs.node_peer("sessions_node", run.options.work)
    run.client(["node", os.path.join(folder, "sessions.mjs"), run.options.converter, run.folder], 120)


def play_sessions_python(run):
    folder, python = installs.python_peer("sessions_python", run.options.work)
    run.client([python, os.path.join(folder, "sessions.py"), run.options.converter, run.folder], 120)


def play_libsql(run):
    """Not of Telegram: the client of libSQL's authors, against what the tests of our stores take for its server."""
    folder = installs.node_peer("libsql", run.options.work)
    database = os.path.join(run.folder, "database")
    run.forget(database)
    token = "only-for-tests"
    server = run.start("server", [sys.executable, "-B", os.path.join(HERE, "..", "support", "hrana_server.py"),
                                  "--database", database, "--token", token])
    port = server.ready_line(30)["port"]
    run.client(["node", os.path.join(folder, "libsql.mjs"), f"http://127.0.0.1:{port}", token], 120)


def settled_bot(run, port=0, more_schemas=()):
    """Our own bot signs in and leaves a session behind."""
    dc, ready = run.data_centre(port, more_schemas)
    bot = run.echo_bot(ready)
    dc.logs("updates.getDifference", 60)
    ended_well(bot, signal.SIGINT)
    return ready, os.path.join(run.folder, "bot.session")


def convert(run, source, *words):
    done = subprocess.run([run.options.converter, *source, *words], env={**os.environ, "API_ID": "1"}, capture_output=True,
                          text=True, timeout=60)
    if done.returncode != 0:
        raise Failure(f"the converter failed: {done.stderr}")
    return done.stdout.strip()


def goes_on_with_us(run, ready, given):
    """Our example takes over what another library gave away; the file `given` has it."""
    with open(given, encoding="utf-8") as file:
        strings = json.load(file)
    for library, text in ((name, text) for name, texts in strings.items() for text in texts):
        session = os.path.join(run.folder, f"{library}.session")
        run.forget(session)
        environment = {**run.environment(ready, session), "SESSION_STRING": text}
        done = subprocess.run([run.options.importer], env={**os.environ, **environment}, capture_output=True, text=True, timeout=60)
        names = {one["first_name"] for one in ready["users"] + ready["bots"]}
        wanted = {f"a session of {library}\nsigned in as {name}\n" for name in names}
        if done.returncode != 0 or done.stdout not in wanted:
            raise Failure(f"not taken over from {library}: {done.stdout}{done.stderr}")
        print(f"ok: we go on with an account of {library}", flush=True)


def play_moving_mtcute(run):
    folder = installs.node_peer("mtcute", run.options.work)
    ready, session = settled_bot(run)
    given = os.path.join(run.folder, "given.json")
    text = convert(run, ("mtp", session), "mtcute")
    run.client(["node", os.path.join(folder, "moves.mjs"), json.dumps(ready), text, given], 120)
    goes_on_with_us(run, ready, given)


def small_port():
    """One that nobody listens on, and that fits into 15 bits: GramJS stores no other."""
    for port in range(20000 + os.getpid() % 10000, 32768):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise Failure("no port is free")


def gramjs_schema(run, folder):
    out = os.path.join(run.folder, "gramjs.tl")
    subprocess.run(["node", os.path.join(HERE, "tools", "gramjs_schema.mjs"), folder, out], check=True, timeout=60)
    return out


def play_moving_gramjs(run):
    folder = installs.node_peer("sessions_node", run.options.work)
    ready, session = settled_bot(run, small_port(), [gramjs_schema(run, folder)])
    given = os.path.join(run.folder, "given.json")
    text = convert(run, ("mtp", session), "gramjs")
    run.client(["node", os.path.join(folder, "moves.mjs"), json.dumps(ready), text, given], 150)
    goes_on_with_us(run, ready, given)


def play_moving_python(run):
    folder, python = installs.python_peer("sessions_python", run.options.work)
    ready, session = settled_bot(run)
    given, database = (os.path.join(run.folder, name) for name in ("given.json", "kurigram.session"))
    run.forget(database)
    text = convert(run, ("mtp", session), "telethon")
    convert(run, ("mtp", session), "kurigram-db", database)
    pyrogram = convert(run, ("mtp", session), "pyrogram")
    run.client([python, os.path.join(folder, "moves.py"), json.dumps(ready), text, database, pyrogram, given], 200)
    goes_on_with_us(run, ready, given)


def both_alive(dc, bot):
    for program in (dc, bot):
        if program.ended() is not None:
            raise Failure(f"{program.name} ended on the way, with {program.ended()}")
    ended_well(bot, signal.SIGINT)
    ended_well(dc, signal.SIGTERM)


def ended_well(program, sign):
    """A signal ends a program of ours with 0."""
    code = program.stop(sign)
    if code != 0:
        raise Failure(f"{program.name} ended with {code} on {sign.name}")


def verdict(options):
    """One client missing is a machine without npm or pip; both missing would mean that nothing was tested."""
    outcomes = {client: outcome(options.work, client) for client in CLIENTS}
    for client, text in outcomes.items():
        print(f"{client}: {text}")
    if RAN not in outcomes.values() and os.environ.get("CI"):
        raise Failure("no client could be installed, and this is CI")


def outcome(work, peer):
    try:
        with open(os.path.join(work, f"{peer}.outcome"), encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return "not run"


def remember(options, text):
    with open(os.path.join(options.work, f"{options.peer}.outcome"), "w", encoding="utf-8") as file:
        file.write(text)


def play(options):
    scripts = {"mtcute": play_mtcute, "telethon": play_telethon, "tgtest": play_tgtest, "strangers": play_strangers,
               "sessions_node": play_sessions_node, "sessions_python": play_sessions_python,
               "libsql": play_libsql,
               "moving_mtcute": play_moving_mtcute, "moving_gramjs": play_moving_gramjs, "moving_python": play_moving_python}
    remember(options, RAN)
    try:
        with Run(options) as run:
            scripts[options.peer](run)
    except Skip as skip:
        remember(options, f"skipped: {skip}")
        raise


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=CLIENTS + SESSIONS + ("libsql", "strangers", "tgtest", "verdict"))
    parser.add_argument("--dc", help="the data centre program")
    parser.add_argument("--bot", help="the echo bot program")
    parser.add_argument("--converter", help="the program between the formats of sessions")
    parser.add_argument("--importer", help="the program that takes a session over")
    parser.add_argument("--work", required=True, help="where to install and run")
    parser.add_argument("--transport", default="", help="what the bot speaks")
    parser.add_argument("--pfs", action="store_true", help="the bot wants temporary keys, where the server can bind them")
    options = parser.parse_args()
    options.work = os.path.abspath(options.work)
    os.makedirs(options.work, exist_ok=True)
    return options


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options = arguments()
    try:
        (verdict if options.peer == "verdict" else play)(options)
    except Skip as skip:
        print(f"SKIPPED: {skip}")
        return SKIPPED
    except Failure as failure:
        print(f"FAILED: {failure}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
