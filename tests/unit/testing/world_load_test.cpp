// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/load.hpp>
#include <support/catch.hpp>

using namespace mtp::testing;

namespace {

std::string problem_of(std::string_view json) {
  auto loaded = load_world(json, 1);
  return loaded ? std::string("none") : loaded.error();
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a world is read from JSON", "[testing][world]") {
  auto loaded = load_world(R"({
    "users": [{"id": 1, "first_name": "Ann", "username": "ann", "phone": "+9996611001"},
              {"id": 2, "first_name": "Ben", "phone": "+1 555 0001", "code": "777"}],
    "bots": [{"id": 9, "first_name": "Bot", "username": "the_bot", "token": "9:x"}],
    "groups": [{"id": 5, "title": "Two", "members": ["ann", 2]}],
    "messages": [{"from": "ann", "to": "the_bot", "text": "hello", "date": 1000},
                 {"from": 2, "group": 5, "text": "hi"}]
  })",
                           7777);
  REQUIRE(loaded);
  CHECK(loaded->everybody().find(1)->code == "11111");
  CHECK(loaded->everybody().find(2)->code == "777");
  CHECK(loaded->box(9).find(1)->content->text == "hello");
  CHECK(loaded->box(9).find(1)->content->date == 1000);
  CHECK(loaded->box(1).find(2)->content->date == 7777);
  CHECK(loaded->all_groups().find(5)->members.size() == 2);
  CHECK(loaded->take_events().empty());
}

TEST_CASE("a mistake in a world is named with its line", "[testing][world]") {
  CHECK(contains(problem_of("{\n\"users\": [}"), "line 2"));
  CHECK(contains(problem_of(""), "line 1"));
  CHECK(contains(problem_of("[]"), "line 1: the world must be an object"));
  CHECK(problem_of("{\"users\": [\n{\"id\": 1, \"firstname\": \"A\"}]}") ==
        "line 2: a user has an unknown key \"firstname\"");
  CHECK(problem_of(
            "{\"users\": [\n\n{\"id\": \"1\", \"first_name\": \"A\", \"phone\": \"1234567\"}]}") ==
        "line 3: \"id\" of a user must be a whole number");
  CHECK(problem_of("{\"bots\": [\n{\"id\": 1, \"first_name\": \"A\"}]}") ==
        "line 2: a bot needs a token");
  CHECK(problem_of("{\n\"groups\": [\n{\"id\": 1, \"title\": \"A\", \"members\": [\"x\"]}]}") ==
        "line 3: nobody is called \"x\"");
  CHECK(contains(problem_of("{\"users\": 3}"), "must be a list"));
}
