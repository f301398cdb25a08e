# SPDX-License-Identifier: MIT OR Apache-2.0
"""Without the data centre: nothing asks for nlohmann/json, and the library itself is the same, byte for byte; no option
changes in silence what others were linked with."""
import filecmp

from base import Failure


def try_it(shop):
    folder = shop.build_library("options", "-DMTP_TESTING=OFF", "-DBUILD_SHARED_LIBS=ON",
                                "-DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON")
    prefix = shop.fresh("without_testing")
    shop.run("cmake", "--install", folder, "--prefix", prefix)
    if list(prefix.rglob("*testing*")) or list(prefix.rglob("mtp-test-dc")):
        raise Failure("a part of the data centre was installed")
    shop.build_consumer("without_testing", f"-DCMAKE_PREFIX_PATH={prefix}", "-DMTP_TESTING=OFF", source=plain_consumer(shop))
    name = "lib/libmtp.so"
    if not filecmp.cmp(prefix / name, shop.shared / name, shallow=False):
        raise Failure("the library without the data centre differs from the one with it")


def plain_consumer(shop):
    """A program that asks for no component."""
    source = shop.fresh("consumers/plain")
    (source / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.22)\nproject(consumer LANGUAGES CXX)\n"
                                           f"find_package(mtp REQUIRED)\nadd_executable(consumer \"{shop.consumer}/main.cpp\")\n"
                                           "target_link_libraries(consumer PRIVATE mtp::mtp)\n"
                                           f"include(\"{shop.consumer}/consumer.cmake\")\n")
    return source
