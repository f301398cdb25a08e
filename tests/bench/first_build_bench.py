#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""What somebody waits for who uses the library for the first time: configure, build and install it from nothing, then build the
echo bot with what was installed. Without the data centre, with it, and as shared libraries; beside a file of Asio's coroutine
headers alone. Seconds are of all processes together, memory is that of the hungriest one; no compiler cache takes part.

    ./dev bench first_build
    tests/bench/first_build_bench.py --only plain
"""
import argparse
import os
import sys
import tempfile
from pathlib import Path

from compile_bench import ASIO_FILE, ROOT, compile_once
from figures import show

BUDGETS = {"first_build_of_asio": 130}
# name: options of the build
KINDS = {"plain": ["-DMTP_TESTING=OFF", "-DMTP_SQLITE=OFF"], "testing": ["-DMTP_TESTING=ON", "-DMTP_SQLITE=OFF"],
         "shared": ["-DMTP_TESTING=OFF", "-DMTP_SQLITE=OFF", "-DBUILD_SHARED_LIBS=ON"]}
PREFIX_OF = {"plain": "first_build", "testing": "first_build_with_testing", "shared": "first_build_shared"}
PROGRAM = """cmake_minimum_required(VERSION 3.22)
project(bot LANGUAGES CXX)
find_package(mtp 0.1 REQUIRED)
add_executable(bot {source})
target_link_libraries(bot PRIVATE mtp::mtp)
"""
STEPS = """set -e
cmake -S "$1" -B library -DCMAKE_BUILD_TYPE=Release {options} >log
cmake --build library --parallel {jobs} >>log
cmake --install library --prefix prefix >>log
cmake -S bot -B bot/build -DCMAKE_BUILD_TYPE=Release "-DCMAKE_PREFIX_PATH=$PWD/prefix" >>log
cmake --build bot/build >>log
"""


def asio_alone(rounds):
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "asio.cpp"
        source.write_text(ASIO_FILE)
        command = [os.environ.get("CXX", "c++"), "-std=c++20", "-O3", "-DNDEBUG", "-DASIO_STANDALONE", "-c", str(source), "-o", "asio.o"]
        return min(compile_once(command, Path(scratch))[0] for _ in range(rounds))


def first_build(options):
    """Seconds and mebibytes."""
    with tempfile.TemporaryDirectory() as scratch:
        bot = Path(scratch) / "bot"
        bot.mkdir()
        (bot / "CMakeLists.txt").write_text(PROGRAM.format(source=ROOT / "examples/01_echo_bot.cpp"))
        steps = STEPS.format(options=" ".join(options), jobs=os.cpu_count())
        return compile_once(["sh", "-c", steps, "sh", str(ROOT)], Path(scratch))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=KINDS, help="one kind of build")
    parser.add_argument("--rounds", type=int, default=5, help="of the file of Asio")
    options = parser.parse_args()
    os.environ["CCACHE_DISABLE"] = "1"
    os.environ.pop("CMAKE_CXX_COMPILER_LAUNCHER", None)
    asio_s = asio_alone(options.rounds)
    figures = {"asio_s": round(asio_s, 2)}
    for kind in [options.only] if options.only else KINDS:
        seconds, mebibytes = first_build(KINDS[kind])
        name = PREFIX_OF[kind]
        figures |= {f"{name}_s": round(seconds, 1), f"{name}_mib": round(mebibytes), f"{name}_of_asio": round(seconds / asio_s, 1)}
    show(figures, BUDGETS)


if __name__ == "__main__":
    sys.exit(main())
