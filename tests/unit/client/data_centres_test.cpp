// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Calls that another data centre than the account's answers.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/mtp.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/NearestDc.hpp>
#include <mtp/tl/types/auth/ExportedAuthorization.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

constexpr std::string_view ticket = "a login for data centre 4";

/// What another data centre says: nothing without a login, which has to be brought.
struct other_dc {
  bool signed_in = false;
  int imports = 0;
  int init_connections = 0;
  int calls = 0;

  scripted_server::reply operator()(bytes const& body) {
    bytes_view query = unwrapped(body);
    auto const id = load_le<std::uint32_t>(query.data());
    if (id == tl::help::getConfig::tl_id) return bytes{0xb5, 0x75, 0x72, 0x99};
    if (id == tl::auth::importAuthorization::tl_id) return import(query);
    if (!signed_in) return scripted_server::refusal{401, "AUTH_KEY_UNREGISTERED"};
    ++calls;
    return test::to_bytes(tl::NearestDc{.country = "NL", .this_dc = 4, .nearest_dc = 4});
  }

 private:
  bytes_view unwrapped(bytes_view query) {
    if (load_le<std::uint32_t>(query.data()) == tl::invokeWithLayer::tl_id) {
      ++init_connections;
      layer_ = *tl::decode<tl::invokeWithLayer>(query);
      init_ = *tl::decode<tl::initConnection>(layer_->query.view());
      query = init_->query.view();
    }
    CHECK(load_le<std::uint32_t>(query.data()) == tl::invokeWithoutUpdates::tl_id);
    query = query.subspan(4);
    CHECK(load_le<std::uint32_t>(query.data()) != tl::invokeWithoutUpdates::tl_id);
    return query;
  }
  scripted_server::reply import(bytes_view query) {
    auto const call = *tl::decode<tl::auth::importAuthorization>(query);
    ++imports;
    signed_in = as_text(call->bytes.view()) == ticket;
    if (!signed_in) return scripted_server::refusal{400, "AUTH_BYTES_INVALID"};
    return bytes{0xb5, 0x75, 0x72, 0x99};
  }

  received<tl::invokeWithLayer> layer_;
  received<tl::initConnection> init_;
};

/// The account's data centre sends a call elsewhere, and gives logins for there.
struct home_dc {
  int exports = 0;

  std::optional<test::scripted_api::reply> operator()(std::uint32_t id, bytes_view) {
    if (id == tl::help::getNearestDc::tl_id) return scripted_server::refusal{303, "FILE_MIGRATE_4"};
    if (id != tl::auth::exportAuthorization::tl_id) return {};
    ++exports;
    tl::auth::exportedAuthorization out;
    out.id = test::scripted_api::bot_id;
    out.bytes = tl::bytes(as_bytes(ticket));
    return test::to_bytes(out);
  }
};

struct two_dcs {
  home_dc home = {};
  other_dc other = {};
  scripted_server server;

  explicit two_dcs(client_stage& s)
      : server(s.executor, [this](bytes const& body) { return other(body); }) {
    s.api.first = [this](std::uint32_t id, bytes_view query) { return home(id, query); };
    server.start();
  }
  client_config config(client_stage& s) const {
    auto out = s.config();
    out.addresses[4] = {server.address()};
    return out;
  }
};

task<> ask_elsewhere(client& c) {
  tl::help::getNearestDc request;
  auto const answer = co_await c.invoke(request);
  CHECK(answer->this_dc == 4);
}

}  // namespace

TEST_CASE("a call that belongs elsewhere is made there, and the login is brought along once",
          "[client][dc]") {
  play([](client_stage& s) -> task<> {
    two_dcs both(s);
    for (int life = 0; life < 2; ++life) {
      auto config = both.config(s);
      co_await live(s, std::move(config), [](client& c) -> task<> {
        co_await log_in(c);
        for (int i = 0; i < 3; ++i) co_await ask_elsewhere(c);
      });
    }
    CHECK(both.other.calls == 6);
    CHECK(both.home.exports == 1);  // the second life knows that it is signed in there
    CHECK(both.other.imports == 1);
    CHECK(both.server.handshakes == 1);
    CHECK(both.other.init_connections >= 2);
    co_await both.server.end();
  });
}

TEST_CASE("a connection for files says once that it wants no updates", "[client][dc]") {
  play([](client_stage& s) -> task<> {
    two_dcs both(s);
    auto config = both.config(s);
    co_await live(s, std::move(config), [](client& c) -> task<> {
      co_await log_in(c);
      tl::help::getNearestDc const request;
      auto const answer = co_await c.invoke(request, {.dc = 4, .without_updates = true});
      CHECK(answer->this_dc == 4);
    });
    CHECK(both.other.calls == 1);
    co_await both.server.end();
  });
}

TEST_CASE("a login that another data centre has lost is brought there again", "[client][dc]") {
  play([](client_stage& s) -> task<> {
    two_dcs both(s);
    auto config = both.config(s);
    co_await live(s, std::move(config), [&both](client& c) -> task<> {
      co_await log_in(c);
      co_await ask_elsewhere(c);
      both.other.signed_in = false;
      co_await ask_elsewhere(c);
    });
    CHECK(both.home.exports == 2);
    CHECK(both.other.imports == 2);
    CHECK(both.other.calls == 2);
    co_await both.server.end();
  });
}

TEST_CASE("what keeps a connection elsewhere from coming about ends the calls that wait for it",
          "[client][dc]") {
  play([](client_stage& s) -> task<> {
    two_dcs both(s);
    both.home.exports = 0;
    s.api.first = [&](std::uint32_t id, bytes_view query) {
      auto said = both.home(id, query);
      if (id == tl::auth::exportAuthorization::tl_id)
        said = scripted_server::refusal{400, "DC_ID_INVALID"};
      return said;
    };
    auto config = both.config(s);
    std::string name;
    co_await live(s, std::move(config), [&name](client& c) -> task<> {
      co_await log_in(c);
      try {
        co_await ask_elsewhere(c);
      } catch (rpc_error const& e) {
        name = e.name();
      }
    });
    CHECK(name == "DC_ID_INVALID");
    co_await both.server.end();
  });
}
