// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/client.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/login/flow.hpp>
#include <mtp/methods/auth.hpp>
#include <mtp/storage/session_store.hpp>
#include <mtp/testing/data_centre.hpp>
#include <mtp/testing/simulation.hpp>
#include <mtp/testing/world/load.hpp>
#include <support/rsa_keys.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mtp::test {

/// Somebody plain, somebody with a password, and somebody at home in data centre 4.
constexpr std::string_view three_people = R"({
  "users": [
    {"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345"},
    {"id": 43, "first_name": "Bob", "phone": "+9996621002", "code": "12345", "password": "hunter2"},
    {"id": 44, "first_name": "Far", "phone": "+9996621003", "code": "12345", "home_dc": 4}
  ]
})";

/// Two data centres over one world, and clients of them that nobody is signed in with yet, under a
/// made-up clock. Every client begins at data centre 2.
struct log_in_stage {
  using program = std::function<task<>(client&)>;

  testing::simulation sim{1};
  testing::data_centre centre;

  explicit log_in_stage(std::string_view world, bool test_servers = false)
      : centre(config_of(sim, test_servers), loaded(world)) {
    centre.start(sim.get_executor());
  }

  client_config config(std::shared_ptr<session_store> store = memory_session()) const {
    client_config out;
    out.api_id = 1;
    out.api_hash = "hash";
    out.surroundings = sim.surroundings();
    out.store = std::move(store);
    for (auto const& at : centre.addresses())
      out.addresses[at.id] = {{.host = at.host, .port = at.port}};
    out.server_keys = {server_key().public_key().to_pem()};
    if (std::getenv("MTP_TEST_LOG")) out.log = log_to_stderr(log_level::debug);
    return out;
  }

  /// One life of a client, with a fresh session. Rethrows what `body` throws.
  void live(program body) { live(config(), std::move(body)); }
  void live(client_config how, program body) { sim.run(life(*this, std::move(how), body)); }

  static task<> life(log_in_stage const& in, client_config how, program const& body) {
    client who(in.sim.get_executor(), std::move(how));
    auto const start = [&](task_scope& scope) {
      scope.spawn(who.run());
      scope.spawn(part(who, body));
    };
    co_await task_scope::run(in.sim.get_executor(), start);
  }

  /// Seconds since 1970.
  std::int32_t now() const {
    auto const since = sim.now().wall.time_since_epoch();
    return static_cast<std::int32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(since).count());
  }

  /// The data centre where the account's key is; 0 when there is none, or several.
  int place_of(std::int64_t account) const {
    int found = 0;
    int count = 0;
    for (auto const& key : centre.keys()) {
      if (key.account != account || key.temporary) continue;
      found = key.dc;
      ++count;
    }
    return count == 1 ? found : 0;
  }

 private:
  static crypto::rsa_private_key const& server_key() {
    static auto const key = *crypto::rsa_private_key::from_pem(rsa_keys::private_pkcs1);
    return key;
  }

  static testing::data_centre_config config_of(testing::simulation const& sim, bool test_servers) {
    testing::data_centre_config out;
    out.test_servers = test_servers;
    out.dcs = {{.id = 2, .port = 443, .host = "10.0.0.2"},
               {.id = 4, .port = 443, .host = "10.0.0.4"}};
    out.key = server_key();
    out.surroundings = sim.surroundings();
    return out;
  }

  static testing::world loaded(std::string_view text) {
    auto world = testing::load_world(text, 1);
    if (!world) throw std::logic_error(world.error());
    return std::move(*world);
  }

  static task<> part(client& who, program const& body) {
    co_await body(who);
    who.close();
  }
};

/// What a step is called here: "code by sms", "password".
struct step_names {
  std::string operator()(login::need_identity const&) const { return "identity"; }
  std::string operator()(login::need_code const& of) const {
    return "code by " + std::string(name_of(of.sent.delivery));
  }
  std::string operator()(login::need_payment const&) const { return "payment"; }
  std::string operator()(login::need_passkey const&) const { return "passkey"; }
  std::string operator()(login::need_password const&) const { return "password"; }
  std::string operator()(login::need_recovery_code const&) const { return "recovery code"; }
  std::string operator()(login::need_sign_up const&) const { return "name"; }
  std::string operator()(login::need_scan const&) const { return "scan"; }
  std::string operator()(login::need_email const&) const { return "address"; }
  std::string operator()(login::need_email_code const&) const { return "code of the address"; }
  std::string operator()(login::done const&) const { return "done"; }
};

/// Somebody who answers what a log-in asks: first what stands in `says`, then what is right.
struct visitor {
  /// By what is asked, as in "code by app" or "code".
  std::map<std::string, std::deque<login::answer>> says = {};
  std::string phone = "+9996621001";
  std::string code = "12345";
  std::string password = "hunter2";
  std::string address = "alice@example.org";
  login::code_options how = {};

  /// What was asked, with what was wrong with the answer before: "password: The password is wrong."
  std::vector<std::string> asked = {};
  login::step last = {};  ///< the last question
  std::function<task<>(login::step const&)> before_answer = {};

  task<std::optional<login::answer>> hear(login::step const& what) {
    auto const name = std::visit(step_names{}, what);
    auto const wrong = login::words_of(login::complaint_of(what));
    asked.push_back(wrong.empty() ? name : name + ": " + wrong);
    last = what;
    if (before_answer) co_await before_answer(what);
    co_return answer_to(name, what);
  }

  task<user> sign_in(client& c) {
    login::asker const ask = [this](login::step const& what) { return hear(what); };
    auto going = c.sign_in(ask);
    auto me = co_await std::move(going);
    co_return me;
  }

 private:
  std::optional<login::answer> answer_to(std::string const& name, login::step const& what) {
    for (auto const& key : {name, name.substr(0, name.find(' '))}) {
      auto& planned = says[key];
      if (planned.empty()) continue;
      auto out = planned.front();
      planned.pop_front();
      return out;
    }
    return right_answer(what);
  }

  std::optional<login::answer> right_answer(login::step const& what) const {
    if (std::holds_alternative<login::need_scan>(what)) return {};
    if (std::holds_alternative<login::need_identity>(what))
      return login::phone_number{.number = phone, .how = how};
    if (std::holds_alternative<login::need_password>(what)) return login::password{password};
    if (std::holds_alternative<login::need_email>(what)) return login::email_address{address};
    if (std::holds_alternative<login::need_sign_up>(what)) return login::new_name{.first = "Nora"};
    return login::code{code};
  }
};

}  // namespace mtp::test
