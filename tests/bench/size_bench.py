#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""How large the echo bot is that one would ship: linked statically with everything it needs, stripped.

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
    subprocess.run(["cmake", "--build", BUILD, "--target", "mtp_static_echo_bot"], check=True, stdout=sys.stderr)
    size = (BUILD / "tests" / "bench" / "mtp_static_echo_bot").stat().st_size
    print("static_bot_bytes", size)
    print(json.dumps({"static_bot_bytes": size, "budget": BUDGET}))
    if size > BUDGET:
        sys.exit("over budget")


if __name__ == "__main__":
    main()
