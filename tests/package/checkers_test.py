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

    def test_what_a_class_says_of_itself_holds_not_for_its_members(self):
        members = "\nclass box {\n public:\n  task<> open();\n};\n"
        self.assertEqual(len(problems_of("/// Threads: one. Cancellation: terminal. Errors: none." + members)), 2)
        text = "/// Threads: one. Cancellation and errors of all members: terminal, none." + members
        self.assertEqual(problems_of(text), [])
        self.assertEqual(len(problems_of(text + "task<> later();\n")), 2)

    def test_only_labels_count(self):
        self.assertEqual(len(problems_of("/// One thread. Threads are used.\nclass box {\n};\n")), 1)
        self.assertEqual(len(problems_of("/// Cancellation is none, Errors too.\ntask<> wait();\n")), 2)
        self.assertEqual(len(problems_of("/// Cancellation: Errors:\ntask<> wait();\n")), 2)
        for text in ("Cancellation and errors: as one()", "Waits. Cancellation, Errors, Threads: as above"):
            self.assertEqual(problems_of(f"/// {text}.\ntask<> wait();\n"), [])

    def test_nested_classes_are_classes(self):
        inner = "  class lease {\n   public:\n    ~lease();\n  };\n"
        found = ["class lease does not say which threads may use it"]
        self.assertEqual(problems_of("/// Threads: any.\nclass files {\n public:\n" + inner + "};\n"), found)
        self.assertEqual(problems_of("/// Threads: any.\nclass files {\n" + inner + "};\n"), [])  # private
        self.assertEqual(problems_of("template <class T> class box {\n};\n"),
                         ["class box does not say which threads may use it"])

    def test_a_struct_with_an_awaitable_is_a_class(self):
        member = "  /// Cancellation and errors: none.\n  task<> open();\n"
        self.assertEqual(problems_of("struct box {\n" + member + "};\n"),
                         ["struct box does not say which threads may use it"])
        self.assertEqual(problems_of("/// Threads: any.\nstruct box {\n" + member + "};\n"), [])
        self.assertEqual(problems_of("struct box {\n  int size();\n  std::function<task<>(int)> next;\n};\n"), [])

    def test_awaitables_of_every_spelling_are_found(self):
        for declared in ("asio::awaitable<int> wait();", "mtp::task<> wait();", "task<std::vector<int>>\nwait(int x);",
                         "auto wait(int x) const -> task<int>;", "virtual task<\n  int> wait() = 0;",
                         "[[nodiscard]] static task<> wait(int x = {}) {\n  co_return;\n}"):
            self.assertEqual(len(problems_of(declared + "\n")), 2, declared)
            self.assertEqual(problems_of("/// Cancellation and errors: none.\n" + declared + "\nint x;\n"), [], declared)
        self.assertEqual(problems_of("int run(std::function<task<>(int)> program);\nvoid start(task<> work);\n"), [])
        self.assertEqual(problems_of("int run() {\n  task<> wait();\n}\n"), [])

    def test_what_is_private_is_nobodys_interface(self):
        self.assertEqual(problems_of("/// Threads: one.\nclass box {\n private:\n  task<> open();\n};\n"), [])
        self.assertEqual(problems_of("namespace detail {\ntask<> open();\n}\n"), [])


class Features(unittest.TestCase):
    head = "| what | how | shown by | since |\n|---|---|---|---|\n"

    public = features.Headers({
        "client/client.hpp": "#include <mtp/call_chain.hpp>\n/// gone()\nclass client {\n  void do(int a);\n"
                             "  area_methods go() const;  // gone()\n};\n",
        "other.hpp": "namespace mtp {\nclass chain {\n  chain();\n  explicit chain(int x);\n"
                     "  task<> tell(\n    int limit);\n};\n}\n"})

    def found(self, row):
        return list(features.problems(self.head + row, {"a thing works"}, {"programs.demo"}, self.public))

    def test_named_tests_must_exist(self):
        self.assertEqual(self.found('| thing | `client.do()` | "a thing works", `programs.demo` | 0.1 |'), [])
        self.assertEqual(len(self.found('| thing | `client.do()` | "a thing fails" | 0.1 |')), 1)
        self.assertEqual(len(self.found("| thing | `client.do()` | `programs.none` | 0.1 |")), 1)

    def test_a_row_must_name_a_test(self):
        self.assertEqual(len(self.found("| thing | `client.do()` | by hand | 0.1 |")), 1)
        self.assertEqual(len(self.found('| thing | `client.do()` | "a thing works" |')), 1)

    def test_what_is_called_must_exist(self):
        test = ' | "a thing works" | 0.1 |'
        for called in ("client.do()", "mtp::chain", "limit", "client.go().tell(no, such)", "chain.tell(...)",
                       "mtp-tool --flag", "./dev nothing"):
            self.assertEqual(self.found(f"| thing | `{called}`" + test), [], called)
        for called in ("client.chain()", "client.tell()", "mtp::gone", "client.go().gone(x)", "gone(x)", "chain()",
                       "mtp::chain::gone"):
            self.assertEqual(len(self.found(f"| thing | `client.do()`, `{called}`" + test)), 1, called)

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
