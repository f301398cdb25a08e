# SPDX-License-Identifier: MIT OR Apache-2.0
"""Meson from PyPI, which finds the library by pkg-config, static and shared."""


def try_it(shop):
    meson = shop.tool("meson", "meson") / "meson"
    print("meson", shop.run(meson, "--version").strip())
    for kind, prefix in (("static", shop.static), ("shared", shop.shared)):
        folder = shop.fresh(f"consumers/meson_{kind}")
        where = {"PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")}
        shop.run(meson, "setup", folder, shop.consumer, f"-Dprefer_static={str(kind == 'static').lower()}", **where)
        shop.run(meson, "compile", "-C", folder, **where)
        for name in ("consumer", "talking"):
            shop.check_output(shop.run(folder / name, LD_LIBRARY_PATH=str(prefix / "lib")), talks=name == "talking")
