# SPDX-License-Identifier: MIT OR Apache-2.0
"""FetchContent, from an archive of the tree on this machine."""
import shutil

from base import make_archive


def try_it(shop):
    place = shop.work / "fetched"
    place.mkdir(exist_ok=True)
    digest = make_archive(shop.tree, place / "mtp.tar.gz")
    folder = place / "carrier" / "build"
    shutil.rmtree(folder, ignore_errors=True)
    # As far from each other as the tree and the build of way_subdirectory are, for the sake of the compiler cache.
    digest = f"SHA256={digest};SOURCE_DIR;{place}/tree;BINARY_DIR;{folder}/mtp"
    shop.run("cmake", "-S", shop.consumer / "fetch_content", "-B", folder, "-G", "Ninja", *shop.flags,
             f"-DMTP_ARCHIVE={place}/mtp.tar.gz", f"-DMTP_ARCHIVE_HASH={digest}", "-DMTP_TESTING=ON")
    shop.run("cmake", "--build", folder, "--target", "consumer")
    shop.check_output(shop.run(folder / "consumer"))
