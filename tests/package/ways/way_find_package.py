# SPDX-License-Identifier: MIT OR Apache-2.0
"""find_package(mtp): static and shared, by parts, in a root of its own (DESTDIR), with several configurations."""
from base import Failure

OURS = ("mtp", "mtp_testing", "mtp_sqlite")


def try_it(shop):
    shop.build_consumer("static", f"-DCMAKE_PREFIX_PATH={shop.static}", "-DCMAKE_FIND_PACKAGE_PREFER_CONFIG=ON")
    folder = shop.build_consumer("shared", f"-DCMAKE_PREFIX_PATH={shop.shared}")
    links_with(shop, folder / "consumer", shop.shared)
    shop.build_consumer("multi", f"-DCMAKE_PREFIX_PATH={shop.shared}", generator="Ninja Multi-Config", config="Debug")
    shop.build_consumer("testing", f"-DCMAKE_PREFIX_PATH={shop.static}", source=shop.consumer / "testing")
    refuses_what_is_not_there(shop)
    installs_in_parts(shop)
    installs_into_a_root(shop)


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
