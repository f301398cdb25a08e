# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the tests of packaging share: a copy of the tree, one build of the library for all, tools of PyPI, the consumer.

All that is compiled here is compiled once: every build of the library has its folder at TREE/build/NAME and the same flags, so
that the compiler cache finds what the first one compiled, whatever tool asks for it.
"""
import filecmp
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
# What is compiled is not timed.
FLAGS = ["-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O0"]
SKIPPED = 77


class Failure(Exception):
    """The test failed; the text says how."""


class Skip(Exception):
    """The test cannot run here; the text says why."""


class Workshop:
    """Where one run of these tests works."""

    def __init__(self, work, compiler, launcher):
        self.work, self.compiler = pathlib.Path(work).resolve(), compiler
        self.tree, self.consumer = self.work / "tree", self.work / "tree/tests/package/consumer"
        self.static, self.shared = self.work / "static", self.work / "shared"
        self.work.mkdir(parents=True, exist_ok=True)
        self.flags = [*FLAGS, f"-DCMAKE_CXX_COMPILER={compiler}"]
        if launcher:
            self.flags.append(f"-DCMAKE_CXX_COMPILER_LAUNCHER={launcher}")
        self.environment = {**os.environ, "CCACHE_BASEDIR": str(self.work), "CCACHE_NOHASHDIR": "1", "CXX": compiler}
        for name in ("CMAKE_PREFIX_PATH", "PKG_CONFIG_PATH", "LD_LIBRARY_PATH", "DESTDIR", "CMAKE_GENERATOR"):
            self.environment.pop(name, None)

    def run(self, *command, folder=None, expect=0, **environment):
        """What the command printed."""
        words = [str(one) for one in command]
        done = subprocess.run(words, cwd=folder or self.work, env={**self.environment, **environment}, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if (done.returncode == 0) != (expect == 0):
            raise Failure(f"{' '.join(words)}\nended with {done.returncode}:\n{done.stdout[-8000:]}")
        return done.stdout

    def fresh(self, name):
        """An empty folder of that name."""
        shutil.rmtree(self.work / name, ignore_errors=True)
        (self.work / name).mkdir(parents=True)
        return self.work / name

    def build_library(self, name, *options, cmake="cmake", target="all", **environment):
        """Builds the library in TREE/build/NAME; what is there is kept."""
        folder = self.tree / "build" / name
        self.run(cmake, "-S", self.tree, "-B", folder, "-G", "Ninja", *self.flags, *options, **environment)
        self.run(cmake, "--build", folder, "--config", "Release", "--target", target, **environment)
        return folder

    def build_consumer(self, name, *options, source=None, cmake="cmake", generator="Ninja", config="Release"):
        """Builds the program in an empty folder and runs it."""
        folder = self.fresh(f"consumers/{name}")
        self.run(cmake, "-S", source or self.consumer, "-B", folder, "-G", generator, *self.flags, *options)
        self.run(cmake, "--build", folder, "--config", config, "--target", "consumer")
        made = folder / config if "Multi" in generator else folder
        self.check_output(self.run(made / "consumer"), talks="-DMTP_TESTING=OFF" not in options)
        for name in ("databases", "remote"):  # where the components that need SQLite and libcurl are there
            if (made / name).exists():
                self.run(made / name, folder=folder)
        return folder

    @staticmethod
    def check_output(output, talks=True):
        if "layer " not in output or ("signed in as" in output) != talks:
            raise Failure(f"the consumer printed:\n{output}")

    def tool(self, name, *requirements):
        """The folder of the programs of a Python environment with these packages of PyPI, made when it is not there."""
        folder = self.work / "tools" / name
        stamp, wanted = folder / "installed", "\n".join((sys.version, *requirements))
        if not stamp.exists() or stamp.read_text() != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            try:
                self.run(sys.executable, "-m", "venv", folder)
                self.run(folder / "bin/python3", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input",
                         "--retries", "2", *requirements)
            except Failure as why:
                raise Skip(f"{name} cannot be had from PyPI: {str(why).strip().splitlines()[-1]}") from None
            stamp.write_text(wanted)
        return folder / "bin"

    def need(self, program, package):
        """The path of a program of the distribution."""
        found = shutil.which(program)
        if not found:
            raise Skip(f"there is no {program} (package {package})")
        return found


def sources():
    """What belongs to the tree: what git knows or would add, else everything but builds."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, text=True)
    if listed.returncode == 0:
        names = listed.stdout.split("\0")
    else:
        names = [str(one.relative_to(ROOT)) for one in ROOT.rglob("*") if not {"build", ".git", "node_modules"} & set(one.relative_to(ROOT).parts)]
    return sorted(name for name in names if name and (ROOT / name).is_file())


def copy_tree(to):
    """Makes `to` the tree as it is; what did not change is left alone, so that builds in it go on. Builds stay."""
    names = sources()
    for name in names:
        source, copy = ROOT / name, to / name
        if not copy.exists() or not filecmp.cmp(source, copy, shallow=False):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
    known = set(names)
    for one in to.rglob("*"):
        name = one.relative_to(to)
        if one.is_file() and name.parts[0] != "build" and str(name) not in known:
            one.unlink()


def make_archive(tree, file):
    """The tree as somebody would download it; its SHA-256."""
    with tarfile.open(file, "w:gz", compresslevel=1) as archive:
        for name in sources():
            archive.add(tree / name, f"mtp/{name}", recursive=False)
    return hashlib.sha256(file.read_bytes()).hexdigest()
