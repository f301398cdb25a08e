#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""What an operation costs to compile: six of six result types, each through start(), which hops to the strand of a client
through one coroutine for all, beside six that hop by a coroutine for each result type.

Prints one line of JSON: kB of code and seconds of CPU beyond a file that only includes the headers.

    tests/bench/operations_bench.py [FOLDER]   # FOLDER: a configured build, build/release when not given
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import compile_bench

HEAD = """
#include "client/on_strand.hpp"
#include "client/start.hpp"
#include <mtp/mtp.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/User.hpp>
namespace mtp::MTP_ABI::detail {
struct some_lines { std::vector<std::string> lines; };
"""
RESULTS = ["user", "message", "std::vector<message>", "std::string", "tl::InputPeer", "some_lines"]
KINDS = {
    "none": "",
    "one_hop": """task<{0}> work_{1}(client_core& core, std::string text);
task<{0}> operation_{1}(std::shared_ptr<client_core> c, std::string_view text) {{
  return start(std::move(c), work_{1}, text);
}}
""",
    "hop_each": """task<{0}> work_{1}(std::shared_ptr<client_core> core, std::string text);
task<{0}> operation_{1}(std::shared_ptr<client_core> c, std::string_view text) {{
  return on_strand(c->strand(), work_{1}(c, std::string(text)));
}}
""",
}


def measure(entry: dict, kind: str) -> tuple[float, float]:
    """kB of code and seconds of one compiler run."""
    with tempfile.TemporaryDirectory() as scratch:
        source, output = Path(scratch) / "operations.cpp", Path(scratch) / "operations.o"
        operations = [KINDS[kind].format(result, number) for number, result in enumerate(RESULTS)]
        source.write_text(HEAD + "".join(operations) + "}\n")
        words = compile_bench.without_cache(entry, str(output))
        command = [str(source) if word.endswith("front_door.cpp") else word for word in words]
        seconds, _ = compile_bench.compile_once(command, Path(entry["directory"]))
        size = subprocess.run(["size", output], check=True, capture_output=True, text=True).stdout
    return int(size.split("\n")[1].split()[0]) / 1000, seconds


def main() -> None:
    if len(sys.argv) > 1:
        compile_bench.BUILD = Path(sys.argv[1]).resolve()
    entry = next(e for e in compile_bench.commands() if e["file"].endswith("methods/front_door.cpp"))
    best = {kind: [min(pair) for pair in zip(*(measure(entry, kind) for _ in range(3)))] for kind in KINDS}
    out = {}
    for kind in ("one_hop", "hop_each"):
        out[kind] = {"kb": round(best[kind][0] - best["none"][0], 1), "cpu_s": round(best[kind][1] - best["none"][1], 2)}
    print(json.dumps(out))


if __name__ == "__main__":
    main()
