# SPDX-License-Identifier: MIT OR Apache-2.0
"""find_package(mtp): static and shared, by parts, in a root of its own (DESTDIR), with several configurations."""
import pathlib
import shutil

from base import Failure

OURS = ("mtp", "mtp_testing", "mtp_sqlite", "mtp_postgres", "mtp_redis", "mtp_libsql", "mtp_qr")


def try_it(shop):
    shop.build_consumer("static", f"-DCMAKE_PREFIX_PATH={shop.static}", "-DCMAKE_FIND_PACKAGE_PREFER_CONFIG=ON")
    folder = shop.build_consumer("shared", f"-DCMAKE_PREFIX_PATH={shop.shared}")
    links_with(shop, folder / "consumer", shop.shared)
    shop.build_consumer("multi", f"-DCMAKE_PREFIX_PATH={shop.shared}", generator="Ninja Multi-Config", config="Debug")
    shop.build_consumer("testing", f"-DCMAKE_PREFIX_PATH={shop.static}", source=shop.consumer / "testing")
    refuses_what_is_not_there(shop)
    leaves_no_path_behind(shop)
    says_what_asio_is(shop)
    installs_in_parts(shop)
    installs_as_the_readme_says(shop)
    installs_into_a_root(shop)


def configure(shop, name, lines):
    """Configures a project of these lines, in an empty folder; what CMake printed."""
    folder = shop.fresh(f"consumers/{name}")
    (folder / "CMakeLists.txt").write_text(f"cmake_minimum_required(VERSION 3.22)\nproject({name} LANGUAGES CXX)\n{lines}\n")
    return shop.run("cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={shop.static}", *shop.flags)


def leaves_no_path_behind(shop):
    """Whichever dependency is missing, who only asked is told, and finds modules where they were found before."""
    for package in ("Asio", "OpenSSL", "ZLIB", "fmt", "Utf8proc"):
        output = configure(shop, f"without_{package}", f"set(CMAKE_DISABLE_FIND_PACKAGE_{package} ON)\nfind_package(mtp QUIET)\n"
                           "message(\"found=${mtp_FOUND}, path=[${CMAKE_MODULE_PATH}], ${mtp_NOT_FOUND_MESSAGE}\")")
        if "found=0, path=[], mtp " not in output.replace("FALSE", "0") or package not in output.rpartition("path=[]")[2]:
            raise Failure(f"without {package}:\n{output}")


def says_what_asio_is(shop):
    """Also beside a target Asio::asio of somebody else, which says nothing of how the library was compiled."""
    output = configure(shop, "own_asio", "add_library(Asio::asio INTERFACE IMPORTED)\nfind_package(mtp REQUIRED)\n"
                       "get_target_property(definitions mtp::mtp INTERFACE_COMPILE_DEFINITIONS)\nmessage(\"defines ${definitions}\")")
    said = output.partition("defines ")[2]
    if "ASIO_STANDALONE" not in said or "ASIO_HAS_STD_ALIGNED_ALLOC=1" not in said:
        raise Failure(f"the library does not say how it was compiled:\n{output}")


def links_with(shop, program, prefix):
    needed = shop.run("readelf", "-d", program)
    if "libmtp.so.0.1]" not in needed or "libcrypto" in needed:
        raise Failure(f"the consumer of {prefix} needs:\n{needed}")


def refuses_what_is_not_there(shop):
    """Another minor version, a component that does not exist."""
    folder = shop.fresh("consumers/refused")
    for wanted in ("0.2", "0.1 COMPONENTS testing nothing"):
        (folder / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.22)\nproject(refused LANGUAGES CXX)\n"
                                               f"find_package(mtp {wanted} REQUIRED)\n")
        shop.run("cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={shop.static}",
                 *shop.flags, expect=1)


def files_of(prefix):
    return {str(one.relative_to(prefix)) for one in prefix.rglob("*") if not one.is_dir()}


def installs_in_parts(shop):
    """What runs programs and what builds them are two parts, and together the whole."""
    library = shop.tree / "build/library"  # shared, as it was built last
    parts = {}
    for part in ("runtime", "development"):
        prefix = shop.fresh(f"part_{part}")
        shop.run("cmake", "--install", library, "--prefix", prefix, "--component", part)
        parts[part] = files_of(prefix)
    licences = {f"share/licenses/mtp/LICENSE-{one}" for one in ("MIT", "APACHE")}
    version = shop.run("cmake", "-P", shop.tree / "tests/package/version.cmake").strip()
    libraries = {f"lib/lib{name}.so.{end}" for name in OURS for end in (version, version.rpartition(".")[0])}
    if parts["runtime"] != licences | libraries:
        raise Failure(f"the part runtime has {sorted(parts['runtime'])}")
    if parts["runtime"] & parts["development"] != licences or parts["runtime"] | parts["development"] != files_of(shop.shared):
        raise Failure("the two parts are not the whole, or have more in common than the licences")
    if not {"bin/mtp-tlgen", "bin/mtp-test-dc", "lib/libmtp.so"} <= parts["development"]:
        raise Failure("the part development lacks its programs or the name that the linker looks for")


def installs_into_a_root(shop):
    root = shop.fresh("root")
    shop.run("cmake", "--install", shop.tree / "build/library", "--prefix", "/usr", DESTDIR=str(root))
    if files_of(root / "usr") != files_of(shop.shared) or {one.name for one in root.iterdir()} != {"usr"}:
        raise Failure("what was installed below DESTDIR differs")
    shop.build_consumer("root", f"-DCMAKE_PREFIX_PATH={root}/usr")


def installs_as_the_readme_says(shop):
    """The lines of the README, in a clean folder and another home; only flags and the compiler cache are those of the other tests."""
    home = shop.fresh("home")
    toolchain = home / "flags.cmake"
    flags = dict(one.removeprefix("-D").split("=", 1) for one in shop.flags[1:])
    if launcher := flags.get("CMAKE_CXX_COMPILER_LAUNCHER"):  # what it keeps and how is said in the usual home
        flags["CMAKE_CXX_COMPILER_LAUNCHER"] = f"env;HOME={pathlib.Path.home()};{launcher}"
    toolchain.write_text("".join(f'set({name} "{value}" CACHE STRING "")\n' for name, value in flags.items()))
    shutil.rmtree(shop.tree / "build/package", ignore_errors=True)
    shop.run(shop.consumer / "install.sh", shop.tree, HOME=str(home), CMAKE_TOOLCHAIN_FILE=str(toolchain), CMAKE_GENERATOR="Ninja")
    if files_of(home / ".local") != files_of(shop.static):
        raise Failure("what was installed differs from the static library of the other tests")
