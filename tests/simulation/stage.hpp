// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/client.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/simulation.hpp>
#include <support/rsa_keys.hpp>

#include <exception>
#include <functional>
#include <string>
#include <vector>

namespace mtp::test {

/// Data centres 2 and 4 of one server, and clients of them, under a made-up clock. Data centre 2 is
/// the account's own.
struct sim_stage {
  static constexpr std::int64_t bot = 777000777;  ///< of the data centre's own world
  static constexpr std::string_view token = "777000777:AAEchoBotOfTheOfflineDataCentre00001";
  using program = std::function<task<>(client&)>;

  testing::simulation sim{1};
  testing::data_centre centre;
  std::shared_ptr<record_store> records = memory_records();
  std::vector<std::string> log;

  explicit sim_stage(testing::data_centre_config how = {}) : centre(complete(std::move(how))) {
    centre.start(sim.get_executor());
  }

  static crypto::rsa_private_key const& server_key() {
    static auto const key = *crypto::rsa_private_key::from_pem(rsa_keys::private_pkcs1);
    return key;
  }

  client_config config() {
    client_config out;
    out.api_id = 1;
    out.api_hash = "hash";
    out.surroundings = sim.surroundings();
    out.records = records;
    for (auto const& at : centre.addresses()) {
      if (!out.addresses.contains(at.id))
        out.addresses[at.id] = {{.host = at.host, .port = at.port}};
    }
    out.server_keys = {server_key().public_key().to_pem()};
    out.log = [this](log_level, std::string_view line) { log.emplace_back(line); };
    return out;
  }

  /// One life of a client that signs in as the bot and then does what `body` says.
  void live(client_config config, program body) { sim.run(life(std::move(config), body)); }
  void live(program body) { live(config(), std::move(body)); }

  /// Whether a line was logged that holds `part`.
  bool logged(std::string_view part) const {
    for (auto const& line : log) {
      if (line.find(part) != std::string::npos) return true;
    }
    return false;
  }

 private:
  testing::data_centre_config complete(testing::data_centre_config how) const {
    how.key = server_key();
    how.surroundings = sim.surroundings();
    how.record_calls = 1000;
    bool const named = how.dcs.size() > 1 || how.dcs.front().port != 0;
    if (!named)
      how.dcs = {{.id = 2, .port = 443, .host = "10.0.0.2"},
                 {.id = 4, .port = 443, .host = "10.0.0.4"}};
    return how;
  }

  task<> life(client_config config, program const& body) {
    client who(sim.get_executor(), std::move(config));
    auto const start = [&](task_scope& scope) {
      scope.spawn(who.run());
      scope.spawn(part(who, body));
    };
    co_await task_scope::run(sim.get_executor(), start);
  }

  static task<> part(client& who, program const& body) {
    std::string const secret(token);
    co_await who.sign_in_bot(secret);
    co_await body(who);
    who.close();
  }
};

/// What `work` throws, as text; empty when it does not.
template <class T>
task<std::string> words_of_failure(task<T> work) {
  std::string out;
  try {
    co_await std::move(work);
  } catch (std::exception const& e) {
    out = e.what();
  }
  co_return out;
}

}  // namespace mtp::test
