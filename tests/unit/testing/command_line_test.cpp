// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/catch.hpp>
#include <testing/program/command_line.hpp>

using namespace mtp::testing;

namespace {

auto parse(std::vector<std::string_view> arguments) { return parse_command_line(arguments); }

}  // namespace

TEST_CASE("the program plays data centre 2 unless told otherwise", "[testing][program]") {
  CHECK(parse({})->dcs == std::vector<dc_port>{{2, 0}});
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
  CHECK(parse({"--dc", "x=1"}).error() == "--dc wants N=PORT, not \"x=1\"");
  CHECK(parse({"--dc", "2"}).error() == "--dc wants N=PORT, not \"2\"");
  CHECK(parse({"--dc", "2=1", "--dc", "2=3"}).error() == "data centre 2 is named twice");
  CHECK(parse({"--port", "3"}).error() == "unknown argument \"--port\"");
  CHECK(parse({"--world"}).error() == "--world wants a value");
}
