# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the shared libraries give to others is what tests/package/exports.txt says: public names; those of the raw API are those
of the schema's types, and beside them stand the variables of Asio that a program must have once. No text is relocated, nothing
is undefined, and abidiff finds no difference between a library and the same built again.

    driver.py exports --work FOLDER --write   # writes the list
"""
import pathlib
import re
import subprocess
import sys

from base import HERE, Failure

LIST = HERE.parent / "exports.txt"
KINDS = re.compile(r"^(?:vtable|VTT|typeinfo name|typeinfo|guard variable|non-virtual thunk|virtual thunk) (?:for|to) ")
OURS = re.compile(r"^mtp::v\d+_\d+::")
FUNCTIONS = "TtWw"


def try_it(shop):
    names = set()
    for name in ("mtp", "mtp_testing", "mtp_sqlite", "mtp_postgres", "mtp_redis", "mtp_libsql", "mtp_qr"):
        library = shop.shared / f"lib/lib{name}.so"
        names |= names_of(shop.run("nm", "-D", "--defined-only", library), types_of_schema(shop.shared / "include/mtp/tl"))
        look_at_asio(shop, library)
        look_at_relocations(shop, library)
    compare_with_list(names)
    compare_with_rebuilt(shop)


def demangle(symbols):
    done = subprocess.run(["c++filt"], input="\n".join(symbols), capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def types_of_schema(folder):
    """The qualified names of all generated types: what is exported of them is the raw API."""
    found = set()
    for header in (folder / "forward.hpp", folder / "service.hpp"):
        space = ""
        for line in header.read_text(encoding="utf-8").splitlines():
            if opened := re.match(r"namespace mtp::MTP_ABI::([\w:]+) \{", line):
                space = "mtp::" + opened[1] + "::"
            elif declared := re.match(r"(?:struct|class) (?:MTP_API )?(\w+)[ ;]", line):
                found.add(space + declared[1])
    if len(found) < 2000:
        raise Failure(f"only {len(found)} generated types were found")
    return found


def plain_name(symbol):
    """`bool mtp::v0_1::a<int>::f(char) const` is `mtp::a::f`."""
    name = KINDS.sub("", symbol).replace("(anonymous namespace)", "anonymous").replace("operator()", "call_operator")
    name = re.sub(r"operator(<=>|<<|<|->|>)", lambda found: "operator" + "?" * len(found[1]), name)
    before = None
    while before != name:
        before, name = name, re.sub(r"<[^<>]*>", "", name)
    name = name.split("(")[0]
    name = re.sub(r"operator (?=\w)", "operator_", name).split(" ")[-1]
    return OURS.sub("mtp::", name)


def names_of(listing, raw_api):
    """The qualified names in what nm printed, without those of the raw API."""
    rows = [line.split()[1:3] for line in listing.splitlines()]
    names = set()
    for (kind, _), symbol in zip(rows, demangle([row[1] for row in rows])):
        name = plain_name(symbol)
        if name.startswith("asio::") and kind not in FUNCTIONS:
            continue
        if name == "mtp::tl::codec::ops_for::get" or name in raw_api or name.rpartition("::")[0] in raw_api:
            continue
        names.add(name)
    return names


def look_at_asio(shop, library):
    """Every variable of Asio that changes is shared: two of one kind would be two truths."""
    rows = [line.split()[-2:] for line in shop.run("nm", "--defined-only", library).splitlines()]
    own = demangle([symbol for kind, symbol in rows if kind in "bd"])
    # References and objects that each source file has for itself say the same everywhere.
    lost = [one for one in own if re.match(r"(?:guard variable for )?asio::", one)
            and not re.search(r"\(anonymous namespace\)|^asio::error::\w+_category$", one)]
    if lost:
        raise Failure(f"{library.name} keeps for itself: {', '.join(lost)}")


def look_at_relocations(shop, library):
    dynamic = shop.run("readelf", "-d", library)
    if "TEXTREL" in dynamic:
        raise Failure(f"{library.name} relocates its text")
    if f"SONAME)             Library soname: [{library.name}.0.1]" not in dynamic:
        raise Failure(f"{library.name} is called otherwise:\n{dynamic}")
    undefined = shop.run("ldd", "-r", library, LD_LIBRARY_PATH=str(library.parent))
    if "undefined symbol" in undefined or "not found" in undefined:
        raise Failure(f"{library.name} lacks something:\n{undefined}")


def compare_with_list(names):
    text = "\n".join(sorted(names)) + "\n"
    if "--write" in sys.argv:
        LIST.write_text(text)
    listed = set(LIST.read_text().split())
    problems = [f"{one} is given to others and is not in exports.txt" for one in sorted(names - listed)]
    problems += [f"{one} is in exports.txt and not given to others" for one in sorted(listed - names)]
    if problems:
        raise Failure("\n".join(problems) + "\n(driver.py exports --write writes the list)")


def compare_with_rebuilt(shop):
    """The library of way_subdirectory was made again, in another folder by another project, from the same sources."""
    abidiff = shop.need("abidiff", "abigail-tools")
    rebuilt = shop.tree / "build/carrier/mtp/src/libmtp.so"
    print(shop.run(abidiff, pathlib.Path(shop.shared / "lib/libmtp.so").resolve(), rebuilt.resolve()))
