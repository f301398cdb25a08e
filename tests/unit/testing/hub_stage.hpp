// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "memory_client.hpp"

#include <mtp/mtproto/plain_message.hpp>
#include <support/catch.hpp>

namespace mtp::test {

using namespace testing;
using namespace std::chrono_literals;

inline crypto::rsa_private_key const& server_key() {
  static auto const key = crypto::rsa_private_key::generate();
  return key;
}

/// Answers every call with its own bytes; 4 bytes of ff are refused.
class echoing final : public call_executor {
 public:
  call_answer execute(wrapped_call const& call) override {
    ++calls;
    call.session.wants_updates = subscribe;
    call.key.user = account;
    bytes body(call.body.begin(), call.body.end());
    body.resize(body.size() + padding);
    if (load_le<std::uint32_t>(body.data()) == 0xffffffff) return {.object = refuse(400, "NO")};
    return {.object = body, .delay = delay, .silent = silent, .disconnect = disconnect};
  }
  std::vector<account_event> take_events() override { return std::exchange(events, {}); }
  std::optional<bytes> render_push(account_event const& event, std::optional<int>) override {
    if (event.pts == unspeakable) throw std::logic_error("no words");
    return bytes{9, 9, 9, 9};
  }

  static constexpr std::int32_t unspeakable = 666;
  int calls = 0;
  bool subscribe = true;
  std::int64_t account = 42;
  duration delay = {};
  std::size_t padding = 0;  ///< of answers
  bool silent = false;
  bool disconnect = false;
  std::vector<account_event> events;
};

struct stage {
  key_ring keys;
  echoing api;
  hub core{server_key(), keys, api, system_random()};
};

inline bytes word(std::uint32_t value) {
  bytes out(4);
  store_le(out.data(), value);
  return out;
}

/// The client promises a sign of life within 2 seconds.
inline bytes ping_delay_disconnect() {
  bytes out = word(0xf3427b8c);
  append(out, bytes(8));
  append(out, word(2));
  return out;
}

}  // namespace mtp::test
