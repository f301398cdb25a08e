# SPDX-License-Identifier: MIT OR Apache-2.0
"""The shape of the code stays what it is meant to be: small functions, files with one subject.

A function's size is the number of lines of its body, braces not counted. Files are limited but for tables of data. A header
with one class is named after it.
"""
import pathlib
import re
import statistics
import sys

ROOT = pathlib.Path(__file__).parents[2]
FOLDERS = ("include", "src", "codegen", "tests", "examples")
# Tables of data: known answers, known words.
TABLES = re.compile(r"tests/support/vectors/|tests/bench/owning\.hpp|_table\.[hc]pp$|tests/unit/api/random_value")
MAX_LINES = 350
MAX_FUNCTION_LINES = 60
MEDIAN, NINETIETH = 5, 14

# Headers of a subject, in which one class stands among functions; of an area, <mtp/methods/chats.hpp>.
SUBJECTS = re.compile(r"include/mtp/(methods/\w+|crypto/aes|crypto/dh|core/random)\.hpp$|src/(crypto/sha256|testing/api/views)\.hpp$")
CLASS = re.compile(r"^class (?:MTP_API )?(\w+)(?: final)?(?: :[^{;]*)?\s*\{", re.M)

CONTROL = re.compile(r"\b(if|for|while|switch|catch|else|do|try|return|co_return)\b[^;{}]*$")
NO_FUNCTION = re.compile(r"\b(namespace|class|struct|union|enum|extern|requires)\b[^()]*$|=\s*$|,\s*$|\breturn\s*[\w:<>]*\s*$")
FUNCTION_END = re.compile(r"\)\s*(const|noexcept|override|final|mutable|&|->\s*[\w:<>,&*\s]+|:\s*[^;]*|\s)*$")


def blank(text):
    """The text without comments and literals, line by line as before."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'', re.S)
    digits = re.compile(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])")
    return pattern.sub(lambda m: "\n" * m.group(0).count("\n") or '""', digits.sub("", text))


def bodies(text):
    """Line and number of body lines of every function; lambdas count with the function they stand in."""
    text = blank(text)
    stack, start, inside = [], 0, 0
    for at, c in enumerate(text):
        if c in ";}" and not inside:
            start = at + 1
        if c == "{":
            head = text[start:at]
            is_function = not inside and is_definition(head)
            stack.append((is_function, at))
            inside += is_function
            if not inside:
                start = at + 1
        elif c == "}" and stack:
            was_function, began = stack.pop()
            if was_function:
                inside -= 1
                start = at + 1
                lines = text.count("\n", began, at)
                yield text.count("\n", 0, began) + 1, max(1, lines - 1)


def is_definition(head):
    head = re.sub(r"^\s*#.*$", "", head, flags=re.M).strip()
    if re.match(r"(TEST_CASE|SECTION|SCENARIO)\b", head):
        return False  # a test case is a list of statements; its sections are counted with the file
    if not head or "(" not in head or CONTROL.search(head) or NO_FUNCTION.search(head):
        return False
    return bool(FUNCTION_END.search(head))


def sources(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.[hc]pp")):
            if "build" not in path.parts:
                yield path


def misnamed(name, text):
    """The class that a header holds, when that has another name."""
    found = CLASS.findall(blank(text)) if name.endswith(".hpp") and name.startswith(("include/", "src/")) else []
    other = len(found) == 1 and found[0] != pathlib.Path(name).stem and not SUBJECTS.search(name)
    return found[0] if other else None


def main():
    problems, library = [], []
    for path in sources(ROOT):
        name, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > MAX_LINES and not TABLES.search(name):
            problems.append(f"{name}: {lines} lines, the limit is {MAX_LINES}")
        if other := misnamed(name, text):
            problems.append(f"{name}: the class in it is called {other}")
        for line, size in bodies(text):
            if size > MAX_FUNCTION_LINES and not TABLES.search(name):
                problems.append(f"{name}:{line}: a function of {size} lines, the limit is {MAX_FUNCTION_LINES}")
            if not name.startswith(("tests/", "examples/")):
                library.append(size)
    median = statistics.median(library)
    ninetieth = sorted(library)[len(library) * 9 // 10]
    if median > MEDIAN or ninetieth > NINETIETH:
        problems.append(f"functions have a median of {median} lines and a 90th percentile of {ninetieth}")
    print("\n".join(problems))
    print(f"{len(library)} functions of the library: median {median} lines, 90th percentile {ninetieth}, longest {max(library)}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
