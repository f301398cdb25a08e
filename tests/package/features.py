# SPDX-License-Identifier: MIT OR Apache-2.0
"""Every test that FEATURES.md names exists: sentences in quotes are Catch2 tests, names in backquotes are ctest's. So does
every C++ name that its column "how" has in backquotes: the public headers declare it, as a function when it is called, and
`client` as a member when it is called there."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[2]
CASE = re.compile(r'\b(?:TEST_CASE|SCENARIO|TEMPLATE_TEST_CASE)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)')
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
# A return type stands before the name, which tells functions from constructors.
FUNCTION = re.compile(r"(?<!explicit)(?<=[\w>&*])[ \n]+[&*]?(\w+)\(")
COLUMNS = ("what", "how", "shown by", "since")


def sentences(root):
    """The names of all Catch2 tests; a name may be written as several literals in a row."""
    out = set()
    for source in (root / "tests").rglob("*.cpp"):
        for case in CASE.finditer(source.read_text(encoding="utf-8")):
            out.add("".join(LITERAL.findall(case.group(1))))
    return out


def registered(build):
    listing = subprocess.run(["ctest", "--test-dir", str(build), "-N"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"Test\s+#\d+: (\S+)", listing))


class Headers:
    """The words of the public headers, comments and includes apart, and which of them are functions."""

    def __init__(self, texts):
        self.words, self.functions, self.of_client = set(), set(), set()
        for name, text in texts.items():
            code = re.sub(r"//.*|^#.*", "", text, flags=re.MULTILINE)
            functions = set(FUNCTION.findall(code))
            self.words.update(re.findall(r"\w+", code))
            self.functions |= functions
            if name == "client/client.hpp":
                self.of_client |= functions

    def missing(self, how):
        """What stands in backquotes and does not exist; commands are no C++."""
        for code in re.findall(r"`([^`]+)`", how):
            if re.match(r"mtp-|\./|--", code):
                continue
            code = re.sub(r"\([^()]*\)", "()", code)
            for before, name, call in re.findall(r"(?<!\w)(client\.)?(\w+)(\()?", code):
                known = self.of_client if before else self.functions if call else self.words
                if name not in known:
                    yield before + name + ("()" if call else "")


def headers(root):
    folder = root / "include" / "mtp"
    return {str(one.relative_to(folder)): one.read_text(encoding="utf-8") for one in folder.rglob("*.hpp")}


def rows(text):
    """Each row of a table, as its number and its cells."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("|") and not set(line) <= set("|- "):
            yield number, [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def problems(text, known_sentences, known_tests, public):
    for number, cells in rows(text):
        if tuple(cells) == COLUMNS:
            continue
        if len(cells) != len(COLUMNS) or not all(cells):
            yield f"line {number}: a row has {len(COLUMNS)} cells, none of them empty"
            continue
        for name in public.missing(cells[1]):
            yield f"line {number}: the public headers have no {name!r}"
        shown = cells[2]
        named = [(one, known_sentences) for one in re.findall(r'"([^"]+)"', shown)]
        named += [(one, known_tests) for one in re.findall(r"`([^`]+)`", shown)]
        if not named:
            yield f"line {number}: no test is named"
        for name, known in named:
            if name not in known:
                yield f"line {number}: there is no test {name!r}"


def main():
    text = (ROOT / "FEATURES.md").read_text(encoding="utf-8")
    found = list(problems(text, sentences(ROOT), registered(sys.argv[1]), Headers(headers(ROOT))))
    print("\n".join(f"FEATURES.md: {one}" for one in found) or "every test and name in FEATURES.md exists")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
