#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""docs/messages.md has a row for every function messages.* of the schema: its operation, or why it has none.

An operation stands in backticks as `client.AREA().NAME()`: the header of the area must declare it, and some source of the library must
use the function. Usage: message_functions.py [TREE]
"""
import re
import sys
from pathlib import Path

ROW = re.compile(r"^\| `messages\.(\w+)` \| (.+) \|$", re.M)
OPERATION = re.compile(r"^`client\.(\w+)\(\)\.(\w+)\(\)`$")


def functions_of(schema: str) -> set[str]:
    return set(re.findall(r"^messages\.(\w+)#", schema.split("---functions---")[1], re.M))


def sources(root: Path) -> str:
    folders = ("methods", "client", "updates", "login")
    return "\n".join(file.read_text() for folder in folders for file in sorted((root / "src" / folder).rglob("*.?pp")))


def declares(root: Path, area: str, name: str) -> bool:
    header = root / "include/mtp/methods" / f"{area}.hpp"
    return header.exists() and re.search(rf"\b{name}\(", header.read_text()) is not None


def check_row(root: Path, code: str, function: str, said: str) -> list[str]:
    operation = OPERATION.match(said)
    if not operation:
        return [f"messages.{function}: no operation, and no reason either"] if len(said.strip(" `")) < 8 else []
    problems = []
    if not declares(root, *operation.groups()):
        problems.append(f"messages.{function}: there is no {said}")
    if not re.search(rf"\btl::messages::{function}\b", code):
        problems.append(f"messages.{function}: no operation calls it")
    return problems


def check(root: Path) -> list[str]:
    wanted = functions_of((root / "tl/api.tl").read_text())
    rows = ROW.findall((root / "docs/messages.md").read_text())
    named = [function for function, _ in rows]
    problems = [f"messages.{each} has no row" for each in sorted(wanted - set(named))]
    problems += [f"messages.{each} is no function of the schema" for each in sorted(set(named) - wanted)]
    problems += [f"messages.{each} has several rows" for each in sorted({one for one in named if named.count(one) > 1})]
    code = sources(root)
    for function, said in rows:
        problems += check_row(root, code, function, said)
    return problems


if __name__ == "__main__":
    found = check(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
    print("\n".join(found) or "every function of messages has its row")
    sys.exit(bool(found))
