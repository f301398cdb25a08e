# SPDX-License-Identifier: MIT OR Apache-2.0
"""Without the components: nothing asks for what only they need, and the library itself is the same, byte for byte; no option
changes in silence what others were linked with."""
import filecmp

from base import Failure


def try_it(shop):
    folder = shop.build_library("options", "-DMTP_TESTING=OFF", "-DMTP_SQLITE=OFF", "-DMTP_POSTGRES=OFF", "-DMTP_REDIS=OFF", "-DMTP_LIBSQL=OFF",
                                "-DMTP_QR=OFF", "-DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON",
                                "-DCMAKE_DISABLE_FIND_PACKAGE_Hiredis=ON", "-DBUILD_SHARED_LIBS=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_PostgreSQL=ON",
                                "-DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON")
    prefix = shop.fresh("without_testing")
    shop.run("cmake", "--install", folder, "--prefix", prefix)
    if any(list(prefix.rglob(name)) for name in ("*testing*", "mtp-test-dc", "*sqlite*", "*postgres*", "libmtp_redis*", "*libsql*", "libmtp_qr*")):
        raise Failure("a part of a component was installed")
    shop.build_consumer("without_testing", f"-DCMAKE_PREFIX_PATH={prefix}", "-DMTP_TESTING=OFF", source=plain_consumer(shop))
    name = "lib/libmtp.so"
    if not filecmp.cmp(prefix / name, shop.shared / name, shallow=False):
        raise Failure("the library without the components differs from the one with them")
    obeys_who_configures(shop)
    says_what_it_needs(shop)


def says_what_it_needs(shop):
    """A component that is built on another one, which somebody leaves out."""
    configure = ("cmake", "-S", shop.tree, "-B", shop.fresh("needs"), "-G", "Ninja", *shop.flags, "-DMTP_SQLITE=OFF",
                 f"-DMTP_TLGEN={shop.static}/bin/mtp-tlgen")
    if "no mtp::sqlite here, so no mtp::libsql" not in shop.run(*configure):
        raise Failure("a component was left out in silence")
    said = " ".join(shop.run(*configure, "-DMTP_LIBSQL=ON", expect=1).split())
    if "mtp::libsql (MTP_LIBSQL) needs mtp::sqlite, which is not built" not in said:
        raise Failure(f"it is not said what mtp::libsql needs: {said[-2000:]}")


def obeys_who_configures(shop):
    """A build that is there is told another folder for libraries; a static one, that its code need not move."""
    folder = shop.fresh("told")
    configure = ("cmake", "-S", shop.tree, "-B", folder, "-G", "Ninja", *shop.flags, "-DMTP_TESTING=OFF", "-DMTP_SQLITE=OFF",
                 "-DMTP_POSTGRES=OFF", "-DMTP_REDIS=OFF", "-DMTP_LIBSQL=OFF", "-DMTP_QR=OFF",
                 f"-DMTP_TLGEN={shop.static}/bin/mtp-tlgen")
    shop.run(*configure)
    if "-fPIC" not in shop.run("ninja", "-C", folder, "-t", "commands", "mtp"):
        raise Failure("code of the library could not go into somebody's shared library")
    shop.run(*configure, "-DCMAKE_INSTALL_LIBDIR=lib64", "-DCMAKE_POSITION_INDEPENDENT_CODE=OFF")
    if "-fPIC" in shop.run("ninja", "-C", folder, "-t", "commands", "mtp"):
        raise Failure("CMAKE_POSITION_INDEPENDENT_CODE=OFF changed nothing")
    scripts = "".join(one.read_text() for one in (folder / "cmake_install.cmake", folder / "src/cmake_install.cmake"))
    if "/lib/" in scripts or "/lib64/cmake/mtp" not in scripts or "/lib64/pkgconfig" not in scripts:
        raise Failure("something is installed in lib/ where CMAKE_INSTALL_LIBDIR says lib64")


def plain_consumer(shop):
    """A program that asks for no component."""
    source = shop.fresh("consumers/plain")
    (source / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.22)\nproject(consumer LANGUAGES CXX)\n"
                                           f"find_package(mtp REQUIRED)\nadd_executable(consumer \"{shop.consumer}/main.cpp\")\n"
                                           "target_link_libraries(consumer PRIVATE mtp::mtp)\n"
                                           f"include(\"{shop.consumer}/consumer.cmake\")\n")
    return source
