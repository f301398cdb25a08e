# SPDX-License-Identifier: MIT OR Apache-2.0
"""A cross build takes the installed mtp-tlgen of this machine. The compiler is this machine's too, so that its product can be
run; CMake is told that it is another's. That it refuses to build without one is package.cross_compile."""
from base import Failure


def try_it(shop):
    toolchain = shop.fresh("cross") / "toolchain.cmake"
    toolchain.write_text("set(CMAKE_SYSTEM_NAME Linux)\n" + f"set(CMAKE_CXX_COMPILER {shop.compiler})\n" +
                         f"set(CMAKE_SYSTEM_PROCESSOR {shop.run('uname', '-m').strip()})\n")
    folder = shop.build_library("cross", f"-DCMAKE_TOOLCHAIN_FILE={toolchain}", f"-DMTP_TLGEN={shop.static}/bin/mtp-tlgen",
                                "-DMTP_TESTING=ON", "-DBUILD_SHARED_LIBS=OFF")
    if (folder / "codegen").exists():
        raise Failure("a cross build compiled a generator of its own")
    prefix = shop.fresh("prefix_cross")
    shop.run("cmake", "--install", folder, "--prefix", prefix)
    if (prefix / "bin/mtp-tlgen").exists():
        raise Failure("the generator of another machine was installed")
    shop.build_consumer("of_cross", f"-DCMAKE_PREFIX_PATH={prefix}")
