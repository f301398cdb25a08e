// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/client.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/simulation.hpp>
#include <support/rsa_keys.hpp>

#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::test {

/// A client and a data centre in a simulation.
struct client_world {
  static constexpr std::int64_t bot = 777000777;  ///< of the data centre's own world
  static constexpr std::string_view token = "777000777:AAEchoBotOfTheOfflineDataCentre00001";

  testing::simulation sim;
  testing::data_centre centre;
  std::shared_ptr<record_store> records = memory_records();

  explicit client_world(std::vector<testing::dc_place> places = {{.id = 2, .host = "10.0.0.2"}})
      : sim(1), centre(config_of(sim, std::move(places))) {
    centre.start(sim.get_executor());
  }

  client_config config() const {
    client_config out;
    out.api_id = 1;
    out.api_hash = "hash";
    out.surroundings = sim.surroundings();
    out.records = records;
    out.server_keys = {server_key().public_key().to_pem()};
    for (auto const& one : centre.addresses()) {
      dc_endpoint to{.host = one.host, .port = one.port};
      to.media_only = one.options.media_only;
      out.addresses[one.id].push_back(std::move(to));
    }
    if (std::getenv("MTP_TEST_LOG")) out.log = log_to_stderr(log_level::debug);
    return out;
  }

  /// One life of a client beside which `body` runs. Rethrows what either throws, and
  /// as simulation::run().
  void live(client_config config, std::function<task<>(client&)> body,
            duration limit = std::chrono::hours(24)) {
    sim.run(run(std::move(config), body), limit);
  }

  static crypto::rsa_private_key const& server_key() {
    static auto const key = *crypto::rsa_private_key::from_pem(rsa_keys::private_pkcs1);
    return key;
  }

 private:
  static testing::data_centre_config config_of(testing::simulation const& sim,
                                               std::vector<testing::dc_place> places) {
    testing::data_centre_config out;
    for (auto& one : places)
      if (one.port == 0) one.port = 443;
    out.dcs = std::move(places);
    out.key = server_key();
    out.record_calls = 1000;
    out.surroundings = sim.surroundings();
    return out;
  }

  task<> run(client_config config, std::function<task<>(client&)> const& body) {
    client who(sim.get_executor(), std::move(config));
    auto const start = [&](task_scope& scope) {
      scope.spawn(who.run());
      scope.spawn(then_close(who, body));
    };
    co_await task_scope::run(sim.get_executor(), start);
  }

  static task<> then_close(client& who, std::function<task<>(client&)> const& body) {
    co_await body(who);
    who.close();
  }
};

inline task<> sign_in(client& who) {
  std::string const token(client_world::token);
  co_await who.sign_in_bot(token);
}

}  // namespace mtp::test
