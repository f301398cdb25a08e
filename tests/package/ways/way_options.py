# SPDX-License-Identifier: MIT OR Apache-2.0
"""Without the components: nothing asks for what only they need, and the library itself is the same, byte for byte; no option
changes in silence what others were linked with."""
import filecmp

from base import Failure


def try_it(shop):
    folder = shop.build_library("options", "-DMTP_TESTING=OFF", "-DMTP_SQLITE=OFF", "-DBUILD_SHARED_LIBS=ON",
                                "-DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON")
    prefix = shop.fresh("without_testing")
    shop.run("cmake", "--install", folder, "--prefix", prefix)
    if any(list(prefix.rglob(name)) for name in ("*testing*", "mtp-test-dc", "*sqlite*")):
        raise Failure("a part of a component was installed")
    shop.build_consumer("without_testing", f"-DCMAKE_PREFIX_PATH={prefix}", "-DMTP_TESTING=OFF", source=plain_consumer(shop))
    name = "lib/libmtp.so"
    if not filecmp.cmp(prefix / name, shop.shared / name, shallow=False):
        raise Failure("the library without the components differs from the one with them")


def plain_consumer(shop):
    """A program that asks for no component."""
    source = shop.fresh("consumers/plain")
    (source / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.22)\nproject(consumer LANGUAGES CXX)\n"
                                           f"find_package(mtp REQUIRED)\nadd_executable(consumer \"{shop.consumer}/main.cpp\")\n"
                                           "target_link_libraries(consumer PRIVATE mtp::mtp)\n"
                                           f"include(\"{shop.consumer}/consumer.cmake\")\n")
    return source
