# SPDX-License-Identifier: MIT OR Apache-2.0
"""The oldest CMake that is supported builds and installs the library, and so does a generator with several configurations. The
newest CMake writes flags in another order, by which the compiler cache finds nothing: it configures the library, compiles a layer,
and builds the program with an installed one."""
from base import Failure


def try_it(shop):
    oldest, newest = cmake_of(shop, "oldest_cmake", "cmake==3.22.*"), cmake_of(shop, "newest_cmake", "cmake")
    folder = shop.build_library("oldest_cmake", "-DBUILD_SHARED_LIBS=ON", "-DMTP_TESTING=ON", cmake=oldest)
    prefix = shop.fresh("prefix_oldest_cmake")
    shop.run(oldest, "--install", folder, "--prefix", prefix)
    shop.build_consumer("oldest_cmake", f"-DCMAKE_PREFIX_PATH={prefix}", cmake=oldest)
    shop.build_library("newest_cmake", "-DBUILD_SHARED_LIBS=ON", "-DMTP_TESTING=ON", cmake=newest, target="mtp_layer_core")
    for kind in (shop.static, shop.shared):
        shop.build_consumer(f"newest_cmake_{kind.name}", f"-DCMAKE_PREFIX_PATH={kind}", cmake=newest)
    several_configurations(shop)


def cmake_of(shop, name, requirement):
    cmake = shop.tool(name, requirement) / "cmake"
    print(shop.run(cmake, "--version").splitlines()[0])
    return cmake


def several_configurations(shop):
    """Debug and Release from one build folder, of which Release is built and installed; package.vcpkg has both in one prefix. A
    program in Debug takes what is there."""
    folder, prefix = shop.tree / "build/multi", shop.fresh("prefix_multi")
    shop.run("cmake", "-S", shop.tree, "-B", folder, "-G", "Ninja Multi-Config", *shop.flags,
             "-DCMAKE_CONFIGURATION_TYPES=Debug;Release", "-DMTP_TESTING=OFF")
    shop.run("cmake", "--build", folder, "--config", "Release")
    shop.run("cmake", "--install", folder, "--config", "Release", "--prefix", prefix)
    if (prefix / "lib/cmake/mtp/mtp-targets-debug.cmake").exists():
        raise Failure("a configuration that was not built was installed")
    source = shop.fresh("consumers/of_multi_source")
    (source / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.22)\nproject(consumer LANGUAGES CXX)\n"
                                           f"find_package(mtp REQUIRED)\nadd_executable(consumer \"{shop.consumer}/main.cpp\")\n"
                                           "target_link_libraries(consumer PRIVATE mtp::mtp)\n"
                                           f"include(\"{shop.consumer}/consumer.cmake\")\n")
    shop.build_consumer("of_multi", f"-DCMAKE_PREFIX_PATH={prefix}", "-DMTP_TESTING=OFF", source=source,
                        generator="Ninja Multi-Config", config="Debug")
