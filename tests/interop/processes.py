# SPDX-License-Identifier: MIT OR Apache-2.0
"""Programs under test: started in groups of their own, watched, and ended whatever happens."""
import contextlib
import ctypes
import json
import os
import select
import signal
import subprocess
import sys
import time


class Failure(Exception):
    """The test failed; the text says how."""


class Skip(Exception):
    """The test cannot run here; the text says why."""


def _end_with_parent():
    """A child must not outlive a driver that was killed (Linux; elsewhere it may)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Program:
    """A running program whose stderr goes to a file, and stdout to a pipe or to ours."""

    def __init__(self, name, command, folder, environment=None, output=subprocess.PIPE):
        self.name = name
        self.log = os.path.join(folder, f"{name}.log")
        with open(self.log, "wb") as log:
            self._process = subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=log,
                env={**os.environ, **(environment or {})}, start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None)

    def ready_line(self, seconds):
        """The first line of stdout, as JSON."""
        line, pipe, end = b"", self._process.stdout, time.monotonic() + seconds
        while not line.endswith(b"\n"):
            if not select.select([pipe], [], [], max(0, end - time.monotonic()))[0]:
                raise Failure(f"{self.name} printed no ready line within {seconds} s")
            piece = os.read(pipe.fileno(), 65536)
            if not piece:
                raise Failure(f"{self.name} ended with {self._process.wait()} before its ready line")
            line += piece
        try:
            return json.loads(line)
        except ValueError as error:
            raise Failure(f"the ready line of {self.name} is no JSON: {error}: {line!r}") from None

    def logs(self, text, seconds):
        """Waits until it has logged the text."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with open(self.log, encoding="utf-8", errors="replace") as file:
                if text in file.read():
                    return
            time.sleep(0.05)
        raise Failure(f"{self.name} never logged '{text}'")

    def wait(self, seconds):
        """The exit code; a program that does not end in time is a failure."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failure(f"{self.name} did not end within {seconds} s") from None

    def process_id(self):
        return self._process.pid

    def ended(self):
        """The exit code of a program that ended, else None."""
        return self._process.poll()

    def stop(self, sign=signal.SIGTERM):
        """Ends it, with SIGKILL if it ignores `sign`. Returns the exit code."""
        for one in (sign, signal.SIGKILL):
            if self._process.poll() is not None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, one)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
        return self._process.returncode

    def tail(self, lines=40):
        with open(self.log, "r", encoding="utf-8", errors="replace") as log:
            return "".join(log.readlines()[-lines:])


def attempt(command, folder, seconds, environment=None):
    """Runs a command to its end. Returns None on success, else what it said."""
    try:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=seconds, text=True, errors="replace", env={**os.environ, **(environment or {})})
    except FileNotFoundError:
        return f"{command[0]} is not installed"
    except subprocess.TimeoutExpired:
        return f"{' '.join(command)} did not end within {seconds} s"
    return None if done.returncode == 0 else f"{' '.join(command)} failed:\n{done.stdout[-2000:]}"
