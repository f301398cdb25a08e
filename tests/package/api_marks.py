#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a shared library gives to others is marked in the public headers: MTP_API before a function that a source defines, and
in the head of a class with such members, with virtual ones or with a base (what is thrown is known by its type information).
And every namespace of ours lies in the one of the ABI: `namespace mtp::MTP_ABI::net`, except those of tests.

    tests/package/api_marks.py          # names what is not so
    tests/package/api_marks.py --write  # writes the marks
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HIDDEN = re.compile(r'//[^\n]*|/\*.*?\*/|^[ \t]*#(?:[^\n\\]|\\\n|\\.)*|R"(\w*)\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|'
                    r"'(?:[^'\\\n]|\\.)+'(?!\w)", re.S | re.M)
SPACE = re.compile(r"namespace mtp(?!::(?:MTP_ABI|test|bench)\b)(?=(?:::\w+)*(?: \{|$))", re.M)
CLASS = re.compile(r"(?P<key>class|struct|union)\s+(?:alignas\([^)]*\)\s*|\[\[.*?\]\]\s*)*")
ATTRIBUTES = re.compile(r"(?:\[\[.*?\]\]\s*)*")
NO_FUNCTION = re.compile(r"(?:using|typedef|template|friend|static_assert|inline|constexpr|consteval|struct|class|enum|union|"
                         r"concept|static inline|static constexpr)\b")
DONE = re.compile(r"=\s*(?:default|delete|0)\s*$")


def blank(text):
    """The text without comments, literals and directives, every character where it was."""
    return HIDDEN.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)


def without_angles(text):
    """The text without what stands in angles, and without what a variable or a default is set to."""
    before = None
    text = text.replace("->", "  ").replace("<=>", "   ")
    while text != before:
        before, text = text, re.sub(r"(?<!operator)<[^<>()]*(?:\([^()]*\)[^<>()]*)*>", "", text)
    return text


def closing(code, at):
    """Where the brace that opens at `at` is closed."""
    depth = 0
    for end in range(at, len(code)):
        depth += {"{": 1, "}": -1}.get(code[end], 0)
        if not depth:
            return end
    raise ValueError("a brace is not closed")


def declarations(code, begin=0, end=None):
    """(place, head, place of a class's or function's body or None) of what is declared here, namespaces opened."""
    at, start, rounds, end = begin, None, 0, len(code) if end is None else end
    while at < end:
        char = code[at]
        rounds += {"(": 1, ")": -1}.get(char, 0)
        if not rounds and (char == "}" or re.match(r"(?:public|private|protected):(?!:)", code[at:at + 11])):
            start, at = None, at + code[at:].index("}" if char == "}" else ":")
        elif char == "{" and not rounds and re.match(r"(?:inline\s+)?namespace\b", code[start:at]):
            start = None
        elif char == "{" and not rounds:
            yield start, code[start:at], at
            at, start = after_body(code, at), None
        elif char == ";" and not rounds:
            if start is not None:
                yield start, code[start:at], None
            start = None
        elif start is None and not char.isspace():
            start = at
        at += 1


def after_body(code, at):
    """The last character of a declaration whose first brace opens at `at`."""
    end = closing(code, at)
    rest = re.match(r"\s*(?:[^{}();]*;|,|\{)", code[end + 1:])
    if rest and rest.group(0).endswith("{"):  # the body behind the last initialiser in braces
        return after_body(code, end + rest.end())
    if rest and rest.group(0).endswith(","):
        return after_body(code, code.index("{", end))
    return end + rest.end() if rest and re.fullmatch(r"\s*[^{}();]*;", rest.group(0)) and is_plain(rest.group(0)) else end


def is_plain(tail):
    """Whether what follows a brace ends the same declaration: `;`, or the name of a variable."""
    return bool(re.fullmatch(r"\s*\w*;", tail))


