# SPDX-License-Identifier: MIT OR Apache-2.0
"""Public headers say what their users must know: an awaitable what cancelling it does and how it fails, a class which threads
may use it. What is said in the comment of a class holds for its members too."""
import pathlib
import re
import sys

COMMENT = re.compile(r"^\s*///(.*)$")
CLASS = re.compile(r"^\s*(?:class|struct)\s+(?:\[\[\w+\]\]\s*)?(\w+)\b[^;]*$")
AWAITABLE = re.compile(r"^\s*(?:\[\[nodiscard\]\]\s*)?(?:virtual\s+|static\s+|inline\s+)*task<.*?>\s+(\w+)\(")
TEMPLATE = re.compile(r"^\s*(?:template\s*<|requires\b)")


class Reader:
    """Walks over one header, and remembers the comment that stands before a line and the classes around it."""

    def __init__(self, path):
        self.path = path
        self.comment = []
        self.around = []  # (indentation, comment) of each class around
        self.private = False
        self.in_detail = None
        self.problems = []

    def read(self):
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            self.line(number, line)
        return self.problems

    def line(self, number, line):
        comment = COMMENT.match(line)
        if comment:
            self.comment.append(comment.group(1))
            return
        if self.hidden(line):
            return
        if self.around and line.startswith(self.around[-1][0] + "}"):
            self.around.pop()
            self.private = False
        if line.strip() in ("private:", "public:", "protected:"):
            self.private = line.strip() == "private:"
        if not self.private:
            self.declaration(number, line)
        if line.strip() and not TEMPLATE.match(line):
            self.comment = []

    def hidden(self, line):
        """What stands in `namespace detail` is nobody's interface."""
        if line.startswith(("namespace detail", "namespace mtp::detail")):
            self.in_detail = True
        elif self.in_detail and line.startswith("}") and "namespace" in line:
            self.in_detail = False
        return self.in_detail

    def declaration(self, number, line):
        awaitable = AWAITABLE.match(line)
        if awaitable and "= delete" not in line:
            self.awaitable(number, awaitable.group(1))
            return
        opened = CLASS.match(line)
        if opened and "friend" not in line:
            text = " ".join(self.comment)
            is_class = line.lstrip().startswith("class")
            if is_class and not self.around and not says(text, "Threads", "thread"):
                self.problem(number, f"class {opened.group(1)} does not say which threads may use it")
            if line.rstrip().endswith("{"):
                self.around.append((re.match(r"\s*", line).group(0), text))

    def awaitable(self, number, name):
        text = " ".join(self.comment + [around for _, around in self.around])
        for word in ("Cancellation", "Errors"):
            if not says(text, word):
                self.problem(number, f"{name}() returns an awaitable and says nothing of {word.lower()}")

    def problem(self, number, what):
        self.problems.append(f"{self.path}:{number}: {what}")


def says(text, *words):
    return any(word in text for word in words)


def check(headers):
    return [problem for path in headers for problem in Reader(path).read()]


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
    problems = check(sorted((root / "include").rglob("*.hpp")))
    print("\n".join(problems) or "every public awaitable and class says what its users must know")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
