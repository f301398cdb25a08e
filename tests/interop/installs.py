# SPDX-License-Identifier: MIT OR Apache-2.0
"""The pinned foreign programs, installed into the build folder and kept there between runs."""
import hashlib
import os
import shutil
import sys

from processes import Failure, Skip, attempt

HERE = os.path.dirname(os.path.abspath(__file__))


def _copy(name, folder, wanted):
    os.makedirs(folder, exist_ok=True)
    for file in os.listdir(os.path.join(HERE, name)):
        if file.endswith(wanted):
            shutil.copy(os.path.join(HERE, name, file), folder)


def _fingerprint(path, *more):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read() + "\0".join(more).encode()).hexdigest()


def _once(folder, fingerprint, install):
    """Calls install(), a second time if the first fails, unless the same was installed before."""
    stamp = os.path.join(folder, "installed")
    if os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as file:
            if file.read() == fingerprint:
                return
        os.remove(stamp)
    if install():
        problem = install()
        if problem:
            raise Skip(problem)
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(fingerprint)


def node_peer(name, work):
    """The folder with what runs under Node and our steps for it."""
    folder = os.path.join(work, name)
    _copy(name, folder, (".mjs", ".json", ".npmrc"))
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        raise Skip("node and npm are not both installed")
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    _once(folder, _fingerprint(os.path.join(folder, "package-lock.json"), node),
          lambda: attempt(command, folder, 150))
    return folder


def python_peer(name, work):
    """The Python of an environment of its own with the peer in it, and the folder of our steps."""
    folder = os.path.join(work, name)
    _copy(name, folder, (".py", ".txt"))
    python = os.path.join(folder, "env", "bin", "python3")

    def install():
        return (attempt([sys.executable, "-m", "venv", "--clear", "env"], folder, 60) or
                attempt([python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
                         "-r", "requirements.txt"], folder, 180))

    _once(folder, _fingerprint(os.path.join(folder, "requirements.txt"), sys.version), install)
    return folder, python


def tgtest(work):
    """gotd's tgtest with our main(), compiled."""
    source = os.path.join(HERE, "tgtest")
    folder = os.path.join(work, "tgtest")
    os.makedirs(folder, exist_ok=True)
    program = os.path.join(folder, "tgtest-dc")
    settings = {"GOFLAGS": "-mod=readonly -buildvcs=false"}
    fetch = ["go", "list", "-deps", "-f", "{{.ImportPath}}", "."]
    if attempt(fetch, source, 200, settings):
        problem = attempt(fetch, source, 200, settings)
        if problem:
            raise Skip(problem)
    problem = attempt(["go", "build", "-o", program, "."], source, 540, settings)
    if problem:
        raise Failure(problem)
    return program
