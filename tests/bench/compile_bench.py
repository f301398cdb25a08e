#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""What compiling costs: a user's bot beside a file that includes Asio's coroutine headers, the same bot beside more kinds of
event (compile_events.py), a program of the raw API (what programs/ has, at -O0 and -O2), and the whole generated API.

Times are user + system seconds of one compiler process, memory its largest resident set; ccache is switched off. The
ratio is taken within one run, as the least of several rounds on each side.

    ./dev bench compile            # everything
    tests/bench/compile_bench.py --quick   # without the whole API
"""
import argparse
import concurrent.futures
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import compile_events
from figures import show

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "release"
BUDGETS = {"bot_of_asio": 1.5, "bot_with_whole_api_of_asio": 1.5, "events_120_of_0": 1.1, "program_o0_s": 5, "program_o2_s": 8, "api_wall_s": 240, "largest_source_s": 10,
           "largest_source_mib": 800}
ASIO_FILE = """
#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
asio::awaitable<void> nothing() { co_return; }
int main() { asio::io_context context; asio::co_spawn(context, nothing(), [](std::exception_ptr) {}); context.run(); }
"""


def compile_once(command: list[str], directory: Path) -> tuple[float, float]:
    """Seconds of CPU and mebibytes of one compiler run."""
    process = subprocess.Popen(command, cwd=directory)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {shlex.join(command)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def commands() -> list[dict]:
    if not (BUILD / "compile_commands.json").exists():
        subprocess.run(["cmake", "--preset", "release"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return json.loads((BUILD / "compile_commands.json").read_text())


def without_cache(entry: dict, output: str) -> list[str]:
    words = shlex.split(entry["command"])
    if words[0].endswith("ccache"):
        words = words[1:]
    words[words.index("-o") + 1] = output
    return words


def user_file(entries: list[dict], rounds: int) -> dict:
    example = next(e for e in entries if e["file"].endswith("examples/01_echo_bot.cpp"))
    with tempfile.TemporaryDirectory() as scratch:
        asio_file = Path(scratch) / "asio.cpp"
        asio_file.write_text(ASIO_FILE)
        bot = without_cache(example, os.path.join(scratch, "bot.o"))
        whole_file = Path(scratch) / "whole.cpp"
        whole_file.write_text("#include <mtp/tl/api.hpp>\n" + Path(example["file"]).read_text())

        def instead(file: Path) -> list[str]:
            return [str(file) if w == example["file"] or w.endswith("01_echo_bot.cpp") else w
                    for w in without_cache(example, os.path.join(scratch, file.stem + ".o"))]

        directory = Path(example["directory"])
        measured = [[compile_once(command, directory) for command in (bot, instead(whole_file), instead(asio_file))]
                    for _ in range(rounds)]
    bot_s, whole_s, asio_s = (min(m[i][0] for m in measured) for i in range(3))
    bot_mib, whole_mib, asio_mib = (max(m[i][1] for m in measured) for i in range(3))
    return {"bot_s": round(bot_s, 2), "bot_mib": round(bot_mib),
            "bot_with_whole_api_s": round(whole_s, 2), "bot_with_whole_api_mib": round(whole_mib),
            "asio_s": round(asio_s, 2), "asio_mib": round(asio_mib),
            "bot_of_asio": round(bot_s / asio_s, 2), "bot_with_whole_api_of_asio": round(whole_s / asio_s, 2)}


def user_events(entries: list[dict], rounds: int) -> dict:
    """The bot with 120 kinds of event more than there are, beside the bot with none more."""
    example = next(e for e in entries if e["file"].endswith("examples/01_echo_bot.cpp"))
    with tempfile.TemporaryDirectory() as scratch:
        def with_events(count: int) -> list[str]:
            words = without_cache(example, os.path.join(scratch, "bot.o"))
            include = compile_events.write(ROOT / "include", Path(scratch) / str(count), count)
            return [words[0], f"-I{include}", *words[1:]]

        kinds = [with_events(0), with_events(120)]
        directory = Path(example["directory"])
        measured = [[compile_once(command, directory) for command in kinds] for _ in range(rounds)]
    none_s, many_s = (min(m[i][0] for m in measured) for i in range(2))
    return {"events_0_s": round(none_s, 2), "events_120_s": round(many_s, 2),
            "events_120_mib": round(max(m[1][1] for m in measured)), "events_120_of_0": round(many_s / none_s, 2)}


def user_program(entries: list[dict], rounds: int) -> dict:
    """A program of 35 calls of the raw API beside the same file of Asio."""
    example = next(e for e in entries if e["file"].endswith("examples/01_echo_bot.cpp"))
    with tempfile.TemporaryDirectory() as scratch:
        asio_file = Path(scratch) / "asio.cpp"
        asio_file.write_text(ASIO_FILE)

        def with_level(file: Path, level: str) -> list[str]:
            words = without_cache(example, os.path.join(scratch, "program.o"))
            return [str(file) if w.endswith("01_echo_bot.cpp") else w for w in words] + [level]

        kinds = [(ROOT / "tests/bench/programs/curator.cpp", "-O0"), (ROOT / "tests/bench/programs/curator.cpp", "-O2"),
                 (asio_file, "-O2")]
        measured = [[compile_once(with_level(*kind), Path(example["directory"]))[0] for kind in kinds]
                    for _ in range(rounds)]
    plain_s, optimised_s, asio_s = (min(m[i] for m in measured) for i in range(3))
    return {"program_o0_s": round(plain_s, 2), "program_o2_s": round(optimised_s, 2),
            "program_of_asio": round(optimised_s / asio_s, 2)}


def whole_api(entries: list[dict]) -> dict:
    generated = [e for e in entries if "/generated/" in e["file"]]
    if not generated:
        sys.exit("the build folder names no generated sources")
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [(without_cache(e, os.path.join(scratch, f"{i}.o")), Path(e["directory"]))
                for i, e in enumerate(generated)]
        start = time.monotonic()
        costs = list(pool.map(lambda job: compile_once(*job), jobs))
        wall = time.monotonic() - start
    return {"api_sources": len(costs), "api_wall_s": round(wall, 1), "api_cpu_s": round(sum(c[0] for c in costs), 1),
            "largest_source_s": round(max(c[0] for c in costs), 2),
            "largest_source_mib": round(max(c[1] for c in costs))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="leave the whole API out")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    entries = commands()
    figures = user_file(entries, options.rounds) | user_events(entries, options.rounds) | user_program(entries, options.rounds)
    if not options.quick:
        figures |= whole_api(entries)
    show(figures, BUDGETS)


if __name__ == "__main__":
    main()
