# SPDX-License-Identifier: MIT OR Apache-2.0
"""Public headers say what their users must know: an awaitable what cancelling it does and how it fails, a class (or a struct
with an awaitable member) which threads may use it. They say it by labels, "Errors: ...", each in the comment of its own
declaration; the comment of a class speaks for its members only as "Cancellation and errors of all members: ..."."""
import pathlib
import re
import sys

WORD = "(?:Lifetime|Cancellation|Errors|Threads)"
LABELS = re.compile(rf"(?:^|(?<=[.;:)] ))({WORD}(?:(?:, and |, | and ){WORD})*)( of all members)?: (?!{WORD}\b)(?=\S)",
                    re.IGNORECASE)
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|^[ \t]*#(?:[^\n\\]|\\.)*|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'(?!\w)|.',
                   re.DOTALL | re.MULTILINE)
ACCESS = ("private", "protected", "public")
CLASS = re.compile(r"\b(class|struct|union)\s+(?:\[\[.*?\]\]\s*|alignas\(\)\s*|MTP_API\s+)*([\w:]+)")
AWAITABLE = re.compile(r"\b(?:task|awaitable)<>\s*(\w+)\s*\(|\b(\w+)\s*\(\).*->\s*(?:\w+::)*(?:task|awaitable)<>")


def says(comment, of_members=False):
    """The labels of a comment; with `of_members`, those that hold for all members of its class."""
    found = set()
    for labels, members in LABELS.findall(re.sub(r"\s+", " ", comment.strip())):
        if bool(members) == of_members:
            found.update(label.capitalize() for label in re.findall(WORD, labels, re.IGNORECASE))
    return found


def outline(head):
    """A declaration without what stands in angles and parentheses, in which other declarations may hide."""
    out, angles, rounds = [], 0, 0
    for at, char in enumerate(head):
        if char == ")":
            rounds -= 1
        elif char == ">" and not rounds and head[at - 1] != "-":
            angles = max(0, angles - 1)
        if not angles and not rounds:
            out.append(char)
        if char == "(":
            rounds += 1
        elif char == "<" and not rounds:
            angles += 1
    return re.sub(r"\s+", " ", "".join(out)).strip()


class Scope:
    """What stands between a pair of braces, and the comment before them."""

    def __init__(self, kind, name="", comment="", hidden=False):
        self.kind, self.name, self.comment = kind, name, comment
        self.hidden = hidden
        self.private = kind == "class"

    def is_class(self):
        return self.kind in ("class", "struct", "union")


class Reader:
    """Walks over one header, and remembers the comment that stands before a declaration and the scopes around it."""

    def __init__(self, path):
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.scopes = [Scope("namespace")]
        self.problems = []
        self.forget()

    def forget(self):
        """A declaration ends here."""
        self.comment, self.head, self.rounds, self.begin = [], "", 0, 0

    def read(self):
        for token in TOKEN.finditer(self.text):
            self.token(token.start(), token.group(0))
        return self.problems

    def token(self, at, token):
        if token.startswith("//"):
            if re.match(r"///(?![/<])", token) and not self.head.strip():
                self.comment.append(token[3:].strip())
        elif token.startswith("/*") or token.lstrip().startswith("#"):
            return
        elif self.scopes[-1].kind == "code":
            self.within_code(token)
        else:
            self.of_declaration(at, token)

    def within_code(self, token):
        if token == "{":
            self.scopes.append(Scope("code"))
        elif token == "}":
            self.scopes.pop()

    def of_declaration(self, at, token):
        if token == "{":
            self.open()
        elif token == "}":
            self.scopes.pop()
            self.forget()
        elif token == ";" and not self.rounds:
            self.declaration()
            self.forget()
        elif token == ":" and self.head.strip() in ACCESS:
            self.scopes[-1].private = self.head.strip() == "private"
            self.forget()
        else:
            if not self.head.strip():
                self.begin = at
            self.rounds += {"(": 1, ")": -1}.get(token, 0)
            self.head += token

    def open(self):
        outer = self.scopes[-1]
        hidden = outer.hidden or outer.private
        short = outline(self.head)
        space = re.match(r"(?:inline )?namespace\b\s*([\w:]*)", short)
        kind = CLASS.search(short)
        if self.rounds or outer.kind == "code":
            self.scopes.append(Scope("code"))
        elif space:
            self.scopes.append(Scope("namespace", hidden=hidden or "detail" in space.group(1).split("::")))
            self.forget()
        elif kind and not re.search(r"\benum\b|[(=]", short):
            self.scopes.append(Scope(kind.group(1), kind.group(2), " ".join(self.comment), hidden))
            if kind.group(1) == "class" and not hidden:
                self.threads(self.scopes[-1])
            self.forget()
        else:
            self.body(short)

    def body(self, short):
        """Braces of a function, after which nothing follows, or of a value."""
        if "(" in short and "=" not in short:
            self.declaration()
            self.forget()
        self.scopes.append(Scope("code"))

    def declaration(self):
        found = AWAITABLE.search(outline(self.head))
        if not found or self.scopes[-1].hidden or self.scopes[-1].private:
            return
        if re.search(r"=\s*delete\s*$", self.head) or re.match(r"\s*using\b", self.head):
            return
        classes = [scope for scope in self.scopes if scope.is_class()]
        said = says(" ".join(self.comment)).union(*(says(scope.comment, of_members=True) for scope in classes))
        for label in ("Cancellation", "Errors"):
            if label not in said:
                self.problem(f"{found.group(1) or found.group(2)}() returns an awaitable and has no \"{label}:\"")
        if classes and classes[-1].kind != "class":
            self.threads(classes[-1])

    def threads(self, scope):
        if "Threads" not in says(scope.comment):
            self.problem(f"{scope.kind} {scope.name} does not say which threads may use it")
            scope.comment += ". Threads: told once"

    def problem(self, what):
        line = self.text.count("\n", 0, self.begin) + 1
        self.problems.append(f"{self.path}:{line}: {what}")


def check(headers):
    return [problem for path in headers for problem in Reader(path).read()]


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
    problems = check(sorted((root / "include").rglob("*.hpp")))
    print("\n".join(problems) or "every public awaitable and class says what its users must know")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