def is_class(head):
    return bool(CLASS.match(head)) and "(" not in re.sub(r"alignas\([^)]*\)|\[\[.*?\]\]", "", without_angles(head)) and "=" not in head


def is_function(head):
    plain = without_angles(head)
    if NO_FUNCTION.match(ATTRIBUTES.sub("", plain, 1)) or DONE.search(head):
        return False
    return bool(re.search(r"\((?!\s*\*)", plain.split("=")[0])) or bool(re.match(r"extern\b", plain))


def is_defined_elsewhere(code, begin, end):
    """Whether a source defines something of the class whose body this is."""
    for start, head, body in declarations(code, begin, end):
        if re.search(r"\bvirtual\b|\boverride\b", head):
            return True
        if body is None and (is_function(head) or re.match(r"static (?!constexpr|inline|_)", head)):
            return True
        if body is not None and is_class(head) and is_defined_elsewhere(code, body + 1, closing(code, body)):
            return True
    return False


def needs_mark(code, head, body):
    """Where in the head the mark belongs, or None."""
    if "MTP_API" in head:
        return None
    if body is None:
        return ATTRIBUTES.match(head).end() if is_function(head) else None
    if not is_class(head) or re.search(r"\w\s*<", CLASS.sub("", head).split(":")[0]):
        return None
    derived = re.search(r"(?<!:):(?!:)", head)
    if derived or is_defined_elsewhere(code, body + 1, closing(code, body)):
        return CLASS.match(head).end()
    return None


def missing_marks(text):
    """Places in the text of a header where MTP_API is missing."""
    code = blank(text)
    for start, head, body in declarations(code):
        at = needs_mark(code, head, body)
        if at is not None:
            yield start + at


def missing_namespaces(text):
    """Places behind `namespace mtp` where the namespace of the ABI is missing."""
    return [found.end() for found in SPACE.finditer(text) if not text[:found.start()].endswith("using ")]


def insert(text, places):
    for at, what in sorted(places, reverse=True):
        text = text[:at] + what + text[at:]
    return text


def reaches_config(path, seen):
    """Whether a file includes <mtp/core/config.hpp>, itself or by what it includes; what is generated does."""
    seen.add(path)
    for name in re.findall(r'^#include [<"]([^>"]+)[>"]', path.read_text(encoding="utf-8"), re.M):
        places = [one for one in (path.parent / name, ROOT / "include" / name, ROOT / "src" / name, ROOT / "tests" / name) if one.exists()]
        if name == "mtp/core/config.hpp" or (not places and name.startswith("mtp/tl/")):
            return True
        if any(one.resolve() not in seen and reaches_config(one.resolve(), seen) for one in places):
            return True
    return False


def first_include(text):
    """Where the include of <mtp/core/config.hpp> may stand, and how; clang-format sorts it."""
    line, head = "#include <mtp/core/config.hpp>\n", "#pragma once\n"
    if "#include" in text:
        return text.index("#include"), line
    return text.index(head) + len(head), "\n" + line


def files():
    """Every source and header of ours; those of tests open namespaces of the library at times."""
    for folder in ("include", "src", "codegen", "tests", "examples"):
        yield from sorted(one for one in (ROOT / folder).rglob("*.[hc]pp") if not {"build", "node_modules"} & set(one.parts))


def main():
    problems = []
    for path in files():
        text = path.read_text(encoding="utf-8")
        places = [(at, "::MTP_ABI") for at in missing_namespaces(text)]
        if (ROOT / "include") in path.parents:
            places += [(at, "MTP_API ") for at in missing_marks(text)]
        if (places or "MTP_A" in text) and path.name != "config.hpp" and not reaches_config(path, set()):
            places.append(first_include(text))
        problems += [f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, at) + 1}: {what.strip()} is missing" for at, what in places]
        if places and "--write" in sys.argv:
            path.write_text(insert(text, places), encoding="utf-8")
    print("\n".join(sorted(problems)) or "every public name is marked")
    return 1 if problems and "--write" not in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
