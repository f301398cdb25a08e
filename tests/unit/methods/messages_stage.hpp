// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "account_stage.hpp"

#include <mtp/mtp.hpp>

#include <functional>
#include <string>
#include <vector>

namespace mtp::test {

/// Two people with a channel of Alice's, a supergroup of Bob's and a group; Carol wants two Stars
/// for a message.
inline constexpr std::string_view message_people = R"({
  "users": [
    {"id": 42, "first_name": "Alice", "username": "alice", "phone": "+9996621001", "code": "12345"},
    {"id": 43, "first_name": "Bob", "username": "bob", "phone": "+9996621002", "code": "12345"},
    {"id": 44, "first_name": "Carol", "username": "carol", "phone": "+9996621003", "code": "12345"}
  ],
  "bots": [
    {"id": 777000777, "first_name": "Echo", "username": "echo_bot",
     "token": "777000777:AAEchoBotOfTheOfflineDataCentre00001"}
  ],
  "groups": [{"id": 1000, "title": "Group", "members": ["alice", "bob", "echo_bot"]}],
  "channels": [
    {"id": 5001, "title": "News", "username": "news", "members": ["alice", "bob"]},
    {"id": 5002, "title": "Talk", "username": "talk", "megagroup": true, "members": ["bob", "alice"]}
  ]
})";

inline constexpr peer_id message_group{peer_kind::chat, 1000};

/// Alice and Bob, signed in on clients of their own, in one life of the data centre.
struct message_stage : log_in_stage {
  message_stage() : log_in_stage(message_people) {}

  using talk = std::function<task<>(client& alice, client& bob)>;

  void play(talk const& body) {
    live([&](client& alice) -> task<> {
      visitor one;
      co_await one.sign_in(alice);
      program const second = [&](client& bob) -> task<> {
        visitor two{.phone = "+9996621002"};
        co_await two.sign_in(bob);
        co_await body(alice, bob);
      };
      co_await life(*this, config(), second);
    });
  }
  /// Alice alone.
  void play_alone(program const& body) {
    live([&](client& alice) -> task<> {
      visitor one;
      co_await one.sign_in(alice);
      co_await body(alice);
    });
  }
};

/// The last message that somebody sees in a conversation.
inline task<message> last_in(client& c, std::string where) {
  auto const all = co_await c.get_history(where, 1);
  if (all.empty()) throw std::logic_error("no message there");
  co_return all.front();
}

inline std::vector<std::int32_t> ids_of(std::vector<message> const& all) {
  std::vector<std::int32_t> out;
  for (auto const& each : all) out.push_back(each.id());
  return out;
}

inline std::vector<std::string> texts_of(std::vector<message> const& all) {
  std::vector<std::string> out;
  for (auto const& each : all) out.push_back(each.text().str());
  return out;
}

/// All that a list has.
inline task<std::vector<message>> all_of(pager<message> list) {
  std::vector<message> out;
  while (auto one = co_await list.next()) out.push_back(*one);
  co_return out;
}

inline std::string bad_argument() { return make_error_code(client_errc::bad_argument).message(); }

}  // namespace mtp::test
