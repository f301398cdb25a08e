# SPDX-License-Identifier: MIT OR Apache-2.0
"""add_subdirectory(mtp), in one program with another library that uses Boost.Asio."""
from base import Failure, Skip


def try_it(shop):
    find_boost(shop)
    # Where the other builds generate, for the sake of the compiler cache.
    folder = shop.tree / "build/carrier"
    for shared in ("OFF", "ON"):
        shop.run("cmake", "-S", shop.consumer / "subdirectory", "-B", folder, "-G", "Ninja", *shop.flags,
                 f"-DMTP_SOURCE={shop.tree}", f"-DMTP_GENERATED_DIR={folder}/generated", "-DMTP_TESTING=ON", f"-DBUILD_SHARED_LIBS={shared}")
        shop.run("cmake", "--build", folder, "--target", "consumer")
        shop.check_output(shop.run(folder / "consumer"))


def find_boost(shop):
    probe = shop.fresh("probe") / "boost.cpp"
    probe.write_text("#include <boost/asio/version.hpp>\n")
    try:
        shop.run(shop.compiler, "-E", probe, "-o", "/dev/null")
    except Failure:
        raise Skip("there is no Boost.Asio (package libboost-dev)") from None
