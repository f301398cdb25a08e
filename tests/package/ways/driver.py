#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""One way of building with the library, tried: driver.py WAY --work FOLDER --compiler CXX [--launcher ccache]

Ends with 77 where something is not to be had, and says what. In CI the ways of `REQUIRED` may not be skipped.
"""
import argparse
import importlib
import os
import sys

from base import SKIPPED, Failure, Skip, Workshop

WAYS = ("library", "find_package", "generators", "subdirectory", "fetch_content", "pkg_config", "meson", "conan", "vcpkg",
        "exports", "options", "cross", "warnings")
REQUIRED = ("library", "find_package", "subdirectory", "pkg_config", "conan")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("--work", required=True)
    parser.add_argument("--compiler", default=os.environ.get("CXX", "c++"))
    parser.add_argument("--launcher", default="")
    parser.add_argument("--write", action="store_true", help="of exports: write the list")
    options = parser.parse_args()
    way = importlib.import_module(f"way_{options.way}")
    try:
        way.try_it(Workshop(options.work, options.compiler, options.launcher))
    except Skip as why:
        print(f"skipped: {why}")
        return 1 if os.environ.get("CI") and options.way in REQUIRED else SKIPPED
    except Failure as why:
        print(f"failed: {why}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
