// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/config.hpp>

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/core/error.hpp>
#include <mtp/crypto/known_keys.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

using namespace mtp;

namespace {

/// Sets environment variables for the length of a test, and unsets all the others that matter.
class variables {
 public:
  explicit variables(std::map<std::string, std::string> values) {
    for (char const* name : {"API_ID", "API_HASH", "MTP_DC", "MTP_SERVER_KEY", "MTP_SESSION",
                             "MTP_TRANSPORT", "MTP_LOG", "MTP_PFS", "MTP_SERVERS"})
      ::unsetenv(name);
    for (auto const& [name, value] : values) ::setenv(name.c_str(), value.c_str(), 1);
  }
};

std::map<std::string, std::string> const least{{"API_ID", "17"}, {"API_HASH", "abc"}};

client_config with(std::string const& name, std::string const& value) {
  auto values = least;
  values[name] = value;
  variables const set(values);
  return config_from_env("bot.session");
}

}  // namespace

TEST_CASE("the least environment makes a configuration", "[client][config]") {
  variables const set(least);
  client_config const config = config_from_env("bot.session");
  CHECK(!validate(config));
  CHECK(config.api_id == 17);
  CHECK(config.api_hash == "abc");
  CHECK(config.session == "bot.session");
  CHECK(config.addresses.empty());
  CHECK(config.log);  // errors
}

/// What `run` writes to standard error.
std::string written_to_stderr(std::function<void()> const& run) {
  test::temporary_folder folder;
  auto const path = folder / "stderr";
  int const before = dup(STDERR_FILENO);
  int const file = open(path.c_str(), O_WRONLY | O_CREAT, 0600);
  dup2(file, STDERR_FILENO);
  run();
  dup2(before, STDERR_FILENO);
  close(file);
  close(before);
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("without MTP_LOG errors are logged, and nothing else", "[client][config]") {
  variables const set(least);
  auto const config = config_from_env("bot.session");
  REQUIRE(config.log);
  CHECK(written_to_stderr([&] {
          config.log(log_level::warning, "a warning");
          config.log(log_level::error, "an error");
        }) == "mtp error: an error\n");
}

TEST_CASE("each variable has its place", "[client][config]") {
  CHECK(with("MTP_SESSION", "other").session == "other");
  CHECK(with("MTP_DC", "2@h:1").addresses == address_book{{2, {{"h", 1}}}});
  CHECK(with("MTP_TRANSPORT", "full").connection.transport == transport_choice::full);
  CHECK(with("MTP_TRANSPORT", "obfuscated").connection.transport == transport_choice::obfuscated);
  CHECK(with("MTP_LOG", "debug").log);
  CHECK(!with("MTP_LOG", "off").log);
  CHECK(with("MTP_SERVERS", "").environment == dc_environment::production);
  CHECK(with("MTP_SERVERS", "production").environment == dc_environment::production);
  CHECK(with("MTP_SERVERS", "test").environment == dc_environment::test);
  CHECK(with("MTP_PFS", "off").connection.keys.pfs == pfs_mode::off);
  CHECK(with("MTP_PFS", "on").connection.keys.pfs == pfs_mode::on);
  CHECK(with("MTP_PFS", "fallback").connection.keys.pfs == pfs_mode::with_fallback);
}

TEST_CASE("server keys are read from a file, several if need be", "[client][config]") {
  test::temporary_folder folder;
  auto const path = folder / "keys.pem";
  std::string const pem = crypto::production_keys().front().to_pem();
  std::ofstream(path) << pem << pem;
  client_config const config = with("MTP_SERVER_KEY", path.string());
  CHECK(config.server_keys.size() == 2);
  CHECK(!validate(config));
}

TEST_CASE("what is wrong with the environment is said by name", "[client][config]") {
  auto const [name, value] = GENERATE(table<std::string, std::string>({
      {"API_ID", ""},
      {"API_ID", "x"},
      {"API_ID", "-1"},
      {"API_ID", "1x"},
      {"API_ID", "99999999999"},
      {"API_HASH", ""},
      {"MTP_DC", "2@"},
      {"MTP_SERVER_KEY", "/nowhere/at/all.pem"},
      {"MTP_SERVER_KEY", "/dev/null"},
      {"MTP_TRANSPORT", "pigeon"},
      {"MTP_LOG", "loud"},
      {"MTP_PFS", "maybe"},
      {"MTP_SERVERS", "tests"},
  }));
  auto const problem = validate(with(name, value));
  CAPTURE(name, value);
  REQUIRE(problem);
  CHECK(problem->find(name) != std::string::npos);
}

TEST_CASE("a configuration that cannot work is refused", "[client][config]") {
  client_config good;
  good.api_id = 1;
  good.api_hash = "x";
  REQUIRE(!validate(good));
  auto const wrong = [&](auto change) {
    client_config config = good;
    change(config);
    return validate(config).has_value();
  };
  CHECK(wrong([](auto& c) { c.api_id = 0; }));
  CHECK(wrong([](auto& c) { c.api_hash.clear(); }));
  CHECK(wrong([](auto& c) { c.first_dc = 99; }));
  CHECK(wrong([](auto& c) { c.addresses[2] = {}; }));
  CHECK(wrong([](auto& c) { c.server_keys = {"-----BEGIN NONSENSE-----"}; }));
  CHECK(wrong([](auto& c) { c.connection.connect_timeout = {}; }));
  CHECK(wrong([](auto& c) { c.retry.flood_budget = std::chrono::seconds(-1); }));
  CHECK(wrong([](auto& c) { c.max_queued_updates = 0; }));
  CHECK(wrong([](auto& c) { c.max_journal = 0; }));
  CHECK(wrong([](auto& c) { c.connection.stagger = std::chrono::seconds(-1); }));
  CHECK(wrong([](auto& c) { c.connection.keys.temporary_lifetime = std::chrono::minutes(30); }));
  CHECK(wrong([](auto& c) { c.connection.keys.doubt_delay = {}; }));
  CHECK(wrong([](auto& c) { c.connection.pool.max_connections = 0; }));
  CHECK(wrong([](auto& c) { c.connection.pool.busy_from = 0; }));
  CHECK(wrong([](auto& c) { c.connection.pool.idle_timeout = {}; }));
}

TEST_CASE("a variable that is not set is an error that names it", "[client][config]") {
  ::setenv("MTP_A_TEST", "value", 1);
  CHECK(env("MTP_A_TEST") == "value");
  ::unsetenv("MTP_A_TEST");
  try {
    (void)env("MTP_A_TEST");
    FAIL("no error");
  } catch (error const& e) {
    CHECK(e.code() == client_errc::bad_config);
    CHECK(std::string(e.what()).find("MTP_A_TEST") != std::string::npos);
  }
}
