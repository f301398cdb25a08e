#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Every block of C++, CMake, Meson or INI in the README and the guide stands in a file that the tests build; this finds those
that do not. A block of sh may.

A block is preceded by a line `<!-- snippet: FILE -->` (the whole file; of C++, from its first #include on) or
`<!-- snippet: FILE NAME -->` (what stands between `// [NAME]` and `// [/NAME]` there, or `# [NAME]` and `# [/NAME]`, without
common indentation). With --write the blocks are replaced by what the files say.
"""
import re
import sys
import textwrap
from pathlib import Path

BLOCK = re.compile(r"(?:<!-- snippet: (?P<source>[^\n]*?) -->\n)?```(?P<language>cpp|cmake|meson|ini|sh)\n(?P<code>.*?)```\n", re.S)


def wanted(root: Path, source: str) -> str:
    file, _, name = source.partition(" ")
    text = (root / file).read_text()
    if not name:
        return text[text.find("#include"):] if file.endswith("pp") else text
    found = re.search(rf"[^\n]*(?://|#) \[{re.escape(name)}\]\n(.*?)\n[^\n]*(?://|#) \[/{re.escape(name)}\]", text, re.S)
    if not found:
        raise ValueError(f"{file} has no part [{name}]")
    return textwrap.dedent(found.group(1)).strip("\n") + "\n"


def check(root: Path, page: Path, write: bool) -> list[str]:
    problems = []

    def visit(block: re.Match) -> str:
        where = f"{page.relative_to(root)}:{page_text.count(chr(10), 0, block.start()) + 1}"
        if not block["source"] and block["language"] == "sh":
            return block[0]
        if not block["source"]:
            problems.append(f"{where}: this block names no file that the tests build")
            return block[0]
        try:
            code = wanted(root, block["source"])
        except (OSError, ValueError) as error:
            problems.append(f"{where}: {error}")
            return block[0]
        if code != block["code"]:
            problems.append(f"{where}: differs from {block['source']}")
        return f"<!-- snippet: {block['source']} -->\n```{block['language']}\n{code}```\n"

    page_text = page.read_text()
    renewed = BLOCK.sub(visit, page_text)
    if write and renewed != page_text:
        page.write_text(renewed)
    return problems


def main() -> int:
    root = Path(__file__).resolve().parents[2]
    pages = [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").rglob("*.md"))]
    problems = [p for page in pages if page.exists() for p in check(root, page, "--write" in sys.argv)]
    print("\n".join(problems))
    return 1 if problems and "--write" not in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
