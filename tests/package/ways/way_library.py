# SPDX-License-Identifier: MIT OR Apache-2.0
"""The library, built once for all the ways: installed static and shared. The same objects serve both, so the second build
only links."""
import shutil

from base import Failure, copy_tree


def try_it(shop):
    copy_tree(shop.tree)
    for kind, prefix, shared in (("static", shop.static, "OFF"), ("shared", shop.shared, "ON")):
        folder = shop.build_library("library", f"-DBUILD_SHARED_LIBS={shared}", "-DMTP_TESTING=ON")
        shutil.rmtree(prefix, ignore_errors=True)
        # Installed elsewhere, then moved: nothing in it may know where it was.
        before = shop.fresh(f"installed_{kind}")
        shop.run("cmake", "--install", folder, "--prefix", before)
        before.rename(prefix)
        look_for_places(shop, prefix)


def look_for_places(shop, prefix):
    """No text of the package names a folder of its build."""
    for file in prefix.rglob("*"):
        if file.suffix in (".cmake", ".pc", ".hpp") and str(shop.work) in file.read_text(encoding="utf-8"):
            raise Failure(f"{file.relative_to(prefix)} names a folder of the build")
