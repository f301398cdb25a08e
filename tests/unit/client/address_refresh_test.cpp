// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The addresses that the server gives, and what makes a client ask for them.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/Config.hpp>
#include <mtp/tl/types/DcOption.hpp>
#include <mtp/tl/types/Reaction.hpp>

#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

tl::dcOption option(int dc, std::string_view host, std::int32_t port = 443) {
  tl::dcOption out;
  out.id = dc;
  out.ip_address = tl::string(host);
  out.port = port;
  return out;
}

/// A stage whose server says where the data centres are.
struct config_stage : client_stage {
  std::vector<tl::dcOption> options;
  int asked = 0;
  std::vector<std::string> log;

  explicit config_stage(asio::any_io_executor where) : client_stage(where) {
    options = {option(2, server.address().host, server.address().port)};
    api.first = [this](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id != tl::help::getConfig::tl_id) return {};
      ++asked;
      tl::config out = {.this_dc = 2, .me_url_prefix = "https://t.me/"};
      out.date = 1'700'000'000;
      out.expires = out.date + 3600;
      for (auto const& one : options) out.dc_options.push_back(one);
      return test::to_bytes(out);
    };
  }

  client_config config() {
    auto out = client_stage::config();
    out.connection.refresh = address_refresh::always;
    out.log = [this](log_level, std::string_view line) { log.emplace_back(line); };
    return out;
  }
  void push_update(tl::Update what) {
    tl::updateShort brief;
    brief.update = std::move(what);
    bytes const news = test::to_bytes(tl::Updates(std::move(brief)));
    server.push(news);
  }
  void push_updates(tl::Update what) {
    tl::updates_ all;
    all.updates.push_back(std::move(what));
    bytes const news = test::to_bytes(tl::Updates(std::move(all)));
    server.push(news);
  }
};

/// Ends once the server was asked that often, and its answer has been looked at.
task<> asked_for(config_stage& s, client& c, int times) {
  auto const give_up = std::chrono::steady_clock::now() + 10s;
  while (s.asked < times && std::chrono::steady_clock::now() < give_up) co_await test::pause(1ms);
  CHECK(s.asked == times);
  co_await c.get_me();
}

/// One life that ends when the addresses were asked for once; what is stored then.
task<session_state> after_refresh(config_stage& s) {
  auto config = s.config();
  co_await live(s, std::move(config), [&s](client& c) -> task<> {
    co_await log_in(c);
    co_await asked_for(s, c, 1);
  });
  auto stored = co_await stored_in(*s.records);
  co_return stored;
}

void play_config(std::function<task<>(config_stage&)> body) {
  test::play_on<config_stage>(std::move(body));
}

using pusher = std::function<void(config_stage&, bool open)>;
using stored_look = std::function<void(session_state const&)>;

/// A life, once without a stream and once with one, in which `push` makes the client ask again for
/// the addresses; `look` is given what is stored then.
void play_news(pusher const& push, stored_look const& look) {
  for (bool const open : {false, true}) {
    play_config([&](config_stage& s) -> task<> {
      auto config = s.config();
      co_await live(s, std::move(config), [&](client& c) -> task<> {
        co_await log_in(c);
        std::optional<update_stream> stream;
        if (open) stream.emplace(c.updates());
        co_await asked_for(s, c, 1);
        push(s, open);
        co_await asked_for(s, c, 2);
      });
      auto const stored = co_await stored_in(*s.records);
      look(stored);
    });
  }
}

}  // namespace

TEST_CASE("the address book is renewed by what the server says", "[client][addresses]") {
  play_config([](config_stage& s) -> task<> {
    auto media = option(4, "10.1.2.3", 80);
    media.media_only = media.tcpo_only = true;
    media.secret = tl::bytes(bytes(16, 7));
    auto cdn = option(203, "2001:db8::1");
    cdn.ipv6 = cdn.cdn = cdn.static_ = cdn.this_port_only = true;
    s.options.push_back(media);
    s.options.push_back(cdn);
    auto const stored = co_await after_refresh(s);
    REQUIRE(stored.addresses.size() == 3);
    CHECK(stored.addresses.at(2).known.size() == 1);
    CHECK(stored.addresses.at(2).known.at(0).port == s.server.address().port);
    auto const& four = stored.addresses.at(4).known.at(0);
    CHECK(four.host == "10.1.2.3");
    CHECK(four.port == 80);
    CHECK(four.flags == 0b110);
    CHECK(four.proxy_secret.reveal() == bytes(16, 7));
    auto const& last = stored.addresses.at(203).known.at(0);
    CHECK(last.host == "2001:db8::1");
    CHECK(last.flags == 0b111000);
  });
}

