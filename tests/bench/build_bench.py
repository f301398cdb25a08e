#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""What building costs those who work on mtp, without a compiler cache: the demo from nothing, an edit of one operation to
its test's result, and, when asked for, the layers with heavy headers with and without precompiled ones.

Processor time is user + system of everything started, the generator included. Build folders are below build/bench.

    ./dev bench build                          # demo and edit
    tests/bench/build_bench.py precompiled     # the last
"""
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from figures import show

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench"
BUDGETS = {"demo_cpu_s": 480, "edit_wall_s": 15}
OPERATION = ROOT / "src" / "methods" / "messages" / "send.cpp"
HEAVY = ["mtp_methods_test", "mtp_client_test", "mtp_testing_test"]


def run(*command: str | Path) -> tuple[float, float, str]:
    """Seconds of CPU, of the clock, and what it printed."""
    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before, start = used(), time.monotonic()
    done = subprocess.run([str(word) for word in command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=os.environ | {"CCACHE_DISABLE": "1"})
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}\n{done.stdout}")
    return used() - before, time.monotonic() - start, done.stdout


def configure(folder: Path, *options: str) -> float:
    return run("cmake", "--preset", "dev", "-B", folder, "-DCMAKE_CXX_COMPILER_LAUNCHER=", *options)[0]


def build(folder: Path, *targets: str) -> tuple[float, float, int]:
    """Seconds of CPU, of the clock, and steps."""
    cpu, wall, printed = run("ninja", "-C", folder, f"-j{os.environ.get('MTP_BENCH_JOBS', os.cpu_count())}", *targets)
    steps = re.findall(r"^\[(\d+)/\d+\]", printed, re.MULTILINE)
    return cpu, wall, int(steps[-1]) if steps else 0


def demo() -> dict:
    shutil.rmtree(WORK / "demo", ignore_errors=True)
    cpu = configure(WORK / "demo")
    of_build, wall, steps = build(WORK / "demo", "mtp-demo")
    return {"demo_cpu_s": round(cpu + of_build), "demo_wall_s": round(wall), "demo_steps": steps}


def edit() -> dict:
    """The least of three."""
    configure(WORK / "edit")
    build(WORK / "edit", "mtp_methods_test")
    rounds = []
    for _ in range(3):
        OPERATION.touch()
        cpu, wall, steps = build(WORK / "edit", "mtp_methods_test")
        of_test = run(WORK / "edit/tests/unit/methods/mtp_methods_test", "[messages]")
        rounds.append((cpu + of_test[0], wall + of_test[1], steps))
    return {"edit_cpu_s": round(min(r[0] for r in rounds), 1), "edit_wall_s": round(min(r[1] for r in rounds), 1),
            "edit_steps": rounds[0][2]}


def precompiled() -> dict:
    """Only what is built with them; everything below is there already."""
    figures = {}
    for how in ("ON", "OFF"):
        folder = WORK / f"precompiled_{how}"
        shutil.rmtree(folder, ignore_errors=True)
        configure(folder, f"-DMTP_PRECOMPILED_HEADERS={how}")
        build(folder, "mtp_layer_api", "mtp_layer_crypto", "mtp_layer_transport", "mtp_layer_transcode", "mtp_test_main")
        cpu, wall, _ = build(folder, *HEAVY)
        figures |= {f"heavy_cpu_s_{how.lower()}": round(cpu), f"heavy_wall_s_{how.lower()}": round(wall)}
    return figures


def main() -> None:
    parts = {"demo": demo, "edit": edit, "precompiled": precompiled}
    wanted = sys.argv[1:] or ["demo", "edit"]
    if unknown := [name for name in wanted if name not in parts]:
        sys.exit(f"no such part: {', '.join(unknown)}; there are: {', '.join(parts)}")
    figures = {}
    for name in wanted:
        figures |= parts[name]()
    show(figures, BUDGETS)


if __name__ == "__main__":
    main()
