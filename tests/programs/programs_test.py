#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The programs of this project, started as people start them, against the offline data centre."""
import argparse
import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interop"))
from processes import Program  # noqa: E402  (beside the foreign clients, which need it too)

BUILD = Path("build")
PATIENCE = 40


def program(name):
    folder = "src/testing" if name == "mtp-test-dc" else "examples"
    return str(BUILD / folder / name)


def has_ipv6_loopback():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


class Terminal:
    """A program with a terminal of its own, and the person in front of it."""

    def __init__(self, name, environment):
        self.screen = ""
        self.seen = 0
        self.process, self.person = pty.fork()
        if self.process == 0:
            os.execve(name, [name], environment)

    def read(self):
        """False at the end of the program."""
        try:
            some = os.read(self.person, 4096) if select.select([self.person], [], [], 0.1)[0] else None
        except OSError:
            return False
        self.screen += (some or b"").decode(errors="replace")
        return some != b""

    def answer(self, question, line, end="\n"):
        patience = time.monotonic() + PATIENCE
        while question not in self.screen[self.seen:]:
            if not self.read() or time.monotonic() > patience:
                raise AssertionError(f"'{question}' was never asked:\n{self.screen}")
        self.seen = self.screen.index(question, self.seen) + len(question)
        time.sleep(0.2)  # a person needs as long, and a terminal may be told to hide what is typed
        os.write(self.person, (line + end).encode())

    def end(self):
        patience = time.monotonic() + PATIENCE
        while self.read() and time.monotonic() < patience:
            pass
        _, status = os.waitpid(self.process, 0)
        self.process = 0
        return os.waitstatus_to_exitcode(status)

    def stop(self):
        os.close(self.person)
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)


class ProgramsTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="mtp-programs-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.started = 0

    def start(self, name, *arguments, **environment):
        self.started += 1
        running = Program(f"{name}-{self.started}", [program(name), *arguments], str(self.folder), environment)
        self.addCleanup(running.stop)
        return running

    def data_centre(self, *arguments):
        running = self.start("mtp-test-dc", "--listen", "127.0.0.1:0", "--log", *arguments)
        ready = running.ready_line(PATIENCE)
        (self.folder / "server.pem").write_text(ready["key"]["pem"])
        return running, ready

    def environment(self, ready, **more):
        at = ready["dcs"][0]
        return {"API_ID": "1", "API_HASH": "0" * 32, "BOT_TOKEN": ready["bots"][0]["token"],
                "MTP_DC": f"{at['id']}@{at['host']}:{at['port']}", "MTP_SERVER_KEY": str(self.folder / "server.pem"),
                "MTP_SESSION": str(self.folder / "test.session"), **more}

    def finish(self, name, environment):
        """Runs an example to its end: exit code, stdout, stderr."""
        done = subprocess.run([program(name)], env={**os.environ, **environment}, cwd=self.folder,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        return done.returncode, done.stdout, done.stderr

    def wait_for(self, running, text, times=1, patience=PATIENCE):
        """Until the log of a program holds `text` that often."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if Path(running.log).read_text(errors="replace").count(text) >= times:
                return
            time.sleep(0.02)
        self.fail(f"{running.name} never logged '{text}' {times} times:\n{running.tail()}")

    def assert_fails(self, environment, expected, hidden=(), name="01_echo_bot"):
        code, _, said = self.finish(name, environment)
        self.assertEqual(code, 1, said)
        self.assertIn(expected, said)
        self.assertEqual(len(said.strip().splitlines()), 1, said)
        for secret in hidden:
            self.assertNotIn(secret, said)

    def greet(self, ready, peer, session):
        """The third example: a message from the bot. Its own session, since the echo bot holds the other."""
        environment = self.environment(ready, PEER=peer, MTP_SESSION=str(self.folder / session))
        code, shown, said = self.finish("03_your_own_loop", environment)
        self.assertEqual(code, 0, said)
        self.assertIn("sent as message", shown)

    def test_demo(self):
        done = subprocess.run([program("mtp-demo")], cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.count("Alice > "), done.stdout.count("Echo < "))
        self.assertGreaterEqual(done.stdout.count("Echo < "), 5)
        self.assertNotIn("\x1b", done.stdout)  # no colour into a pipe

    def test_files(self):
        _, ready = self.data_centre()
        there = self.folder / "holiday.mp4"
        there.write_bytes(os.urandom(11 * 1024 * 1024 + 1))
        environment = self.environment(ready, PEER=ready["users"][0]["username"], FILE=str(there))
        code, shown, said = self.finish("09_files", environment)
        self.assertEqual(code, 0, said)
        self.assertIn("holiday.mp4 (video/mp4), 11534337 bytes", shown)
        self.assertEqual(said, "")  # no bar without a terminal
        self.assertEqual((self.folder / "holiday.mp4.back").read_bytes(), there.read_bytes())
        self.assertFalse((self.folder / "holiday.mp4.back.part").exists())

    def test_formatted_text(self):
        _, ready = self.data_centre()
        environment = self.environment(ready, PEER=ready["users"][0]["username"])
        code, shown, said = self.finish("12_formatted_text", environment)
        self.assertEqual(code, 0, said)
        self.assertIn('<b>Lemonade</b>\n<blockquote>4 lemons', shown)
        self.assertIn(">_a little_ sugar\nSee [the whole story](https://example.org/lemonade)\\.", shown)
        self.assertIn("line 1, column 12: expected </b>", shown)
        self.assertIn("10 messages", shown)

    def test_files_after_kills(self):
        """A program that is killed ten times, five of them while a file goes up: few parts go twice."""
        centre, ready = self.data_centre()
        there = self.folder / "film.mp4"
        there.write_bytes(os.urandom(96 * 1024 * 1024 + 1))
        environment = self.environment(ready, PEER=ready["users"][0]["username"], FILE=str(there))
        kills = [("upload.saveBigFilePart", at) for at in (20, 55, 90, 130, 170)]
        kills += [("upload.getFile ", at) for at in (20, 55, 90, 130, 170)]
        for call, at in kills:
            life = self.start("10_resume", **environment)
            self.wait_for(centre, call, times=at)
            life.stop(signal.SIGKILL)
        code, shown, said = self.finish("10_resume", environment)
        self.assertEqual(code, 0, said)
        self.assertIn("100663297 bytes there and back", shown)
        self.assertEqual((self.folder / "film.mp4.back").read_bytes(), there.read_bytes())
        self.assertFalse((self.folder / "film.mp4.back.part").exists())
        log = Path(centre.log).read_text()
        for call in ("upload.saveBigFilePart", "upload.getFile "):
            self.assertLess(log.count(call), 193 + 5 * 24 + 1)

    def test_bar_on_a_terminal(self):
        _, ready = self.data_centre()
        there = self.folder / "small.txt"
        there.write_bytes(b"some text")
        environment = self.environment(ready, PEER=ready["users"][0]["username"], FILE=str(there))
        terminal = Terminal(program("09_files"), environment)
        self.addCleanup(terminal.stop)
        self.assertEqual(terminal.end(), 0, terminal.screen)
        self.assertIn("] 100 %", terminal.screen)
        self.assertIn("small.txt (text/plain), 9 bytes", terminal.screen)

    def test_examples_of_the_course(self):
        _, ready = self.data_centre()
        self.greet(ready, ready["users"][0]["username"], "greeter.session")
        alice = ready["users"][0]
        environment = self.environment(ready, PHONE=alice["phone"], CODE=alice["code"],
                                       PEER=ready["bots"][0]["username"])
        code, shown, said = self.finish("02_raw_call", environment)
        self.assertEqual(code, 0, said)
        self.assertIn(": hello", shown)

    def test_sign_in_on_a_terminal(self):
        """The sixth example, with a person in front of it who mistypes both the code and the password."""
        world = self.folder / "world.json"
        world.write_text(json.dumps({"users": [{"id": 42, "first_name": "Alice", "phone": "+9996621001",
                                                "code": "12345", "password": "hunter2"}],
                                     "bots": [{"id": 777, "first_name": "Bot", "username": "a_bot", "token": "777:t"}]}))
        _, ready = self.data_centre("--world", str(world))
        person = Terminal(program("06_sign_in"), {**os.environ, **self.environment(ready)})
        self.addCleanup(person.stop)
        person.answer("Telephone number", "+9996621001")
        person.answer("Code (", "54321")
        person.answer("The code is wrong.", "12345")
        person.answer("Password (", "hunter1")
        person.answer("The password is wrong.", "hunter2")
        self.assertEqual(person.end(), 0, person.screen)
        self.assertIn("signed in as Alice", person.screen)
        self.assertRegex(person.screen, r"here since 20\d\d-\d+-\d+")
        self.assertNotIn("hunter", person.screen)
        code, shown, said = self.finish("06_sign_in", self.environment(ready))
        self.assertEqual((code, said), (0, ""))  # the session knows who it is
        self.assertIn("signed in as Alice", shown)

    def test_sign_in_by_qr(self):
        """The eighth example: the code is drawn, another device reads its address and lets the program in."""
        world = self.folder / "world.json"
        world.write_text(json.dumps({"users": [{"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345"}],
                                     "bots": [{"id": 777, "first_name": "Bot", "username": "a_bot", "token": "777:t"}]}))
        _, ready = self.data_centre("--world", str(world))
        environment = self.environment(ready)
        screen = Terminal(program("08_sign_in_by_qr"), {**os.environ, **environment})
        self.addCleanup(screen.stop)
        patience = time.monotonic() + PATIENCE
        while "Link Desktop Device" not in screen.screen and screen.read() and time.monotonic() < patience:
            pass
        address = re.search(r"tg://login\?token=[A-Za-z0-9_=-]+", screen.screen)
        self.assertIsNotNone(address, screen.screen)
        self.assertIn("\u2588\u2588\u2588", screen.screen)
        telephone = subprocess.run([program("mtp-let-in"), address[0]], capture_output=True, text=True, timeout=PATIENCE,
                                   env={**os.environ, **environment, "MTP_SESSION": str(self.folder / "telephone.session"),
                                        "PHONE": "+9996621001", "CODE": "12345"})
        self.assertEqual(telephone.returncode, 0, telephone.stderr)
        self.assertEqual(screen.end(), 0, screen.screen)
        self.assertIn("signed in as Alice", screen.screen)

    def test_sign_in_is_broken_off(self):
        """By Ctrl-C at the first question, and by an end of the input."""
        _, ready = self.data_centre()
        environment = self.environment(ready)
        person = Terminal(program("06_sign_in"), {**os.environ, **environment})
        self.addCleanup(person.stop)
        person.answer("Telephone number", "\x03", end="")
        self.assertEqual(person.end(), 0, person.screen)
        code, shown, said = self.finish("06_sign_in", environment)
        self.assertEqual((code, shown), (1, ""))
        self.assertIn("mtp: the input ended before anybody was signed in", said.splitlines()[-1])

    def test_broken_off_sign_in_goes_on(self):
        """By Ctrl-C at the code: the next start takes the same code, after an empty line instead of the number."""
        centre, ready = self.data_centre()
        alice = ready["users"][0]
        environment = {**os.environ, **self.environment(ready)}
        first = Terminal(program("06_sign_in"), environment)
        self.addCleanup(first.stop)
        first.answer("Telephone number", alice["phone"])
        first.answer("Code (", "\x03", end="")
        self.assertEqual(first.end(), 0, first.screen)
        second = Terminal(program("06_sign_in"), environment)
        self.addCleanup(second.stop)
        second.answer("is still good.", "")
        second.answer("before.\r\nCode (", alice["code"])
        self.assertEqual(second.end(), 0, second.screen)
        self.assertIn("signed in as", second.screen)
        self.assertEqual(Path(centre.log).read_text().count("auth.sendCode"), 1)

    def test_many_accounts(self):
        """The fifth example: a bot, and a token that is none, which is given up and holds up nobody."""
        centre, ready = self.data_centre()
        good = ready["bots"][0]["token"]
        environment = self.environment(ready, BOT_TOKENS=f"{good} 77:none")
        environment.pop("MTP_SESSION")
        bots = self.start("05_many_accounts", **environment)
        self.wait_for(centre, "updates.getDifference")
        self.wait_for(bots, "77 is ended ")
        self.assertEqual(bots.stop(signal.SIGINT), 0)
        shown = Path(bots.log).read_text()
        name = good.split(":")[0]
        self.assertIn(f"{name} is running", shown)
        self.assertNotIn(f"{name} is waiting", shown)
        self.assertTrue(shown.rstrip().splitlines()[-1].split()[2] == "ended", shown)
        for secret in (good, "77:none"):
            self.assertNotIn(secret, shown)
        self.assertTrue((self.folder / f"bot{name}.session").exists())

    def convert(self, *words, **environment):
        done = subprocess.run([program("mtp-session-converter"), *words], env={**os.environ, **environment},
                              capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.strip()

    def test_account_moves_house(self):
        """From a session file into the strings of other libraries, and from those into another file."""
        centre, ready = self.data_centre()
        environment = self.environment(ready)
        bot = self.start("01_echo_bot", **environment)
        self.wait_for(centre, "updates.getDifference")
        self.assertEqual(bot.stop(signal.SIGINT), 0)
        for library, name in (("telethon", "Telethon"), ("gramjs", "GramJS"), ("pyrogram", "Pyrogram"),
                              ("mtcute", "mtcute"), ("mtkruto", "MTKruto"), ("ferogram", "ferogram")):
            text = self.convert("mtp", environment["MTP_SESSION"], library, API_ID="1")
            self.assertNotIn(text, Path(centre.log).read_text())
            imported = {**environment, "SESSION_STRING": text, "MTP_SESSION": str(self.folder / library)}
            for first in (f"a session of {name}\n", ""):  # the second time it is in the file
                code, shown, said = self.finish("04_import_session", imported)
                self.assertEqual((code, said), (0, ""))
                self.assertEqual(shown, first + f"signed in as {ready['bots'][0]['first_name']}\n")
        log = Path(centre.log).read_text()
        self.assertEqual(log.count("a permanent key was made"), 1)
        self.assertEqual(log.count("auth.importBotAuthorization"), 1)
        self.assert_fails({**environment, "SESSION_STRING": text[:-9], "MTP_SESSION": str(self.folder / "cut")},
                          "this is no session in that format", hidden=[text[:-9]], name="04_import_session")

    def test_killed_bot_goes_on(self):
        centre, ready = self.data_centre()
        environment = self.environment(ready)
        for life in range(3):
            bot = self.start("01_echo_bot", **environment)
            self.wait_for(centre, "updates.getDifference", times=life + 1)
            bot.stop(signal.SIGKILL)
        log = Path(centre.log).read_text()
        self.assertEqual(log.count("a permanent key was made"), 1)
        self.assertEqual(log.count("auth.importBotAuthorization"), 1)

    def libsql(self):
        """What stands in for a server of libSQL; its address."""
        script = Path(__file__).resolve().parents[1] / "support" / "hrana_server.py"
        running = Program("libsql", [sys.executable, "-B", str(script), "--database", str(self.folder / "database"),
                                     "--token", "only-for-libsql"], str(self.folder))
        self.addCleanup(running.stop)
        return f"http://127.0.0.1:{running.ready_line(PATIENCE)['port']}"

    def test_standby(self):
        """One bot twice, over one database: the second goes on with the login of the first once that one is dead."""
        centre, ready = self.data_centre()
        hidden = {"LIBSQL_AUTH_TOKEN": "only-for-libsql", "STORE_PASSPHRASE": "a horse and a battery"}
        environment = self.environment(ready, LIBSQL_URL=self.libsql(), **hidden)
        first = self.start("standby_bot", **environment, MTP_LOG="debug")
        self.wait_for(first, "it is my turn")
        second, third = (self.start("standby_bot", **environment, MTP_LOG="debug") for _ in range(2))
        time.sleep(2)
        self.assertEqual(third.stop(signal.SIGINT), 0)
        self.assertIsNone(second.ended())
        first.stop(signal.SIGKILL)
        self.wait_for(second, "it is my turn")
        self.assertEqual(second.stop(signal.SIGINT), 0)
        log = Path(centre.log).read_text()
        self.assertEqual(log.count("a permanent key was made"), 1)
        self.assertEqual(log.count("auth.importBotAuthorization"), 1)
        said = "".join(Path(one.log).read_text() for one in (first, second, third))
        self.assertEqual(said.count("it is my turn"), 2)
        kept = (self.folder / "database").read_bytes().decode(errors="replace")
        for secret in hidden.values():
            self.assertNotIn(secret, said + kept)
        for wrong, expected in (({"LIBSQL_URL": "a-secret"}, "the url of libSQL begins with"),
                                ({"LIBSQL_AUTH_TOKEN": "a-secret"}, "Permission denied"),
                                ({"STORE_PASSPHRASE": "a-secret"}, "")):
            self.assert_fails({**environment, **wrong}, expected, hidden=["a-secret", *hidden.values()], name="standby_bot")

    def test_restarted_server(self):
        key = str(self.folder / "private.pem")
        subprocess.run(["openssl", "genrsa", "-traditional", "-out", key, "2048"], check=True, capture_output=True)
        centre, ready = self.data_centre("--key", key)
        port = ready["dcs"][0]["port"]
        bot = self.start("01_echo_bot", **self.environment(ready))
        self.wait_for(centre, "updates.getDifference")
        centre.stop(signal.SIGKILL)
        again = self.start("mtp-test-dc", "--listen", f"127.0.0.1:{port}", "--log", "--key", key)
        again.ready_line(PATIENCE)
        # The new server knows neither key nor login. It says so when a temporary key is bound, and is believed once
        # the key is a minute old.
        self.wait_for(again, "auth.importBotAuthorization", patience=PATIENCE + 90)
        self.assertIsNone(bot.ended())

    def test_wrong_token(self):
        _, ready = self.data_centre()
        self.assert_fails(self.environment(ready, BOT_TOKEN="777000777:wrongwrong"), "ACCESS_TOKEN_INVALID",
                          hidden=["wrongwrong"])

    def test_log_without_secrets(self):
        centre, ready = self.data_centre()
        environment = self.environment(ready, API_HASH="5ec2e7" * 5 + "00", MTP_LOG="debug")
        bot = self.start("01_echo_bot", **environment)
        self.wait_for(centre, "updates.getDifference")
        self.assertEqual(bot.stop(), 0)
        said = Path(bot.log).read_text()
        self.assertIn("mtp info: data centre 2: connected", said)
        for secret in (environment["API_HASH"], environment["BOT_TOKEN"], environment["BOT_TOKEN"].partition(":")[2]):
            self.assertNotIn(secret, said)
        kept = Path(environment["MTP_SESSION"]).read_bytes()  # the keys are in it
        for at in range(len(kept) - 7):
            self.assertNotIn(kept[at:at + 8].hex(), said)

    def test_unreachable_address(self):
        _, ready = self.data_centre()
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        self.assert_fails(self.environment(ready, MTP_DC=f"2@127.0.0.1:{port}"), "refused")

    def test_unknown_server_key(self):
        _, ready = self.data_centre()
        _, other = self.data_centre()  # overwrites the file with a key that the first one does not have
        self.assertNotEqual(ready["key"]["fingerprint"], other["key"]["fingerprint"])
        self.assert_fails(self.environment(ready), "none of the RSA keys")

    def test_corrupt_session_file(self):
        _, ready = self.data_centre()
        session = self.folder / "test.session"
        session.write_bytes(b"this is no session" * 20)
        self.assert_fails(self.environment(ready), "session file")
        self.assertEqual(session.read_bytes(), b"this is no session" * 20)  # never overwritten

    def test_session_in_use(self):
        centre, ready = self.data_centre()
        self.start("01_echo_bot", **self.environment(ready))
        self.wait_for(centre, "updates.getDifference")
        self.assert_fails(self.environment(ready), "in use")

    def test_missing_configuration(self):
        _, ready = self.data_centre()
        for missing in ("API_ID", "API_HASH", "BOT_TOKEN"):
            self.assert_fails(self.environment(ready, **{missing: ""}), missing)
        self.assert_fails(self.environment(ready, MTP_DC="nonsense"), "MTP_DC")
        self.assert_fails(self.environment(ready, MTP_SERVER_KEY="/nowhere.pem"), "MTP_SERVER_KEY")

    def test_garbage_on_the_port(self):
        centre, ready = self.data_centre()
        address = (ready["dcs"][0]["host"], ready["dcs"][0]["port"])
        for garbage in (b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00" + b"\x00" * 600, b"\xef" + b"\x7f\xff\xff\xff" * 9,
                        b"\xee\xee\xee\xee\xff\xff\xff\x7f", b"\x00" * 4096, os.urandom(65536)):
            with socket.create_connection(address, timeout=PATIENCE) as stranger:
                stranger.sendall(garbage)
                stranger.shutdown(socket.SHUT_WR)
                try:
                    while stranger.recv(4096):
                        pass  # a transport error at most, then the end
                except ConnectionResetError:
                    pass
        self.assertIsNone(centre.ended())
        self.greet(ready, ready["users"][0]["username"], "after.session")

    def test_data_centre_with_many_addresses(self):
        ipv6 = ["--dc", "4=[::1]:0"] if has_ipv6_loopback() else []
        centre, ready = self.data_centre("--dc", "2=0,silent", "--dc", "2=127.0.0.2:0", "--dc", "2=0,media-only",
                                         "--dc", "2=0,closed", *ipv6, "--temporary-keys", "off",
                                         "--fault", "messages.sendMessage=500:TRY_AGAIN*2")
        silent, good, media, closed = ready["dcs"][:4]
        self.assertEqual((silent["silent"], media["media_only"], closed["closed"]), (True, True, True))
        self.assertEqual(good["host"], "127.0.0.2")
        self.assertEqual(set(good), {"id", "host", "port"})
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection((closed["host"], closed["port"]), timeout=PATIENCE)
        for at in ready["dcs"][4:]:
            socket.create_connection((at["host"], at["port"]), timeout=PATIENCE).close()
        # The silent address costs nothing, the refusals are got over.
        places = ",".join(f"2@{at['host']}:{at['port']}" for at in (silent, good))
        environment = self.environment(ready, PEER=ready["users"][0]["username"], MTP_DC=places)
        code, shown, said = self.finish("03_your_own_loop", environment)
        self.assertEqual(code, 0, said)
        self.assertIn("sent as message", shown)
        log = Path(centre.log).read_text()
        self.assertEqual(log.count("500 TRY_AGAIN"), 2, log)

    def test_data_centre_refuses_nonsense(self):
        world = self.folder / "world.json"
        world.write_text("{ not json")
        key = self.folder / "no_key.pem"
        key.write_text("not a key")
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            for arguments in (["--listen", f"127.0.0.1:{port}"], ["--listen", "nonsense"], ["--unknown"],
                              ["--world", str(world)], ["--key", str(key)], ["--schema", str(world)]):
                done = subprocess.run([program("mtp-test-dc"), *arguments], capture_output=True, text=True,
                                      timeout=PATIENCE)
                self.assertNotEqual(done.returncode, 0, arguments)
                self.assertIn("mtp-test-dc: ", done.stderr)
                self.assertEqual(done.stdout, "")

    def test_data_centre_cannot_say_where_it_listens(self):
        for command in ('exec "$0" >/dev/full', 'exec "$0" >&-'):
            done = subprocess.run(["sh", "-c", command, program("mtp-test-dc")], stderr=subprocess.PIPE, text=True,
                                  timeout=PATIENCE)
            self.assertEqual(done.returncode, 1, command)
            self.assertIn("standard output", done.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, type=Path)
    parser.add_argument("tests", nargs="*")
    options = parser.parse_args()
    global BUILD
    BUILD = options.build.resolve()
    unittest.main(argv=["programs_test", "-v", *options.tests], warnings="ignore")


if __name__ == "__main__":
    main()