TEST_CASE("what the server gives and is no address is passed over", "[client][addresses]") {
  play_config([](config_stage& s) -> task<> {
    using namespace std::string_view_literals;
    auto const hosts = {"dc.example"sv,   ""sv,          "127.0.0.1\0x"sv, "fe80::1%eth0"sv,
                        "256.1.1.1"sv,    "127.1"sv,     "0x7f.0.0.1"sv,   "0.0.0.0"sv,
                        "224.0.0.1"sv,    "::"sv,        "ff02::1"sv,      "[::1]"sv,
                        "127.0.0.1:80"sv, "127.0.0.1 "sv};
    for (auto const host : hosts) s.options.push_back(option(4, host));
    for (auto const port : {0, -1, 65'536, 65'536 + 443})
      s.options.push_back(option(4, "127.0.0.1", port));
    for (auto const dc : {0, -4, 10'000, 1 << 30}) s.options.push_back(option(dc, "127.0.0.1"));
    s.options.push_back(option(4, "127.0.0.1"));
    s.options.back().secret = tl::bytes(bytes(513, 1));
    auto const stored = co_await after_refresh(s);
    CHECK(stored.addresses.size() == 1);
    CHECK(stored.addresses.contains(2));
    int lines = 0;
    for (auto const& line : s.log) lines += line.starts_with("23 addresses that the server gave");
    CHECK(lines == 1);
  });
}

TEST_CASE("only so many addresses are kept", "[client][addresses]") {
  play_config([](config_stage& s) -> task<> {
    for (int i = 0; i < 200; ++i) s.options.push_back(option(4, "127.0.0.1", 1000 + i));
    for (int i = 0; i < 5000; ++i) s.options.push_back(option(10 + i, "127.0.0.1"));
    auto const stored = co_await after_refresh(s);
    CHECK(stored.addresses.size() == 100);
    CHECK(stored.addresses.at(4).known.size() == 64);
  });
}

TEST_CASE("updates make a client ask for the addresses, whether or not a stream is open",
          "[client][addresses]") {
  auto const push = [](config_stage& s, bool) {
    s.options = {option(2, "127.0.0.1", 4000)};
    s.push_update(tl::updateConfig{});
  };
  play_news(push, [](session_state const& stored) {
    CHECK(stored.addresses.at(2).known.at(0).port == 4000);
  });
}

TEST_CASE("the addresses in an update are taken", "[client][addresses]") {
  auto const push = [](config_stage& s, bool open) {
    tl::updateDcOptions news;
    news.dc_options.push_back(option(5, "127.0.0.5"));
    news.dc_options.push_back(option(5, "not.an.address"));
    open ? s.push_updates(std::move(news)) : s.push_update(std::move(news));
  };
  play_news(push, [](session_state const& stored) {
    REQUIRE(stored.addresses.contains(5));
    CHECK(stored.addresses.at(5).known.size() == 1);
  });
}

TEST_CASE("a server that always has something new is not asked all the time",
          "[client][addresses]") {
  play_config([](config_stage& s) -> task<> {
    auto config = s.config();
    co_await live(s, std::move(config), [&s](client& c) -> task<> {
      co_await log_in(c);
      co_await asked_for(s, c, 1);
      for (int i = 0; i < 50; ++i) {
        s.push_update(tl::updateConfig{});
        co_await c.get_me();
      }
      CHECK(s.asked == 2);
    });
  });
}

TEST_CASE("addresses of the program's own are not replaced unless it says so",
          "[client][addresses]") {
  play_config([](config_stage& s) -> task<> {
    auto config = s.config();
    config.connection.refresh = address_refresh::automatic;
    co_await live(s, std::move(config), [&s](client& c) -> task<> {
      co_await log_in(c);
      s.push_update(tl::updateConfig{});
      tl::updateDcOptions news;
      news.dc_options.push_back(option(5, "127.0.0.5"));
      s.push_update(std::move(news));
      co_await c.get_me();
    });
    CHECK(s.asked == 0);
    auto const stored = co_await stored_in(*s.records);
    CHECK(!stored.addresses.contains(5));
  });
}
