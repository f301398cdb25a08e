# SPDX-License-Identifier: MIT OR Apache-2.0
"""pkg-config and a plain compiler, static and shared; the prefixes were moved after they were installed."""
from base import Failure


def try_it(shop):
    shop.need("pkg-config", "pkgconf")
    for kind, prefix in (("static", shop.static), ("shared", shop.shared)):
        where = {"PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")}
        folder = shop.fresh(f"consumers/pkg_config_{kind}")
        shop.run(shop.consumer / "pkg_config.sh", kind, folder, **where)
        for name in ("bot", "talking"):
            shop.check_output(shop.run(folder / name, LD_LIBRARY_PATH=str(prefix / "lib")), talks=name == "talking")
        for module in ("mtp", "mtp-testing", "mtp-sqlite", "mtp-postgres", "mtp-redis", "mtp-libsql", "mtp-qr"):
            shop.run("pkg-config", "--validate", module, **where)
    names_what_static_needs(shop)


def names_what_static_needs(shop):
    """A program of a static library links what that was made with; one of a shared library does not."""
    for prefix, flags, wanted in ((shop.static, ["--static"], True), (shop.shared, [], False)):
        libraries = shop.run("pkg-config", "--libs", *flags, "mtp", PKG_CONFIG_PATH=str(prefix / "lib/pkgconfig")).split()
        for name in ("-lcrypto", "-lz", "-lfmt", "-lutf8proc"):
            if (name in libraries) != wanted:
                raise Failure(f"mtp.pc of {prefix.name} says {libraries}")
