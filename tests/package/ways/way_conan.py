# SPDX-License-Identifier: MIT OR Apache-2.0
"""Conan 2 from PyPI, without remotes: the recipe of this tree, on the libraries of the system, its test_package, and a build for
another processor."""
import json
import os
import pathlib

from base import FLAGS, HERE, Failure

SYSTEM = HERE.parent / "conan"
LIBRARIES = {"asio": "1.22.1", "openssl": "3.0.0", "zlib": "1.2.13", "fmt": "9.1.0", "utf8proc": "2.8.0", "nlohmann_json": "3.11.2",
             "sqlite3": "3.40.1", "libpq": "15.4", "hiredis": "1.1.0", "libcurl": "7.88.1", "libqrencode": "4.1.1"}


def cached(value):
    return {"value": value, "cache": True, "type": "STRING", "docstring": ""}


# The flags of the other builds here, for the sake of the compiler cache.
CXX_FLAGS = {"CMAKE_CXX_FLAGS_RELEASE": cached(FLAGS[1].partition("=")[2]), "CMAKE_CXX_FLAGS": cached("")}


def try_it(shop):
    conan = shop.tool("conan", "conan>=2,<3") / "conan"
    home = shop.work / "conan"
    settings = {"CONAN_HOME": str(home), "CMAKE_CXX_COMPILER_LAUNCHER": next(
        (one.partition("=")[2] for one in shop.flags if "LAUNCHER" in one), "")}
    if not settings["CMAKE_CXX_COMPILER_LAUNCHER"]:
        del settings["CMAKE_CXX_COMPILER_LAUNCHER"]
    print(shop.run(conan, "--version", **settings).strip())
    shop.run(conan, "profile", "detect", "--force", **settings)
    shop.run(conan, "remote", "disable", "*", **settings)
    for name, version in LIBRARIES.items():
        shop.run(conan, "export", SYSTEM, "--name", name, "--version", version, **settings)
    profile = ["-s", "compiler.cppstd=20", "-c", "tools.cmake.cmaketoolchain:generator=Ninja", "--build=missing", "--build=mtp/*",
               "-c", f"tools.cmake.cmaketoolchain:extra_variables={CXX_FLAGS}", "--no-remote"]
    for shared, sqlite in (("False", "False"), ("True", "True")):
        output = shop.run(conan, "create", shop.tree, *profile, "-o", f"mtp/*:shared={shared}", "-o", f"mtp/*:sqlite={sqlite}",
                          "-o", f"mtp/*:postgres={sqlite}", "-o", f"mtp/*:redis={sqlite}", "-o", f"mtp/*:libsql={sqlite}",
                          "-o", f"mtp/*:qr={sqlite}", **settings)
        shop.check_output(output)
    uses_the_package(shop, conan, profile, settings)
    look_at_package(shop, conan, settings)
    crosses(shop, conan, profile, settings)
    shop.run(conan, "remove", "mtp/*", "--confirm", **settings)


def uses_the_package(shop, conan, profile, settings):
    """A program with a conanfile.txt, as the README shows it."""
    folder = shop.fresh("consumers/conan")
    source = shop.consumer / "conan"
    shop.run(conan, "install", source, "-of", folder, *(one for one in profile if not one.startswith("--build")), **settings)
    shop.run("cmake", "-S", source, "-B", folder / "build", "-G", "Ninja", f"-DCMAKE_TOOLCHAIN_FILE={folder}/conan_toolchain.cmake",
             *shop.flags)
    shop.run("cmake", "--build", folder / "build")
    shop.check_output(shop.run(folder / "build/consumer"))


def folders_of(shop, conan, settings):
    """The settings of each package of mtp, and where it is."""
    found = shop.run(conan, "list", "mtp/*:*", "--format=json", folder=shop.work, **settings)
    packages = json.loads(found[found.index("{"):])["Local Cache"]
    reference, revision = next((name, id) for name, one in packages.items() for id in one["revisions"])
    for package, about in packages[reference]["revisions"][revision]["packages"].items():
        folder = shop.run(conan, "cache", "path", f"{reference}:{package}", **settings).strip().splitlines()[-1]
        yield about["info"].get("settings", {}), pathlib.Path(folder)


def look_at_package(shop, conan, settings):
    with_sqlite = 0
    for _, folder in folders_of(shop, conan, settings):
        names = set(shop.run("find", folder, "-type", "f", "-printf", "%P\n").split())
        if not {"licenses/LICENSE-MIT", "licenses/LICENSE-APACHE", "bin/mtp-tlgen", "include/mtp/mtp.hpp"} <= names:
            raise Failure(f"the package has {sorted(one for one in names if not one.startswith('include'))}")
        with_sqlite += any(one.startswith("lib/libmtp_sqlite.so") for one in names)
        if any(one.startswith(("lib/cmake", "lib/pkgconfig", "share")) for one in names):
            raise Failure("the package has files of CMake or pkg-config, which Conan makes")
    if with_sqlite != 1:
        raise Failure(f"{with_sqlite} packages have the component that needs SQLite, one was asked for")


def crosses(shop, conan, profile, settings):
    """A build for another processor asks for the package of this machine and takes the generator out of it. The compiler is this
    machine's, so that the product can be run; Conan is told that it is another's."""
    other = "ppc64le"
    if os.uname().machine == other:
        raise Failure(f"this machine is no other one than {other}")
    both = ["-pr:b", "default", "-pr:h", "default", "-s:b", "compiler.cppstd=20", "-s:h", f"arch={other}",
            *(one for one in profile if one != "--build=mtp/*")]
    output = shop.run(conan, "create", shop.tree, *both, "--test-folder=", **settings)
    if "mtp: building the generator" in output:
        raise Failure("a cross build compiled a generator of its own")
    folders = [one for one in folders_of(shop, conan, settings) if one[0].get("arch") == other]
    if len(folders) != 1:
        raise Failure(f"{len(folders)} packages are for {other}, one was made")
    names = {one.name for one in (folders[0][1] / "bin").iterdir()}
    if "mtp-tlgen" in names:
        raise Failure("the generator of another machine was packed")
    uses_the_package(shop, conan, both, settings)
