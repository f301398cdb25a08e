// SPDX-License-Identifier: MIT OR Apache-2.0
#include <testing/program/command_line.hpp>

#include <support/catch.hpp>

using namespace mtp::testing;

namespace {

auto parse(std::vector<std::string_view> arguments) { return parse_command_line(arguments); }

}  // namespace

TEST_CASE("the program plays data centre 2 unless told otherwise", "[testing][program]") {
  CHECK(parse({})->dcs == std::vector<dc_port>{{2, 0}});
  CHECK(parse({})->temporary_keys);
  CHECK(parse({})->faults.empty());
  CHECK_FALSE(parse({})->test_servers);
  CHECK(parse({"--test-servers"})->test_servers);
  auto const one = parse({"--listen", "0.0.0.0:4430", "--log"});
  REQUIRE(one);
  CHECK(one->host == "0.0.0.0");
  CHECK(one->dcs == std::vector<dc_port>{{2, 4430}});
  CHECK(one->log);
  CHECK(parse({"--listen=[::1]:7"})->host == "::1");
}

TEST_CASE("several data centres have a port each", "[testing][program]") {
  auto const two = parse({"--listen", "127.0.0.1:0", "--dc", "1=0", "--dc=2=4430"});
  REQUIRE(two);
  CHECK(two->dcs == std::vector<dc_port>{{1, 0}, {2, 4430}});
}

TEST_CASE("a data centre may have several addresses, each in its own way", "[testing][program]") {
  auto const all = parse({"--dc", "2=0", "--dc", "2=[::1]:4431", "--dc", "2=127.0.0.2:0,media-only",
                          "--dc", "2=7,silent", "--dc", "4=8,closed", "--dc=203=9,cdn,tcpo-only"});
  REQUIRE(all);
  address_options const silent{.service = address_service::silent};
  address_options const closed{.service = address_service::closed};
  CHECK(all->dcs == std::vector<dc_port>{{2, 0},
                                         {2, 4431, "::1"},
                                         {2, 0, "127.0.0.2", {.media_only = true}},
                                         {2, 7, "", silent},
                                         {4, 8, "", closed},
                                         {203, 9, "", {.tcpo_only = true, .cdn = true}}});
}

TEST_CASE("faults name a method, what goes wrong and how often", "[testing][program]") {
  auto const all =
      parse({"--fault", "messages.sendMessage=420:FLOOD_WAIT_3", "--fault",
             "help.getConfig=delay:5*2", "--fault", "all=ignore*always", "--fault=a=bomb",
             "--fault=b=lose", "--fault=c=disconnect", "--temporary-keys", "off"});
  REQUIRE(all);
  CHECK_FALSE(all->temporary_keys);
  REQUIRE(all->faults.size() == 6);
  CHECK(all->faults[0].method == "messages.sendMessage");
  CHECK(all->faults[0].refusal->code == 420);
  CHECK(all->faults[0].refusal->text == "FLOOD_WAIT_3");
  CHECK(all->faults[0].times == 1);
  CHECK(all->faults[1].delay == std::chrono::seconds(5));
  CHECK(all->faults[1].times == 2);
  CHECK(all->faults[2].method.empty());
  CHECK(all->faults[2].ignore);
  CHECK(all->faults[2].times == -1);
  CHECK(all->faults[3].damage == answer_damage::inflates_too_far);
  CHECK(all->faults[4].lose_answer);
  CHECK(all->faults[5].disconnect);
}

TEST_CASE("files are named, schemas more than once", "[testing][program]") {
  auto const all =
      parse({"--key", "k.pem", "--world=w.json", "--schema", "a.tl", "--schema", "b.tl"});
  REQUIRE(all);
  CHECK(all->key_file == "k.pem");
  CHECK(all->world_file == "w.json");
  CHECK(all->schema_files == std::vector<std::string>{"a.tl", "b.tl"});
}

TEST_CASE("a wrong argument is explained", "[testing][program]") {
  CHECK(parse({"--listen", "4430"}).error() == "--listen wants HOST:PORT, not \"4430\"");
  CHECK(parse({"--listen", ":4430"}).error() == "--listen wants HOST:PORT, not \":4430\"");
  CHECK(parse({"--listen", "h:70000"}).error() == "--listen wants HOST:PORT, not \"h:70000\"");
  for (auto const* wrong :
       {"x=1", "2", "2=1,fast", "2=h:x", "2=:1", "0=1", "2=70000", "2=1,,cdn"}) {
    INFO(wrong);
    auto const told = parse({"--dc", wrong});
    REQUIRE_FALSE(told);
    CHECK(told.error().starts_with("--dc wants N=[HOST:]PORT[,HOW]..., not \""));
  }
  for (auto const* wrong : {"x", "=lose", "a=", "a=b", "a=420", "a=420:"}) {
    INFO(wrong);
    auto const told = parse({"--fault", wrong});
    REQUIRE_FALSE(told);
    CHECK(told.error().starts_with("--fault wants METHOD=WHAT[*TIMES], not \""));
  }
  for (auto const* wrong : {"a=delay:x", "a=delay:0", "a=delay:86401", "a=delay:0*2"})
    CHECK(parse({"--fault", wrong}).error().starts_with("--fault delay wants 1 to 86400 seconds"));
  CHECK(parse({"--fault", "a=delay:0"}).error() ==
        "--fault delay wants 1 to 86400 seconds, not \"0\"; --help tells what");
  for (auto const* wrong : {"a=lose*0", "a=lose*x", "a=lose*1000001"})
    CHECK(parse({"--fault", wrong}).error().starts_with("--fault *TIMES wants 1 to 1000000 or"));
  CHECK(parse({"--temporary-keys", "no"}).error() ==
        "--temporary-keys wants on or off, not \"no\"");
  CHECK(parse({"--port", "3"}).error() == "unknown argument \"--port\"");
  CHECK(parse({"--world"}).error() == "--world wants a value");
}
