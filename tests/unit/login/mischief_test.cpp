// SPDX-License-Identifier: MIT OR Apache-2.0
// Every road, with every mishap at every request in turn.
#include "login_stage.hpp"

#include <support/catch.hpp>

#include <functional>

using namespace mtp;
using namespace mtp::login;
using mtp::test::login_stage;
using mtp::test::mishap;

namespace {

/// What a person who knows everything says.
struct person {
  login_stage& stage;
  answer identity;

  std::optional<answer> operator()(need_identity const&) { return identity; }
  std::optional<answer> operator()(need_code const&) { return code{std::string("12345")}; }
  std::optional<answer> operator()(need_password const&) {
    return password{std::string(stage.password)};
  }
  std::optional<answer> operator()(need_recovery_code const&) { return code{std::string("777")}; }
  std::optional<answer> operator()(need_sign_up const&) { return new_name{.first = "Ann"}; }
  std::optional<answer> operator()(need_scan const&) {
    stage.scanned = true;
    return std::nullopt;
  }
  std::optional<answer> operator()(need_email const&) {
    return email_address{std::string("ann@example.org")};
  }
  std::optional<answer> operator()(need_payment const&) { return paid{7}; }
  std::optional<answer> operator()(need_passkey const&) { return by_passkey{}; }
  std::optional<answer> operator()(need_email_code const&) { return code{std::string("777")}; }
  std::optional<answer> operator()(done const&) { return std::nullopt; }
};

/// Until it is done; how often the person was asked, or -1 when it never came to that.
int walk(login_stage& s, answer identity) {
  person who{s, std::move(identity)};
  for (int questions = 0; questions < 20; ++questions) {
    s.go_on();
    if (std::holds_alternative<done>(s.decider.needed())) return questions;
    auto said = std::visit(who, s.decider.needed());
    if (said) s.decider.take(*std::move(said));
  }
  return -1;
}

struct road {
  std::string name;
  answer identity;
  std::function<void(login_stage&)> prepare = [](login_stage&) {};
};

std::vector<road> roads() {
  return {
      {"code", phone_number{std::string(login_stage::phone)}},
      {"password", phone_number{std::string(login_stage::phone)},
       [](login_stage& s) { s.password = "hunter2"; }},
      {"sign-up", phone_number{std::string(login_stage::phone)},
       [](login_stage& s) { s.registered = false; }},
      {"e-mail", phone_number{std::string(login_stage::phone)},
       [](login_stage& s) { s.sets_up_email = true; }},
      {"bot", bot_token{std::string("7:good")}},
      {"scan", by_qr{}},
      {"scan elsewhere, with a password", by_qr{},
       [](login_stage& s) { s.home_dc = 4, s.password = "hunter2"; }},
  };
}

}  // namespace

TEST_CASE("every road leads in, whatever happens once on the way", "[login][mischief]") {
  for (auto const& way : roads()) {
    login_stage smooth;
    way.prepare(smooth);
    auto const questions = walk(smooth, way.identity);
    REQUIRE(questions > 0);
    for (std::size_t at = 0; at < smooth.asked.size(); ++at) {
      for (auto const what : {mishap::answer_lost, mishap::request_lost, mishap::broken_off,
                              mishap::flood, mishap::restart, mishap::server_error}) {
        login_stage s;
        way.prepare(s);
        s.mishaps[at] = what;
        CAPTURE(way.name, smooth.asked[at], static_cast<int>(what));
        auto const asked = walk(s, way.identity);
        CHECK(asked >= questions);
        CHECK(s.signed_in);
        CHECK(asked <= questions + 4);
      }
    }
  }
}

TEST_CASE("a person is asked nothing twice because an answer was lost", "[login][mischief]") {
  for (auto const& way : roads()) {
    login_stage smooth;
    way.prepare(smooth);
    auto const questions = walk(smooth, way.identity);
    for (std::size_t at = 0; at < smooth.asked.size(); ++at) {
      login_stage s;
      way.prepare(s);
      s.mishaps[at] = mishap::request_lost;
      CAPTURE(way.name, smooth.asked[at]);
      CHECK(walk(s, way.identity) == questions);
    }
  }
}

TEST_CASE("a server that loses everything is given up, and the log-in stays", "[login]") {
  login_stage s;
  for (std::size_t i = 0; i < 50; ++i) s.mishaps[i] = mishap::request_lost;
  s.answer(phone_number{std::string(s.phone)});
  CHECK(s.stopped);
  CHECK(s.asked.size() < 15);
  s.mishaps.clear();
  CHECK(walk(s, phone_number{std::string(s.phone)}) > 0);
}

TEST_CASE("a server that always wants the log-in to begin again is told of", "[login]") {
  login_stage s;
  for (std::size_t i = 0; i < 50; ++i) s.mishaps[i] = mishap::restart;
  s.answer(phone_number{std::string(s.phone)});
  CHECK(s.thrown == "AUTH_RESTART");
  CHECK(s.asked.size() == 3);
}

TEST_CASE("a refusal that nobody knows goes to the caller", "[login]") {
  login_stage s;
  s.mishaps[0] = mishap::server_error;
  s.answer(phone_number{std::string(s.phone)});
  CHECK(s.thrown == "NOBODY_KNOWS_THIS");
  CHECK(std::holds_alternative<need_identity>(s.decider.needed()));
}

TEST_CASE("a wait that is too long is a question with its time", "[login]") {
  login_stage s;
  s.mishaps[0] = mishap::flood;
  s.answer(phone_number{std::string(s.phone)});
  auto const why = complaint_of(s.decider.needed());
  CHECK(why.what == reason::too_many_attempts);
  CHECK(why.retry_after == std::chrono::seconds(7));
}
