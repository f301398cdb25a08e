// SPDX-License-Identifier: MIT OR Apache-2.0
#include "ready_client.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/storage/session_store.hpp>
#include <support/rsa_keys.hpp>

namespace mtp::test {
namespace {

crypto::rsa_private_key const& server_key() {
  static auto const key = *crypto::rsa_private_key::from_pem(rsa_keys::private_pkcs1);
  return key;
}

/// A store in memory that begins with a session.
class ready_store final : public session_store {
 public:
  explicit ready_store(session_state begin) : state_(std::move(begin)) {}
  task<session_state> open() override { co_return state_; }
  task<> commit(session_change change) override {
    apply(state_, change);
    co_return;
  }
  void close() noexcept override {}

 private:
  session_state state_;
};

session_state first_state(testing::simulation& in, testing::data_centre& home,
                          std::int64_t account) {
  session_state state;
  state.home_dc = 2;
  if (account == 0) return state;
  auto const key = crypto::auth_key(in.dice().make<std::array<std::uint8_t, 256>>());
  home.know_key(2, key, account);
  state.dcs[2].auth_key = bytes(key.data().begin(), key.data().end());
  state.self = stored_self{.id = account, .bot = true};
  return state;
}

}  // namespace

testing::data_centre_config ready_centre(testing::simulation const& in) {
  testing::data_centre_config out;
  out.host = "10.0.0.2";
  out.dcs = {{.id = 2, .port = 443}};
  out.key = server_key();
  out.surroundings = in.surroundings();
  return out;
}

client_config ready_client(testing::simulation& in, testing::data_centre& home,
                           std::int64_t account) {
  client_config out;
  out.api_id = 1;
  out.api_hash = "hash";
  out.surroundings = in.surroundings();
  out.addresses[2] = {{.host = "10.0.0.2", .port = 443}};
  out.server_keys = {server_key().public_key().to_pem()};
  out.connection.initial_timeout = std::chrono::minutes(30);
  out.store = std::make_shared<ready_store>(first_state(in, home, account));
  return out;
}

}  // namespace mtp::test
