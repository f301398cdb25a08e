# SPDX-License-Identifier: MIT OR Apache-2.0
"""FetchContent, from an archive of the tree on this machine."""
import shutil

from base import Failure, make_archive


def try_it(shop):
    place = shop.work / "fetched"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    digest = make_archive(shop.tree, place / "mtp.tar.gz")
    tree = place / "tree"
    refuses_another_archive(shop, place)
    configure(shop, place / "first", place, digest, f"-DMTP_TLGEN={shop.static}/bin/mtp-tlgen")
    # Built where the compiler cache finds what the other builds compiled, of what was fetched.
    folder = tree / "build/carrier"
    configure(shop, folder, place, digest, "-DFETCHCONTENT_FULLY_DISCONNECTED=ON", f"-DMTP_GENERATED_DIR={folder}/generated")
    shop.run("cmake", "--build", folder, "--target", "consumer")
    shop.check_output(shop.run(folder / "consumer"))


def configure(shop, folder, place, digest, *options, expect=0):
    where = f"SHA256={digest};SOURCE_DIR;{place}/tree;BINARY_DIR;{folder}/mtp"
    return shop.run("cmake", "-S", shop.consumer / "fetch_content", "-B", folder, "-G", "Ninja", *shop.flags, "-DMTP_TESTING=ON",
                    f"-DMTP_ARCHIVE={place}/mtp.tar.gz", f"-DMTP_ARCHIVE_HASH={where}", *options, expect=expect)


def refuses_another_archive(shop, place):
    if "SHA256" not in configure(shop, place / "refused", place, "0" * 64, expect=1).upper():
        raise Failure("an archive with another hash is refused for another reason")
    shutil.rmtree(place / "refused")
