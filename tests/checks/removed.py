#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Takes every check of the protocol out of the sources, one at a time, and wants a test to fail.

    removed.py --build build/dev            runs all; --only M7 those whose name begins so
    removed.py --table                      writes the table of docs/checks.md

What is taken out stands in checks.txt: the check, the file, the exact text and what replaces it, the test that
must fail. A text that is not there exactly once is an error, so that the list follows the sources. Only the changed
source is compiled, without optimisation, and linked with the objects of the build, which must be up to date.
"""
import argparse
import dataclasses
import json
import pathlib
import shlex
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIST = ROOT / "tests/checks/checks.txt"
PAGE = ROOT / "docs/checks.md"
MARK = "<!-- the table: tests/checks/removed.py --table -->\n"
SECONDS_A_TEST = 60


@dataclasses.dataclass
class Removal:
    name: str
    what: str = ""
    file: str = ""
    suite: str = ""
    test: str = ""
    old: str = ""
    new: str = ""

    def mutated(self):
        text = (ROOT / self.file).read_text()
        found = text.count(self.old)
        if found != 1:
            sys.exit(f"checks.txt: {self.name}: its text stands {found} times in {self.file}; bring the list up to date")
        return text.replace(self.old, self.new)

    def line(self):
        before = (ROOT / self.file).read_text().split(self.old)[0]
        return before.count("\n") + 1


def read_list():
    """Blocks of `[name] what`, `in file`, `fails suite: test`, lines with - and +."""
    removals = []
    for number, line in enumerate(LIST.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            name, what = line[1:].split("] ", 1)
            removals.append(Removal(name, what))
        elif line.startswith("in "):
            removals[-1].file = line[3:]
        elif line.startswith("fails "):
            removals[-1].suite, removals[-1].test = line[6:].split(": ", 1)
        elif line[0] == "-":
            removals[-1].old += line[1:] + "\n"
        elif line[0] == "+":
            removals[-1].new += line[1:] + "\n"
        else:
            sys.exit(f"checks.txt:{number}: neither of [, in, fails, - and +")
    for one in removals:
        if not (one.file and one.suite and one.test and one.old):
            sys.exit(f"checks.txt: {one.name} is not complete")
        # A text may be a part of a line.
        one.old, one.new = one.old.removesuffix("\n"), one.new.removesuffix("\n")
    return removals


class Builder:
    def __init__(self, folder):
        self.folder = folder
        self.work = folder / "checks"
        self.compile = {}
        for one in json.loads((folder / "compile_commands.json").read_text()):
            self.compile[str(pathlib.Path(one["file"]).resolve().relative_to(ROOT))
                         if pathlib.Path(one["file"]).resolve().is_relative_to(ROOT) else one["file"]] = one["command"]
        self.link = {}

    def binary(self, suite):
        return self.folder / f"tests/unit/{suite}/mtp_{suite}_test"

    def link_command(self, suite):
        if suite not in self.link:
            out = subprocess.run(["ninja", "-C", str(self.folder), "-t", "commands", f"mtp_{suite}_test"],
                                 capture_output=True, text=True, check=True).stdout.splitlines()
            wanted = f"-o tests/unit/{suite}/mtp_{suite}_test "
            self.link[suite] = next(line for line in reversed(out) if wanted in line + " ")
        return self.link[suite]

    def run(self, words, what):
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, shell=isinstance(words, str))
        if done.returncode != 0:
            sys.exit(f"{what}:\n{done.stdout}{done.stderr}")

    def build(self, removal):
        """The test binary without the check."""
        place = self.work / removal.name
        place.mkdir(parents=True, exist_ok=True)
        source = place / pathlib.Path(removal.file).name
        text = removal.mutated()
        if not source.exists() or source.read_text() != text:
            source.write_text(text)
        if removal.file not in self.compile:
            sys.exit(f"checks.txt: {removal.name}: {removal.file} is not compiled alone; configure with -DMTP_JOINED_SOURCES=OFF")
        words = shlex.split(self.compile[removal.file])
        old_object = words[words.index("-o") + 1]
        new_object = place / "changed.o"
        words[words.index("-o") + 1] = str(new_object)
        words[words.index("-c") + 1] = str(source)
        for flag, following in (("-MD", 1), ("-MT", 2), ("-MF", 2)):
            if flag in words:
                at = words.index(flag)
                del words[at:at + following]
        words = [w for w in words if not w.startswith("-O") and w not in ("-g", "-g1", "-Werror")]
        # What the source includes by its own folder is found there.
        words += ["-O0", "-w", "-iquote", str((ROOT / removal.file).parent)]
        self.run(words, f"{removal.name}: what is left does not compile")
        binary = place / "test"
        command = self.link_command(removal.suite)
        if old_object not in command.split():
            sys.exit(f"checks.txt: {removal.name}: mtp_{removal.suite}_test has nothing of {removal.file}")
        command = command.replace(f" {old_object} ", f" {shlex.quote(str(new_object))} -Wl,-s ")
        command = command.replace(f"-o tests/unit/{removal.suite}/mtp_{removal.suite}_test",
                                  f"-o {shlex.quote(str(binary))}")
        self.run(command, f"{removal.name}: cannot be linked")
        return binary


def run_test(binary, names, folder):
    escaped = [name.replace("\\", "\\\\").replace(",", "\\,").replace("[", "\\[") for name in names]
    try:
        return subprocess.run([str(binary), ",".join(escaped)],
                              cwd=folder, capture_output=True, text=True, errors="replace",
                              timeout=SECONDS_A_TEST)
    except subprocess.TimeoutExpired:
        return None


def check(builder, removal):
    """What is wrong; empty when the test failed, as it should."""
    binary = builder.build(removal)
    done = run_test(binary, [removal.test], builder.folder)
    binary.unlink()
    if done is None:
        return f"`{removal.test}` does not end"
    if "No test cases matched" in done.stdout + done.stderr:
        return f"there is no test `{removal.test}`"
    if done.returncode == 0:
        return f"`{removal.test}` does not notice"
    return ""


def table(removals):
    rows = ["| check | without | where | test that fails |", "|---|---|---|---|"]
    for one in removals:
        rows.append(f"| {one.name} | {one.what} | `{one.file}` | {one.suite}: {one.test} |")
    return "\n".join(rows) + "\n"


def page_with(removals):
    return PAGE.read_text().split(MARK)[0] + MARK + "\n" + table(removals)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build", type=pathlib.Path)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--table", action="store_true")
    given = arguments.parse_args()
    removals = read_list()
    if given.table:
        PAGE.write_text(page_with(removals))
        return 0
    if PAGE.read_text() != page_with(removals):
        sys.exit("docs/checks.md is not what checks.txt says: run tests/checks/removed.py --table")
    builder = Builder(given.build.resolve())
    chosen = [one for one in removals if one.name.startswith(given.only)]
    for suite in sorted({one.suite for one in chosen}):
        names = sorted({one.test for one in chosen if one.suite == suite})
        done = run_test(builder.binary(suite), names, builder.folder)
        if done is None or done.returncode != 0:
            sys.exit(f"{suite}: these tests must pass while every check is there\n{done.stdout if done else ''}")
    failed = 0
    for one in chosen:
        began = time.monotonic()
        problem = check(builder, one)
        failed += bool(problem)
        print(f"{'NOT NOTICED' if problem else 'noticed'}  {one.name}  {time.monotonic() - began:.1f} s  {problem}",
              flush=True)
    print(f"{len(chosen)} checks removed, {len(chosen) - failed} noticed")
    return 1 if failed else 0


sys.exit(main())
