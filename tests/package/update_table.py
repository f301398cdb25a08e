#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Every constructor of Update of the schema stands in the table of events (src/events/tag_of.cpp), with its event or the reason
why it has none, every constructor of MessageAction in that of service_kind (src/events/service_kind.cpp), and docs/updates.md shows
both tables.

    tests/package/update_table.py          # names what is missing
    tests/package/update_table.py --write  # writes the page
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "updates.md"
HEAD = """# Updates and their events

Each constructor of TL's `Update` in the schema of this version, and the event that `get_if` makes of it; or why it has none. Those
are `mtp::other_update`, with everything in `raw()`. `tests/package/update_table.py --write` writes this page from the table that the
library itself looks into.

Two events are made of no update: `unknown_update` is a batch that cannot be read, and `updates_lost` says that updates of a box are
gone for good, which of them, and why.

| update | event |
|---|---|
"""
ACTIONS = """
## Messages about a conversation

Each constructor of TL's `MessageAction`, and what `service_message::kind()` says of it. Which functions tell more is written beside the
kinds, in `<mtp/events/service_kind.hpp>`.

| action | kind |
|---|---|
"""


def constructors(of: str) -> list[str]:
    text = (ROOT / "tl/api.tl").read_text()
    return sorted(re.findall(rf"^(\w+)#[0-9a-f]+ (?:.* )?= {of};$", text, re.M))


def kinds() -> dict[str, str]:
    text = (ROOT / "src/events/service_kind.cpp").read_text()
    return dict(re.findall(r"\{tags::(\w+), service_kind::(\w+)\}", text))


def rows() -> dict[str, list[str]]:
    text = (ROOT / "src/events/tag_of.cpp").read_text()
    reasons = dict(re.findall(r'constexpr char (\w+)\[\] =\s+"([^"]+)";', text))
    out: dict[str, list[str]] = {}
    for none, of, event in re.findall(
            r"^    (?:(none\()|\{)?tags::(\w+), (?:event_tag::)?(\w+)", text, re.M):
        out.setdefault(of, []).append(reasons[event] if none else f"`{event}`")
    return out


def main() -> int:
    names, table = constructors("Update"), rows()
    actions, kind_of = constructors("MessageAction"), kinds()
    wrong = [f"{name} has no row in src/events/tag_of.cpp" for name in names if name not in table]
    wrong += [f"{name} is no constructor of Update" for name in table if name not in names]
    wrong += [f"{name} has no row in src/events/service_kind.cpp" for name in actions if name not in kind_of]
    if len(names) < 100 or len(actions) < 50:
        wrong.append("hardly any constructor was found: the test looked in the wrong place")
    page = HEAD + "".join(f"| `{name}` | {'; '.join(table.get(name, []))} |\n" for name in names)
    page += ACTIONS + "".join(f"| `{name}` | `{kind_of.get(name, '')}` |\n" for name in actions)
    if "--write" in sys.argv:
        PAGE.write_text(page)
    elif not PAGE.exists() or PAGE.read_text() != page:
        wrong.append("docs/updates.md is not what the table says: run tests/package/update_table.py --write")
    print("\n".join(wrong) or f"{len(names)} updates, {len(actions)} actions")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
