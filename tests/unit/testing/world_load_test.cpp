// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/load.hpp>
#include <support/catch.hpp>

#include <vector>

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

TEST_CASE("channels are read from JSON", "[testing][world]") {
  auto const loaded = load_world(R"({
    "users": [{"id": 1, "first_name": "Ann", "username": "ann", "phone": "+9996611001"}],
    "bots": [{"id": 9, "first_name": "Bot", "username": "the_bot", "token": "9:x"}],
    "channels": [{"id": 5001, "title": "News", "username": "news", "members": ["ann", 9]}],
    "messages": [{"from": "ann", "channel": 5001, "text": "hello"}]
  })",
                                 7777);
  REQUIRE(loaded);
  auto const* news = loaded->all_channels().find(5001);
  REQUIRE(news);
  CHECK(news->creator == 1);
  CHECK(news->has(9));
  CHECK(news->username == "news");
  CHECK_FALSE(news->megagroup);
  CHECK(news->find(1)->text == "hello");
  CHECK(contains(problem_of(R"({"channels": [{"id": 1, "title": "a"}]})"), "needs members"));
}

TEST_CASE("web sites are read from JSON", "[testing][world]") {
  auto loaded = load_world(R"({
    "bots": [{"id": 9, "first_name": "Bot", "username": "the_bot", "token": "9:x"}],
    "sites": [{"domain": "tea.example", "bot": "the_bot", "asks_for_phone": true,
               "match_codes": ["cat", "dog"]}]
  })",
                           1);
  REQUIRE(loaded);
  auto const* site = loaded->sites().site_of("https://tea.example/in?x=1");
  REQUIRE(site);
  CHECK(site->bot == 9);
  CHECK(site->asks_for_phone);
  CHECK_FALSE(site->asks_to_write);
  CHECK(site->match_codes == std::vector<std::string>{"cat", "dog"});
  CHECK_FALSE(loaded->sites().site_of("https://milk.example/"));
  CHECK(contains(problem_of(R"({"sites": [{"domain": "tea.example"}]})"), "a site needs"));
  CHECK(contains(problem_of(R"({"sites": [{"domain": "tea.example", "bot": 4}]})"), "nobody is"));
}

TEST_CASE("how people sign in is read from JSON", "[testing][world]") {
  auto loaded = load_world(R"({
    "log_ins": {"pause": 7, "qr_lifetime": 9},
    "terms": {"id": "t", "text": "Be kind.", "min_age": 16},
    "users": [{"id": 1, "first_name": "Ann", "phone": "+9996611001", "home_dc": 4, "password": "hunter2",
               "password_hint": "what I do", "email": "ann@example.org", "codes": ["email", "flash_call"]},
              {"id": 2, "first_name": "Ben", "phone": "+9996611002", "banned": true, "must_set_email": true}],
    "bots": [{"id": 9, "first_name": "Bot", "username": "the_bot", "token": "9:x", "home_dc": 4}]
  })",
                           7777);
  REQUIRE(loaded);
  auto const& ann = *loaded->everybody().find(1);
  CHECK(ann.home_dc == 4);
  CHECK(ann.code_ways == std::vector{code_way::email, code_way::flash_call});
  REQUIRE(loaded->all_passwords().has(1));
  CHECK(loaded->all_passwords().find(1)->hint == "what I do");
  CHECK(loaded->all_passwords().recovery_email(1) == "ann@example.org");
  CHECK_FALSE(loaded->all_passwords().has(2));
  CHECK(loaded->everybody().find(2)->banned);
  CHECK(loaded->everybody().find(2)->must_set_email);
  CHECK(loaded->everybody().find(9)->home_dc == 4);
  CHECK(loaded->options().log_ins.pause == 7);
  CHECK(loaded->options().log_ins.qr_lifetime == 9);
  CHECK(loaded->options().log_ins.code_lifetime == 300);
  CHECK(loaded->options().terms->min_age == 16);
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
  std::string const ann = R"({"users": [{"id": 1, "first_name": "Ann", "phone": "+9996611001", )";
  CHECK(problem_of(ann + R"("codes": ["pigeon"]}]})") == "line 1: no code goes by \"pigeon\"");
  CHECK(problem_of(ann + R"("codes": ["email"]}]})") ==
        "line 1: codes by e-mail need an \"email\"");
  CHECK(contains(problem_of(ann + R"("home_dc": -1}]})"), "must be between 1 and 1000000"));
  CHECK(contains(problem_of(R"({"log_ins": {"pauses": 1}})"), "unknown key \"pauses\""));
  CHECK(contains(problem_of(R"({"recaptcha": [{"token": "x"}]})"), "needs a method"));
  CHECK(contains(problem_of(R"({"recaptcha": [{"method": "m"}]})"), "needs a token"));
  CHECK(contains(problem_of(R"({"terms": {"id": "t"}})"), "need a text"));
}
