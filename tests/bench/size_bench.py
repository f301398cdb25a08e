#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""How large the echo bot is that one would ship: this library linked statically, stripped of symbols and of what it
does not use; OpenSSL, zlib, fmt and the C++ runtime are those of the system.

    ./dev bench size
"""
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "release"
BUDGET = 4_000_000


def main() -> None:
    if not (BUILD / "build.ninja").exists():
        subprocess.run(["cmake", "--preset", "release"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", BUILD, "--target", "mtp_small_echo_bot"], check=True, stdout=sys.stderr)
    size = (BUILD / "tests" / "bench" / "mtp_small_echo_bot").stat().st_size
    print("bot_bytes", size)
    print(json.dumps({"bot_bytes": size, "budget": BUDGET}))
    if size > BUDGET:
        sys.exit("over budget")


if __name__ == "__main__":
    main()
