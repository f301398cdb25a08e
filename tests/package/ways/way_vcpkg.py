# SPDX-License-Identifier: MIT OR Apache-2.0
"""The port of vcpkg, by a stand-in for the functions of vcpkg that it calls (tests/package/vcpkg): the tree that comes out is as
vcpkg wants it, and a program builds with it, Release and Debug. That its files fit each other and the library is looked at too."""
import json

from base import Failure

ALLOWED_BELOW_DEBUG = {"lib"}


def try_it(shop):
    port = shop.tree / "packaging/vcpkg"
    look_at_versions(shop, port)
    # A triplet of Release alone: with that the compiler cache serves all features.
    static = install(shop, port, "x64-linux-release", "static", "testing;sqlite;postgres;redis;libsql;qr", "-DVCPKG_BUILD_TYPE=release")
    look_at_tree(static, {"tools/mtp/mtp-tlgen", "tools/mtp/mtp-test-dc", "lib/libmtp_testing.a", "lib/libmtp_sqlite.a",
                          "lib/libmtp_postgres.a", "lib/libmtp_redis.a", "lib/libmtp_libsql.a", "lib/libmtp_qr.a"})
    shop.build_consumer("vcpkg_release", f"-DCMAKE_PREFIX_PATH={static}")
    # Both kinds, for another machine: the generator is the one that was installed for this.
    crossed = install(shop, port, "x64-linux", "static", "", "-DVCPKG_CROSSCOMPILING=ON", f"-DCURRENT_HOST_INSTALLED_DIR={static}")
    look_at_tree(crossed, {"debug/lib/libmtp.a", "debug/lib/pkgconfig/mtp.pc", "share/mtp/mtp-targets-debug.cmake"})
    if (crossed / "tools").exists() or set((crossed / "lib").glob("libmtp_*")):
        raise Failure("what the features do not name was installed")
    for config in ("Release", "Debug"):
        shop.build_consumer(f"vcpkg_{config}", f"-DCMAKE_PREFIX_PATH={crossed}", f"-DCMAKE_BUILD_TYPE={config}", "-DMTP_TESTING=OFF")


def install(shop, port, triplet, linkage, features, *more):
    prefix = shop.fresh(f"vcpkg/{triplet}")
    options = ";".join([*shop.flags[1:], "-DCMAKE_CXX_FLAGS_DEBUG=-O0"])
    shop.run("cmake", f"-DPORTS={port}/ports", f"-DCURRENT_PACKAGES_DIR={prefix}", f"-DTARGET_TRIPLET={triplet}",
             f"-DCURRENT_HOST_INSTALLED_DIR={prefix}", f"-DTREE={shop.tree}/build", f"-DVCPKG_LIBRARY_LINKAGE={linkage}",
             f"-DFEATURES={features}", f"-DBUILD_OPTIONS={options}", *more, "-P", shop.tree / "tests/package/vcpkg/install.cmake")
    return prefix


def look_at_tree(prefix, more):
    there = {str(one.relative_to(prefix)) for one in prefix.rglob("*")}
    wanted = more | {"share/mtp/copyright", "share/mtp/usage", "share/mtp/mtp-config.cmake", "share/mtp/FindAsio.cmake",
                     "share/mtp/FindHiredis.cmake", "share/mtp/FindQREncode.cmake", "share/mtp/FindUtf8proc.cmake",
                     "lib/libmtp.a", "include/mtp/mtp.hpp", "lib/pkgconfig/mtp.pc"}
    if not wanted <= there:
        raise Failure(f"missing: {sorted(wanted - there)}")
    if {one.name for one in (prefix / "debug").glob("*")} - ALLOWED_BELOW_DEBUG or (prefix / "bin").exists():
        raise Failure("there is something below debug/ or bin/ that vcpkg does not want there")
    licence = (prefix / "share/mtp/copyright").read_text()
    if "Permission is hereby granted" not in licence or "Apache License" not in licence:
        raise Failure("the copyright has not both licences")
    if any((prefix / folder).exists() for folder in ("lib/cmake", "debug/lib/cmake")):
        raise Failure("package files of CMake were left in lib/")


def look_at_versions(shop, port):
    """The version of the library is that of the port and of the registry's files."""
    version = shop.run("cmake", "-P", shop.tree / "tests/package/version.cmake").strip()
    manifest = json.loads((port / "ports/mtp/vcpkg.json").read_text())
    baseline = json.loads((port / "versions/baseline.json").read_text())["default"]["mtp"]
    newest = json.loads((port / "versions/m-/mtp.json").read_text())["versions"][0]
    if not version == manifest["version"] == baseline["baseline"] == newest["version"]:
        raise Failure(f"the library is {version}; the port, its baseline and its version file say otherwise")
    if baseline["port-version"] != newest["port-version"] or not (port / newest["path"].replace("$", ".") / "vcpkg.json").exists():
        raise Failure("the files of the registry do not fit each other")
