# SPDX-License-Identifier: MIT OR Apache-2.0
"""Our headers are silent under flags that are not ours: the program and every public header, not as headers of the system.

With libc++ nothing is linked, since the library and what it is made with were built with the other standard library; that every
header compiles is what such a user needs from it.
"""
import shutil

from base import Skip

FLAGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror", "-std=c++20", "-pthread", "-DASIO_STANDALONE",
         "-DASIO_HAS_STD_ALIGNED_ALLOC=1", "-DCONSUMER_HAS_TESTING"]
# g++ compiles, since some of its warnings come from the optimiser.
COMPILERS = {"g++": (["g++"], ["-O2", "-c"]),
             "clang with libstdc++": (["clang++-19", "clang++"], ["-fsyntax-only", "-DASIO_HAS_CO_AWAIT=1"]),
             "clang with libc++": (["clang++-19", "clang++"], ["-fsyntax-only", "-DASIO_HAS_CO_AWAIT=1", "-stdlib=libc++"])}


def try_it(shop):
    include = shop.static / "include"
    everything = shop.fresh("warnings") / "every_header.cpp"
    headers = sorted(one.relative_to(include) for one in include.rglob("*.hpp"))
    everything.write_text("".join(f"#include <{one}>\n" for one in headers))
    missing = []
    for name, (commands, flags) in COMPILERS.items():
        compiler = next((found for found in map(shutil.which, commands) if found), None)
        if compiler is None or not can_compile(shop, compiler, flags):
            missing.append(name)
            continue
        launcher = [one.partition("=")[2] for one in shop.flags if "LAUNCHER" in one and "-c" in flags]
        for source in (shop.consumer / "main.cpp", shop.consumer / "talk.cpp", everything):
            where = ["-o", f"{source.stem}.o"] if "-c" in flags else []
            shop.run(*launcher, compiler, *FLAGS, *flags, f"-I{include}", source, *where, folder=everything.parent)
        print(f"{name}: {len(headers)} headers and the program are silent")
    if missing:
        raise Skip(f"not here: {', '.join(missing)} (packages clang-19, libc++-19-dev, libc++abi-19-dev)")


def can_compile(shop, compiler, flags):
    probe = shop.work / "warnings/probe.cpp"
    probe.write_text("#include <vector>\nint main() { return static_cast<int>(std::vector<int>().size()); }\n")
    try:
        shop.run(compiler, "-std=c++20", *flags, probe, "-o", "/dev/null")
    except Exception:
        return False
    return True
