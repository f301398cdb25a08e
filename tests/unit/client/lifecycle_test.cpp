// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/lifecycle.hpp"

#include "support/catch.hpp"

#include <functional>
#include <vector>

using namespace mtp;
using mtp::detail::lifecycle;
using status = mtp::client_status;

namespace {

std::error_code const broken = std::make_error_code(std::errc::connection_reset);
std::error_code const refused = std::make_error_code(std::errc::permission_denied);

std::vector<status> all_of(lifecycle const& life) {
  std::vector<status> out;
  std::uint64_t at = 0;
  while (auto change = life.take(at)) out.push_back(change->status);
  return out;
}

}  // namespace

TEST_CASE("a client connects, catches up and is ready", "[client][status]") {
  lifecycle life;
  CHECK(life.now().status == status::offline);
  life.on_connecting();
  life.on_updating(true);
  life.on_established();
  life.on_updating(false);
  CHECK(all_of(life) == std::vector{status::connecting, status::updating, status::ready});
}

TEST_CASE("a lost connection says why, until the next one stands", "[client][status]") {
  lifecycle life;
  life.on_established();
  life.on_disconnected(broken);
  CHECK(life.now() == status_change{.status = status::offline, .why = broken});
  life.on_connecting();
  CHECK(life.now().why == broken);
  life.on_established();
  CHECK(life.now() == status_change{.status = status::ready});
}

TEST_CASE("a login that ended elsewhere outweighs the connection", "[client][status]") {
  lifecycle life;
  life.on_established();
  life.on_signed_out(refused);
  CHECK(life.now() == status_change{.status = status::signed_out, .why = refused});
  life.on_frozen("messages.sendMessage", refusal_reason::method_frozen);
  CHECK(life.now().status == status::signed_out);
  life.on_disconnected(broken);
  CHECK(life.now() == status_change{.status = status::offline, .why = broken});
  life.on_established();
  CHECK(life.now().status == status::signed_out);
  life.on_signed_in();
  CHECK(life.now() == status_change{.status = status::ready});
}

TEST_CASE("a frozen account is told, and stays connected", "[client][status]") {
  lifecycle life;
  life.on_established();
  life.on_frozen("messages.sendMessage", refusal_reason::method_frozen);
  life.on_updating(true);
  CHECK(life.now().status == status::frozen);
  life.on_answered("messages.getHistory");  // reading is allowed
  CHECK(life.now().status == status::frozen);
  life.on_answered("messages.sendMessage");
  CHECK(life.now().status == status::updating);
}

TEST_CASE("a call that is refused for its arguments shows nothing when others succeed",
          "[client][status]") {
  lifecycle life;
  life.on_established();
  life.on_frozen("channels.getFullChannel", refusal_reason::other);
  life.on_answered("channels.getFullChannel");
  CHECK(life.now().status == status::frozen);
  life.on_signed_in();
  CHECK(life.now().status == status::ready);
}

TEST_CASE("what a former account was refused means nothing to the next", "[client][status]") {
  lifecycle life;
  life.on_established();
  life.on_frozen("messages.sendMessage", refusal_reason::method_frozen);
  life.on_signed_in();
  life.on_frozen("channels.getFullChannel", refusal_reason::other);
  life.on_answered("messages.sendMessage");
  CHECK(life.now().status == status::frozen);
}

TEST_CASE("doubt about the key is told beside every status", "[client][status]") {
  lifecycle life;
  life.on_suspended(refused);
  life.on_key_suspect(true);
  CHECK(life.now() ==
        status_change{.status = status::suspended, .key_suspect = true, .why = refused});
  life.on_established();
  CHECK(life.now().key_suspect);
  life.on_key_suspect(false);
  CHECK(life.now() == status_change{.status = status::ready});
}

TEST_CASE("what changes nothing is no step", "[client][status]") {
  lifecycle life;
  std::vector<std::function<void()>> const steps{
      [&] { life.on_connecting(); },
      [&] { life.on_established(); },
      [&] { life.on_disconnected(broken); },
      [&] { life.on_suspended(refused); },
      [&] { life.on_key_suspect(true); },
      [&] { life.on_signed_out(refused); },
      [&] { life.on_signed_in(); },
      [&] { life.on_frozen("a", refusal_reason::method_frozen); },
      [&] { life.on_updating(true); },
  };
  for (auto const& step : steps) {
    step();
    auto const number = life.next_number();
    step();
    CHECK(life.next_number() == number);
  }
}

TEST_CASE("a slow reader misses the oldest steps, never the last", "[client][status]") {
  lifecycle life;
  std::uint64_t at = life.next_number();
  for (std::size_t i = 0; i < 2 * lifecycle::max_kept; ++i) {
    life.on_connecting();
    life.on_disconnected(broken);
  }
  std::vector<status> got;
  while (auto change = life.take(at)) got.push_back(change->status);
  CHECK(got.size() == lifecycle::max_kept);
  CHECK(got.back() == status::offline);
  CHECK(at == life.next_number());
  life.on_connecting();
  CHECK(life.take(at)->status == status::connecting);
}

TEST_CASE("a key that somebody else uses is the reason until somebody signs in",
          "[client][status]") {
  lifecycle life;
  status_change const out{.status = status::signed_out,
                          .why = make_error_code(client_errc::key_duplicated)};
  life.on_established();
  life.on_key_duplicated();
  CHECK(life.now() == out);
  life.on_disconnected(broken);
  CHECK(life.now() == status_change{.status = status::offline, .why = broken});
  life.on_established();
  life.on_signed_out(refused);  // nobody is signed in with the key that was made since
  CHECK(life.now() == out);
  life.on_signed_in();
  life.on_signed_out(refused);
  CHECK(life.now() == status_change{.status = status::signed_out, .why = refused});
}
