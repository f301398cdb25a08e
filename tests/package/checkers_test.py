# SPDX-License-Identifier: MIT OR Apache-2.0
"""The checkers of this folder find what they are there for."""
import pathlib
import tempfile
import unittest

import documentation
import features
import shape


def problems_of(header):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "some.hpp"
        path.write_text(header, encoding="utf-8")
        return [one.split(": ", 1)[1] for one in documentation.check([path])]


class Documentation(unittest.TestCase):
    def test_an_awaitable_must_say_how_it_ends(self):
        self.assertEqual(len(problems_of("/// Waits.\ntask<> wait();\n")), 2)
        self.assertEqual(problems_of("/// Waits. Cancellation: terminal.\n/// Errors: none.\ntask<> wait();\n"), [])
        self.assertEqual(len(problems_of("/// Waits. Cancellation: terminal.\ntask<int> wait(int x,\n  int y);\n")), 1)

    def test_templates_may_stand_between(self):
        text = "/// Cancellation: none. Errors: none.\ntemplate <class T>\n  requires C<T>\ntask<T> wait();\n"
        self.assertEqual(problems_of(text), [])

    def test_a_comment_belongs_to_what_follows_it(self):
        text = "/// Cancellation: none. Errors: none.\ntask<> one();\ntask<> two();\n"
        self.assertEqual(len(problems_of(text)), 2)

    def test_what_is_deleted_or_hidden_needs_no_words(self):
        self.assertEqual(problems_of("task<> wait(int) = delete;\n"), [])
        text = "namespace mtp {\nnamespace detail {\nstruct a {\n};\ntask<> one();\n}  // namespace detail\n"
        self.assertEqual(problems_of(text), [])
        self.assertEqual(len(problems_of(text + "task<> two();\n")), 2)

    def test_a_class_must_name_its_threads(self):
        self.assertEqual(problems_of("/// A box.\nclass box {\n};\n"), ["class box does not say which threads may use it"])
        self.assertEqual(problems_of("/// A box. Threads: any.\nclass box {\n};\n"), [])
        self.assertEqual(problems_of("class box;\n"), [])

    def test_what_a_class_says_holds_for_its_members(self):
        text = "/// Threads: one. Cancellation: terminal. Errors: none.\nclass box {\n public:\n  task<> open();\n};\n"
        self.assertEqual(problems_of(text), [])
        self.assertEqual(len(problems_of(text + "task<> later();\n")), 2)

    def test_what_is_private_is_nobodys_interface(self):
        self.assertEqual(problems_of("/// Threads: one.\nclass box {\n private:\n  task<> open();\n};\n"), [])
        self.assertEqual(problems_of("namespace detail {\ntask<> open();\n}\n"), [])


class Features(unittest.TestCase):
    head = "| what | how | shown by | since |\n|---|---|---|---|\n"

    def found(self, row):
        return list(features.problems(self.head + row, {"a thing works"}, {"programs.demo"}))

    def test_named_tests_must_exist(self):
        self.assertEqual(self.found('| thing | `do()` | "a thing works", `programs.demo` | 0.1 |'), [])
        self.assertEqual(len(self.found('| thing | `do()` | "a thing fails" | 0.1 |')), 1)
        self.assertEqual(len(self.found("| thing | `do()` | `programs.none` | 0.1 |")), 1)

    def test_a_row_must_name_a_test(self):
        self.assertEqual(len(self.found("| thing | `do()` | by hand | 0.1 |")), 1)
        self.assertEqual(len(self.found('| thing | `do()` | "a thing works" |')), 1)

    def test_long_names_are_put_together(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "tests").mkdir()
            (root / "tests" / "x_test.cpp").write_text('TEST_CASE("a long "\n    "name",\n "[tag]") {}\n', encoding="utf-8")
            self.assertEqual(features.sentences(root), {"a long name"})


class Shape(unittest.TestCase):
    def test_a_class_stands_in_a_file_of_its_name(self):
        one = "/// class other {\nnamespace mtp {\nclass thing final : public base {\n};\n}\n"
        self.assertIsNone(shape.misnamed("src/net/thing.hpp", one))
        self.assertEqual(shape.misnamed("src/net/things.hpp", one), "thing")
        self.assertIsNone(shape.misnamed("include/mtp/methods/chats.hpp", one))

    def test_functions_are_measured_by_their_bodies(self):
        self.assertEqual(list(shape.bodies("int f() {\n  return 1;\n}\nstruct s {\n};\n")), [(1, 1)])


if __name__ == "__main__":
    unittest.main()
